"""Whether two sentences with different figures give them for the same thing, or for another ship, another cargo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from bot.answering.naming import names_of, other_name, same_word
from index.words import STOP_WORDS, stem, words

_PRONOUN = re.compile(r"[\"“‘']?(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their)\b")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_MULTIPLES = frozenset(("hundred", "thousand", "million", "billion", "trillion", "m", "bn"))
_REACH = 3
"""Words behind a figure among which is what it counts."""
_PEOPLE = frozenset(map(stem, (
    "people", "persons", "men", "women", "children", "passengers", "residents", "inhabitants", "villagers", "victims",
    "civilians", "dead", "died", "deaths", "fatalities", "killed", "injured", "wounded", "casualties", "missing",
    "soldiers", "workers", "employees", "dockers", "jobs", "migrants", "refugees", "protesters", "survivors",
)))  # fmt: skip
_ANYONE = "people"


def opens_with_pronoun(sentence: str) -> bool:
    """Tell whether a sentence does not say of whom or what it speaks."""
    return _PRONOUN.match(sentence) is not None


def is_of_same_thing(one: str, other: str, figures_of_one: Set[str], figures_of_other: Set[str]) -> bool:
    """Tell whether two sentences give `figures_of_one` and `figures_of_other` (stems) for the same thing.

    They share a name, if both have any, and name no two that are only alike; and their figures count the same,
    where both say what: people may be called anything.
    """
    return _share_names(one, other) and _share_units(
        set(_units(one, figures_of_one)), set(_units(other, figures_of_other))
    )


def _share_names(one: str, other: str) -> bool:
    first, second = names_of(one), names_of(other)
    if any(other_name(name, other) for name in first if " " in name):
        return False
    if bool(_sure(one, first)) != bool(_sure(other, second)):
        return True
    words_of_second = [word for name in second for word in words(name)]
    return not (first and second) or any(
        same_word(word, another) for name in first for word in words(name) for another in words_of_second
    )


def _sure(sentence: str, names: list[str]) -> list[str]:
    """Return the names without a word that only opens the sentence, as "Farmers" may."""
    return [name for name in names if " " in name or not sentence.lstrip("\"“‘'").startswith(name)]


def _share_units(one: Set[str], other: Set[str]) -> bool:
    return not (one and other) or not one.isdisjoint(other)


def _units(sentence: str, figures: Set[str]) -> Iterator[str]:
    """Yield stems of what stands behind the figures: what they count, and what is said of that."""
    for found in _FIGURE.finditer(sentence):
        if stem(found.group()) not in figures:
            continue
        behind = [word for word in words(sentence[found.end() :][:80]) if word.casefold() not in _MULTIPLES]
        for word in behind[:_REACH]:
            if word.casefold() in STOP_WORDS or word[0].isdigit():
                break
            yield _ANYONE if stem(word) in _PEOPLE else stem(word)
