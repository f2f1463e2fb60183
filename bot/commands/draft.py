"""`footnote eval draft`: cases proposed from the articles, for a person to review."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.cli import EXIT_SOME_FAILED
from bot.errors import EvaluationError
from bot.evaluation.drafting.collection import SourceArticle, is_english
from bot.evaluation.drafting.drafts import DraftedCase, draft_cases
from bot.evaluation.drafting.reading import articles_in_files, articles_in_index
from bot.evaluation.drafting.writing import cases_file
from bot.settings import load_settings
from bot.visible import visible
from index.discovery import Problem
from index.planning import place_name

_ENDING = ".cases.yaml"


def run(paths: Sequence[Path], count: int, out: Path | None, seed: int) -> int:
    """Draft `count` cases and write them to `out`, or print them; return the exit code.

    The articles are those under `paths`, else under FOOTNOTE_ARTICLES, else those of the index.

    Raises:
        EvaluationError: no case can be drafted from them, or `out` is not a new file of cases.
        IndexMissingError: no paths are named or set, and nothing has been indexed.
    """
    if out is not None:
        _check_new(out)
    if count < 1:
        raise EvaluationError(f"{count} cases are none.", "Ask for one at least, as with --count 40.")
    articles, problems = _articles(paths)
    for problem in problems:
        sys.stderr.write(_problem_line(problem) + "\n")
    cases = _drafted(articles, count, seed)
    folder = out.parent if out else Path()
    text = cases_file(cases, [_relative(path, folder) for path in paths], shlex.quote(str(out or "FILE")))
    if out is None:
        sys.stdout.write(text)
    else:
        _write(out, text)
    sys.stderr.write(_summary(cases, count, len(articles)) + "\n")
    return EXIT_SOME_FAILED if problems else 0


def _check_new(out: Path) -> None:
    if not out.name.endswith(_ENDING):
        raise EvaluationError(
            f"{out} would not be found: cases are collected from files whose names end in {_ENDING}.",
            f"Name it like {out.name.split('.')[0] or 'draft'}{_ENDING}.",
        )
    if out.exists() or out.is_symlink():
        raise _taken(out)
    if not out.parent.is_dir():
        raise EvaluationError(
            f"The folder {out.parent} is not there.", "Make it first, or name a file in another."
        )


def _taken(out: Path) -> EvaluationError:
    return EvaluationError(
        f"{out} is there already, and may hold what somebody has reviewed.",
        "Name another file, or delete it.",
    )


def _write(out: Path, text: str) -> None:
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise _taken(out) from error


def _articles(paths: Sequence[Path]) -> tuple[tuple[SourceArticle, ...], tuple[Problem, ...]]:
    settings = load_settings()
    chosen = tuple(paths) or settings.articles
    if chosen:
        read = articles_in_files(chosen)
        return read.articles, read.problems
    from bot import wiring  # Chroma takes a second to import, and drafting from files needs none

    catalogue = wiring.catalogue(settings)
    try:
        return articles_in_index(catalogue), ()
    finally:
        catalogue.close()


def _drafted(articles: Sequence[SourceArticle], count: int, seed: int) -> tuple[DraftedCase, ...]:
    if not articles:
        raise EvaluationError(
            "There is no article to draft cases from.", "Name files or folders with articles."
        )
    if not any(map(is_english, articles)):
        raise EvaluationError(
            "None of the articles is in English, the one language that cases are drafted in.",
            "Name others, or write cases by hand.",
        )
    cases = draft_cases(articles, count, seed)
    if not cases:
        raise EvaluationError(
            "No sentence of the articles can be asked about by the patterns that questions are made by.",
            "Name more articles, or write cases by hand.",
        )
    return cases


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()


def _problem_line(problem: Problem) -> str:
    place = visible(place_name(problem.place, problem.line))
    return f"Passed over: {place} {visible(problem.reason)}. {visible(problem.remedy)}"


def _summary(cases: Sequence[DraftedCase], count: int, articles: int) -> str:
    declines = sum(case.declines for case in cases)
    wanted = "" if len(cases) == count else f" of the {count:,} wanted"
    return (
        f"Drafted {len(cases):,} cases{wanted} from {articles:,} article{'' if articles == 1 else 's'}: "
        f"{len(cases) - declines:,} answerable, {declines:,} near misses. Review each before you rely on it."
    )
