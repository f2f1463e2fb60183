"""What a question asks for: its words by what they do in it, and the kind of thing that would answer it."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from index.embedding import Encoded
from index.words import STOP_WORDS, stem, word_spans, words


class Kind(Enum):
    """What kind of thing answers a question."""

    NUMBER = "a figure"
    TIME = "a date or time"
    PERSON = "a person or group"
    PLACE = "a place"
    REASON = "a reason"
    OTHER = "something else"


_KINDS = (
    (
        Kind.NUMBER,
        r"how (?:many|much|old|long|far|large|big|tall|high|often|fast|deep|wide|heavy|great)\b"
        r"|(?:what|which) (?:\w+ )?(?:percent|percentage|share|number|amount|proportion|population|size|price|cost"
        r"|rate|temperature|speed|length|height|width|depth|age|toll|sum|total|salary|fine|distance|score|margin)\b",
    ),
    (
        Kind.TIME,
        r"when\b|(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time|period|era|weekday|season)\b",
    ),
    (
        Kind.PERSON,
        r"who(?:se|m)?\b|(?:what|which) (?:\w+ )?(?:person|king|queen|emperor|president|leader|general|author"
        r"|scientist|man|woman|people|group|company|organi[sz]ation|team|minister|party|agency|firm|mp|politician|actor"
        r"|singer)\b",
    ),
    (
        Kind.PLACE,
        r"where\b|(?:what|which) (?:\w+ )?(?:country|city|state|place|region|town|river|area|location|continent"
        r"|province|border|island|port|street|village|countries|cities|states)\b",
    ),
    (Kind.REASON, r"why\b|what (?:is |was )?(?:the )?(?:reason|cause|led|caused)\b|how come\b"),
)
_KIND_PATTERNS = tuple((kind, re.compile(r"\b(?:" + pattern + ")", re.I)) for kind, pattern in _KINDS)

_ASKING = frozenset(("who", "what", "when", "where", "which", "why", "how", "many", "much", "whom", "whose"))
_MONTHS = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
))  # fmt: skip
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_FIGURES = frozenset((
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands", "million", "millions",
    "billion", "billions", "trillion", "dozen", "dozens", "half", "third", "quarter", "twice", "once", "none",
))  # fmt: skip
_TIME_WORDS = _MONTHS | _DAYS | frozenset(["yesterday", "today", "tomorrow", "noon", "midnight", "century"])
_YEAR_OR_DAY = re.compile(r"[12]\d{3}s?$|[0-3]?\d(?:st|nd|rd|th)?$")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d$")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d$")
_REASONS = re.compile(
    r"\b(?:because|due to|caused?|since|led|result|reason|thus|therefore|owing|so that|in order|after|to)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    The arrays say, of each word that the model read of it (see `Encoded.words`), whether it is a content word, a
    name or figure, a figure, a word that asks (who, how, many); `word_stems` are these words' stems. `ends` are the
    places of the words that are the last of a name or figure: they tell Port Eldin from Port Elden, and Ilsa Marren
    from Ilsa Holm. `stems` are the content words' stems, each once, `all_stems` those of all words, `names` the
    names and figures as they are written.
    """

    text: str
    encoded: Encoded
    kind: Kind
    content: NDArray[np.bool_]
    named: NDArray[np.bool_]
    figure: NDArray[np.bool_]
    asking: NDArray[np.bool_]
    word_stems: tuple[str, ...]
    ends: tuple[int, ...]
    stems: tuple[str, ...]
    all_stems: frozenset[str]
    names: tuple[str, ...]


def read_question(text: str, encoded: Encoded) -> Asked:
    """Return what `text` asks; `encoded` is what the model makes of it."""
    text = text.strip()
    said = [text[start:end] for start, end in encoded.words.spans.tolist()]
    content = [_is_content(word) for word in said]
    if not any(content):
        content = [True] * len(said)
    named = [_is_named(word, position) for position, word in enumerate(said)]
    return Asked(
        text=text,
        encoded=encoded,
        kind=expected_kind(text),
        content=np.array(content, dtype=bool),
        named=np.array(named, dtype=bool),
        figure=np.array([word[0].isdigit() for word in said], dtype=bool),
        asking=np.array([word.casefold() in _ASKING for word in said], dtype=bool),
        word_stems=tuple(stem(word) for word in said),
        ends=_ends(text, encoded.words.spans.tolist(), named),
        stems=tuple(dict.fromkeys(stem(word) for word, counts in zip(said, content, strict=True) if counts)),
        all_stems=frozenset(stem(word) for word in said),
        names=names_in(text),
    )


def _ends(text: str, spans: list[list[int]], named: list[bool]) -> tuple[int, ...]:
    """Return which words are the last of a name: what follows is no name, or a figure, or not a mere space away."""

    def goes_on(place: int) -> bool:
        if place + 1 == len(spans) or not named[place + 1]:
            return False
        end, start = spans[place][1], spans[place + 1][0]
        return text[end:start] == " " and not text[start].isdigit() and not text[spans[place][0]].isdigit()

    return tuple(place for place, counts in enumerate(named) if counts and not goes_on(place))


def expected_kind(question: str) -> Kind:
    """Return the kind of thing that `question` asks for, by its first words that tell."""
    found = [(match.start(), kind) for kind, pattern in _KIND_PATTERNS if (match := pattern.search(question))]
    return min(found, key=lambda each: each[0])[1] if found else Kind.OTHER


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
        return (word[0].isdigit() and not _YEAR.match(word)) or word.casefold() in _FIGURES
    if kind is Kind.TIME:
        return bool(_YEAR_OR_DAY.match(word) or _CLOCK.match(word)) or word.casefold() in _TIME_WORDS
    return word[0].isupper() and word.casefold() not in STOP_WORDS and (position > 0 or len(word) > 3)


def names_in(question: str) -> tuple[str, ...]:
    """Return the names and figures that a question gives, each once.

    A name is a run of capitalised words with white space between, of which the question's first word is only a part
    where it is in capitals; a figure is what begins with a digit.
    """
    found: list[str] = []
    last_end = -1
    for position, (start, end) in enumerate(word_spans(question)):
        word = question[start:end]
        if not _is_named(word, position):
            last_end = -1
            continue
        joins = last_end >= 0 and question[last_end:start] == " " and not word[0].isdigit()
        if joins and not found[-1][0].isdigit():
            found[-1] += " " + word
        else:
            found.append(word)
        last_end = end
    return tuple(dict.fromkeys(found))


def _is_content(word: str) -> bool:
    return word.casefold() not in STOP_WORDS or (len(word) > 1 and word.isupper())


def _is_named(word: str, position: int) -> bool:
    if word[0].isdigit():
        return True
    return word[0].isupper() and len(word) > 1 and (position > 0 or word.isupper()) and word != "I"
