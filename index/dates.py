"""Dates as articles, settings and questions write them.

A date is never guessed: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1600, 1, 1, tzinfo=UTC)
"""Newspapers begin about here; an earlier date is a placeholder (0001-01-01) or a mistake."""

_AHEAD = timedelta(days=1)
"""How far a date may lie ahead: where the day begins first it is half a day later than in UTC."""

_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_ALL_DIGITS = re.compile(r"[\d\s./-]+")
_WEEK = re.compile(r"\bW\d")
_CLOCK = re.compile(
    r"(?:(?<![\d.])\d{1,2}[:.h]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?(?![\d.])|\b\d{1,2}\s?(?:[ap]\.?\s?m\b|h\b|uhr\b)"
    r"|\d{1,2}\s?[時时点시](?:\s?\d{1,2}\s?[分분])?)\s?(?:(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d\d)?)?",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(r":|\dT\d|" + _CLOCK.pattern, re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs?(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\b\.?,?",
    re.IGNORECASE,
)
_LONGEST = 80


def parse_date(value: str, now: datetime | None = None) -> datetime | None:
    """Return the moment that `value` names, in UTC, or None where it names none for certain.

    Understood are ISO 8601, RFC 2822, days in figures that can be read in one way ("25/12/2023"), and days
    written out in the languages of dateparser ("3 March 2023", "3 mars 2023"). A day without a time is its
    midnight; a time without a zone is UTC. None comes back for what leaves day, month or year open ("March
    2023", "03/04/2023", "3-5 March 2023"), for what lies before 1600, and for what lies more than a day
    after `now` (the clock's time unless given).
    """
    text = " ".join(value.split())
    if not text or len(text) > _LONGEST:
        return None
    found = _iso(text) or _numeric(text) or _rfc(text) or _written_out(text)
    return believable(found, now or datetime.now(UTC))


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """Return `moment` unless no article can be of then: before 1600, or more than a day after `now`."""
    return moment if moment is not None and EARLIEST <= moment <= now + _AHEAD else None


def _utc(moment: datetime) -> datetime | None:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def _iso(text: str) -> datetime | None:
    day = _ISO_DAY.fullmatch(text)
    try:
        if day:
            return datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC)
        # "20230304" and week dates are ISO too, but in a by-line they are as likely something else.
        return _utc(datetime.fromisoformat(text)) if re.match(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _numeric(text: str) -> datetime | None:
    day = _NUMERIC_DAY.fullmatch(text)
    if not day:
        return None
    one, two, year = int(day[1]), int(day[3]), int(day[4])
    # 03/04/2023 is March in one country and April in the next; only 13 and above tell.
    if one != two and one <= 12 and two <= 12:
        return None
    try:
        return datetime(year, min(one, two), max(one, two), tzinfo=UTC)
    except ValueError:
        return None


def _rfc(text: str) -> datetime | None:
    if not re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", text):
        return None
    try:
        return _utc(parsedate_to_datetime(text))
    except (ValueError, TypeError):
        return None


def _written_out(text: str) -> datetime | None:
    if _ALL_DIGITS.fullmatch(text) or _WEEK.search(text) or not re.search(r"\d{4}", text):
        return None
    import dateparser  # 0.4 s, and most dates never come here

    # Short weekdays are months in some languages: "Sun 5 2023" would be June.
    try:
        found = dateparser.parse(
            _WEEKDAY.sub(" ", text),
            settings={
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time"],
                "TIMEZONE": "UTC",
                "RETURN_AS_TIMEZONE_AWARE": True,
            },
        )
    except OverflowError:
        return None
    return _utc(found) if found and _is_certain(text, found) else None


def _is_certain(text: str, found: datetime) -> bool:
    """Tell whether the numbers in `text` can mean only the day that dateparser, which guesses, has found."""
    rest = _CLOCK.sub(" ", text)
    numbers = [int(number) for number in re.findall(r"\d+", rest)]
    year, month, day = found.year, found.month, found.day
    if len(numbers) == 2:
        return sorted(numbers) == [day, year]
    if numbers == [year, month, day]:
        return True
    # "4 tháng 3, 2023" counts the months, but says which number is one.
    says_which = re.match(r"\D*\d+\s+[^\W\d_]+\s+\d", rest)
    tells = says_which or day > 12 or day == month
    return bool(tells) and numbers in ([day, month, year], [month, day, year])


def moment_seen_from(base: datetime, phrase: str) -> datetime | None:
    """Return the moment that an English `phrase` means at the moment `base`, in UTC, or None.

    Understood are phrases as a speaker relates them to the present: "Monday", "August", "March 3", "yesterday",
    "2 weeks ago", "in 3 months". What comes round again is the latest one that has begun; a weekday is never
    the one of `base` itself, a month or a day of the year can be.
    """
    import dateparser  # 0.4 s, and most questions name no date

    seen = base.astimezone(UTC).replace(tzinfo=None)
    try:
        found = dateparser.parse(
            phrase, languages=["en"], settings={"RELATIVE_BASE": seen, "PREFER_DATES_FROM": "past"}
        )
    except OverflowError:
        return None
    return found and _utc(found)


def format_date(moment: datetime) -> str:
    """Return `moment` in ISO 8601: the day alone where only that is known (midnight exactly)."""
    return moment.astimezone(UTC).date().isoformat() if _is_midnight(moment) else format_moment(moment)


def format_moment(moment: datetime) -> str:
    """Return `moment` in ISO 8601, always with its time of day."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _is_midnight(moment: datetime) -> bool:
    return moment.astimezone(UTC).time() == time.min


def stored_date(value: str | None) -> datetime | None:
    """Return the moment that `format_date` wrote as `value`."""
    return None if value is None else _utc(datetime.fromisoformat(value))


def start_of(value: str) -> datetime | None:
    """Return the moment that `value` begins at, in the future too: for a day its midnight, else the moment itself."""
    return parse_date(value, now=datetime.max.replace(tzinfo=UTC) - timedelta(days=2))


def end_of(value: str) -> datetime | None:
    """Return the moment that `value` ends at: for a day its last microsecond, else the moment itself."""
    found = start_of(value)
    if found is not None and _is_midnight(found) and not _TIME_OF_DAY.search(value):
        return found + timedelta(days=1) - timedelta(microseconds=1)
    return found
