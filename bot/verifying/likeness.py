"""Words that are forms of one another: a name and its people, a word and what a prefix makes of it."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answering.naming import same_word

_DENYING = ("un", "in", "im", "dis", "non", "ir", "il")
_OF_PEOPLE = re.compile(r"(?:ish|ese|ians?|ans?|i|is|ch|ic|ers?|men|man|s)$")
_MADE_FROM = ("men", "man", "woman", "women", "er", "ers", "ist", "ists", "ism", "ship")
_SHORTEST_ROOT = 4
_LONGEST_ENDING = 3
_SHORTEST_DENIED = 4
_SHORTEST_MADE_FROM = 5
"""Letters: with fewer, words that have nothing to do with one another are alike."""


@lru_cache(maxsize=1 << 14)
def same_name(one: str, other: str) -> bool:
    """Tell whether two words, in lower case, name the same: Sweden and Swedish, Oskerra and Oskerran."""
    if same_word(one, other) or f"{one}y" == other or f"{other}y" == one:
        return True  # German, Germany
    shared = _shared(one, other)
    longest_ending = max(len(one), len(other)) - shared
    return (
        shared >= _SHORTEST_ROOT
        and longest_ending <= _LONGEST_ENDING
        and any(_OF_PEOPLE.search(word[shared:]) for word in (one, other))
    )


@lru_cache(maxsize=1 << 16)
def denies(one: str, other: str) -> bool:
    """Tell whether a word is another one with a prefix that denies it: unharmed, harmed."""
    return len(other) >= _SHORTEST_DENIED and any(one == prefix + other for prefix in _DENYING)


def is_made_from(one: str, other: str) -> bool:
    """Tell whether one of two words, in lower case, is the other one with an ending: militia, militiamen."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_MADE_FROM and long.startswith(short) and long[len(short) :] in _MADE_FROM


def _shared(one: str, other: str) -> int:
    """Return how many letters two words have in common from their beginnings on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))
