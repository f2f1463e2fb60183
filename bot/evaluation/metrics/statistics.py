"""Shares, middles, and how far a figure may be off by chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
Numbers = Sequence[float] | NDArray[np.float64]

RESAMPLES = 1000
_SEED = 20_230_928
"""The same resamples each time, so that a figure's interval does not change where the figure does not."""


def mean(values: Numbers) -> float | None:
    """Return the mean of `values`; None without values."""
    return float(np.mean(values)) if len(values) else None


def share(outcomes: Sequence[bool]) -> float | None:
    """Return the share of `outcomes` that is true; None without outcomes."""
    return mean(outcomes)


def median(values: Numbers) -> float | None:
    """Return the value that as many lie above as below, of two in the middle their mean; None without values."""
    return float(np.median(values)) if len(values) else None


def percentile(values: Numbers, share: float) -> float | None:
    """Return the smallest value that at least this share (0..1) of the values do not exceed; None without values."""
    if not len(values):
        return None
    # 0.07 of a hundred are seven, and not a little more, as floats have it.
    place = max(math.ceil(round(share * len(values), 9)), 1) - 1
    return float(np.sort(np.asarray(values, dtype=float))[place])


@dataclass(frozen=True, slots=True)
class RatioOfSums:
    """The sum of the first column of rows over that of the second; of rows of one column, their mean."""

    def __call__(self, rows: Rows) -> float | None:
        """Return it; None where there are no rows, or the second column's sum is 0."""
        above, below = self._sums(rows, np.ones((1, len(rows))))
        return float(above[0] / below[0]) if below[0] else None

    def over_each(self, rows: Rows, drawn: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return it for each resample (a row of `drawn`: how often each of `rows` is in it) that has one."""
        above, below = self._sums(rows, drawn)
        has_one = np.flatnonzero(below)
        return np.divide(above[has_one], below[has_one])

    def _sums(self, rows: Rows, drawn: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        below = rows[:, 1] if rows.shape[1] > 1 else np.ones(len(rows))
        return drawn @ rows[:, 0], drawn @ below


def bootstrap(
    statistic: Callable[[Rows], float | None], rows: Rows, level: float = 0.95
) -> tuple[float, float] | None:
    """Return the interval that `statistic` of as many other cases would fall into this often.

    `rows` (n × k) holds what is known of each case; NaN in the first column: the statistic does not apply to it. The
    cases are drawn anew with replacement, RESAMPLES times, and the interval lies between the percentiles. None where
    there is nothing to measure. (The percentile bootstrap: Efron and Tibshirani, "An introduction to the
    bootstrap", 1993, chapter 13.)
    """
    found = resampled(statistic, rows)
    if not len(found):
        return None
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(found, [tail, 100 - tail])
    return float(low), float(high)


def resampled(statistic: Callable[[Rows], float | None], rows: Rows) -> NDArray[np.float64]:
    """Return the statistic of each resample in which it applies to a case; `rows` as for `bootstrap`."""
    applies = ~np.isnan(rows[:, 0])
    if not applies.any():
        return np.empty(0)
    drawn, applying = _drawn(len(rows))[:, applies], rows[applies]
    if isinstance(statistic, RatioOfSums):
        return statistic.over_each(applying, drawn)
    values = [statistic(np.repeat(applying, counts, axis=0)) for counts in drawn if counts.any()]
    return np.array([value for value in values if value is not None], dtype=float)


# The figures of an evaluation are all over the same cases.
@lru_cache(maxsize=1)
def _drawn(count: int) -> NDArray[np.integer]:
    """Return how often each of so many cases is in each resample (resamples × cases)."""
    generator = np.random.default_rng(_SEED)
    drawn = np.empty((RESAMPLES, count), dtype=np.uint16)
    for row in drawn:
        row[:] = np.bincount(generator.integers(0, count, count), minlength=count)
    return drawn
