"""`footnote eval`: question cases put to the bot, and how it did."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import wiring
from bot.cli import EXIT_ERROR
from bot.commands.progress import shown_progress
from bot.console import console
from bot.errors import CaseError, SettingsError
from bot.evaluation.cases import ENDING, CaseFile, load_cases
from bot.evaluation.data_sets import DATA_SETS
from bot.evaluation.evaluating import Evaluator
from bot.evaluation.html_report import render_html
from bot.evaluation.judge import Judge, judge_named
from bot.evaluation.judge_run import JudgeRun
from bot.evaluation.judging import is_matched
from bot.evaluation.measures import BY_KEY, JUDGE, Estimate, Measure
from bot.evaluation.report import Report, save_report, write_text
from bot.evaluation.results import CaseResult
from bot.evaluation.rows.figures import drawn
from bot.evaluation.surroundings import settings_in_words, surroundings
from bot.settings import Settings, cache_folder, load_settings
from bot.visible import visible

_TAGS_SHOWN = 20
_CASES_SHOWN = 50
_FAIL_UNDER = "Write it like answered=0.9,decline_f1=0.8."
_WIDE = 110
"""Columns of a terminal from which on there is room to say what each figure is."""


def run(
    paths: Sequence[Path],
    *,
    data_set: str | None,
    json_file: Path | None,
    html_file: Path | None,
    fail_under: str | None,
    limit: int | None,
    judge_name: str | None = None,
    judge_base_url: str | None = None,
) -> int:
    """Evaluate, show the figures, and write what files are asked for; return the exit code.

    Raises:
        CaseError: a case is wrong.
        SettingsError: an option is.
        FootnoteError: what keeps the cases from being asked.
    """
    settings = load_settings()
    bounds = {} if fail_under is None else _bounds(fail_under)
    _check_bounds(bounds, judged=judge_name is not None)
    for file in filter(None, (json_file, html_file)):
        _check_place(file)
    judge = None if judge_name is None else judge_named(judge_name, settings, judge_base_url)
    with shown_progress() as progress:
        run_of_judge = None if judge is None else JudgeRun(judge, say)
        evaluator = Evaluator(settings, cache_folder() / "scratch", progress, say, judge=run_of_judge)
        if data_set is None:
            asked, results = _evaluate_files(evaluator, case_files(paths), limit)
        else:
            asked, results = _evaluate_data_set(evaluator, data_set, paths, limit)
    report = Report((("asked", asked), *_facts(settings, judge)), tuple(results))
    # Before they are shown: whoever looks at the figures through a pipe may have seen enough.
    if json_file:
        save_report(report, json_file)
    if html_file:
        write_text(html_file, render_html(report))
    _show(report)
    return _exit_code(report, bounds)


def _check_place(file: Path) -> None:
    """Refuse a file that cannot be written, before hours go into asking."""
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise SettingsError(f"{file} cannot be written.", "Name a file in a folder that is there.")


def case_files(paths: Sequence[Path]) -> list[CaseFile]:
    """Return the files of cases that are named, and those under the folders that are.

    Raises:
        CaseError: there is none, or one cannot be read.
        SettingsError: none is named.
    """
    if not paths:
        raise SettingsError(
            "There is nothing to evaluate.",
            f"Name files of question cases, or folders that hold some (*{ENDING}): footnote eval PATH. "
            "footnote eval draft proposes some from your articles.",
        )
    found: dict[Path, Path] = {}
    for file in (each for path in paths for each in _in(path)):
        found.setdefault(file.resolve(), file)
    return [load_cases(file) for file in found.values()]


def _in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob(f"*{ENDING}") if _is_listed(file, path))
    if not files:
        raise CaseError(f"{path} holds no file of cases.", f"Their names end in {ENDING}.")
    return files


def _is_listed(file: Path, folder: Path) -> bool:
    """Tell whether it is a file that is not hidden within the folder."""
    return file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _evaluate_files(
    evaluator: Evaluator, files: Sequence[CaseFile], limit: int | None
) -> tuple[str, list[CaseResult]]:
    """Return what was asked, in words, and what came of it."""
    names = Counter(file.path.name for file in files)
    results: list[CaseResult] = []
    for file in files:
        # Of two files with one name each goes by its path.
        name = file.path.name if names[file.path.name] == 1 else file.path.as_posix()
        results += evaluator.evaluate(_shortened(file, limit), name)
    return ", ".join(str(file.path) for file in files), results


def _shortened(file: CaseFile, limit: int | None) -> CaseFile:
    return file if limit is None else replace(file, cases=drawn(file.cases, limit))


def _evaluate_data_set(
    evaluator: Evaluator, kind: str, paths: Sequence[Path], limit: int | None
) -> tuple[str, list[CaseResult]]:
    if kind not in DATA_SETS:
        raise SettingsError(
            f"--dataset {kind}: there is no such kind of data set.", f"The kinds are {', '.join(DATA_SETS)}."
        )
    if len(paths) != 1:
        raise SettingsError("--dataset takes one data set.", f"Write it like: {DATA_SETS[kind].written}")
    if not paths[0].exists():
        raise SettingsError(f"{paths[0]} is not there.", f"Write it like: {DATA_SETS[kind].written}")
    found = DATA_SETS[kind].load(paths[0])
    if limit is not None:
        found = replace(found, cases=drawn(found.cases, limit))
    return f"{kind} {paths[0].name}", evaluator.evaluate_data_set(found)


def _bounds(fail_under: str) -> dict[str, float]:
    """Return what --fail-under asks for, by figure."""
    parts = [part.strip() for part in fail_under.split(",") if part.strip()]
    if not parts:
        raise SettingsError("--fail-under names no figure.", _FAIL_UNDER)
    return dict(map(_bound, parts))


def _bound(part: str) -> tuple[str, float]:
    key, _, value = (word.strip() for word in part.partition("="))
    if key not in BY_KEY:
        raise SettingsError(
            f"--fail-under {part}: there is no figure {key!r}.",
            f"There are {', '.join(each.key for each in BY_KEY.values() if each.better == 'high')}.",
        )
    if BY_KEY[key].better != "high":
        raise SettingsError(f"--fail-under {part}: of {key}, less is better.", _FAIL_UNDER)
    try:
        bound = float(value)
    except ValueError:
        bound = -1.0
    if not 0 <= bound <= 1:
        raise SettingsError(
            f"--fail-under {part}: {value or 'nothing'} is no figure from 0 to 1.", _FAIL_UNDER
        )
    return key, bound


def _check_bounds(bounds: Iterable[str], *, judged: bool) -> None:
    """Refuse a bound that no case can measure, before hours go into asking."""
    of_judge = [key for key in bounds if BY_KEY[key] in JUDGE]
    if of_judge and not judged:
        raise SettingsError(
            f"--fail-under {of_judge[0]}: without a judge, there is no such figure.",
            "Name one: --judge provider:model",
        )


def _facts(settings: Settings, judge: Judge | None) -> list[tuple[str, str]]:
    calibration = f", calibrated by {settings.calibration.name}" if settings.calibration else ""
    threshold = wiring.fitted_numbers(settings).threshold
    return [
        ("settings", f"{settings_in_words(settings)}, answered from {threshold:g} on{calibration}"),
        *([("judge", judge.name)] if judge else []),
        *surroundings(),
    ]


def _show(report: Report) -> None:
    out = console()
    out.print(_figures_table(report.estimates(), wide=out.width >= _WIDE))
    _show_tags(out, report)
    failed = [result for result in report.results if not result.passed]
    if failed:
        out.print()
        show_cases(out, f"Not as expected ({len(failed):,} of {len(report.results):,}):", failed)
    if len(failed) > _CASES_SHOWN:
        out.print(Text("--json and --html hold all of them."))
    _show_disagreements(out, report)


def _show_disagreements(out: Console, report: Report) -> None:
    """Print the cases that the judge and the case itself tell otherwise: one of both is wrong."""
    judged = [result for result in report.results if result.judgement and result.judgement.is_given]
    split = [each for each in judged if each.judgement and each.judgement.correct != is_matched(each)]
    if split:
        out.print()
        heading = f"The judge says otherwise than the case ({len(split):,} of {len(judged):,}):"
        show_cases(out, heading, split, _judged_in_words)


def _judged_in_words(result: CaseResult) -> list[str]:
    judgement = result.judgement
    if judgement is None:
        return []
    verdict = "judged correct" if judgement.correct else "judged not correct"
    return [f"{verdict}: {judgement.why}" if judgement.why else verdict]


def show_cases(
    out: Console,
    heading: str,
    results: Sequence[CaseResult],
    lines: Callable[[CaseResult], Sequence[str]] = lambda result: result.faults,
) -> None:
    """Print cases with what is not as expected, or other lines about each, so many at most."""
    out.print(Text(heading, style="bold"))
    for result in results[:_CASES_SHOWN]:
        out.print(Text.assemble((visible(result.name), "bold"), "  ", visible(result.case.question)))
        for line in lines(result):
            out.print(Text(f"    {visible(line)}", style="dim"))
    if len(results) > _CASES_SHOWN:
        out.print(Text(f"and {len(results) - _CASES_SHOWN:,} more"))


def _show_tags(out: Console, report: Report) -> None:
    tags = report.tags()
    if tags:
        shown = ", ".join(f"{visible(row.tag)} {row.passed}/{row.cases}" for row in tags[:_TAGS_SHOWN])
        rest = " …" if len(tags) > _TAGS_SHOWN else ""
        out.print()
        out.print(Text.assemble(("Passed by tag: ", "bold"), shown, rest))


def _figures_table(found: Iterable[Estimate], *, wide: bool) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("figure", "value", "95 in 100 within", "cases"):
        table.add_column(name, justify="left" if name == "figure" else "right", no_wrap=True)
    if wide:
        table.add_column("", style="dim")
    for about, estimates in groupby(found, key=lambda each: each.measure.about):
        table.add_row(Text(about, style="bold"))
        for each in estimates:
            table.add_row(*_cells(each)[: len(table.columns)])
    return table


def _cells(found: Estimate) -> tuple[str, ...]:
    measure = found.measure
    return (
        f"  {measure.key}",
        written(measure, found.value),
        f"{written(measure, found.low)} to {written(measure, found.high)}",
        f"{found.count:,}",
        f"{measure.says}{', less is better' if measure.better == 'low' else ''}",
    )


def written(measure: Measure, value: float) -> str:
    """Return a value as it is shown, with its unit."""
    return f"{value:.3f}{' ' + measure.unit if measure.unit else ''}"


def _exit_code(report: Report, bounds: dict[str, float]) -> int:
    short = list(_short(report, bounds))
    for line in short:
        say(f"Failed: {line}.")
    return EXIT_ERROR if short else 0


def _short(report: Report, bounds: dict[str, float]) -> Iterator[str]:
    known = {each.measure.key: each.value for each in report.estimates()}
    for key, bound in bounds.items():
        if key not in known:
            yield f"{key} should be at least {bound:g}, and no case measures it"
        elif known[key] < bound:
            yield f"{key} is {known[key]:.4g}, and should be at least {bound:g}"


def say(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"{visible(line)}\n")
    sys.stderr.flush()
