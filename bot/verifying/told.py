"""What texts tell, clause by clause."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Protocol

from bot.verifying.clause_trees import ClauseTree
from bot.verifying.clauses import Clause, Told
from bot.verifying.noun_trees import NounTree
from bot.verifying.reading import Reading
from bot.verifying.syntax import Tree

_KEPT = 512
"""Texts: a passage is held against each sentence that cites it."""


class Parser(Protocol):
    """What is needed of a parser."""

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """Return the tree of each sentence."""


class Teller:
    """Finds what texts tell; what it found lately is kept. Safe to share between threads if the parser is."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._kept: OrderedDict[Reading, Told] = OrderedDict()
        self._lock = Lock()

    def told(self, readings: Sequence[Reading]) -> list[Told]:
        """Return what each text tells, the sentences of all that are not known yet parsed together."""
        with self._lock:
            known = {reading: self._kept[reading] for reading in readings if reading in self._kept}
        found = self._read([reading for reading in dict.fromkeys(readings) if reading not in known])
        with self._lock:
            self._kept.update(found)
            for reading in known:
                self._kept.move_to_end(reading)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        known.update(found)
        return [known[reading] for reading in readings]

    def _read(self, readings: Sequence[Reading]) -> dict[Reading, Told]:
        sentences = [reading.text[start:end] for reading in readings for start, end in reading.sentences]
        trees = iter(self._parser.parse(sentences))
        return {reading: _told(reading, [next(trees) for _ in reading.sentences]) for reading in readings}


def _told(reading: Reading, trees: Sequence[Tree]) -> Told:
    clauses: list[Clause] = []
    nominals: list[Clause] = []
    descriptions: list[frozenset[int]] = []
    for (start, _), tree in zip(reading.sentences, trees, strict=True):
        nouns = NounTree(reading, start, tree)
        own = ClauseTree(tree, nouns)
        clauses += own.clauses()
        nominals += own.nominals()
        descriptions += nouns.descriptions()
    return Told(tuple(clauses), tuple(nominals), tuple(descriptions))
