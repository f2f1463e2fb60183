"""Choosing the sentence that answers, and telling how likely it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bot.answering.evidence import FEATURES, Evidence
from bot.answering.model import Fitted
from index.arrays import Vectors

_Item = TypeVar("_Item")

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

_AS_GOOD = 0.3
"""In units of score: of two sentences as good as each other, the one that bears out more of the question's names."""
_BEHIND = 2.0
_SURE = 0.45
"""How much less than the best sentence, in units of score, one may score that is shown instead, and its confidence.

The next one is seldom the answer: with any confidence, a sixth of the near misses that are declined would be answered.
"""
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
    if len(order) > 1 and ranked[1] > ranked[0] - _AS_GOOD and ordered[1]["unborne"] < ordered[0]["unborne"]:
        ordered, ranked = _moved(ordered, 1), _moved(ranked, 1)
    doubt = doubt_about(ordered[0])
    instead = _instead(ordered, ranked, doubt_about) if doubt else None
    if instead is not None:
        other = _chosen(_moved(ordered, instead), _moved(ranked, instead), fitted, None)
        if other.confidence >= _SURE:
            return other
    return _chosen(ordered, ranked, fitted, doubt)


def _chosen(
    evidence: tuple[Evidence, ...], scores: tuple[float, ...], fitted: Fitted, doubt: str | None
) -> Chosen:
    signs = signs_of(evidence, scores, doubted=doubt is not None)
    return Chosen(evidence, scores, fitted.confidence(signs), doubt, signs)


def _moved(items: tuple[_Item, ...], place: int) -> tuple[_Item, ...]:
    """Return the items with the one at `place` first."""
    return (items[place], *items[:place], *items[place + 1 :])


def _instead(
    ordered: Sequence[Evidence], scores: Sequence[float], doubt_about: Callable[[Evidence], str | None]
) -> int | None:
    """Return the place of the sentence to answer with where the best one is about something else.

    It names all that the question names itself, or those beside it do, and there is no doubt about it.
    """
    for place in range(1, len(ordered)):
        if scores[place] < scores[0] - _BEHIND:
            return None
        each = ordered[place]
        if not each["unborne"] and each["counted"] >= 0 and doubt_about(each) is None:
            return place
    return None


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
