"""`footnote reindex`: once, or again and again."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from rich.table import Table
from rich.text import Text

from bot import wiring
from bot.cli import EXIT_NOTHING_INDEXED, EXIT_SOME_FAILED
from bot.commands.progress import shown_progress
from bot.console import console
from bot.errors import SettingsError
from bot.settings import Settings, load_settings
from bot.visible import visible
from index.errors import FootnoteError
from index.planning import place_name
from index.reindexing import Reindexer, ReindexReport

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST_INTERVAL = 365 * 86400
_CHANGES_SHOWN = 20


def run(paths: Sequence[Path], *, full: bool, dry_run: bool, every: str | None) -> int:
    """Reindex as the options say; return the exit code.

    Raises:
        SettingsError: there is nothing to read, or `every` is no interval.
        FootnoteError: what keeps the index from being written.
    """
    settings = load_settings()
    chosen = tuple(paths) or settings.articles
    if not chosen and not (full and wiring.home(settings).catalogue.exists()):
        raise SettingsError(
            "There is nothing to reindex.",
            "Name folders or files: footnote reindex FOLDER, or set FOOTNOTE_ARTICLES.",
        )
    if every is not None:
        return _repeat(settings, chosen, interval_seconds(every), full=full, dry_run=dry_run)
    with shown_progress() as progress:
        report = wiring.reindexer(settings, progress).run(chosen, full=full, dry_run=dry_run)
    _show(report)
    if report.problems:
        return EXIT_SOME_FAILED
    return 0 if report.articles else EXIT_NOTHING_INDEXED


def interval_seconds(text: str) -> float:
    """Return the seconds that an interval like 30s, 10m or 1h lasts.

    Raises:
        SettingsError: it is none.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", text.strip().lower())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if not 0 < seconds <= _LONGEST_INTERVAL:
        raise SettingsError(f"--every {text} is no interval.", "Write it like 30s, 10m or 1h; at most 365d.")
    return seconds


def _repeat(settings: Settings, paths: Sequence[Path], seconds: float, *, full: bool, dry_run: bool) -> int:
    """Reindex every `seconds` until SIGTERM or Ctrl-C; a round that fails is reported, and the next one tried."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # The index bears being stopped anywhere, so there is nothing to wait for.
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # One for all rounds, so that the model is loaded once.
    reindexer: Reindexer | None = None
    while True:
        began = time.monotonic()
        try:
            with shown_progress(quiet=True) as progress:
                reindexer = reindexer or wiring.reindexer(settings, progress)
                report = reindexer.run(paths, full=full, dry_run=dry_run)
            _log(_summary_line(report))
            for line in _problem_lines(report):
                _log(line)
        except FootnoteError as error:
            _log(f"failed: {visible(str(error))}")
        time.sleep(max(0.0, seconds - (time.monotonic() - began)))


def _log(line: str) -> None:
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}\n")
    sys.stdout.flush()


def _summary_line(report: ReindexReport) -> str:
    counts = " ".join(f"{name}={count}" for name, count in _counts(report))
    return f"reindex {counts} seconds={report.seconds:.1f}"


def _counts(report: ReindexReport) -> list[tuple[str, int]]:
    withdrawn = [("withdrawn", len(report.withdrawn))] if report.withdrawn else []
    return [
        ("added", len(report.added)),
        ("changed", len(report.changed)),
        ("unchanged", report.unchanged),
        ("removed", len(report.removed)),
        ("failed", report.failed),
        *withdrawn,
        ("passages", report.passages),
    ]


def _show(report: ReindexReport) -> None:
    for line in _problem_lines(report):
        sys.stderr.write(line + "\n")
    out = console()
    if report.dry_run:
        out.print(Text("This is what would change; nothing was written.", style="bold"))
        _show_changes(report)
    if report.rebuilt:
        done = "would be" if report.dry_run else "was"
        out.print(Text(f"The index {done} rebuilt beside the one that was served."))
    table = Table(box=None, pad_edge=False, header_style="bold")
    values = [f"{count:,}" for name, count in _counts(report) if not (report.dry_run and name == "passages")]
    for name, _ in _counts(report):
        if not (report.dry_run and name == "passages"):
            table.add_column(name, justify="right")
    table.add_column("seconds", justify="right")
    table.add_row(*values, f"{report.seconds:.1f}")
    out.print(table)
    if report.ignored:
        kinds = ", ".join(f"{count:,} {ending}" for ending, count in report.ignored)
        out.print(Text(f"Passed over, of other kinds: {visible(kinds)}", style="dim"))


def _show_changes(report: ReindexReport) -> None:
    out = console()
    for name, places in (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
        ("withdrawn", report.withdrawn),
    ):
        for place in places[:_CHANGES_SHOWN]:
            out.print(Text(f"{name:>9}  {visible(place)}"), soft_wrap=True)
        if len(places) > _CHANGES_SHOWN:
            out.print(Text(f"{name:>9}  and {len(places) - _CHANGES_SHOWN:,} more"))


def _problem_lines(report: ReindexReport) -> list[str]:
    lines = [
        f"Failed: {visible(place_name(problem.place, problem.line))} {visible(problem.reason)}. "
        f"{visible(problem.remedy)}"
        for problem in report.problems
    ]
    lines += [
        f"Passed over: {visible(passed)} claims the identity of {visible(taken)}, which is newer or comes first."
        for passed, taken in report.superseded
    ]
    return lines
