"""Words that are forms of one another: a name and its people, a word and what a prefix makes of it."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answering.naming import same_word

_DENYING = ("un", "in", "im", "dis", "non", "ir", "il")
_OF_PEOPLE = re.compile(r"(?:ish|ese|ians?|ans?|i|is|ch|ic|ers?|men|man|s)$")
_ROOT = 4


@lru_cache(maxsize=1 << 14)
def same_name(one: str, other: str) -> bool:
    """Tell whether two words, in lower case, name the same: Sweden and Swedish, Oskerra and Oskerran."""
    if same_word(one, other):
        return True
    shared = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return (
        shared >= _ROOT
        and max(len(one), len(other)) - shared <= 3
        and bool(_OF_PEOPLE.search(one[shared:]) or _OF_PEOPLE.search(other[shared:]))
    )


@lru_cache(maxsize=1 << 16)
def denies(one: str, other: str) -> bool:
    """Tell whether a word is another one with a prefix that denies it: unharmed, harmed."""
    return len(other) > 3 and any(one == prefix + other for prefix in _DENYING)


_MADE_FROM = ("men", "man", "woman", "women", "er", "ers", "ist", "ists", "ism", "ship")


def is_made_from(one: str, other: str) -> bool:
    """Tell whether one of two words, in lower case, is the other one with an ending: militia, militiamen."""
    short, long = sorted((one, other), key=len)
    return len(short) > 4 and long.startswith(short) and long[len(short) :] in _MADE_FROM
