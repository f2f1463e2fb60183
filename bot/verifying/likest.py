"""Which clauses of the sources are about what a clause of the sentence is about."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from bot.verifying.alignment import Alignment
from bot.verifying.clauses import Clause
from bot.verifying.negation import NEGATORS
from bot.verifying.reading import Word
from bot.verifying.referents import alike
from bot.verifying.sayers import only_tells_who

_VERB = 0.5
"""How much the verbs' likeness counts beside that of all words."""
_NEARLY = 0.1
"""How much less than the likest a clause may be like it, to be held against it as well."""


def likest(alignment: Alignment, clause: Clause) -> list[tuple[int, Clause]]:
    """Return the clauses of the sources, each with its source, that are most like a clause, the likest first.

    Clauses that only tell who says something are left out.
    """
    found = [
        (likeness(alignment, clause, source, own), source, own)
        for source, reading in enumerate(alignment.readings)
        for own in alignment.told_by(source).clauses
        if not only_tells_who(reading, alignment.told_by(source), own)
    ]
    found.sort(key=lambda each: -each[0])
    return [(source, own) for score, source, own in found if score >= found[0][0] - _NEARLY]


def likeness(alignment: Alignment, clause: Clause, source: int, own: Clause) -> float:
    """Return how far a clause of a source says what a clause of the sentence says (0 to 1 and a bit)."""
    verbs = max(0.0, alignment.match(clause.verb, source, own.verb))
    objects = alike(alignment, clause.objects, source, own.objects) if clause.objects and own.objects else 1.0
    return covered(alignment, clause, source, own) + _VERB * verbs * objects


def covered(
    alignment: Alignment, clause: Clause, source: int, own: Clause, without: Collection[int] = ()
) -> float:
    """Return how far a clause of a source says the words of a clause of the sentence (0..1), but for some words."""
    rows = [word for word in clause.words if word not in without and _tells(alignment.sentence.words[word])]
    if not rows or not own.words:
        return 0.0
    columns = [alignment.column(source, word) for word in own.words]
    best = alignment.matches[np.ix_(rows, columns)].max(axis=1)
    return float(np.maximum(best, 0).mean())


def _tells(word: Word) -> bool:
    return word.is_content and not word.is_figure and word.plain not in NEGATORS
