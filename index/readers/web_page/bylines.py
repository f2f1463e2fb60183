"""By-lines: who wrote an article, and the dates that stand beside the names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from index.dates import parse_date

_BY = r"(?:(?:written|posted|published|words|story|text)\s+by|by|von|par|por|di|door|av)"
_LEADING_BY = re.compile(rf"\W*{_BY}\b\s*:?\s+", re.IGNORECASE)
_ONLY_BY = re.compile(rf"\W*{_BY}\W*", re.IGNORECASE)

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thur?s?|fri|sat|sun)\b[.,]*"
_TIME = r"(?:at\s+|um\s+|à\s+|,\s*|\s-\s)?\d{1,2}(?:[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?|h\d\d)(?:\s+uhr)?(?:[\s(]*(?:[A-Z]{2,5}|[ECMP]T|GMT[+-]\d+|UTC[+-]\d+)\b\)?)?"
_DAY = r"""(?:\d{4}-\d\d-\d\d(?:[T\s]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?
    |\d{1,2}(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+|of\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}
    |[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?!\d)"""
_DATE = re.compile(
    rf"(?P<weekday>\b{_WEEKDAY}\s*)?(?<![\w/.-])(?P<day>{_DAY})(?P<time>,?\s*{_TIME})?".replace("\n", " "),
    re.IGNORECASE | re.VERBOSE,
)
_UNDATED = re.compile(
    rf"""\b(?:{_WEEKDAY}|\d+\s+(?:second|minute|min|hour|hr|day|week|month|year)s?\s+ago|just\ now|today|yesterday
    |(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!,?\s+\d{{4}})
    |\d{{1,2}}\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b\.?(?!\s+\d{{4}})
    |\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})|{_TIME}""",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATED = re.compile(
    r"(?:last[\s-]+)?(?:updated?|modified|edited|revised|aktualisiert|geändert|mis(?:e)? à jour|modifié|actualizado|aggiornato|atualizado|bijgewerkt)",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:first\s+|originally\s+)?(?:published|posted|issued|released|publication|created|veröffentlicht|erschienen|publié|publicado|pubblicato|gepubliceerd|date)",
    re.IGNORECASE,
)
_SMALL_LABELS = re.compile(r"\b(?:on|at|date|time|the|am|le|el|il|op|in|um|à|alle?|last|first)\b|[():]", re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:\d+\s*-?\s*min(?:ute)?s?(?:\s+read)?|(?:reading|read)\s+time.{0,20}|\d+\s+(?:comments?|shares?|views))\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"comments?|share|save|print|e-?mail|listen|follow", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:[|•·●/\n;]|\s[–—-]\s|^[–—-]|[–—-]$|,)\s*")
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]['’.\w-]*|(?:de|del|della|da|di|van|von|der|den|la|le|bin|al|el|ibn|and|und|et|y|e|&|with|in|for|of|the|at|from)")
# "Politics | 3 March 2023": a section, a place or a person's name, set apart from the date.
_APART = " \n "
_SECTION = re.compile(r"[A-ZÀ-Þ][\w.'’&]*(?: [A-ZÀ-Þ&][\w.'’]*){0,2}")
_ROLE = re.compile(
    r"""\b(?:editors?|correspondents?|reporters?|writers?|columnists?|staff|bureau|producers?|contributors?|photographers?
    |analysts?|desk|journalists?|chief|critic|newsroom|team|agenc(?:y|ies)|special\ to|redaktion|rédaction|redacción)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_AGENCY = re.compile(
    r"(?:the\s+)?(?:reuters|afp|agence france-presse|ap|associated press|dpa|efe|ansa|upi|pa(?: media)?|press association|xinhua|tass"
    r"|interfax|bloomberg|anadolu(?: agency)?|ians|pti|ani|kyodo(?: news)?|yonhap|bbc(?: news)?|cnn|tribune news service)",
    re.IGNORECASE,
)
_CREDENTIAL = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|esq|mba|ii|iii|iv|rn)\.?", re.IGNORECASE)
_NOBODY = re.compile(r"(?:site |web)?(?:admin(?:istrator)?|master|editor|staff|user|guest|author|unknown|anonymous|n/?a|none|null|undefined)", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"\d|[<>{}=]|\.(?:com|org|net)\b", re.IGNORECASE)


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
    if not re.search(r"\d", line) and not _LEADING_BY.match(line) and line not in known_authors:
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
        names = _LEADING_BY.sub("", segment, count=1)
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
    whole = re.sub(r"\.(?=\d\d\b)", ":", re.sub(r"^(?:at|um|à)\s+|[()]|\s+uhr\b", "", time, flags=re.IGNORECASE))
    return (parse_date(f"{day} {whole}") if whole else None) or parse_date(day)


