"""Dates as articles and settings write them. A date is never guessed: no date is better than a wrong one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1600, 1, 1, tzinfo=UTC)
"""Newspapers begin about here; an earlier date is a placeholder (0001-01-01) or a mistake."""

_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ALL_DIGITS = re.compile(r"[\d\s./-]+")
_LONGEST = 80


def parse_date(value: str, now: datetime | None = None) -> datetime | None:
    """Return the moment that `value` names, in UTC, or None where it names none for certain.

    Understood are ISO 8601, RFC 2822, and days written out in the languages of dateparser ("3 March
    2023", "3 mars 2023"). A day without a time is its midnight; a time without a zone is UTC. None comes
    back for what leaves day, month or year open ("March 2023", "03/04/2023"), for what lies before 1600,
    and for what lies more than a day after `now` (the clock's time unless given).
    """
    text = " ".join(value.split())
    if not text or len(text) > _LONGEST:
        return None
    found = _iso(text) or _rfc(text) or _written_out(text)
    if found is None:
        return None
    limit = (now or datetime.now(UTC)) + timedelta(days=1)
    return found if EARLIEST <= found <= limit else None


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


def _rfc(text: str) -> datetime | None:
    if not re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", text):
        return None
    try:
        return _utc(parsedate_to_datetime(text))
    except (ValueError, TypeError):
        return None


def _written_out(text: str) -> datetime | None:
    # 03/04/2023 is March in one country and April in the next.
    if _ALL_DIGITS.fullmatch(text) or not re.search(r"\d{4}", text):
        return None
    import dateparser  # 0.4 s, and most dates never come here

    found = dateparser.parse(
        text,
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": True,
        },
    )
    return _utc(found) if found else None


def format_date(moment: datetime) -> str:
    """Return `moment` in ISO 8601: the day alone where only that is known (midnight exactly)."""
    moment = moment.astimezone(UTC)
    if (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0):
        return moment.date().isoformat()
    return moment.isoformat().replace("+00:00", "Z")


def stored_date(value: str | None) -> datetime | None:
    """Return the moment that `format_date` wrote as `value`."""
    return None if value is None else _utc(datetime.fromisoformat(value))


def end_of(value: str) -> datetime | None:
    """Return the moment that `value` ends at: for a day its last microsecond, else the moment itself."""
    found = parse_date(value, now=datetime.max.replace(tzinfo=UTC) - timedelta(days=2))
    if found is not None and ":" not in value:
        return found + timedelta(days=1) - timedelta(microseconds=1)
    return found
