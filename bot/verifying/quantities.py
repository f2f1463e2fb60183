"""Whether a figure bears out another: the same amount of the same unit, on the same side of it."""

from __future__ import annotations

from decimal import Decimal

from bot.verifying.figures import Bound, Figure

_BASE = {
    "second": ("time", 1), "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86_400),
    "week": ("time", 604_800), "fortnight": ("time", 1_209_600), "month": ("months", 1), "quarter": ("months", 3),
    "year": ("months", 12), "decade": ("months", 120), "century": ("months", 1200),
    "milligram": ("mass", Decimal("0.001")), "gram": ("mass", 1), "kilogram": ("mass", 1000),
    "tonne": ("mass", 1_000_000),
    "millimetre": ("length", 1), "centimetre": ("length", 10), "metre": ("length", 1000),
    "kilometre": ("length", 1_000_000), "millilitre": ("volume", 1), "litre": ("volume", 1000),
    "point": ("points", 100), "basis point": ("points", 1), "kilowatt": ("power", 1), "megawatt": ("power", 1000), "gigawatt": ("power", 1_000_000),
}  # fmt: skip

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

_ROUNDED = {
    Bound.ABOUT: (Decimal("0.95"), Decimal("1.05")),
    Bound.NEARLY: (Decimal("0.93"), Decimal(1)),
    Bound.MORE: (Decimal(1), Decimal("1.15")),
    Bound.AT_LEAST: (Decimal(1), Decimal("1.15")),
    Bound.FEWER: (Decimal("0.87"), Decimal(1)),
    Bound.AT_MOST: (Decimal("0.87"), Decimal(1)),
}
"""Of how much of it something can be said, by how that is bounded: 6,480 are nearly 6,500 and more than 6,000."""

_EXACT = {Bound.NONE, Bound.EXACT}


def same_amount(said: Figure, own: Figure) -> bool:
    """Tell whether two figures are the same amount in the same unit, their bounds aside."""
    return any(
        _equal(said.low, said.unit, low, own.unit) and _equal(said.high, said.unit, high, own.unit)
        for low, high in _readings(said, own)
    )


def same_number(said: Figure, own: Figure) -> bool:
    """Tell whether two figures are the same number, whatever of."""
    return said.low == own.low and said.high == own.high


def _readings(said: Figure, own: Figure) -> tuple[tuple[Decimal, Decimal], ...]:
    if not own.is_range or said.is_range:
        return ((own.low, own.high),)
    # "at least 40" and "up to 50" are said of "40 to 50"
    lower = said.bound in (Bound.AT_LEAST, Bound.MORE)
    upper = said.bound in (Bound.AT_MOST, Bound.FEWER)
    return (((own.low, own.low),) if lower else ()) + (((own.high, own.high),) if upper else ())


def same_side(said: Figure, own: Figure) -> bool:
    """Tell whether a figure is bounded as it may be where it rests on another of the same amount."""
    if own.is_range:
        return True
    return own.bound in _ALLOWED[said.bound]


def rounds(said: Figure, own: Figure) -> bool:
    """Tell whether `said` is a rounder way of giving `own`: "nearly 6,500" of 6,480."""
    limits = _ROUNDED.get(said.bound)
    if (
        limits is None
        or said.is_range
        or own.is_range
        or not said.low
        or own.bound not in _EXACT | {said.bound}
    ):
        return False
    if not _comparable(said.unit, own.unit) or _digits(said.low) > _digits(own.low) or own.low == 0:
        return False
    return limits[0] <= _in_base(own) / _in_base(said) <= limits[1]


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _comparable(one: str, other: str) -> bool:
    if one == other:
        return True
    mine, theirs = _BASE.get(one), _BASE.get(other)
    return bool(mine and theirs and mine[0] == theirs[0])


def _in_base(figure: Figure) -> Decimal:
    return figure.low * Decimal(_BASE[figure.unit][1]) if figure.unit in _BASE else figure.low


def _equal(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    if unit == other_unit or _ages({unit, other_unit}):
        close = (
            unit == "percent"
            and not _THIRDS.isdisjoint((value, other))
            and abs(value - other) < Decimal("0.5")
        )
        return value == other or bool(close)
    mine, theirs = _BASE.get(unit), _BASE.get(other_unit)
    if mine and theirs and mine[0] == theirs[0]:
        return value * Decimal(mine[1]) == other * Decimal(theirs[1])
    return False


def _ages(units: set[str]) -> bool:
    """Tell whether one is a bare number, and the other years: Haugmo, 24, is 24 years old."""
    return units in ({"", "year"}, {"", "times"}, {"", "o'clock"})


def differ_in_unit(said: Figure, own: Figure) -> bool:
    """Tell whether two figures are the same number of two things."""
    return same_number(said, own) and not same_amount(said, own)
