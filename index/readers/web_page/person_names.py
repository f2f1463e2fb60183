"""The persons that a by-line names."""

from __future__ import annotations

import re

LEADING_BY = re.compile(
    r"\W*(?:(?:written|posted|published|words|story|text)\s+by|by|von|par|por|di|door|av)\b\s*:?\s+",
    re.IGNORECASE,
)
ROLES = re.compile(
    r"\b(?:editors?|correspondents?|reporters?|writers?|columnists?|staff|bureau|producers?|contributors?"
    r"|photographers?|analysts?|desk|journalists?|chief|critic|newsroom|team|agenc(?:y|ies)|special to|redaktion"
    r"|rédaction|redacción)\b",
    re.IGNORECASE,
)
"""What a by-line calls the persons beside their names."""

_AGENCY = re.compile(
    r"(?:the\s+)?(?:reuters|afp|agence france-presse|ap|associated press|dpa|efe|ansa|upi|pa(?: media)?"
    r"|press association|xinhua|tass"
    r"|interfax|bloomberg|anadolu(?: agency)?|ians|pti|ani|kyodo(?: news)?|yonhap|bbc(?: news)?|cnn"
    r"|tribune news service)",
    re.IGNORECASE,
)
_CREDENTIAL = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|esq|mba|ii|iii|iv|rn)\.?", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:site |web)?(?:admin(?:istrator)?|master|editor|staff|user|guest|author|unknown|anonymous|n/?a|none"
    r"|null|undefined)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"\d|[<>{}=]|\.(?:com|org|net)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:published|posted|updated|by|on|share|follow|news|view bio|today|yesterday)\b.*", re.IGNORECASE
)
_LONGEST, _MOST_WORDS = 60, 6


def split_names(text: str) -> list[str]:
    """Return the persons that `text` names, in order and without "By", roles, places, addresses and dates.

    A news agency or a newsroom is named only where no person is.
    """
    text = LEADING_BY.sub("", " ".join(text.split()), count=1)
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
        elif _is_person(name) and not (ROLES.search(name) and not _may_be_named_so(name, first=not persons)):
            persons.append(name)
    found = persons or agencies
    return list({name.casefold(): name for name in reversed(found)}.values())[::-1]


def _may_be_named_so(name: str, first: bool) -> bool:
    """Tell "A. Writer" from "Staff Writer": of several, only the first, or one with initials, is a name."""
    words = name.split()
    roles = [word for word in words if ROLES.fullmatch(word)]
    initial = bool(re.fullmatch(r"[A-Z]\.?", words[0]))
    return len(roles) == 1 and len(words) > 1 and words[-1] == roles[0] and (initial or first)


def _pieces(text: str) -> list[str]:
    comma = re.fullmatch(r"([\w'’-]+), ([\w'’.-]+)", text)
    if comma and not (_AGENCY.fullmatch(comma[2]) or _CREDENTIAL.fullmatch(comma[2]) or ROLES.search(text)):
        # "Doe, Jane", as catalogues write it.
        return [f"{comma[2]} {comma[1]}"]
    return re.split(r"\s*(?:[,;|•·●/\n&+]|\s[–—-]\s|\b(?:and|with|und|et)\b(?=\s))\s*", text)


def _is_person(name: str) -> bool:
    if len(name) > _LONGEST or len(name.split()) > _MOST_WORDS or not re.search(r"[^\W\d_]{2}", name):
        return False
    return not (_NOT_A_NAME.search(name) or _NOBODY.fullmatch(name) or _LABEL.fullmatch(name))