def _read_rest(rest: str, known_authors: tuple[str, ...]) -> tuple[list[str], bool, bool | None]:
    """Return the names in what is left of a line without its dates, whether one has "By", and whether any is known.

    The last is None where something else than names is left.
    """
    authors: list[str] = []
    by = known = undated = False
    for segment in _SEPARATORS.split(_UNDATED.sub(" | ", _BESIDE.sub(" | ", rest))):
        undated = undated or not segment
        bare = _SMALL_LABELS.sub(" ", _PUBLISHED.sub(" ", _UPDATED.sub(" ", segment)))
        if not re.search(r"[^\W_]", bare) or _BESIDE.fullmatch(segment.strip()):
            known = known or bool(_BESIDE.fullmatch(segment.strip()) or _UPDATED.search(segment) or _PUBLISHED.search(segment))
        elif _LEADING_BY.match(segment) and _is_name_like(segment[_LEADING_BY.match(segment).end() :]):
            by = True
            authors += split_names(segment)
        elif segment.strip() in known_authors or (by and _is_name_like(segment)):
            known = True
            authors += split_names(segment)
        else:
            return [], by, None
    return authors, by, known


def _is_name_like(text: str) -> bool:
    words = _ROLE.sub(" ", text).replace(",", " ").split()
    if not words:
        return True
    return len(words) <= 14 and words[0][0].isupper() and all(_NAME_WORD.fullmatch(word) for word in words)


def split_names(text: str) -> list[str]:
    """Return the persons that `text` names, in order and without "By", roles, places, addresses and dates.

    A news agency or a newsroom is named only where no person is.
    """
    text = _LEADING_BY.sub("", " ".join(text.split()), count=1)
    text = re.sub(r"\([^()]*\)|\S*(?:https?:|www\.|@)\S*", " ", text).strip()
    persons: list[str] = []
    agencies: list[str] = []
    for piece in _pieces(text):
        name = re.sub(r"\s+(?:in|for|of|at|from|on|reports?)\s+.*", "", piece).strip(" ,:-–—|*")
        name = name if re.search(r"\b(?:[A-Z]|[JS]r)\.$", name) else name.rstrip(".")
        if persons and _CREDENTIAL.fullmatch(name):
            persons[-1] += f", {name}"
        elif _AGENCY.fullmatch(name):
            agencies.append(name)
        elif _is_person(name) and not (_ROLE.search(name) and not _may_be_named_so(name, first=not persons)):
            persons.append(name)
    found = persons or agencies
    return list({name.casefold(): name for name in reversed(found)}.values())[::-1]


def _may_be_named_so(name: str, first: bool) -> bool:
    """Tell "A. Writer" from "Staff Writer": of several, only the first, or one with initials, is a name."""
    words = name.split()
    roles = [word for word in words if _ROLE.fullmatch(word)]
    initial = bool(re.fullmatch(r"[A-Z]\.?", words[0]))
    return len(roles) == 1 and len(words) > 1 and words[-1] == roles[0] and (initial or first)


def _pieces(text: str) -> list[str]:
    comma = re.fullmatch(r"([\w'’-]+), ([\w'’.-]+)", text)
    if comma and not _AGENCY.fullmatch(comma[2]) and not _CREDENTIAL.fullmatch(comma[2]) and not _ROLE.search(text):
        # "Doe, Jane", as catalogues write it.
        return [f"{comma[2]} {comma[1]}"]
    return re.split(r"\s*(?:[,;|•·●/\n&+]|\s[–—-]\s|\b(?:and|with|und|et)\b(?=\s))\s*", text)


def _is_person(name: str) -> bool:
    if not name or len(name) > 60 or len(name.split()) > 6 or not re.search(r"[^\W\d_]{2}", name):
        return False
    if _NOT_A_NAME.search(name) or _NOBODY.fullmatch(name) or _UNDATED.search(name):
        return False
    return not re.fullmatch(r"(?:published|posted|updated|by|on|share|follow|news|view bio)\b.*", name, re.IGNORECASE)
