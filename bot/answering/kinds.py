"""The kind of thing that would answer a question: a figure, a time, a person, a place, a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from enum import Enum

from bot.answering.amounts import FIGURES, is_year
from index.words import STOP_WORDS, stem, words


class Kind(Enum):
    """What kind of thing answers a question."""

    NUMBER = "a figure"
    TIME = "a date or time"
    PERSON = "a person or group"
    PLACE = "a place"
    REASON = "a reason"
    OTHER = "something else"


_WHICH = r"(?:what|which) (?:[\w'’-]+ ){0,3}?"
_KINDS = (
    (
        Kind.NUMBER,
        r"how (?:many|much|old|long|far|large|big|tall|high|often|fast|deep|wide|heavy|great)\b|"
        + _WHICH
        + r"(?:percent|percentage|share|number|amount|proportion|population|size|price|cost|rate|temperature|speed"
        r"|length|height|width|depth|age|toll|sum|total|salary|fine|distance|score|margin)\b",
    ),
    (
        Kind.TIME,
        r"when\b|" + _WHICH + r"(?:year|date|day|month|century|decade|time|period|era|weekday|season)\b",
    ),
    (
        Kind.PERSON,
        r"who(?:se|m)?\b|"
        + _WHICH
        + r"(?:person|king|queen|emperor|monarch|president|leader|head of state|general|commander|author|writer"
        r"|scientist|man|woman|people|group|compan(?:y|ies)|airline|carmaker|retailer|bank|brand|organi[sz]ation"
        r"|team|club|band|minister|party|agency|firm|mp|politician|lawmaker|senator|governor|mayor|judge|actor|actress"
        r"|singer|musician|artist|rapper|celebrity|athlete|player|quarterback|coach|billionaire|tycoon|executive|ceo"
        r"|show|series|film|movie|song|album|book|novel|game|newspaper|network)s?\b",
    ),
    (
        Kind.PLACE,
        r"where\b|"
        + _WHICH
        + r"(?:country|nation|city|state|place|region|town|river|area|location|continent|province|border|island|port"
        r"|street|village|district|county|capital|territory|airport|sea|ocean|lake|mountain|countries|cities|territories"
        r"|nations|states)\b",
    ),
    (Kind.REASON, r"why\b|what (?:is |was )?(?:the )?(?:reason|cause|led|caused)\b|how come\b"),
)
_KIND_PATTERNS = tuple((kind, re.compile(r"\b(?:" + pattern + ")", re.I)) for kind, pattern in _KINDS)

_MONTHS = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
))  # fmt: skip
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_TIME_WORDS = _MONTHS | _DAYS | frozenset(["yesterday", "today", "tomorrow", "noon", "midnight", "century"])
_YEAR_OR_DAY = re.compile(r"[12]\d{3}s?$|[0-3]?\d(?:st|nd|rd|th)?$")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d$")
_OFFICES = frozenset(map(stem, (
    "head", "heads", "headed", "chief", "chair", "chairs", "chaired", "chairman", "chairwoman", "president",
    "director", "directs", "boss", "leader", "leads", "led", "runs", "ran", "charge", "command", "commander",
    "commands", "minister", "secretary", "manager", "manages", "executive", "ceo", "governor", "mayor", "captain",
    "coach", "spokesman",
    "spokeswoman", "premier", "chancellor", "ambassador", "king", "queen", "founder", "owner", "owns", "editor",
)))  # fmt: skip
_REASONS = re.compile(
    r"\b(?:because|due to|caused?|since|led|result|reason|thus|therefore|owing|so that|in order|after|to)\b",
    re.I,
)


def expected_kind(question: str) -> Kind:
    """Return the kind of thing that `question` asks for, by its first words that tell."""
    found = [(match.start(), kind) for kind, pattern in _KIND_PATTERNS if (match := pattern.search(question))]
    return min(found, key=lambda each: each[0])[1] if found else Kind.OTHER


def holds_office(stems: Iterable[str]) -> bool:
    """Tell whether a word for one who leads is among these stems."""
    return not _OFFICES.isdisjoint(stems)


def holds_kind(kind: Kind, sentence: str, known: AbstractSet[str]) -> bool:
    """Tell whether a sentence holds something of this kind that the question (the stems `known`) did not."""
    if kind is Kind.OTHER:
        return True
    if kind is Kind.REASON:
        return bool(_REASONS.search(sentence))
    return any(
        _is_of_kind(kind, word, position) and stem(word) not in known
        for position, word in enumerate(words(sentence))
    )


def _is_of_kind(kind: Kind, word: str, position: int) -> bool:
    if kind is Kind.NUMBER:
        # A bare year answers when, not how many; thousands are written with a comma in news.
        return (word[0].isdigit() and not is_year(word)) or word.casefold() in FIGURES
    if kind is Kind.TIME:
        return bool(_YEAR_OR_DAY.match(word) or _CLOCK.match(word)) or word.casefold() in _TIME_WORDS
    folded = word.casefold()
    return word[0].isupper() and folded not in STOP_WORDS | _TIME_WORDS and (position > 0 or len(word) > 3)
