"""Contrasts: words that are taken for one another by their meaning, and must not be (killed, wounded; tunnel, bridge).

To an embedding model they are near-synonyms: "how many were wounded?" finds "19 were killed" almost as surely as "19
were wounded". A hand-written list (`contrasts.txt`) tells them apart, and what says the same in other words. Antonym
lists tell contradictions so in Marneffe, Rafferty and Manning, "Finding Contradictions in Text", ACL 2008.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.words import stem

_LISTED = Path(__file__).parent / "contrasts.txt"


@dataclass(frozen=True, slots=True)
class _Part:
    """Words that may be said in one another's place: those to look for, those against others, and all their stems.

    `replaceable` are the stems in whose place the others may be said.
    """

    asked: frozenset[str]
    against: frozenset[str]
    stems: frozenset[str]
    replaceable: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Group:
    """Parts that must not be taken for one another. What `must` be spoken of is no answer where it is not.

    `in_names` tells whether its words say within a name what they say elsewhere: Health Ministry. `topics` are what a
    text goes on about until it comes to another.
    """

    parts: tuple[_Part, ...]
    must: bool
    in_names: bool
    topics: bool


@dataclass(frozen=True, slots=True)
class Contrast:
    """What is asked about, and what a sentence speaks of instead, as they are written."""

    asked: str
    instead: str


def said_otherwise(stem_asked: str, held: AbstractSet[str]) -> bool:
    """Tell whether a word stands for the one with this stem, among the stems `held`."""
    return any(part.stems & held for part in _parts_by_stem().get(stem_asked, ()))


def contrasts(asked: Sequence[str], said: Sequence[str]) -> Iterator[Contrast]:
    """Yield what the words of a question ask about in whose place the words of a sentence speak of another.

    What the question itself speaks of too is no other: "who was killed by those who were wounded?"
    """
    asked_keys, held = _keys_of(asked), {stem(word) for word in said}
    for word in dict.fromkeys(asked):
        if stem(word) in held or said_otherwise(stem(word), held):
            continue
        for group, own in _places(word):
            for part in group.parts:
                if part is own or _matching(word, part.asked) or part.asked & asked_keys:
                    continue
                instead = next((other for other in said if _matching(other, part.against)), None)
                if instead:
                    yield Contrast(word, instead)


def topic_instead(
    asked: Sequence[str], said: Sequence[str], before: Sequence[str], title: Sequence[str]
) -> Contrast | None:
    """Return what a sentence is about in the place of what is asked about, where it names neither.

    `said` are its words, `before` those of the text before it, of which the last that names such a thing counts. What
    the `title` names is what the article is about: then there is none.
    """
    asked_keys = _keys_of(asked)
    for word in dict.fromkeys(asked):
        for group, own in _places(word):
            if any(_matching(other, own.asked) for other in title):
                continue
            if not group.topics or any(
                _matching(other, part.asked) for other in said for part in group.parts
            ):
                continue
            for other in reversed(before):
                part = next((part for part in group.parts if _matching(other, part.against)), None)
                if part is not None:
                    if part is not own and not part.asked & asked_keys:
                        return Contrast(word, other)
                    break
    return None


def unspoken(asked: Iterable[str], held: AbstractSet[str]) -> list[str]:
    """Return the words of a question that must be spoken of where its answer stands, and are not among the stems."""
    return [
        word
        for word in dict.fromkeys(asked)
        if any(group.must for group, _ in _places(word))
        and stem(word) not in held
        and not said_otherwise(stem(word), held)
    ]


def speaks_in_names(word: str) -> bool:
    """Tell whether a word says within a name what it says elsewhere, as the Health of a Health Ministry does."""
    return any(group.in_names for group, _ in _places(word))


def _places(word: str) -> list[tuple[_Group, _Part]]:
    return [place for key in _keys(word) for place in _parts_by_word().get(key, ())]


def _matching(word: str, keys: AbstractSet[str]) -> bool:
    return not keys.isdisjoint(_keys(word))


def _keys_of(written: Iterable[str]) -> frozenset[str]:
    return frozenset(key for word in written for key in _keys(word))


def _keys(word: str) -> tuple[str, ...]:
    """Return what to look a word up by, one more where it is capitalised: May is a month, and may is none."""
    plain = word.casefold()
    return (plain, "^" + plain) if word[0].isupper() else (plain,)


@cache
def _groups() -> tuple[_Group, ...]:
    lines = _LISTED.read_text(encoding="utf-8").splitlines()
    return tuple(
        _Group(
            tuple(_part(part.split()) for part in line.lstrip("=&+").split("|")),
            must=line.startswith(("=", "&", "+")),
            in_names=line.startswith("&"),
            topics=line.startswith("+"),
        )
        for line in lines
        if line and not line.startswith("#")
    )


@cache
def _parts_by_word() -> dict[str, list[tuple[_Group, _Part]]]:
    found: dict[str, list[tuple[_Group, _Part]]] = {}
    for group in _groups():
        for part in group.parts:
            for key in part.asked:
                found.setdefault(key, []).append((group, part))
    return found


@cache
def _parts_by_stem() -> dict[str, list[_Part]]:
    found: dict[str, list[_Part]] = {}
    for group in _groups():
        for part in group.parts:
            for key in part.replaceable:
                found.setdefault(key, []).append(part)
    return found


def _part(listed: list[str]) -> _Part:
    keys = [(word[0], _keys(word.lstrip("?!~"))[-1]) for word in listed]
    return _Part(
        asked=frozenset(key for mark, key in keys if mark not in "!~"),
        against=frozenset(key for mark, key in keys if mark not in "?~"),
        stems=frozenset(stem(key.lstrip("^")) for _, key in keys),
        replaceable=frozenset(stem(key.lstrip("^")) for mark, key in keys if mark != "~"),
    )
