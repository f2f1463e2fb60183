"""Comparing: two evaluations of the same cases, what came out otherwise, and whether that is more than chance.

A difference is judged by the paired bootstrap: the same cases are drawn for both, so that what makes a case hard counts
alike on both sides. (Koehn, "Statistical significance tests for machine translation evaluation", 2004; Efron and
Tibshirani, "An introduction to the bootstrap", 1993.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bot.errors import EvaluationError
from bot.evaluation.measures import ANSWERED, DECLINE_RECALL, MEASURES, PASSED, Measure, numbers
from bot.evaluation.metrics.statistics import Rows, bootstrap
from bot.evaluation.report import Report
from bot.evaluation.results import CaseResult

JUDGED = (PASSED.key, ANSWERED.key, DECLINE_RECALL.key, "ndcg@10")
"""The figures that decide whether an evaluation is worse than another one.

Each is wrongly found worse in about 2.5 of 100 comparisons of equals. Of the two dozen that are shown one would often
be, so that nobody would believe the verdict; and how long answers take depends on what else the machine does.
"""

Verdict = Literal["better", "worse", "no clear change"]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure over the paired cases, before and after; None where it applies to none of them.

    `interval` is where the difference would lie for 95 of 100 such sets of cases, None where there is no difference to
    tell of.
    """

    measure: Measure
    old: float | None
    new: float | None
    interval: tuple[float, float] | None

    @property
    def difference(self) -> float | None:
        """The new value minus the old one, None where either is missing."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def verdict(self) -> Verdict:
        """Whether it got better or worse by more than chance: whether the interval leaves out 0."""
        if self.interval is None:
            return "no clear change"
        low, high = self.interval
        if low <= 0 <= high:
            return "no clear change"
        return "better" if (low > 0) == (self.measure.better == "high") else "worse"


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that differs between the two evaluations; None where one of them does not tell it."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two evaluations of the same cases.

    `paired` is how many cases both asked, alike. `lost` passed before and fail now, `gained` the other way round, both
    as they are now. `edited` are the names of the cases that ask or expect something else now, `only_old` and
    `only_new` of those that only one of the two has. `changes` come in the order of MEASURES.
    """

    paired: int
    changes: tuple[Change, ...]
    facts: tuple[FactChange, ...]
    lost: tuple[CaseResult, ...]
    gained: tuple[CaseResult, ...]
    edited: tuple[str, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]

    @property
    def worse(self) -> tuple[str, ...]:
        """The judged figures that got worse by more than chance."""
        return self._judged("worse")

    @property
    def better(self) -> tuple[str, ...]:
        """The judged figures that got better by more than chance."""
        return self._judged("better")

    def _judged(self, verdict: Verdict) -> tuple[str, ...]:
        keys = (change.measure.key for change in self.changes if change.verdict == verdict)
        return tuple(key for key in keys if key in JUDGED)


def compare(old: Report, new: Report) -> Comparison:
    """Return what changed from one evaluation to another, over the cases that both asked, alike.

    Raises:
        EvaluationError: there is no such case.
    """
    before, after = _by_name(old), _by_name(new)
    shared = [name for name in before if name in after]
    edited = {name for name in shared if not _asks_the_same(before[name], after[name])}
    pairs = [(before[name], after[name]) for name in shared if name not in edited]
    if not pairs:
        raise EvaluationError(
            "The two reports have no case in common.",
            "Compare two reports of the same files of cases: footnote eval CASES --json FILE",
        )
    return Comparison(
        paired=len(pairs),
        changes=tuple(_changes(pairs)),
        facts=tuple(_facts(dict(old.facts), dict(new.facts))),
        lost=tuple(now for was, now in pairs if was.passed and not now.passed),
        gained=tuple(now for was, now in pairs if now.passed and not was.passed),
        edited=tuple(name for name in shared if name in edited),
        only_old=tuple(name for name in before if name not in after),
        only_new=tuple(name for name in after if name not in before),
    )


def change_of(measure: Measure, old: Sequence[CaseResult], new: Sequence[CaseResult]) -> Change:
    """Return how a measure changed; both results of a case stand at the same place of `old` and `new`."""
    before, after = numbers(old, measure), numbers(new, measure)
    # A column that is never NaN, because a case without a number on one side still counts on the other.
    rows = np.hstack([np.zeros((len(before), 1)), before, after])

    def difference(sample: Rows) -> float | None:
        was, now = np.split(sample[:, 1:], [before.shape[1]], axis=1)
        return Change(measure, _over(measure, was), _over(measure, now), None).difference

    return Change(measure, _over(measure, before), _over(measure, after), bootstrap(difference, rows))


def _by_name(report: Report) -> dict[str, CaseResult]:
    return {result.name: result for result in report.results}


def _asks_the_same(one: CaseResult, other: CaseResult) -> bool:
    """Tell whether both ask the same and expect the same; tags are neither."""
    return replace(one.case, tags=()) == replace(other.case, tags=())


def _changes(pairs: Sequence[tuple[CaseResult, CaseResult]]) -> Iterator[Change]:
    old, new = [was for was, _ in pairs], [now for _, now in pairs]
    for measure in MEASURES:
        change = change_of(measure, old, new)
        if change.old is not None or change.new is not None:
            yield change


def _over(measure: Measure, rows: Rows) -> float | None:
    applying = rows[~np.isnan(rows[:, 0])]
    return measure.over(applying) if len(applying) else None


def _facts(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FactChange]:
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield FactChange(name, old.get(name), new.get(name))
