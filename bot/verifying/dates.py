"""Dates of a text: a day, month, year or weekday, as far as it says them; and whether one bears another out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d,]*\d|\.\d|%)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b(?:{_WEEKDAY},?\s)?{_DAY}\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s{_YEAR})?",
        rf"\b(?:{_WEEKDAY},?\s)?{_MONTH}\s{_DAY}\b(?![.,]?\d|%|\s(?:percent|per cent|million|people))(?:,?\s{_YEAR})?",
        rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}",
        rf"\b{_WEEKDAY}s?\b",
        r"\b(?P<month>January|February|April|June|July|August|September|October|November|December)\b",
        r"(?<=[a-z,] )(?P<month>March|May)\b(?!\s[A-Z])",
        rf"(?<![\w$€£₹#.,:/-]){_YEAR}(?![\w-]*\d)",
    )
)
_PERSON_BEFORE = re.compile(r"[A-Z][a-z]+\s$")


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is said, from `start` to `end` in characters; None for what is left open.

    `month` is 1 to 12, `weekday` 0 (Monday) to 6.
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None

    def bears_out(self, other: Date) -> bool:
        """Tell whether this says all that `other` says."""
        pairs = (
            (self.day, other.day), (self.month, other.month), (self.year, other.year), (self.weekday, other.weekday),
        )  # fmt: skip
        return all(said is None or said == own for own, said in pairs)

    def contradicts(self, other: Date) -> bool:
        """Tell whether both say something of the same kind that differs."""
        pairs = (
            (self.day, other.day), (self.month, other.month), (self.year, other.year), (self.weekday, other.weekday),
        )  # fmt: skip
        return any(own is not None and said is not None and own != said for own, said in pairs)


@lru_cache(maxsize=1024)
def dates_in(text: str) -> tuple[Date, ...]:
    """Return the dates that `text` names, in order, none within another."""
    found: list[Date] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            date = _date(match)
            if date is not None:
                found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


def _date(match: re.Match[str]) -> Date | None:
    said = match.groupdict()
    month = said.get("month")
    if month in ("May", "April", "June", "August") and not said.get("day") and not said.get("year"):
        # Theresa May, April Lund
        if _PERSON_BEFORE.search(match.string[: match.start()]) and month == "May":
            return None
        if re.match(r"\s[A-Z][a-z]", match.string[match.end() :]) and not said.get("weekday"):
            return None
    weekday = said.get("weekday")
    return Date(
        match.start(),
        match.end(),
        int(said["day"]) if said.get("day") else None,
        _month_number(month) if month else None,
        int(said["year"]) if said.get("year") else None,
        _WEEKDAYS.index(weekday.casefold()) if weekday else None,
    )


def _month_number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(written[:3].casefold()))


_RELATIVE = re.compile(
    r"\b(?:(?P<day>yesterday|today|tomorrow|tonight|this (?:morning|afternoon|evening)|last night)"
    r"|(?P<which>last|this|next|previous) (?P<unit>month|year)|earlier this (?P<earlier>year|month)"
    r"|a (?P<ago>year|month) ago|(?:on |last |this |next |by |since |until |early |late )?"
    + _WEEKDAY
    + r")\b",
    re.I,
)
_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1}


def dates_meant(text: str, published: datetime | None) -> tuple[Date, ...]:
    """Return the dates that a text published then names or means: "on Tuesday" is one of the seven days up to then."""
    named = dates_in(text)
    if published is None:
        return named
    meant = [_completed(date, published) for date in named]
    for match in _RELATIVE.finditer(text):
        date = _meant(match, published)
        if date is not None:
            meant.append(date)
    return tuple(meant)


def _completed(date: Date, published: datetime) -> Date:
    """Return a date without a year with the one that it most likely means: the latest that has begun."""
    if date.year is not None or date.month is None:
        return date
    later = (date.month, date.day or 1) > (published.month, published.day)
    return replace(date, year=published.year - later)


def _meant(match: re.Match[str], published: datetime) -> Date | None:
    start, end = match.span()
    if match["day"]:
        moment = published + timedelta(days=_DAYS.get(match["day"].casefold(), 0))
        return Date(start, end, moment.day, moment.month, moment.year, moment.weekday())
    if match["weekday"]:
        wanted = _WEEKDAYS.index(match["weekday"].casefold())
        moment = published - timedelta(days=(published.weekday() - wanted) % 7)
        return Date(start, end, moment.day, moment.month, moment.year, wanted)
    which, unit = (match["which"] or "this").casefold(), match["unit"] or match["earlier"] or match["ago"]
    step = {"last": -1, "previous": -1, "next": 1}.get(which, 0) if not match["ago"] else -1
    if unit.casefold() == "year":
        return Date(start, end, year=published.year + step)
    month = published.year * 12 + published.month - 1 + step
    return Date(start, end, month=month % 12 + 1, year=month // 12)
