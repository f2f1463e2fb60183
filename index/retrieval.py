"""Finding the passages that matter: meaning (cosine, from Chroma) and words (BM25, from FTS5), fused.

Both lists are scaled to 0..1 within the query and added with weights (convex combination: Bruch, Gai and
Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 2023). News ages: a passage that was
fresh when the question was asked gets a little more (an exponential prior as in Li and Croft, "Time-Based
Language Models", CIKM 2003).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np

from index.articles import Article
from index.catalogue.reading import CatalogueReader, Snapshot
from index.catalogue.records import Candidate, Served, StoredPassage, Vectors
from index.errors import IndexDamagedError, IndexMismatchError
from index.model_files import ModelFiles
from index.passages import Passage
from index.scope import Scope
from index.vectors import VectorReader
from index.words import content_words

CANDIDATES = 100
"""How many passages each of the two lists brings, at least."""

RECENCY_WEIGHT = 0.3
RECENCY_DAYS = 14.0
_DAY = 86400.0

_SCANNED = 5_000
"""Up to this many passages in scope are compared one by one: exact, and as fast as asking for a surplus."""

_UNOPENED = 2_000
"""Up to this many passages published since Chroma was opened are taken from the catalogue instead."""

_QUERY_WORDS = 64
"""A question has a dozen words that matter; of a pasted article the first ones say what it is about."""

_ATTEMPTS = 3


class QueryEmbedder(Protocol):
    """What the retriever needs of an embedding model."""

    @property
    def files(self) -> ModelFiles:
        """The model's files: vectors of another model cannot be compared."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What a score was made of.

    `cosine` is -1..1; `bm25` 0 and up, 0 where no word is shared; `dense` and `lexical` are the two scaled to
    0..1 within the query; `recency` is 0..1, 1 on the day of the question, 0 for undated articles.
    """

    cosine: float
    bm25: float
    dense: float
    lexical: float
    recency: float


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage that a question found, with its article, its score (0..1, higher is better) and the parts of it."""

    passage: Passage
    article: Article
    score: float
    parts: ScoreParts


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What a search found, best first, and what it looked at.

    `searched` is how many articles are in scope, `newest` the date of the newest that existed when the question
    was asked, `served` the index.
    """

    passages: tuple[RetrievedPassage, ...]
    searched: int
    newest: datetime | None
    served: Served


class Retriever:
    """Searches one index; safe to share between threads.

    `lexical_weight` is the share of words in the score, 0 to 1; the rest is meaning.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        vectors: VectorReader,
        embedder: QueryEmbedder,
        *,
        lexical_weight: float,
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._embedder = embedder
        self._lexical_weight = lexical_weight

    def retrieve(self, query: str, scope: Scope, *, limit: int) -> Retrieval:
        """Return the best `limit` passages for `query` among the articles in scope.

        Raises:
            IndexMissingError: nothing has been indexed.
            IndexMismatchError: the index was built with another embedding model.
            IndexDamagedError: the catalogue or the vectors cannot be read.
        """
        # Before the snapshot, which should be short: the first question loads the model.
        vector = self._embedder.encode([query])[0]
        attempt = 0
        while True:
            attempt += 1
            before = self._served()
            try:
                found = self._attempt(query, vector, scope, limit)
            except IndexDamagedError:
                if attempt == _ATTEMPTS or self._served() == before:
                    raise
                continue  # a rebuild has just taken the place of the index that was being searched
            # When something was published meanwhile, Chroma may have lost vectors that the snapshot counted on.
            if attempt == _ATTEMPTS or self._served().generation == found.served.generation:
                return found

    def _served(self) -> Served:
        with self._catalogue.snapshot() as snapshot:
            self._check(snapshot)
            return snapshot.served

    def _attempt(self, query: str, vector: Vectors, scope: Scope, limit: int) -> Retrieval:
        with self._catalogue.snapshot() as snapshot:
            self._check(snapshot)
            depth = max(CANDIDATES, limit)
            searched = snapshot.count(scope)
            narrowed = None if searched == snapshot.count() else scope
            lexical = dict(snapshot.lexical(content_words(query)[:_QUERY_WORDS], narrowed, depth))
            dense = self._nearest(snapshot, vector, narrowed, depth) if searched else []
            candidates = snapshot.candidates(list(dict.fromkeys([*dense, *lexical])))
            ranked = self._rank(candidates, vector, lexical, scope.as_of)[:limit]
            stored = snapshot.passages([row for row, _, _ in ranked])
            return Retrieval(
                passages=tuple(
                    _retrieved(passage, score, parts)
                    for passage, (_, score, parts) in zip(stored, ranked, strict=True)
                ),
                searched=snapshot.article_count(scope),
                newest=snapshot.newest(Scope(as_of=scope.as_of)),
                served=snapshot.served,
            )

    def _check(self, snapshot: Snapshot) -> None:
        served, files = snapshot.served, self._embedder.files
        if served.identity.model_digest != files.digest:
            raise IndexMismatchError(
                f"The index was built with the embedding model {served.identity.model}, the settings name "
                f"{files.name}.",
                "Set FOOTNOTE_EMBEDDING_MODEL to the former, or rebuild the index: footnote reindex --full",
            )
        snapshot.require_articles()

    def _nearest(self, snapshot: Snapshot, vector: Vectors, scope: Scope | None, depth: int) -> list[int]:
        """Return the rows of at least the `depth` nearest passages in scope, where there are so many."""
        total = snapshot.count()
        matching = snapshot.count(scope)
        if scope is not None and matching <= _SCANNED:
            return _scan(snapshot.vectors(scope), vector, depth)
        fetch = math.ceil(depth * 1.5 * total / matching) if scope is not None else depth
        # What a reindex has replaced stays in Chroma until its end, so a surplus may be needed even without a filter.
        while fetch <= _SCANNED:
            neighbours = self._vectors.nearest(
                snapshot.served.index_id,
                vector,
                fetch,
                snapshot.served.generation,
                lambda opened: (
                    opened == snapshot.served.generation or snapshot.count_after(opened) <= _UNOPENED
                ),
            )
            rows = [row for row in snapshot.locate(neighbours.keys, scope) if row is not None]
            if neighbours.generation != snapshot.served.generation:
                rows += _scan(snapshot.vectors(scope, after=neighbours.generation), vector, depth)
            if len(rows) >= min(depth, matching):
                return rows
            fetch *= 4
        return _scan(snapshot.vectors(scope), vector, depth)

    def _rank(
        self,
        candidates: Sequence[Candidate],
        vector: Vectors,
        lexical: dict[int, float],
        asked_at: datetime | None,
    ) -> list[tuple[int, float, ScoreParts]]:
        cosines = [float(candidate.vector @ vector) for candidate in candidates]
        matches = [lexical.get(candidate.passage, 0.0) for candidate in candidates]
        ranked = []
        for candidate, cosine, dense, bm25, words in zip(
            candidates, cosines, _scaled(cosines), matches, _scaled([*matches, 0.0]), strict=False
        ):
            recency = _recency(candidate.published, asked_at)
            fused = (1 - self._lexical_weight) * dense + self._lexical_weight * words
            score = (fused + RECENCY_WEIGHT * recency) / (1 + RECENCY_WEIGHT)
            ranked.append((candidate.passage, score, ScoreParts(cosine, bm25, dense, words, recency)))
        return sorted(ranked, key=lambda each: (-each[1], each[0]))


