"""Datelines: the place, day and agency in front of a report's first sentence ("KABUL, March 3 (AP) — ")."""

from __future__ import annotations

import re

_LONGEST = 120
"""Characters looked at; no dateline seen in print is half as long."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}\b\.?|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}}\b)?"
_DATELINE = re.compile(
    rf"""(?P<place>[^()\d:–—\n|]{{0,60}}?)
    (?:(?:,\s*|\s+[-–—]\s+|(?<!\S))(?P<day>{_DAY}))?
    \s*(?:(?:[–—]|--)?(?:\(|/(?=[A-Z]))(?P<agency>[^()/\n]{{2,40}})[)/]|(?P<colon>:)(?=\s)|(?=\s*[–—]|\s*--|\s+-\s))
    \s*(?P<dash>[–—]|--+|-(?=\s))?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_AGENCY = re.compile(
    r"AA|Anadolu(?: Agency)?|AFP|AGI|ANI|ANSA|AP|APA|Associated Press|BBC(?: News)?|Bloomberg|CBS News|CNA"
    r"|CNBC|CNN ?(?:Business|Politics|Travel|Underscored)?|DPA|EFE|IANS|Interfax|IPS|IRNA"
    r"|Kyodo(?: News)?|KUNA|NBC News|NPR|PA|PTI|RFE/RL|Reuters(?: Health)?|RIA|SPA|TASS"
    r"|Tribune News Service|UPI|VOA|Xinhua|Yonhap",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"AIDS|ASEAN|COVID|FIFA|MERS|NASA|NATO|OPEC|SARS|UEFA|UNESCO|UNICEF|UNHCR")
"""Words in capitals that a dash often follows and that are subjects, not places."""

_SMALL_WORD = re.compile(r"al|am|and|da|de|del|do|el|la|los|of|on|sur|the")


def dateline_end(paragraph: str, opens_article: bool = True) -> int:
    """Return the offset at which the first sentence of `paragraph` begins, 0 where there is no dateline.

    `opens_article` says that nothing stands before the paragraph. Forms that elsewhere mean something
    else ("COSTA: I did not", "Paris, France – ") only count there. Where a form is open to doubt it is
    no dateline: a place too many in a quote does less harm than a subject cut off.
    """
    found = _DATELINE.match(paragraph[:_LONGEST])
    if not found:
        return 0
    if not _opens_sentence(paragraph[found.end() : found.end() + 3], alone=found.end() >= len(paragraph)):
        return 0
    return found.end() if _is_dateline(found, opens_article) else 0


def _is_dateline(found: re.Match[str], opens_article: bool) -> bool:
    place, agency = found["place"].strip(" ,"), found["agency"]
    if agency:
        known = bool(_AGENCY.fullmatch(agency.strip()))
        return _is_name(place) and (known or (bool(found["dash"]) and _in_capitals(place.split(",")[0])))
    if not place:
        return False
    if _AGENCY.fullmatch(place):
        return bool(found["dash"])
    if not _is_name(place):
        return False
    if found["colon"]:
        return opens_article and _is_town(place, found["day"])
    return _is_town(place, found["day"]) or (opens_article and _is_town_and_country(place))


def _is_town(place: str, day: str | None) -> bool:
    town, comma, _ = place.partition(",")
    if not _in_capitals(town) or _ACRONYM.fullmatch(town):
        return False
    # Three capitals are an acronym more often than a town: "IMF – The fund ...".
    return bool(comma or day) or len(town) > 3


def _is_town_and_country(place: str) -> bool:
    parts = place.split(", ")
    return len(parts) == 2 and all(1 <= len(part.split()) <= 3 for part in parts)


def _in_capitals(words: str) -> bool:
    letters = [character for character in words if character.isalpha()]
    return len(letters) > 1 and all(not character.islower() for character in letters)


def _is_name(place: str) -> bool:
    """Tell whether every word is capitalised, but for the small ones inside names ("Rio de Janeiro")."""
    words = re.split(r"[\s/]+", place) if place else []
    if "The" in words and "Hague" not in words:
        return False
    return len(words) <= 7 and all(word[:1].isupper() or _SMALL_WORD.fullmatch(word) for word in words)


def _opens_sentence(following: str, alone: bool) -> bool:
    if alone:
        return True
    first, second = following[:1], following[1:2]
    brand = first.islower() and second.isupper()
    return not first.islower() or brand
