"""By-lines and dates around the paragraphs of an article: what they say, and which paragraphs they are.

`credit_lines` reads a single line; here stands where such lines are looked for in a printed article, and
the ways in which print runs together what `credit_lines` wants apart ("By Ada Brook, 3 March 2023").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.datelines import dateline_end
from index.dates import parse_date
from index.readers.credit_lines import CreditLine, is_name, is_photo_credit, read_credit_line, split_names

_TOP = 6
"""Paragraphs after the headline that may be credits."""

_BOTTOM = 3
_LONGEST = 160

_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|of\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)"
)
_DATED = re.compile(_DAY + r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)"
_TIME = r"(?:T\S+|,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}.{0,20})"
_DATE_AT_END = re.compile(rf"(?:,|\s)\s*(?:on\s+)?(?={_WEEKDAY}?{_DAY}{_TIME}?$)", re.IGNORECASE)
_LABEL_INSIDE = re.compile(r"[,;.]?\s+(?=(?:last |first )?(?:updated|published)\b)", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(
    rf"(?P<place>[^\W\d_][^\d|]{{0,40}}),\s+(?P<day>{_WEEKDAY}?{_DAY})", re.IGNORECASE
)
_BY = re.compile(r"(?:\w+ )?(?:by|von|par|por)\b", re.IGNORECASE)
_CREDIT = re.compile(
    r"by|von|par|por|story|text|words|written|reported|reporting|first|originally|posted|published|released|last"
    r"|updated|modified|edited|editing|date|authors?|source|\d+ min",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Credits:
    """What the lines around an article say; what none says is empty or None."""

    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    publisher: str | None = None

    def and_also(self, other: CreditLine) -> Credits:
        """Return these with what they lack taken from `other`."""
        return Credits(
            self.authors or other.authors,
            self.published_at or other.published_at,
            self.updated_at or other.updated_at,
            self.publisher or other.publisher,
        )


def read_byline(line: str) -> CreditLine | None:
    """Return what a line says if it is a by-line or a date and nothing else, else None."""
    text = " ".join(line.split())
    # The shape is asked for first: the parser of dates takes its time with what is none.
    if len(text) > _LONGEST or not (_CREDIT.match(text) or _DATED.search(text)):
        return None
    placed = _PLACE_AND_DATE.fullmatch(text)
    if placed and (placed["place"].istitle() or placed["place"].isupper()) and not _CREDIT.match(text):
        moment = parse_date(placed["day"])
        return CreditLine(published_at=moment, is_date=True) if moment else None
    apart = _LABEL_INSIDE.sub(" | ", _DATE_AT_END.sub(" | ", text) if _BY.match(text) else text)
    parts = [read_credit_line(part) for part in apart.split(" | ")]
    sure = [part for part in parts if part is not None]
    return _together(sure) if len(sure) == len(parts) else read_credit_line(text)


def _together(parts: Sequence[CreditLine]) -> CreditLine:
    return CreditLine(
        authors=tuple(author for part in parts for author in part.authors),
        published_at=next((part.published_at for part in parts if part.published_at), None),
        updated_at=next((part.updated_at for part in parts if part.updated_at), None),
        publisher=next((part.publisher for part in parts if part.publisher), None),
        is_date=any(part.is_date for part in parts),
    )


def read_credits(
    paragraphs: Sequence[str], title: int = -1, authors: tuple[str, ...] = ()
) -> tuple[Credits, set[int]]:
    """Return what the credits around an article say, and which of its paragraphs are credits.

    Those are no part of its text. `title` is the place of the headline's paragraph, -1 for none; `authors`
    are names known from elsewhere, and a paragraph of them alone is a by-line too. A day in the dateline of
    the first sentence ("KABUL, 3 March 2023 – ") counts where there is no other; the dateline stays.
    """
    found = Credits()
    places: set[int] = set()
    start = title + 1
    first_long = next(
        (n for n in range(start, len(paragraphs)) if len(paragraphs[n]) > _LONGEST), len(paragraphs)
    )
    for place in (*range(start, min(start + _TOP, first_long)), *range(max(0, title))):
        credit = _credit(paragraphs, place, authors)
        if credit is not None:
            found = found.and_also(credit)
            places.add(place)
    for paragraph in paragraphs[start : start + _TOP]:
        found = found.and_also(CreditLine(published_at=_dateline_day(paragraph)))
    for place in range(len(paragraphs) - 1, max(start, len(paragraphs) - 1 - _BOTTOM), -1):
        credit = read_byline(paragraphs[place])
        if credit is None or credit.is_date:
            break
        found = found.and_also(replace(credit, publisher=None))
        places.add(place)
    return found, places | {place for place, text in enumerate(paragraphs) if is_photo_credit(text)}


def _credit(paragraphs: Sequence[str], place: int, authors: tuple[str, ...]) -> CreditLine | None:
    text = paragraphs[place]
    credit = read_byline(text)
    if credit is not None or len(text) > _LONGEST:
        return credit
    if authors and split_names(text) == authors:
        return CreditLine(authors)
    following = read_byline(paragraphs[place + 1]) if place + 1 < len(paragraphs) else None
    if is_name(text) and following is not None and following.is_date:
        return CreditLine(split_names(text))
    return None


def _dateline_day(paragraph: str) -> datetime | None:
    day = re.search(_DAY, paragraph[: dateline_end(paragraph)])
    return parse_date(day[0]) if day else None
