"""The report of an evaluation, and its JSON, which is what two evaluations are compared by."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import EvaluationError
from bot.evaluation.cases import QuestionCase
from bot.evaluation.measures import MEASURES, PASSED, Estimate, estimates
from bot.evaluation.metrics.confidence import ReliabilityRow, reliability_table, risk_coverage_curve
from bot.evaluation.results import CaseResult, Found, Judgement
from bot.questions import Exchange
from index.dates import format_date, stored_date

_Value = TypeVar("_Value")

_FORMAT = 1
_REMEDY = "Make it with: footnote eval CASES --json FILE"


@dataclass(frozen=True, slots=True)
class TagRow:
    """The cases with a tag: how many there are, and how many passed."""

    tag: str
    cases: int
    passed: int


@dataclass(frozen=True)
class Report:
    """An evaluation: what came of each case, and `facts` about what was asked, when and how, by name."""

    facts: tuple[tuple[str, str], ...]
    results: tuple[CaseResult, ...]

    def estimates(self) -> list[Estimate]:
        """Return the figures that there is something to measure of, in the order of MEASURES."""
        return list(self._estimates)

    @cached_property
    def _estimates(self) -> tuple[Estimate, ...]:
        # Over thousands of cases they take seconds, and the table, the files and the bounds all need them.
        return tuple(estimates(self.results, MEASURES))

    def tags(self) -> list[TagRow]:
        """Return a row for each tag, most cases first."""
        cases = Counter(tag for result in self.results for tag in result.case.tags)
        passed = Counter(tag for result in self.results if result.passed for tag in result.case.tags)
        return [TagRow(tag, count, passed[tag]) for tag, count in cases.most_common()]

    def reliability(self) -> tuple[ReliabilityRow, ...]:
        """Return the answers in groups of like confidence, lowest first; none where nothing was answered."""
        return reliability_table(*self._confidences())

    def risk_coverage(self) -> tuple[tuple[float, float], ...]:
        """Return the share of answers taken, most confident first, and the share of these that is wrong."""
        return risk_coverage_curve(*self._confidences())

    def seconds(self) -> list[float]:
        """Return how long each answer took."""
        return [result.seconds for result in self.results if result.seconds is not None]

    def _confidences(self) -> tuple[list[float], list[bool]]:
        known = [
            (result.confidence, result.right)
            for result in self.results
            if result.confidence is not None and result.right is not None
        ]
        return [confidence for confidence, _ in known], [right for _, right in known]


def report_to_json(report: Report) -> dict[str, Any]:
    """Return the report as `footnote eval --json` writes it.

    A figure that there is nothing to measure of is null. `intervals` are where it would lie for 95 of 100 such sets of
    cases, `counts` how many cases it is over.
    """
    known = {each.measure.key: each for each in report.estimates()}
    return {
        "format": _FORMAT,
        "facts": dict(report.facts),
        "figures": {each.key: _rounded(known, each.key) for each in MEASURES},
        "intervals": {key: [round(each.low, 4), round(each.high, 4)] for key, each in known.items()},
        "counts": {key: each.count for key, each in known.items()},
        "tags": {row.tag: {"cases": row.cases, PASSED.key: row.passed} for row in report.tags()},
        "cases": [_case_to_json(result) for result in report.results],
    }


def _rounded(known: Mapping[str, Estimate], key: str) -> float | None:
    return round(known[key].value, 4) if key in known else None


def _case_to_json(result: CaseResult) -> dict[str, Any]:
    case = result.case
    return {
        "file": result.file,
        "id": case.id,
        "question": case.question,
        "asked_at": case.asked_at and format_date(case.asked_at),
        "history": [{"question": each.question, "answer": each.answer} for each in case.history],
        "answers": list(case.answers),
        "sources": list(case.sources),
        "declines": case.declines,
        "tags": list(case.tags),
        "passed": result.passed,
        "faults": list(result.faults),
        "values": dict(result.values),
        "declined": result.declined,
        "confidence": result.confidence,
        "right": result.right,
        "seconds": result.seconds,
        "found": [asdict(each) for each in result.found],
        "answer": result.answer,
        "judgement": result.judgement and asdict(result.judgement),
    }


def load_report(path: Path) -> Report:
    """Return the report that `footnote eval --json` wrote.

    Raises:
        EvaluationError: the file cannot be read, or is no such report.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvaluationError(f"{path} cannot be opened ({error.strerror or error}).", _REMEDY) from error
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{path} is not JSON.", _REMEDY) from error
    try:
        if said["format"] != _FORMAT:
            raise EvaluationError(f"{path} was written by another version of Footnote.", _REMEDY)
        results = tuple(_case_from_json(each) for each in said["cases"])
        return Report(tuple((str(name), str(value)) for name, value in said["facts"].items()), results)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise EvaluationError(f"{path} is no report of an evaluation.", _REMEDY) from error


def _case_from_json(said: Mapping[str, Any]) -> CaseResult:
    case = QuestionCase(
        id=str(said["id"]),
        question=str(said["question"]),
        asked_at=stored_date(said["asked_at"]),
        history=tuple(Exchange(str(each["question"]), str(each["answer"])) for each in said["history"]),
        answers=_texts(said["answers"]),
        sources=_texts(said["sources"]),
        declines=bool(said["declines"]),
        tags=_texts(said["tags"]),
    )
    return CaseResult(
        file=str(said["file"]),
        case=case,
        faults=_texts(said["faults"]),
        values={str(name): float(value) for name, value in said["values"].items()},
        found=tuple(_found_from_json(each) for each in said["found"]),
        declined=_known(bool, said["declined"]),
        confidence=_known(float, said["confidence"]),
        right=_known(bool, said["right"]),
        seconds=_known(float, said["seconds"]),
        answer=_known(dict, said["answer"]),
        # Reports from before there were judges have no such key.
        judgement=_judgement_from_json(said.get("judgement")),
    )


def _judgement_from_json(said: Mapping[str, Any] | None) -> Judgement | None:
    if said is None:
        return None
    return Judgement(_known(bool, said["correct"]), _known(bool, said["supported"]), str(said["why"]))


def _found_from_json(said: Mapping[str, Any]) -> Found:
    return Found(str(said["id"]), str(said["title"]), float(said["score"]), bool(said["expected"]))


def _texts(said: Iterable[str]) -> tuple[str, ...]:
    if isinstance(said, str):
        raise TypeError("a text where a list of texts should be")
    return tuple(map(str, said))


def _known(kind: Callable[[Any], _Value], said: Any) -> _Value | None:
    return None if said is None else kind(said)


def save_report(report: Report, path: Path) -> None:
    """Write what `load_report` reads.

    Raises:
        EvaluationError: the file cannot be written.
    """
    write_text(path, json.dumps(report_to_json(report), ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a file of UTF-8 text, a lone surrogate as its escape.

    Raises:
        EvaluationError: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise EvaluationError(
            f"{path} cannot be written ({error.strerror or error}).",
            "Name a file in a folder that this user can write to.",
        ) from error
