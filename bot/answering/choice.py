"""Choosing the sentence that answers, and telling how likely it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering.evidence import FEATURES, Evidence
from bot.answering.model import Fitted
from index.arrays import Vectors

SIGNS = (
    *FEATURES,
    "score",  # of the chosen sentence
    "margin",  # to the next sentence
    "margin of article",  # to the best sentence of another article
    "best meaning",  # highest cosine of a passage found
    "best words",  # highest BM25
    "best match",  # highest match of a sentence found
    "best names",  # most of the names that a passage found holds
    "best worst name",  # best match of the worst matched name in a passage found
    "doubted",  # 1 where there is a reason why the chosen sentence is no answer (`bot.answering.doubts`)
)
"""What the confidence is made of: the chosen sentence's features, and how it stands among the others."""

_ALONE = 3.0
"""The margin where there is nothing to compare with, in units of score."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentences found, best first, with their scores; and how likely (0..1) the first one holds the answer.

    `doubt` is the reason why the first one is no answer, if there is one; `signs` are what the confidence was made of,
    in the order of SIGNS.
    """

    evidence: tuple[Evidence, ...]
    scores: tuple[float, ...]
    confidence: float
    doubt: str | None
    signs: Vectors


def choose(
    evidence: Sequence[Evidence], fitted: Fitted, doubt_about: Callable[[Evidence], str | None]
) -> Chosen | None:
    """Return the sentences, best first; None where there are none."""
    if not evidence:
        return None
    rows = np.stack([each.features for each in evidence])
    scores = fitted.choice(rows)
    order = sorted(range(len(evidence)), key=lambda place: (-scores[place], place))
    ordered = tuple(evidence[place] for place in order)
    ranked = tuple(float(scores[place]) for place in order)
    doubt = doubt_about(ordered[0])
    signs = signs_of(ordered, ranked, doubted=doubt is not None)
    return Chosen(ordered, ranked, fitted.confidence(signs), doubt, signs)


def signs_of(evidence: Sequence[Evidence], scores: Sequence[float], *, doubted: bool) -> Vectors:
    """Return what the confidence is made of; `evidence` comes best first, with its scores."""
    best = evidence[0].sentence.source
    rows = np.stack([each.features for each in evidence])

    def margin(differs: Sequence[bool]) -> float:
        others = [score for score, other in zip(scores, differs, strict=True) if other]
        return min(_ALONE, scores[0] - max(others)) if others else _ALONE

    highest = {name: float(rows[:, FEATURES.index(name)].max()) for name in _HIGHEST}
    return np.array(
        [
            *evidence[0].features,
            scores[0],
            margin([place > 0 for place in range(len(evidence))]),
            margin([each.sentence.source.article.id != best.article.id for each in evidence]),
            *highest.values(),
            float(doubted),
        ],
        dtype=np.float32,
    )


_HIGHEST = ("passage meaning", "passage words", "match", "names in passage", "worst name in passage")
