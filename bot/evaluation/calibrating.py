"""Calibrating: the confidence to answer from, found on a newsroom's own cases, and how it does on cases held out.

The cases are asked once, with nothing declined for a low confidence; what a threshold would make of them is then told
from their confidences. The best threshold is the one with the highest mean of two shares: of the answerable cases,
those answered right; of the others, those declined. Neither counts for more because the file holds more of its kind.
(Youden, "Index for rating diagnostic tests", 1950.)
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bot.errors import CaseError
from bot.evaluation import judging
from bot.evaluation.cases import QuestionCase
from bot.evaluation.measures import Measure
from bot.evaluation.metrics.ranking import RANKING
from bot.evaluation.metrics.statistics import Rows
from bot.evaluation.results import CaseResult

FEWEST = 20
"""Cases of either kind. With fewer, one case more or less moves the threshold anywhere."""

FOLDS = 5

_TWIN = "-swapped"
"""What the id of a near miss ends with, behind the id of the case that it was made from."""
_DIGITS = 4
_OF_AN_ANSWER = (judging.ANSWERED, judging.CONTAINMENT, judging.EXACT_MATCH, judging.TOKEN_F1)
"""What is 0 where nothing is said. The other figures of an answer do not apply then."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """A threshold, and what comes of the cases at thresholds that were found without them.

    `threshold` was found on all cases, `of_folds` each on all but a fold. `held_out` is what comes of each case at the
    threshold of its fold, `as_shipped` at `shipped`, the threshold that Footnote comes with.
    """

    threshold: float
    shipped: float
    of_folds: tuple[float, ...]
    held_out: tuple[CaseResult, ...]
    as_shipped: tuple[CaseResult, ...]

    @property
    def to_be_declined(self) -> int:
        """How many of the cases the articles do not answer."""
        return sum(result.case.declines for result in self.held_out)

    @property
    def answerable(self) -> int:
        """How many they do."""
        return len(self.held_out) - self.to_be_declined


def tune(results: Sequence[CaseResult], shipped: float) -> Tuned:
    """Return the best threshold for these cases, which were asked with the threshold at 0.

    Raises:
        CaseError: they are too few.
    """
    require_enough([result.case for result in results])
    folds = folds_of(results)
    of_folds = tuple(
        best_threshold([each for each, of in zip(results, folds, strict=True) if of != fold], shipped)
        for fold in range(FOLDS)
    )
    return Tuned(
        threshold=best_threshold(results, shipped),
        shipped=shipped,
        of_folds=of_folds,
        held_out=tuple(as_if(each, of_folds[fold]) for each, fold in zip(results, folds, strict=True)),
        as_shipped=tuple(as_if(each, shipped) for each in results),
    )


def require_enough(cases: Sequence[QuestionCase]) -> None:
    """Check that there are enough cases of either kind.

    Raises:
        CaseError: there are not.
    """
    declining = sum(case.declines for case in cases)
    answerable = len(cases) - declining
    if min(answerable, declining) < FEWEST:
        raise CaseError(
            f"There are {answerable:,} answerable cases and {declining:,} to be declined, and it takes {FEWEST} of "
            "each to tune the threshold.",
            "Write more; footnote eval draft proposes some from your articles.",
        )


def best_threshold(results: Sequence[CaseResult], shipped: float) -> float:
    """Return the threshold with the best balance; of equally good ones the nearest to `shipped`."""
    right = np.sort([_confidence(each) for each in results if each.values.get(judging.ANSWERED)])
    absent = np.sort([_confidence(each) for each in results if each.case.declines])
    answerable = len(results) - len(absent)

    def rank(threshold: float) -> tuple[int, float]:
        answered = len(right) - int(np.searchsorted(right, threshold))
        declined = int(np.searchsorted(absent, threshold))
        # The mean of both shares, times twice the cases of either kind: whole numbers tie where they should.
        return -(answered * len(absent) + declined * answerable), abs(threshold - shipped)

    return min(candidates(results, shipped), key=rank)


def candidates(results: Sequence[CaseResult], shipped: float) -> list[float]:
    """Return one threshold for each way to part the cases: midway between neighbouring confidences, and 0 and 1.

    `shipped` is among them, to stay where the cases give no reason to move. They have the digits that a calibration is
    written with, so that what is written is what was judged.
    """
    confidences = sorted({confidence for confidence in map(_confidence, results) if confidence >= 0})
    midway = {round((low + high) / 2, _DIGITS) for low, high in pairwise(confidences)}
    return sorted(midway | {0.0, 1.0, round(shipped, _DIGITS)})


def as_if(result: CaseResult, threshold: float) -> CaseResult:
    """Return what would have come of a case, asked with the threshold at 0, at another one."""
    if result.declined or _confidence(result) >= threshold:
        return result
    faults = () if result.case.declines else ("it was declined: its confidence is below the threshold",)
    values = {name: value for name, value in result.values.items() if name in RANKING}
    values |= {name: 0.0 for name in _OF_AN_ANSWER if name in result.values}
    return replace(result, declined=True, faults=faults, values=values)


def _confidence(result: CaseResult) -> float:
    """Return how confident its answer is; below every threshold where it is declined for another reason."""
    return -1.0 if result.declined or result.confidence is None else result.confidence


def folds_of(results: Sequence[CaseResult]) -> list[int]:
    """Return a fold (0 to FOLDS - 1) for each case, the same whatever order they come in.

    A case and its near miss are in one fold, because what is learned from the one gives the other away. Each fold has
    nearly as many of either kind as the next.
    """
    groups: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for result in results:
        groups[_group(result)].append(result.case.declines)
    # Not in the file's order: where it repeats a pattern, the cases that are alike would come to one fold.
    dealt = sorted(groups, key=lambda group: (sorted(groups[group]), _mixed(group)))
    fold_of = {group: place % FOLDS for place, group in enumerate(dealt)}
    return [fold_of[_group(result)] for result in results]


def _group(result: CaseResult) -> tuple[str, str]:
    return result.file, result.case.id.removesuffix(_TWIN)


def _mixed(group: tuple[str, str]) -> tuple[int, tuple[str, str]]:
    """Return what puts groups into an order that has nothing to do with their names."""
    return zlib.crc32("::".join(group).encode(errors="surrogatepass")), group


def _right_response(result: CaseResult) -> tuple[float, float] | None:
    """Return whether it was answered right, or declined where it should be; and whether it should be."""
    if result.case.declines:
        return (float(bool(result.declined)), 1.0)
    return (result.values.get(judging.ANSWERED, 0.0), 0.0)


def _mean_of_both(rows: Rows) -> float | None:
    answerable, absent = (rows[rows[:, 1] == kind, 0] for kind in (0, 1))
    if not len(answerable) or not len(absent):
        return None
    return float((answerable.mean() + absent.mean()) / 2)


BALANCED = Measure("balanced", "the mean of answered and decline_recall", _right_response, _mean_of_both)
"""What a threshold is chosen by."""
