"""Where the words begin and end that name somebody: up to a comma, a verb, or what opens another clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verifying.grammar import HELPING, is_clause
from bot.verifying.reading import Reading, Word

PRONOUNS = frozenset(("he", "she", "it", "they", "who", "which"))
LONGEST = 24
"""Words from one end of whoever is named to the other, at most."""
_END = re.compile(r"[,;:.!?“”\"()—]|\s[-–]\s")
_ENDS_BEHIND = HELPING | frozenset(
    ("that", "when", "as", "who", "after", "while", "in", "on", "there", "said")
)
"""Words that whoever is named ends before."""
_ENDS_BEFORE = frozenset((
    "that", "but", "while", "although", "because", "which", "who", "when", "where", "said",
))  # fmt: skip
"""Words that whoever is named begins behind."""
_OFFICES = frozenset(("the", "a", "an", "head", "chief", "director", "president"))
_BEFORE_AN_OFFICE = 6
"""Words that a name has at most, before a comma and what its bearer is."""
ARTICLES = frozenset(("the", "a", "an", "its", "his", "her", "their"))
"""What a noun begins with, whose it is included."""
_NAMING = PRONOUNS | ARTICLES
_RELATIVES = frozenset(("which", "who", "whose", "where"))


def is_pronoun(word: Word) -> bool:
    """Tell whether a word is a pronoun for somebody; the WHO is none."""
    return word.plain in PRONOUNS and not (len(word.text) > 1 and word.text.isupper())


def names_somebody(reading: Reading, numbers: Sequence[int]) -> bool:
    """Tell whether words may name somebody: by a name, by a pronoun, or by a noun with "the" before it."""
    return any(reading.words[number].named or reading.words[number].plain in _NAMING for number in numbers)


def phrase_from(reading: Reading, first: int, *, apposition: bool = True) -> list[int]:
    """Return the words from one to the end of whoever is named, with what they are behind a comma if `apposition`."""
    found: list[int] = []
    for number in range(first, min(first + LONGEST, len(reading.words))):
        word = reading.words[number]
        if word.sentence != reading.words[first].sentence or word.plain in _ENDS_BEHIND:
            break
        ends = found and _END.search(reading.between(number - 1, number))
        if ends and not (apposition and _tells_who_it_is(reading, number, found)):
            break
        found.append(number)
    return found


def _tells_who_it_is(reading: Reading, number: int, found: Sequence[int]) -> bool:
    """Tell whether what comes after a comma tells who it is: "said Pavel Ostrin, head of the service"."""
    word = reading.words[number]
    short = len(found) < _BEFORE_AN_OFFICE and reading.between(number - 1, number) == ", "
    return short and (word.named or word.plain in _OFFICES)


def phrase_to(reading: Reading, last: int) -> list[int]:
    """Return the words from the beginning of whoever is named to the last of them."""
    found: list[int] = []
    for number in range(last, max(last - LONGEST, -1), -1):
        word = reading.words[number]
        if word.sentence != reading.words[last].sentence:
            break
        if found and (word.plain in _ENDS_BEFORE or _END.search(reading.between(number, number + 1))):
            break
        if found and word.plain == "and" and number and reading.between(number - 1, number) == ", ":
            break
        found.append(number)
    return found[::-1]


def phrase_before_comma(reading: Reading, verb: int) -> list[int]:
    """Return who does it where a comma stands before the verb: "X, the head of Y, said", or "..., X said"."""
    words = reading.words
    aside = phrase_to(reading, verb - 1)
    before = aside[0] - 1
    if before < 0 or words[before].sentence != words[verb].sentence:
        return aside
    if words[before].plain in _RELATIVES:
        return _antecedent(reading, before)
    head = phrase_to(reading, before)
    # "X, the head of Y, said", but "the offer was rejected, their union said"
    tells = any(words[number].is_content for number in aside) and not is_clause(reading, aside)
    return aside if tells and is_clause(reading, head) else head + aside


def _antecedent(reading: Reading, relative: int) -> list[int]:
    """Return whom a relative clause is about: the nearest before it that may be somebody."""
    words = reading.words
    found = phrase_to(reading, relative - 1) if relative else []
    while found and found[0] and not names_somebody(reading, found):
        if words[found[0] - 1].sentence != words[relative].sentence:
            break
        found = phrase_to(reading, found[0] - 1)
    return found
