"""`footnote eval compare`: what changed from one evaluation to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli import EXIT_ERROR
from bot.commands.evaluate import show_cases, written
from bot.console import console
from bot.evaluation.comparing import JUDGED, Change, Comparison, FactChange, compare
from bot.evaluation.measures import Measure
from bot.evaluation.report import load_report
from bot.visible import visible

_NAMES_SHOWN = 10
_NOTHING = "–"


def run(old: Path, new: Path) -> int:
    """Compare the reports in two files and show what changed; return the exit code, 1 where the new one is worse.

    Raises:
        EvaluationError: one of them is no report, or they have no case in common.
    """
    comparison = compare(load_report(old), load_report(new))
    _show(comparison, console())
    return EXIT_ERROR if comparison.worse else 0


def _show(comparison: Comparison, out: Console) -> None:
    out.print(Text(f"{_cases(comparison.paired)} that both asked, and expected the same of:"))
    out.print()
    out.print(_changes_table(comparison.changes))
    out.print()
    out.print(Text(f"Only {', '.join(JUDGED[:-1])} and {JUDGED[-1]} are judged.", style="dim"))
    _show_facts(comparison.facts, out)
    _show_flips(comparison, out)
    _show_names("Edited in between, and not compared", comparison.edited, out)
    _show_names("In the old report only", comparison.only_old, out)
    _show_names("In the new report only", comparison.only_new, out)
    out.print()
    out.print(Text(_verdict(comparison)))


def _changes_table(changes: Iterable[Change]) -> Table:
    # A gap of one: with rich's own of two, the figures with a unit do not fit in 80 columns.
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("figure", "old", "new", "change", "95 in 100 within", ""):
        table.add_column(name, justify="right" if name not in ("figure", "") else "left", no_wrap=True)
    for change in changes:
        measure = change.measure
        style = "bold" if measure.key in JUDGED else ""
        table.add_row(
            Text(measure.key, style), *_cells(change), Text(change.verdict, _STYLES[change.verdict])
        )
    return table


_STYLES = {"better": "green", "worse": "red", "no clear change": "dim"}


def _cells(change: Change) -> tuple[str, ...]:
    measure = change.measure
    values = (_NOTHING if value is None else written(measure, value) for value in (change.old, change.new))
    return (*values, signed(measure, change.difference), interval(change))


def signed(measure: Measure, value: float | None) -> str:
    """Return a difference as it is shown, with its sign and unit; a dash where there is none."""
    if value is None:
        return _NOTHING
    # Without the addition, what is rounded up to nothing would be "-0.000".
    return f"{round(value, 3) + 0.0:+.3f}{' ' + measure.unit if measure.unit else ''}"


def interval(change: Change) -> str:
    """Return where a difference lies, as it is shown; a dash where there is none."""
    if change.interval is None:
        return _NOTHING
    low, high = change.interval
    return f"{round(low, 3) + 0.0:+.3f} to {signed(change.measure, high)}"


def _show_facts(facts: Sequence[FactChange], out: Console) -> None:
    if not facts:
        return
    out.print()
    out.print(Text("Facts that differ:", style="bold"))
    for fact in facts:
        out.print(Text(f"  {visible(fact.name)}"))
        for when, said in (("old", fact.old), ("new", fact.new)):
            out.print(Text(f"    {when}: {_NOTHING if said is None else visible(said)}", style="dim"))


def _show_flips(comparison: Comparison, out: Console) -> None:
    out.print()
    if not (comparison.lost or comparison.gained):
        out.print(Text("No case flipped."))
        return
    for what, results in (
        ("Passed before, and fail now", comparison.lost),
        ("Failed before, and pass now", comparison.gained),
    ):
        if results:
            show_cases(out, f"{what} ({len(results):,}):", results)


def _show_names(what: str, names: Sequence[str], out: Console) -> None:
    if not names:
        return
    more = f" and {len(names) - _NAMES_SHOWN:,} more" if len(names) > _NAMES_SHOWN else ""
    shown = ", ".join(visible(name) for name in names[:_NAMES_SHOWN])
    out.print()
    out.print(Text.assemble((f"{what} ({len(names):,}): ", "bold"), f"{shown}{more}"))


def _verdict(comparison: Comparison) -> str:
    said = [
        f"{what}: {', '.join(keys)}."
        for what, keys in (("Worse beyond noise", comparison.worse), ("Better", comparison.better))
        if keys
    ]
    return " ".join(said) or "No change beyond noise."


def _cases(count: int) -> str:
    return f"{count:,} case{'' if count == 1 else 's'}"
