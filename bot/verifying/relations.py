"""Words that say the same in news, words that say the opposite, and verbs that tell one deed from its two ends.

The lists are kept by hand (`relations.txt`, `converses.txt`): to an embedding model opposites are as near as synonyms.
Lists of antonyms tell contradictions in Marneffe, Rafferty and Manning, "Finding Contradictions in Text", ACL 2008.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from index.words import stem

_RELATIONS = Path(__file__).with_name("relations.txt")
_CONVERSES = Path(__file__).with_name("converses.txt")
_CAPITALS = Path(__file__).with_name("capitals.txt")


def is_listed(word: str) -> bool:
    """Tell whether a word, in lower case, has synonyms or opposites in the list."""
    return word in _places()


@lru_cache(maxsize=1 << 16)
def are_synonyms(one: str, other: str) -> bool:
    """Tell whether two words, in lower case, may be said in one another's place."""
    places = _places()
    return not places.get(one, frozenset()).isdisjoint(places.get(other, frozenset()))


@lru_cache(maxsize=1 << 16)
def are_opposites(one: str, other: str) -> bool:
    """Tell whether two words, in lower case, say different things of the same kind, and never the same."""
    if are_synonyms(one, other) or stem(one) == stem(other) or are_converse(one, other):
        return False
    groups = _opposing()
    mine, theirs = groups.get(one, {}), groups.get(other, {})
    return any(mine[group] != theirs[group] for group in mine.keys() & theirs.keys())


@lru_cache(maxsize=1 << 16)
def are_converse(one: str, other: str) -> bool:
    """Tell whether two verbs, in lower case, tell one deed from its two ends: buy and sell, beat and lose."""
    return any((one in a and other in b) or (one in b and other in a) for a, b in _lines(_CONVERSES))


@lru_cache(maxsize=1 << 14)
def is_capital_of(one: str, other: str) -> bool:
    """Tell whether a word, in lower case, is the capital of the country that another one is, or is a word for."""
    return any((one in a and other in b) or (one in b and other in a) for a, b in _lines(_CAPITALS))


@lru_cache(maxsize=1 << 14)
def are_of_one_country(one: str, other: str) -> bool:
    """Tell whether two words, in lower case, are a country and its people: Poland, Polish."""
    return any(one in country and other in country for _, country in _lines(_CAPITALS))


@cache
def _lines(file: Path) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the words of each part of each line of a list."""
    return tuple(
        tuple(tuple(part.split()) for part in line.split("|"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )


@cache
def _places() -> dict[str, frozenset[int]]:
    """Return the parts of lines, numbered through, that each word stands in."""
    found: dict[str, set[int]] = {}
    for number, part in enumerate(part for parts in _lines(_RELATIONS) for part in parts):
        for word in part:
            found.setdefault(word.lstrip("~"), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _opposing() -> dict[str, dict[int, int]]:
    """Return for each word that has opposites the lines it stands in, with its part of each."""
    found: dict[str, dict[int, int]] = {}
    for line, parts in enumerate(_lines(_RELATIONS)):
        if len(parts) > 1:
            for number, part in enumerate(parts):
                for word in part:
                    if not word.startswith("~"):
                        found.setdefault(word, {})[line] = number
    return found
