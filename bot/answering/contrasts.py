"""Contrasts: words that are taken for one another by their meaning, and must not be (killed, wounded; tunnel, bridge).

To an embedding model they are near-synonyms: "how many were wounded?" finds "19 were killed" almost as surely as "19
were wounded". A hand-written list (`contrasts.txt`) tells them apart, and what says the same in other words. Antonym
lists tell contradictions so in Marneffe, Rafferty and Manning, "Finding Contradictions in Text", ACL 2008.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.words import stem

_LISTED = Path(__file__).parent / "contrasts.txt"


@dataclass(frozen=True, slots=True)
class _Part:
    """Words that may be said in one another's place, as keys: those to look for, all, and those against others."""

    asked: frozenset[str]
    held: frozenset[str]
    against: frozenset[str]


@dataclass(frozen=True, slots=True)
class Contrast:
    """What is asked about, and what a sentence speaks of instead, as stems."""

    asked: str
    instead: str


def keys_of(written: Iterable[str]) -> frozenset[str]:
    """Return what to look words up by: their stems, and those in capitals once more with a mark.

    May is a month, and may is none.
    """
    return frozenset(key for word in written for key in _keys(word))


def said_otherwise(stem_asked: str, held: AbstractSet[str]) -> bool:
    """Tell whether a word stands for this one, among the stems or keys `held`."""
    return any(part.held & held for _, part in _table().get(stem_asked, ()))


def contrasts(asked: AbstractSet[str], held: AbstractSet[str]) -> Iterator[Contrast]:
    """Yield what the question (the keys `asked`) asks about in whose place a sentence (`held`) speaks of another.

    What the question itself speaks of too is no other: "who was killed by those who were wounded?"
    """
    for key in sorted(asked - held):
        if said_otherwise(key, held):
            continue
        for group, own in _table().get(key, ()):
            for part in group:
                others = part.against & held
                if part is not own and key not in part.asked and others and not part.asked & asked:
                    yield Contrast(key.lstrip("^"), min(others).lstrip("^"))


def _keys(word: str) -> tuple[str, ...]:
    plain = stem(word)
    return (plain, "^" + plain) if word[0].isupper() else (plain,)


@cache
def _table() -> dict[str, tuple[tuple[tuple[_Part, ...], _Part], ...]]:
    """Return, by each key that may be asked for, its groups, and its part in them."""
    found: dict[str, tuple[tuple[tuple[_Part, ...], _Part], ...]] = {}
    for line in _LISTED.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        group = tuple(_part(part.split()) for part in line.split("|"))
        for part in group:
            for key in part.asked:
                found[key] = (*found.get(key, ()), (group, part))
    return found


def _part(listed: list[str]) -> _Part:
    keys = {mark + word: _keys(word)[-1] for mark, word in map(_marked, listed)}
    return _Part(
        asked=frozenset(key for word, key in keys.items() if word[0] != "!"),
        held=frozenset(keys.values()),
        against=frozenset(key for word, key in keys.items() if word[0] != "?"),
    )


def _marked(word: str) -> tuple[str, str]:
    return (word[0], word[1:]) if word[0] in "?!" else ("", word)