def best_of_each_article(passages: Iterable[RetrievedPassage], limit: int) -> list[RetrievedPassage]:
    """Return the best passage of each of the best `limit` articles; `passages` come best first."""
    best: dict[str, RetrievedPassage] = {}
    for passage in passages:
        best.setdefault(passage.article.id, passage)
    return list(best.values())[:limit]


def _retrieved(stored: StoredPassage, score: float, parts: ScoreParts) -> RetrievedPassage:
    article = stored.article
    passage = Passage(stored.key, article.id, stored.ordinal, stored.text, stored.start, stored.end)
    return RetrievedPassage(passage, article, score, parts)


def _scan(parts: Iterable[tuple[list[int], Vectors]], vector: Vectors, depth: int) -> list[int]:
    """Return the rows of the `depth` nearest vectors, comparing all of them."""
    best: list[tuple[float, int]] = []
    for rows, matrix in parts:
        best += zip((-(matrix @ vector)).tolist(), rows, strict=True)
        best = sorted(best)[:depth]
    return [row for _, row in best]


def _scaled(values: Sequence[float]) -> list[float]:
    """Return the values moved and stretched to 0..1; all 1 where they are equal."""
    if not values:
        return []
    low, high = min(values), max(values)
    if high - low < 1e-9:
        return [1.0 if high > 0 else 0.0] * len(values)
    return [float(scaled) for scaled in (np.asarray(values) - low) / (high - low)]


def _recency(published: float | None, asked_at: datetime | None) -> float:
    if published is None or asked_at is None:
        return 0.0
    age = max(0.0, asked_at.timestamp() - published) / _DAY
    return math.exp(-age / RECENCY_DAYS)
