"""By-lines: who wrote an article, and the dates that stand beside the names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from index.dates import parse_date
from index.readers.web_page.person_names import LEADING_BY, ROLES, split_names

_ONLY_BY = re.compile(r"\W*(?:\w+ )?(?:by|von|par|por|di|door|av)\W*", re.IGNORECASE)

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thur?s?|fri|sat|sun)\b[.,]*"
_ZONE = r"[\s(]*(?:[A-Z]{2,5}|[ECMP]T|(?:GMT|UTC)[+-]\d+)\b\)?"
_TIME = (
    r"(?:at\s+|um\s+|à\s+|,\s*|\s-\s)?\d{1,2}"
    r"(?:[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?|h\d\d)"
    rf"(?:\s+uhr)?(?:{_ZONE})?"
)
_DAY = (
    r"(?:\d{4}-\d\d-\d\d(?:[T\s]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\d{1,2}(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+|of\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?!\d)"
)
_DATE = re.compile(
    rf"(?P<weekday>\b{_WEEKDAY}\s*)?(?<![\w/.-])(?P<day>{_DAY})(?P<time>,?\s*{_TIME})?", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
# What names no certain day.
_UNDATED = re.compile(
    rf"\b(?:{_WEEKDAY}|\d+\s+(?:second|minute|min|hour|hr|day|week|month|year)s?\s+ago|just now|today|yesterday"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!,?\s+\d{{4}})|\d{{1,2}}\s+{_MONTH}(?!\s+\d{{4}})"
    rf"|{_MONTH},?\s+\d{{4}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})|{_TIME}",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last[\s-]+)?(?:updated?|modified|edited|revised|aktualisiert|geändert|mis(?:e)? à jour|modifié"
    r"|actualizado|aggiornato|atualizado|bijgewerkt)",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:first\s+|originally\s+)?(?:published|posted|issued|released|publication|created|veröffentlicht"
    r"|erschienen|publié|publicado|pubblicato|gepubliceerd|date)",
    re.IGNORECASE,
)
_SMALL_LABELS = re.compile(
    r"\b(?:on|at|date|time|the|am|le|el|il|op|in|um|à|alle?|last|first)\b|[():]", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\b(?:\d+\s*-?\s*min(?:ute)?s?(?:\s+read)?|(?:reading|read)\s+time.{0,20}|\d+\s+(?:comments?|shares?"
    r"|views))\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"comments?|share|save|print|e-?mail|listen|follow", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:[|•·●/\n;]|\s[–—-]\s|^[–—-]|[–—-]$|,)\s*")
_NAME_WORD = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž]['’.\w-]*|(?:de|del|della|da|di|van|von|der|den|la|le|bin|al|el|ibn|and|und|et|y|e|&"
    r"|with|in|for|of|the|at|from)"
)
# "Politics | 3 March 2023": a section, a place or a person's name, set apart from the date.
_APART = " \n "
_SECTION = re.compile(r"[A-ZÀ-Þ][\w.'’&]*(?: [A-ZÀ-Þ&][\w.'’]*){0,2}")


_LONGEST = 300
"""Characters of a by-line with all its names and dates."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line says that holds nothing but by-line: names, and dates that are certain."""

    authors: tuple[str, ...]
    published: tuple[datetime, ...]
    updated: tuple[datetime, ...]
    labelled: bool
    """Whether the line says by itself that it is a by-line: "By ...", "Published ..."."""


def read_byline(line: str, known_authors: tuple[str, ...] = ()) -> Byline | None:
    """Return what `line` says as a by-line, None where it says anything else too."""
    spoken_of = re.search(r"\d", line) or LEADING_BY.match(line) or line in known_authors
    if not spoken_of or len(line) > _LONGEST:
        return None
    published: list[datetime] = []
    updated: list[datetime] = []
    rest, position, labelled = "", 0, False
    for found in _DATE.finditer(line):
        moment = _moment(found)
        if moment is None:
            continue
        before = line[position : found.start()]
        labels = [match for pattern in (_UPDATED, _PUBLISHED) for match in pattern.finditer(before)]
        label = max(labels, key=lambda match: match.end(), default=None)
        (updated if label and label.re is _UPDATED else published).append(moment)
        labelled = labelled or label is not None
        rest += before + _APART
        position = found.end()
    dated = bool(published or updated)
    authors = _names_in_rest(rest + line[position:], known_authors, dated)
    if authors is None:
        return None
    return Byline(tuple(authors), tuple(published), tuple(updated), labelled or bool(authors))


def _names_in_rest(rest: str, known_authors: tuple[str, ...], dated: bool) -> list[str] | None:
    """Return the names in a line without its dates; None where anything but names and labels is left."""
    introduced: list[str] = []
    for segment in _SEPARATORS.split(_UNDATED.sub(" | ", _BESIDE.sub(" | ", rest))):
        if _CONTROL.fullmatch(segment) or _ONLY_BY.fullmatch(segment):
            continue
        if not re.search(r"[^\W_]", _SMALL_LABELS.sub(" ", _PUBLISHED.sub(" ", _UPDATED.sub(" ", segment)))):
            continue
        names = LEADING_BY.sub("", segment, count=1)
        if names != segment or introduced or segment in known_authors:
            if not _is_name_like(names):
                return None
            introduced.append(names)
        elif not (dated and _SECTION.fullmatch(segment) and _stands_apart(segment, rest)):
            return None
    return split_names(", ".join(introduced))


def _stands_apart(segment: str, rest: str) -> bool:
    """Tell whether more than a comma or a space is between `segment` and the dates cut out of `rest`."""
    start = rest.find(segment)
    before, after = rest[:start].rstrip(" "), rest[start + len(segment) :].lstrip(" ")
    beside_date = after.startswith("\n") or before.endswith("\n")
    return not beside_date


def _moment(found: re.Match[str]) -> datetime | None:
    day, time = found["day"], (found["time"] or "").strip(" ,-")
    whole = re.sub(
        r"\.(?=\d\d\b)", ":", re.sub(r"^(?:at|um|à)\s+|[()]|\s+uhr\b", "", time, flags=re.IGNORECASE)
    )
    return (parse_date(f"{day} {whole}") if whole else None) or parse_date(day)


def _is_name_like(text: str) -> bool:
    words = ROLES.sub(" ", text).replace(",", " ").split()
    if not words:
        return True
    return len(words) <= 14 and words[0][0].isupper() and all(_NAME_WORD.fullmatch(word) for word in words)
