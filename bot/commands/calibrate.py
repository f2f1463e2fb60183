"""`footnote calibrate`: the confidence to answer from, tuned on a newsroom's own cases."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.answering.calibration import calibration_to_json
from bot.answering.choice import SIGNS
from bot.answering.evidence import FEATURES
from bot.answering.model import Fitted, load_fitted
from bot.commands.compare import interval
from bot.commands.evaluate import case_files, say, written
from bot.commands.progress import shown_progress
from bot.console import console
from bot.evaluation.calibrating import BALANCED, FOLDS, Tuned, require_enough, tune
from bot.evaluation.cases import CaseFile
from bot.evaluation.comparing import Change, change_of
from bot.evaluation.evaluating import Evaluator
from bot.evaluation.measures import ANSWERED, BY_KEY, DECLINE_RECALL, Estimate, estimates
from bot.evaluation.report import write_text
from bot.evaluation.results import CaseResult
from bot.settings import Settings, cache_folder, load_settings
from bot.visible import visible

_MEASURES = (BALANCED, ANSWERED, DECLINE_RECALL, BY_KEY["decline_precision"], BY_KEY["decline_f1"])
_NOTHING = "–"


def run(paths: Sequence[Path], out: Path) -> int:
    """Tune the threshold, show how it does on cases held out, and write it to a file; return the exit code.

    A calibration that the settings name already does not count.

    Raises:
        CaseError: a case is wrong, or there are too few.
        FootnoteError: what keeps the cases from being asked, or the file from being written.
    """
    settings = load_settings()
    files = case_files(paths)
    require_enough([case for file in files for case in file.cases])
    shipped = load_fitted(FEATURES, SIGNS)
    found = tune(_asked(settings, files, replace(shipped, threshold=0.0)), shipped.threshold)
    _show(found, console())
    said = calibration_to_json(shipped, found.threshold, _facts(found, files, settings))
    write_text(out, json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.write(f"To use it: FOOTNOTE_CALIBRATION={shlex.quote(visible(str(out.absolute())))}\n")
    return 0


def _asked(settings: Settings, files: Sequence[CaseFile], numbers: Fitted) -> list[CaseResult]:
    with shown_progress() as progress:
        evaluator = Evaluator(settings, cache_folder() / "scratch", progress, say, numbers)
        return [result for file in files for result in evaluator.evaluate(file, str(file.path))]


def _facts(found: Tuned, files: Sequence[CaseFile], settings: Settings) -> dict[str, Any]:
    """Return what is worth knowing of a calibration, as its file holds it."""
    return {
        "made_at": f"{datetime.now(UTC):%Y-%m-%d}",
        "cases": [str(file.path) for file in files],
        "answerable": found.answerable,
        "to_be_declined": found.to_be_declined,
        "embedding_model": settings.embedding_model,
        "passages": settings.passages,
        "lexical_weight": settings.lexical_weight,
        "shipped_threshold": found.shipped,
        "fold_thresholds": list(found.of_folds),
        "held_out": _figures_to_json(found.held_out),
        "as_shipped": _figures_to_json(found.as_shipped),
    }


def _figures_to_json(results: Sequence[CaseResult]) -> dict[str, dict[str, float]]:
    return {
        each.measure.key: {
            "value": round(each.value, 4),
            "low": round(each.low, 4),
            "high": round(each.high, 4),
        }
        for each in estimates(results, _MEASURES)
    }


def _show(found: Tuned, out: Console) -> None:
    out.print(
        Text(
            f"{found.answerable:,} answerable cases and {found.to_be_declined:,} to be declined, in {FOLDS} folds: "
            "each is judged at the threshold found on the others."
        )
    )
    out.print()
    out.print(_table(found))
    out.print()
    out.print(Text(verdict(change_of(BALANCED, found.as_shipped, found.held_out))))
    out.print(Text(f"Found on all cases: answer from {found.threshold:.4g} on."))


def _table(found: Tuned) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("figure", "shipped", "95 in 100 within", "held out", "95 in 100 within"):
        table.add_column(name, justify="left" if name == "figure" else "right", no_wrap=True)
    least, most = min(found.of_folds), max(found.of_folds)
    table.add_row("threshold", f"{found.shipped:.4g}", "", "", f"{least:.4g} to {most:.4g}")
    before, after = (
        {each.measure.key: each for each in estimates(results, _MEASURES)}
        for results in (found.as_shipped, found.held_out)
    )
    for measure in _MEASURES:
        table.add_row(measure.key, *_cells(before.get(measure.key)), *_cells(after.get(measure.key)))
    return table


def _cells(estimate: Estimate | None) -> tuple[str, str]:
    """Return a figure and its interval; dashes where nothing was declined, so that no share of it is right."""
    if estimate is None:
        return _NOTHING, _NOTHING
    measure = estimate.measure
    return (
        written(measure, estimate.value),
        f"{written(measure, estimate.low)} to {written(measure, estimate.high)}",
    )


def verdict(change: Change) -> str:
    """Return what came of it in words; `change` is that of the balance, from the shipped threshold to the tuned one."""
    if change.difference is None or change.difference <= 0:
        return (
            "On cases held out, the tuned threshold is no better than the one that Footnote comes with: "
            "there is no need to use it."
        )
    chance = "" if change.verdict == "better" else ", which may be chance"
    return (
        f"On cases held out, the tuned threshold is better by {written(change.measure, change.difference)} "
        f"(95 in 100 within {interval(change)}){chance}."
    )
