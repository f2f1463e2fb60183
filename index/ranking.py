"""Ranking: how much a passage has to do with a question, from meaning, words, date and place in its article.

Cosine and BM25 are scaled to 0..1 within the query and added with weights (convex combination: Bruch, Gai and Ingber,
"An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 2023). Late interaction (`index.late_interaction`) then
reorders the best. Three things about news are added:

- It ages: a passage that was fresh when the question was asked gets more (an exponential prior as in Li and Croft,
  "Time-Based Language Models", CIKM 2003). Where the question names a period, nearness to that counts instead.
- It opens with what it is about: of two passages that fit alike, the one whose article opens with the matter comes
  first, so that an aside or a list of other stories does not outrank the article that reports the event.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from index.arrays import Vectors
from index.periods.periods import Period, matcher_of, nearness, periods_in

_DAY = 86400.0
_NAMING = 0.8
"""How near a passage is to a period that it names, wherever in time its article stands."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts; `lexical` and `late` are shares, the others are added to a relevance of 0..1.

    Chosen on SciFact's training claims and by cross-validation over news questions (docs/benchmarks.md). `recency`
    falls to 1/e of its weight in `recency_days`.
    """

    lexical: float = 0.4
    late: float = 0.4
    recency: float = 0.5
    recency_days: float = 30.0
    period: float = 0.5
    opening: float = 0.05
    lead: float = 0.2

    @property
    def most(self) -> float:
        """The highest sum that can be reached."""
        return 1 + max(self.recency, self.period) + self.opening + self.lead


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What a score was made of.

    `cosine` is -1..1; `bm25` 0 and up, 0 where no word is shared; `dense`, `lexical` and `late` are these and the late
    interaction scaled to 0..1 within the query (`late` is 0 below the best candidates, which alone are compared so).
    `recency` is 0..1, 1 on the day of the question, `period` 0..1, how near the passage is to a period that
    the question names; both are 0 for undated articles. `lead` is 0..1, the relevance of the article's opening.
    """

    cosine: float
    bm25: float
    dense: float
    lexical: float
    late: float
    recency: float
    period: float
    lead: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's row, its score (0..1, higher is better), and what that was made of."""

    row: int
    score: float
    parts: ScoreParts


@dataclass(frozen=True, slots=True)
class Contender:
    """A passage to rank: its row, its article's version, its ordinal, when it was published, and how it matched."""

    row: int
    version: int
    ordinal: int
    published: float | None
    cosine: float
    bm25: float


def fused(contenders: Sequence[Contender], lexical: float) -> Vectors:
    """Return the convex combination of cosine and BM25 (0..1) of each."""
    dense, words = _dense_and_lexical(contenders)
    return np.asarray((1 - lexical) * dense + lexical * words, dtype=np.float32)


def timeliness(
    contenders: Sequence[Contender],
    texts: Callable[[], Sequence[str]],
    query: str,
    asked_at: datetime | None,
    weights: Weights,
) -> tuple[Vectors, Vectors]:
    """Return recency and nearness to a period (0..1) of each; one of the two is 0 throughout.

    `texts` gives the contenders' texts, which are looked at only where the question names a period.
    """
    none = np.zeros(len(contenders), dtype=np.float32)
    if asked_at is None:
        return none, none
    # Nothing that is published yet can be from a period to come.
    periods = [period for period in periods_in(query, asked_at) if period.start < asked_at]
    if periods:
        return none, _nearness(contenders, texts(), periods)
    ages = np.array([_age(contender, asked_at) for contender in contenders], dtype=np.float32)
    return np.exp(-ages / np.float32(weights.recency_days)), none


def _age(contender: Contender, asked_at: datetime) -> float:
    """Return how many days old a passage was, infinite for undated ones."""
    if contender.published is None:
        return math.inf
    return max(0.0, asked_at.timestamp() - contender.published) / _DAY


def _nearness(contenders: Sequence[Contender], texts: Sequence[str], periods: Sequence[Period]) -> Vectors:
    matchers = [matcher_of(period) for period in periods]
    near = []
    for contender, text in zip(contenders, texts, strict=True):
        published = contender.published
        moment = None if published is None else datetime.fromtimestamp(published, UTC)
        by_date = 0.0 if moment is None else max(nearness(moment, period) for period in periods)
        near.append(max(by_date, _NAMING * any(matches(text) for matches in matchers)))
    return np.array(near, dtype=np.float32)


def rank(
    contenders: Sequence[Contender],
    late: Vectors,
    recency: Vectors,
    period: Vectors,
    weights: Weights,
) -> list[Ranked]:
    """Return the contenders, best first.

    `late` holds their late interaction, NaN for those that were not compared, which come after all that were.
    """
    if not contenders:
        return []
    dense, words = _dense_and_lexical(contenders)
    base = (1 - weights.lexical) * dense + weights.lexical * words
    compared = ~np.isnan(late)
    scaled_late = np.zeros(len(contenders), dtype=np.float32)
    scaled_late[compared] = _scaled(late[compared])
    relevance = (1 - weights.late) * base + weights.late * scaled_late
    leads = _leads(contenders, relevance)
    opens = np.array([c.ordinal == 0 and c.published is not None for c in contenders], dtype=np.float32)
    total = (
        relevance
        + weights.recency * recency
        + weights.period * period
        + weights.opening * opens
        + weights.lead * leads
    ) / np.float32(weights.most)
    if not compared.all():
        lowest = float(total[compared].min()) if compared.any() else 1.0
        highest = float(total[~compared].max())
        total[~compared] *= min(1.0, lowest / highest) if highest > 0 else 1.0
    order = sorted(
        range(len(contenders)), key=lambda place: (not compared[place], -total[place], contenders[place].row)
    )
    return [
        Ranked(
            contenders[place].row,
            float(total[place]),
            ScoreParts(
                contenders[place].cosine,
                contenders[place].bm25,
                *(float(part[place]) for part in (dense, words, scaled_late, recency, period, leads)),
            ),
        )
        for place in order
    ]


def _leads(contenders: Sequence[Contender], relevance: Vectors) -> Vectors:
    """Return the relevance of the opening of each one's article, 0 where that was not found at all.

    An undated article is no news, and need not open with what it is about: each of its passages speaks for itself.
    """
    openings = {
        contender.version: float(value)
        for contender, value in zip(contenders, relevance, strict=True)
        if contender.ordinal == 0
    }
    return np.array(
        [
            float(value) if contender.published is None else openings.get(contender.version, 0.0)
            for contender, value in zip(contenders, relevance, strict=True)
        ],
        dtype=np.float32,
    )


def _dense_and_lexical(contenders: Sequence[Contender]) -> tuple[Vectors, Vectors]:
    cosines = np.array([contender.cosine for contender in contenders], dtype=np.float32)
    matches = np.array([contender.bm25 for contender in contenders] + [0.0], dtype=np.float32)
    return _scaled(cosines), _scaled(matches)[:-1]


def _scaled(values: Vectors) -> Vectors:
    """Return the values moved and stretched to 0..1; all 1 where they are equal and above 0."""
    if not len(values):
        return values
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-9:
        return np.full(len(values), 1.0 if high > 0 else 0.0, dtype=np.float32)
    return np.asarray((values - low) / (high - low), dtype=np.float32)
