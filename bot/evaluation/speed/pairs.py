"""Pairs of times: what the product took, and right beside it what it is held against.

Both of a pair meet the same machine, whatever else that does meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from index.planning import Progress

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds that the product took for something, and those of what it is held against."""

    product: float
    beside: float


def in_turn(
    product: Callable[[_Item], object],
    beside: Callable[[_Item], object],
    items: Sequence[_Item],
    progress: Progress,
    *,
    warm_ups: int,
    clock: Callable[[], float] = time.perf_counter,
) -> list[Pair]:
    """Do both with each of `items` in turn, and return what they took; the first `warm_ups` do not count."""
    pairs = []
    for item in items:
        began = clock()
        product(item)
        between = clock()
        beside(item)
        pairs.append(Pair(between - began, clock() - between))
        progress.advance()
    return pairs[warm_ups:]
