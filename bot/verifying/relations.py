"""Words that news say in one another's place, and words that say the opposite: a list kept by hand (`relations.txt`).

To an embedding model opposites are as near as synonyms. Antonym lists tell contradictions in Marneffe, Rafferty and
Manning, "Finding Contradictions in Text", ACL 2008.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from index.words import stem

_LISTED = Path(__file__).parent / "relations.txt"


def is_listed(word: str) -> bool:
    """Tell whether a word, in lower case, stands in the list."""
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


@cache
def _lines() -> tuple[tuple[tuple[str, ...], ...], ...]:
    lines = _LISTED.read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple(tuple(part.split()) for part in line.split("|"))
        for line in lines
        if line and not line.startswith("#")
    )


@cache
def _places() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    number = 0
    for parts in _lines():
        for part in parts:
            number += 1
            for word in part:
                found.setdefault(word.lstrip("~"), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _opposing() -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for group, parts in enumerate(_lines()):
        if len(parts) > 1:
            for number, part in enumerate(parts):
                for word in part:
                    if not word.startswith("~"):
                        found.setdefault(word, {})[group] = number
    return found


def are_converse(one: str, other: str) -> bool:
    """Tell whether two verbs, in lower case, tell one deed from its two ends: buy and sell, beat and lose."""
    return any(
        (one in mine and other in theirs) or (one in theirs and other in mine) for mine, theirs in _CONVERSE
    )


_CONVERSE = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        (
            "buy buys bought buying purchase purchased acquire acquires acquired acquiring",
            "sell sells sold selling",
        ),
        ("beat beats beating beaten defeat defeats defeated defeating overcame", "lose loses lost losing"),
        ("lend lends lent lending", "borrow borrows borrowed borrowing"),
        (
            "give gives gave given pay pays paid paying send sends sent hand handed",
            "receive receives received receiving got accept accepted took take taking taken",
        ),
        ("lead leads led leading", "trail trails trailed trailing"),
        ("precede preceded precedes", "follow followed follows succeed succeeded succeeds replaced"),
        ("win wins won winning", "lose loses lost losing"),
        ("teach teaches taught teacher mentor", "learn learns learned learnt pupil student apprentice"),
        ("employ employs employed hire hired employer", "work works worked employee"),
    )
)
