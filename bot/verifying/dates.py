"""Dates of a text: a day, month, year or weekday, as far as it says them; and whether one bears another out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d,]*\d|\.\d|%)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NO_DAY = r"(?![.,]?\d|%|\s(?:percent|per cent|million|people))"
"""What does not come behind the day in "May 5": "In May 5 percent ..."."""
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b(?:{_WEEKDAY},?\s)?{_DAY}\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s{_YEAR})?",
        rf"\b(?:{_WEEKDAY},?\s)?{_MONTH}\s{_DAY}\b{_NO_DAY}(?:,?\s{_YEAR})?",
        rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}",
        rf"\b{_WEEKDAY}s?\b",
        r"\b(?P<month>January|February|April|June|July|August|September|October|November|December)\b",
        # Written with capitals elsewhere, these two are names and verbs.
        r"(?<=[a-z,] )(?P<month>March|May)\b(?!\s[A-Z])",
        rf"(?<![\w$€£₹#.,:/-]){_YEAR}(?![\w-]*\d)",
    )
)
"""From the fullest on: what one has read is no date of another form."""
_NAMES_OF_PEOPLE = frozenset(("May", "April", "June", "August"))
_FIRST_NAME = re.compile(
    r"\b(?!(?:In|By|Since|Until|Till|Before|After|During|From|Through|Last|This|Next|Early|Late|Mid)\s)[A-Z][a-z]+\s$"
)
_LAST_NAME = re.compile(r"\s[A-Z][a-z]")

_RELATIVE = re.compile(
    r"\b(?:(?P<day>yesterday|today|tomorrow|tonight|this (?:morning|afternoon|evening)|last night)"
    r"|(?P<which>last|this|next|previous) (?P<unit>month|year)|earlier this (?P<earlier>year|month)"
    r"|a (?P<ago>year|month) ago|(?:on |last |this |next |by |since |until |early |late )?"
    + _WEEKDAY
    + r")\b",
    re.I,
)
_DAYS_ON = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_UNITS_ON = {"last": -1, "previous": -1, "next": 1}


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

    @property
    def _parts(self) -> tuple[int | None, ...]:
        return (self.day, self.month, self.year, self.weekday)

    def bears_out(self, other: Date) -> bool:
        """Tell whether this says all that `other` says."""
        return all(said is None or said == own for own, said in zip(self._parts, other._parts, strict=True))

    def contradicts(self, other: Date) -> bool:
        """Tell whether both say something of the same kind that differs."""
        return any(
            None not in pair and pair[0] != pair[1] for pair in zip(self._parts, other._parts, strict=True)
        )


def date_of(moment: datetime, start: int = 0, end: int = 0) -> Date:
    """Return the day of a moment as a date that says all of it."""
    return Date(start, end, moment.day, moment.month, moment.year, moment.weekday())


@lru_cache(maxsize=1024)
def dates_in(text: str) -> tuple[Date, ...]:
    """Return the dates that `text` names, in order, none within another."""
    found: list[Date] = []
    for form in _FORMS:
        for match in form.finditer(text):
            taken = any(match.start() < other.end and other.start < match.end() for other in found)
            if not taken and not _is_a_person(match):
                found.append(_named(match))
    return tuple(sorted(found, key=lambda date: date.start))


def dates_meant(text: str, published: datetime | None) -> tuple[Date, ...]:
    """Return the dates that a text published then names or means: "on Tuesday" is one of the seven days up to then."""
    named = dates_in(text)
    if published is None:
        return named
    completed = (_completed(date, published) for date in named)
    return (*completed, *(_meant(match, published) for match in _RELATIVE.finditer(text)))


def _is_a_person(match: re.Match[str]) -> bool:
    """Tell whether a month is somebody's name: Theresa May, April Lund."""
    said = match.groupdict()
    if said.get("month") not in _NAMES_OF_PEOPLE or said.get("day") or said.get("year"):
        return False
    if match["month"] == "May" and _FIRST_NAME.search(match.string[: match.start()]):
        return True
    return _LAST_NAME.match(match.string, match.end()) is not None


def _named(match: re.Match[str]) -> Date:
    said = match.groupdict()
    day, month, year, weekday = (said.get(part) for part in ("day", "month", "year", "weekday"))
    return Date(
        match.start(),
        match.end(),
        int(day) if day else None,
        _month_number(month) if month else None,
        int(year) if year else None,
        WEEKDAYS.index(weekday.casefold()) if weekday else None,
    )


def _month_number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(written[:3].casefold()))


def _completed(date: Date, published: datetime) -> Date:
    """Return a date without a year with the one that it most likely means: the latest that has begun."""
    if date.year is not None or date.month is None:
        return date
    later = (date.month, date.day or 1) > (published.month, published.day)
    return replace(date, year=published.year - later)


def _meant(match: re.Match[str], published: datetime) -> Date:
    """Return the date that words like "last month" mean in a text published then."""
    start, end = match.span()
    if match["day"]:
        return date_of(published + timedelta(days=_DAYS_ON.get(match["day"].casefold(), 0)), start, end)
    if match["weekday"]:
        back = (published.weekday() - WEEKDAYS.index(match["weekday"].casefold())) % 7
        return date_of(published - timedelta(days=back), start, end)
    unit = match["unit"] or match["earlier"] or match["ago"]
    step = -1 if match["ago"] else _UNITS_ON.get((match["which"] or "").casefold(), 0)
    if unit.casefold() == "year":
        return Date(start, end, year=published.year + step)
    month = published.year * 12 + published.month - 1 + step
    return Date(start, end, month=month % 12 + 1, year=month // 12)
