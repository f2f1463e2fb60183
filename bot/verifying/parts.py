"""How far who takes part in a deed of a sentence is who takes part in one of a source."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.naming import TITLES
from bot.verifying.alignment import SYNONYM, Alignment

SURELY = 0.8
"""How far words say the same at least where they are the same somebody."""
HARDLY = 0.45
"""How far they do at most where they are somebody else."""
_ANOTHER_NAME = 0.2
"""How far a name says what another name says, however near they are to the model."""


def alike(alignment: Alignment, words: Sequence[int], source: int, others: Sequence[int]) -> float:
    """Return how far words of the sentence say what some words of a source say (0..1)."""
    columns = [alignment.column(source, other) for other in others]
    telling = [word for word in words if alignment.sentence.words[word].stem not in TITLES] or words
    best = [max(0.0, float(alignment.matches[word, columns].max())) for word in telling]
    # One name is as near to another as it likes: it is that one, or it is not.
    names = {number for number in telling if alignment.sentence.words[number].named}
    best = [
        score if score >= SYNONYM or word not in names else min(score, _ANOTHER_NAME)
        for word, score in zip(telling, best, strict=True)
    ]
    return sum(best) / len(best)
