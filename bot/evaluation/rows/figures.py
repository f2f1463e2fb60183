"""What a row of the table holds: figures, and what each of them should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.evaluation.metrics.confidence import ReliabilityRow

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure has to be, at least, and what is aimed at; where `low` is better, at most."""

    bound: float
    aim: float
    low: bool = False

    def met_by(self, value: float) -> bool:
        """Tell whether `value` is within the bound."""
        return value <= self.bound if self.low else value >= self.bound


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, None where there was nothing to measure; `pattern` says how it is written."""

    value: float | None
    target: Target | None = None
    pattern: str = "{:.3f}"

    @property
    def short(self) -> bool:
        """Whether it misses its target's bound."""
        return self.value is not None and self.target is not None and not self.target.met_by(self.value)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what was measured, and its figures in the order in which `what` names them."""

    what: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What measuring a part of the benchmark gave; `reliability` is empty where it has no such table."""

    rows: tuple[Row, ...]
    reliability: tuple[ReliabilityRow, ...] = ()


def drawn(items: Sequence[_Item], count: int) -> tuple[_Item, ...]:
    """Return `count` of `items` (all where there are fewer), evenly spread over them, the same each time."""
    taken = min(count, len(items))
    return tuple(items[place * len(items) // taken] for place in range(taken))
