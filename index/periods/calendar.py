"""Stretches of the calendar, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.dates import moment_seen_from

MONTH_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"

BEFORE_NEXT = timedelta(microseconds=1)
"""Both ends of a stretch belong to it, so that one ends this much before the next."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in UTC, both ends inclusive."""

    start: datetime
    end: datetime


def months_from(year: int, month: int, count: int = 1) -> Span:
    """Return the `count` months from the given one on; `month` may lie outside 1..12."""
    first = year * 12 + month - 1
    return Span(_start_of_month(first), _start_of_month(first + count) - BEFORE_NEXT)


def _start_of_month(number: int) -> datetime:
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


def years_between(first: int, last: int) -> Span:
    """Return the years from `first` to `last`, both inclusive."""
    return months_from(first, 1, 12 * (last - first + 1))


def days_from(first: datetime, count: int = 1) -> Span:
    """Return the `count` days from that of the moment `first` on."""
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    return Span(start, start + timedelta(days=count) - BEFORE_NEXT)


def unit_around(unit: str, moment: datetime) -> Span:
    """Return the calendar unit that holds `moment`; weeks begin on Monday."""
    if unit == "month":
        return months_from(moment.year, moment.month)
    if unit == "quarter":
        return months_from(moment.year, (moment.month - 1) // 3 * 3 + 1, 3)
    if unit == "year":
        return years_between(moment.year, moment.year)
    if unit == "decade":
        return years_between(moment.year // 10 * 10, moment.year // 10 * 10 + 9)
    if unit in ("week", "fortnight"):
        return days_from(moment - timedelta(days=moment.weekday()), 7)
    return days_from(moment)


# What dateparser does not count in.
_IN_UNITS = {"quarter": (3, "month"), "decade": (10, "year"), "fortnight": (2, "week")}


def moved_by(now: datetime, count: int, unit: str) -> datetime:
    """Return the moment that lies `count` units after `now`, before it where `count` is negative."""
    times, name = _IN_UNITS.get(unit, (1, unit))
    amount = f"{abs(count) * times} {name}s"
    return seen_from(now, f"in {amount}" if count > 0 else f"{amount} ago")


def seen_from(now: datetime, phrase: str) -> datetime:
    """Return the moment that `phrase` means at the moment `now`.

    Raises:
        ValueError: it means none, as February 30.
    """
    moment = moment_seen_from(now, phrase)
    if moment is None:
        raise ValueError(phrase)
    return moment
