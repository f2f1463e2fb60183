"""By-lines and date lines: what stands between a headline and the article, and says who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index.datelines import dateline_end
from index.dates import parse_date

_ROWS = 6
"""Paragraphs after the headline that may be by-lines."""

_LONGEST = 160

_BREAKS = re.compile(
    r"\s*[|•·‖]\s*|\s+[–—/-]\s+|\n|\t|\s{3,}|;\s+|,?\s+(?=(?:last |first )?(?:updated|published):?\s)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:written|reported|story|report|text|words|posted|published)\s+)?by:?\s+|(?:author|authors|reporter|writer)\s*:\s*"
    r"|(?:von|par|por|door|di)\s+(?-i:(?=[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|released|issued|filed)|publication date|release date|date)"
    r"(?:\s+(?:on|at))?\s*:?\s+",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last\s+)?(?:updated|modified|revised|edited|update)(?:\s+(?:on|at))?\s*:?\s+", re.IGNORECASE
)
_READING_TIME = re.compile(r"\d{1,3}\s*(?:-\s*)?min(?:ute)?s?(?:\s+read)?", re.IGNORECASE)
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|of\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)"
)
_TIME = (
    r"(?:T|,?\s+(?:at\s+|um\s+|à\s+)?)\d{1,2}[:.h]\d{2}\S*(?:\s*(?:[ap]\.?m\.?|Uhr))?(?:\s+\(?[A-Z]{1,5}\)?)?"
)
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes"
    r"|sábado|domingo)\.?,?\s+"
)
_DATE = re.compile(rf"(?:{_WEEKDAY})?({_DAY}(?:{_TIME})?)", re.IGNORECASE)
_DATE_AT_END = re.compile(rf"(?:,|\bon\b|\s)\s*(?:{_WEEKDAY})?({_DAY}(?:{_TIME})?)$", re.IGNORECASE)
_PARTICLES = re.compile(r"al|el|bin|ibn|de|da|del|della|der|den|di|dos|du|la|le|ten|ter|van|von|y|zu")
_NO_NAMES = re.compile(
    r"admin|administrator|agencies|agency|anonymous|correspondent|correspondents|desk|editor|editors|"
    r"news|newsroom|our|reporter|reporters|staff|the|unknown|user|writer|writers|a|an|your"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article, and when it appeared and was changed; what is not said is empty or None."""

    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None

    def or_else(self, other: Byline) -> Byline:
        """Return this by-line with what it lacks taken from `other`."""
        return Byline(
            self.authors or other.authors,
            self.published_at or other.published_at,
            self.updated_at or other.updated_at,
        )


def read_byline(line: str) -> Byline | None:
    """Return what a line says if it is a by-line or a date line and nothing else, else None."""
    text = line.strip()
    if len(text) > _LONGEST or not any(character.isalnum() for character in text):
        return None
    found = Byline()
    for part in filter(None, _BREAKS.split(text)):
        read = _read_part(part.strip())
        if read is None:
            return None
        found = found.or_else(read)
    return found


def read_bylines(paragraphs: Sequence[str], authors: tuple[str, ...] = ()) -> tuple[Byline, set[int]]:
    """Return what the first paragraphs of an article say of its authors and dates, and which of them do.

    Those are no part of its text. `authors` are names known from elsewhere: a paragraph that is made of
    them alone is a by-line too. A day in the dateline of the first sentence ("KABUL, 3 March 2023 – ")
    counts where there is no other; the dateline stays.
    """
    found = Byline()
    places: set[int] = set()
    for place, paragraph in enumerate(paragraphs[:_ROWS]):
        byline = read_byline(paragraph)
        if byline is None and authors and len(paragraph) <= _LONGEST and names_in(paragraph) == authors:
            byline = Byline(authors)
        if byline is not None:
            found = found.or_else(byline)
            places.add(place)
        elif len(paragraph) > _LONGEST:
            break
    for paragraph in paragraphs[:_ROWS]:
        found = found.or_else(Byline(published_at=_dateline_day(paragraph)))
    return found, places


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a list of authors: "A Doe, B Roe and C Poe", with places and roles left out."""
    names = [
        _name(part)
        for group in re.split(r"\s*;\s*|\s+(?:and|und|et|y|&)\s+|\s*&\s*", text)
        for part in _comma_parts(group)
    ]
    return tuple(dict.fromkeys(name for name in names if name))


def _read_part(part: str) -> Byline | None:
    if _READING_TIME.fullmatch(part):
        return Byline()
    updated = _UPDATED.match(part)
    if updated:
        moment = _date(part[updated.end() :])
        return Byline(updated_at=moment) if moment else None
    published = _PUBLISHED.match(part)
    moment = _date(part[published.end() :] if published else part)
    if moment:
        return Byline(published_at=moment)
    by = _BY.match(part)
    if by:
        return _author_and_date(part[by.end() :])
    return _place_and_date(part)


def _author_and_date(text: str) -> Byline | None:
    dated = _DATE_AT_END.search(text)
    moment = _date(dated[1]) if dated else None
    names = names_in(text[: dated.start()] if dated and moment else text)
    return Byline(names, published_at=moment) if names else None


def _place_and_date(part: str) -> Byline | None:
    """Read "Kabul, 3 March 2023"."""
    found = re.match(r"([^\W\d_]+(?:[ '-][^\W\d_]+){0,2}(?:, [^\W\d_]+)?),\s+", part)
    moment = _date(part[found.end() :]) if found and found[1][0].isupper() else None
    return Byline(published_at=moment) if moment else None


def _date(text: str) -> datetime | None:
    cleaned = text.strip().rstrip(".").strip("()")
    # The shape is asked for first: the parser behind parse_date takes its time.
    dated = _DATE.fullmatch(cleaned)
    return parse_date(dated[1]) if dated else None


def _dateline_day(paragraph: str) -> datetime | None:
    dateline = paragraph[: dateline_end(paragraph)]
    day = re.search(_DAY, dateline)
    return _date(day[0]) if day else None


def _comma_parts(group: str) -> list[str]:
    return [part.strip() for part in group.split(",") if part.strip()]


def _name(text: str) -> str | None:
    """Return the name of a person or an agency at the start of `text`, None where it is none."""
    name = re.split(r"\s+(?:in|for|at|from|of)\s+|\s*[(/]", text.strip())[0].strip(" .,")
    words = name.split()
    if not 1 <= len(words) <= 6 or any(character.isdigit() for character in name):
        return None
    if any(_NO_NAMES.fullmatch(word.casefold().strip(".")) for word in words):
        return None
    if not all(word[0].isupper() or _PARTICLES.fullmatch(word.casefold().split("-")[0]) for word in words):
        return None
    return name.title() if name.isupper() and len(words) > 1 else name
