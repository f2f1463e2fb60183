"""Deeds: clauses by who or what has which part in them, those of the sources held against one of the sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.verifying.alignment import Alignment
from bot.verifying.amounts.figure import Figure
from bot.verifying.clauses import Clause, Noun
from bot.verifying.excerpts import excerpt
from bot.verifying.figures import figures_in
from bot.verifying.quantities import same_amount
from bot.verifying.reading import Reading
from bot.verifying.referents import alike, is_name
from bot.verifying.relations import are_converse

DOER, OBJECT, RECEIVER = "doer", "object", "receiver"
_TO = frozenset(("to", "for"))

Parts = dict[str, tuple[Noun, ...]]
"""The nouns of a clause by the part that they take in it: a preposition for those that stand behind one."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A clause of a source, its parts, how far its verb says what the one of the sentence says (up to 1).

    `is_converse` tells whether the verbs tell one deed from its two ends: buy, sell.
    """

    source: int
    clause: Clause
    parts: Parts
    match: float
    is_converse: bool


def parts_of(clause: Clause) -> Parts:
    """Return the parts of a clause; who gets something is in one part, with "to" or without."""
    found: Parts = {DOER: clause.doers, OBJECT: clause.objects, RECEIVER: clause.receivers}
    for preposition, noun in clause.complements:
        part = RECEIVER if preposition in _TO else preposition
        found[part] = (*found.get(part, ()), noun)
    return {part: nouns for part, nouns in found.items() if nouns}


def deeds_for(alignment: Alignment, clause: Clause) -> list[Deed]:
    """Return all deeds of the sources, as held against a clause of the sentence."""
    verb = alignment.sentence.words[clause.verb].plain
    return [
        Deed(
            source=source,
            clause=own,
            parts=parts_of(own),
            match=alignment.match(clause.verb, source, own.verb),
            is_converse=are_converse(verb, reading.words[own.verb].plain),
        )
        for source, reading in enumerate(alignment.readings)
        for own in (*alignment.told_by(source).clauses, *alignment.told_by(source).nominals)
    ]


def alike_in(alignment: Alignment, parts: Parts, part: str, deed: Deed, theirs: str | None = None) -> float:
    """Return how far who has a part has the same part, or another one, in a deed of a source (0..1)."""
    return alike(alignment, parts.get(part, ()), deed.source, deed.parts.get(theirs or part, ()))


def is_named(alignment: Alignment, reading: Reading, nouns: Iterable[Noun]) -> bool:
    """Tell whether there is a name among some nouns."""
    return any(is_name(alignment, reading, noun) for noun in nouns)


def words_of(nouns: Iterable[Noun]) -> set[int]:
    """Return the numbers of all words of some nouns."""
    return {word for noun in nouns for word in noun.words}


def same_figures(alignment: Alignment, nouns: Iterable[Noun], deed: Deed, part: str) -> bool | None:
    """Tell whether there are as many of some nouns as of a part of a deed; None where one has no figure."""
    mine = _figures(alignment.sentence, words_of(nouns))
    theirs = _figures(alignment.readings[deed.source], words_of(deed.parts.get(part, ())))
    if not (mine and theirs):
        return None
    return any(same_amount(one, other) for one in mine for other in theirs)


def said_of(alignment: Alignment, deed: Deed) -> str:
    """Return the sentence that tells a deed, for a reason."""
    return excerpt(alignment.readings[deed.source], deed.clause.verb)


def _figures(reading: Reading, words: Collection[int]) -> list[Figure]:
    return [figure for figure in figures_in(reading) if figure.first in words]
