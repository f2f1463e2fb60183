"""Whether a figure bears out another: the same amount of the same unit, on the same side of it."""

from __future__ import annotations

from decimal import Decimal

from bot.verifying.amounts.bounds import Bound
from bot.verifying.amounts.figure import Figure
from bot.verifying.amounts.units import CLOCK, PERCENT, TIMES

_BASE: dict[str, tuple[str, Decimal | int]] = {
    "second": ("time", 1), "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86_400),
    "week": ("time", 604_800), "fortnight": ("time", 1_209_600), "month": ("months", 1), "quarter": ("months", 3),
    "year": ("months", 12), "decade": ("months", 120), "century": ("months", 1200),
    "milligram": ("mass", Decimal("0.001")), "gram": ("mass", 1), "kilogram": ("mass", 1000),
    "tonne": ("mass", 1_000_000),
    "millimetre": ("length", 1), "centimetre": ("length", 10), "metre": ("length", 1000),
    "kilometre": ("length", 1_000_000), "millilitre": ("volume", 1), "litre": ("volume", 1000),
    "point": ("points", 100), "basis point": ("points", 1),
    "kilowatt": ("power", 1), "megawatt": ("power", 1000), "gigawatt": ("power", 1_000_000),
}  # fmt: skip
"""What units measure, and how many of the smallest one they are."""

_ALLOWED = {
    Bound.NONE: {Bound.NONE, Bound.EXACT, Bound.ABOUT},
    Bound.EXACT: {Bound.NONE, Bound.EXACT},
    Bound.ABOUT: {Bound.NONE, Bound.EXACT, Bound.ABOUT, Bound.NEARLY},
    Bound.NEARLY: {Bound.NEARLY, Bound.FEWER},
    Bound.AT_LEAST: {Bound.AT_LEAST, Bound.MORE},
    Bound.AT_MOST: {Bound.AT_MOST, Bound.FEWER},
    Bound.MORE: {Bound.MORE},
    Bound.FEWER: {Bound.FEWER, Bound.NEARLY},
}
"""What a figure in a sentence may rest on, by how it is bounded."""

_THIRDS = frozenset(map(Decimal, ("33.3", "66.7", "16.7", "83.3")))
"""Percentages that nobody gives so exactly: a third is 33 percent, too."""
_OF_THIRDS = Decimal("0.5")

_ROUNDED = {
    Bound.ABOUT: (Decimal("0.95"), Decimal("1.05")),
    Bound.NEARLY: (Decimal("0.93"), Decimal(1)),
    Bound.MORE: (Decimal(1), Decimal("1.15")),
    Bound.AT_LEAST: (Decimal(1), Decimal("1.15")),
    Bound.FEWER: (Decimal("0.87"), Decimal(1)),
    Bound.AT_MOST: (Decimal("0.87"), Decimal(1)),
}
"""Of how much of it something can be said, by how that is bounded: 6,480 is nearly 6,500, 6,700 more than 6,000."""

_ROUND = 5
"""Of what the numbers are multiples that news say "over" or "under" of."""
_AS_A_BARE_NUMBER = frozenset(("year", TIMES, CLOCK))
"""Units that go without saying: Haugmo, 24, is 24 years old."""
_UNROUNDED = frozenset((Bound.NONE, Bound.EXACT))


def same_amount(said: Figure, own: Figure) -> bool:
    """Tell whether two figures are the same amount in the same unit, their bounds aside.

    "At least 40" and "up to 50" are the ends of "40 to 50".
    """
    if not own.is_range or said.is_range:
        return _equal(said, own.low, own.high, own.unit)
    if said.bound in (Bound.AT_LEAST, Bound.MORE):
        return _equal(said, own.low, own.low, own.unit)
    return said.bound in (Bound.AT_MOST, Bound.FEWER) and _equal(said, own.high, own.high, own.unit)


def same_number(said: Figure, own: Figure) -> bool:
    """Tell whether two figures are the same number, whatever of."""
    return said.low == own.low and said.high == own.high


def differ_in_unit(said: Figure, own: Figure) -> bool:
    """Tell whether two figures are the same number of two things."""
    return same_number(said, own) and not same_amount(said, own)


def same_side(said: Figure, own: Figure) -> bool:
    """Tell whether a figure is bounded as it may be where it rests on another of the same amount."""
    return own.is_range or own.bound in _ALLOWED[said.bound]


def rounds(said: Figure, own: Figure) -> bool:
    """Tell whether `said` is a rounder way of giving `own`: "nearly 6,500" of 6,480."""
    if said.bound not in _ROUNDED or not said.low or not own.low or said.is_range or own.is_range:
        return False
    if own.bound not in _UNROUNDED | {said.bound} or not _comparable(said.unit, own.unit):
        return False
    least, most = _ROUNDED[said.bound]
    share = _in_base(own.low, own.unit) / _in_base(said.low, said.unit)
    if share == 1 and said.bound is not Bound.ABOUT and not _may_be_of_place(said):
        return False  # "at least 4,000" says of exactly 4,000 that it may be more
    return _digits(said.low) <= _digits(own.low) and least <= share <= most


def _may_be_of_place(said: Figure) -> bool:
    """Tell whether a figure may be bounded by nothing: "won over two others", "resigned over 46 cars"."""
    return said.bound in (Bound.MORE, Bound.FEWER) and bool(said.low % _ROUND)


def _equal(said: Figure, low: Decimal, high: Decimal, unit: str) -> bool:
    return _is(said.low, said.unit, low, unit) and _is(said.high, said.unit, high, unit)


def _is(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    if unit == other_unit or (
        "" in (unit, other_unit) and not _AS_A_BARE_NUMBER.isdisjoint((unit, other_unit))
    ):
        return value == other or (unit == PERCENT and _about_a_third(value, other))
    return _comparable(unit, other_unit) and _in_base(value, unit) == _in_base(other, other_unit)


def _about_a_third(value: Decimal, other: Decimal) -> bool:
    return not _THIRDS.isdisjoint((value, other)) and abs(value - other) < _OF_THIRDS


def _comparable(unit: str, other: str) -> bool:
    """Tell whether two units measure the same."""
    return unit == other or (unit in _BASE and other in _BASE and _BASE[unit][0] == _BASE[other][0])


def _in_base(value: Decimal, unit: str) -> Decimal:
    return value * _BASE[unit][1] if unit in _BASE else value


def _digits(value: Decimal) -> int:
    """Return how exactly a number is given: 6,500 in two digits."""
    return len(value.normalize().as_tuple().digits)
