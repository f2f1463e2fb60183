"""Finding the passages that matter: by meaning (cosine, from Chroma) and by words (BM25, from FTS5), then ranked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import numpy as np

from index.arrays import Vectors
from index.articles import Article, Copy
from index.catalogue.reading import CatalogueReader, Snapshot
from index.catalogue.records import MOST_SCANNED, Candidate, Served, StoredPassage
from index.collapsing import collapse
from index.embedding import Encoded
from index.errors import IndexDamagedError, IndexMismatchError
from index.late_interaction import ContextWords, late_interaction, unpack
from index.model_files import ModelFiles
from index.passages import Passage
from index.ranking import Contender, Ranked, ScoreParts, Weights, fused, rank, timeliness
from index.scope import Scope
from index.vectors import VectorReader, View
from index.words import content_words

CANDIDATES = 100
"""How many passages each of the two lists brings, at least."""

_COMPARED = 60
"""How many of the best are compared with the question word by word."""

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

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vector of each text, and those of its words."""


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage that a question found, with its article, its score (0..1, higher is better) and the parts of it.

    `sentences` says where its sentences begin and end in the article's text. `words` are its words in context, their
    spans counted from the beginning of the passage; those of its heading stand before that, below 0.
    """

    passage: Passage
    article: Article
    score: float
    parts: ScoreParts
    sentences: tuple[tuple[int, int], ...]
    words: ContextWords


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What a search found, best first, and what it looked at.

    `query` is what was searched for, as the model reads it. `searched` is how many articles are in scope, `newest` the
    date of the newest that existed when the question was asked, `served` the index.
    """

    query: Encoded
    passages: tuple[RetrievedPassage, ...]
    searched: int
    newest: datetime | None
    served: Served


class Retriever:
    """Searches one index; safe to share between threads.

    `weights` says how much each part of a score counts.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        vectors: VectorReader,
        embedder: QueryEmbedder,
        weights: Weights,
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._embedder = embedder
        self._weights = weights

    def retrieve(self, query: str, scope: Scope, *, limit: int) -> Retrieval:
        """Return the best `limit` passages for `query` among the articles in scope.

        Raises:
            IndexMissingError: nothing has been indexed.
            IndexMismatchError: the index was built with another embedding model.
            IndexDamagedError: the catalogue or the vectors cannot be read.
        """
        # Before the snapshot, which should be short: the first question loads the model.
        encoded = self._embedder.encode_in_context([query.strip()])[0]
        attempt = 0
        while True:
            attempt += 1
            before = self._served()
            try:
                found = self._attempt(query, encoded, scope, limit)
            except IndexDamagedError:
                if attempt == _ATTEMPTS or self._served() == before:
                    raise
                continue  # a rebuild has just taken the place of the index that was being searched
            # When something was published meanwhile, Chroma may have lost vectors that the snapshot counted on.
            if attempt == _ATTEMPTS or self._served().generation == found.served.generation:
                return found

    def share_of_articles(self, beginning: str) -> float:
        """Return the share (0..1) of all articles that hold a word with this beginning.

        Raises:
            FootnoteError: the catalogue cannot be read.
        """
        with self._catalogue.snapshot() as snapshot:
            return snapshot.share_of_articles(beginning)

    def _served(self) -> Served:
        with self._catalogue.snapshot() as snapshot:
            self._check(snapshot)
            return snapshot.served

    def _attempt(self, query: str, encoded: Encoded, scope: Scope, limit: int) -> Retrieval:
        with self._catalogue.snapshot() as snapshot:
            self._check(snapshot)
            depth = max(CANDIDATES, limit)
            searched = snapshot.count(scope)
            narrowed = None if searched == snapshot.count() else scope
            lexical = dict(snapshot.lexical(content_words(query)[:_QUERY_WORDS], narrowed, depth))
            dense = self._nearest(snapshot, encoded.vector, narrowed, depth) if searched else []
            candidates = snapshot.candidates(list(dict.fromkeys([*dense, *lexical])))
            collapsed = collapse(snapshot, candidates, narrowed)
            for row, standing_in in collapsed.replaced.items():
                if row in lexical:
                    lexical[standing_in] = max(lexical[row], lexical.get(standing_in, 0.0))
            contenders = [_contender(each, encoded.vector, lexical) for each in collapsed.candidates]
            ranked = self._rank(snapshot, query, encoded, contenders, scope.as_of)[:limit]
            rows = [each.row for each in ranked]
            version_of = {each.row: each.version for each in contenders}
            return Retrieval(
                query=encoded,
                passages=tuple(
                    _retrieved(
                        stored,
                        unpack(words, snapshot.served.dimension),
                        each,
                        collapsed.copies.get(version_of[each.row], ()),
                    )
                    for stored, words, each in zip(
                        snapshot.passages(rows), snapshot.packed_words(rows), ranked, strict=True
                    )
                ),
                searched=snapshot.article_count(scope),
                newest=snapshot.newest(Scope(as_of=scope.as_of)),
                served=snapshot.served,
            )

    def _rank(
        self,
        snapshot: Snapshot,
        query: str,
        encoded: Encoded,
        contenders: Sequence[Contender],
        asked_at: datetime | None,
    ) -> list[Ranked]:
        rows = [contender.row for contender in contenders]
        weights = self._weights
        recency, period = timeliness(contenders, lambda: snapshot.texts(rows), query, asked_at, weights)
        first_guess = fused(contenders, weights.lexical) + weights.recency * recency + weights.period * period
        late = np.full(len(contenders), np.nan, dtype=np.float32)
        compared = np.argsort(-first_guess, kind="stable")[:_COMPARED]
        packed = snapshot.packed_words([rows[place] for place in compared])
        late[compared] = late_interaction(encoded.words, encoded.tokens, packed)
        return rank(contenders, late, recency, period, weights)

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
        try:
            found = self._neighbours(snapshot, vector, scope, depth, total, matching)
        except IndexDamagedError:
            # Everything is in the catalogue as well; of what is too much to look through, the words alone decide.
            return _scan(snapshot.vectors(scope), vector, depth) if matching <= MOST_SCANNED else []
        return _scan(snapshot.vectors(scope), vector, depth) if found is None else found

    def _neighbours(
        self,
        snapshot: Snapshot,
        vector: Vectors,
        scope: Scope | None,
        depth: int,
        total: int,
        matching: int,
    ) -> list[int] | None:
        """Return what Chroma finds, None where asking for a reasonable surplus does not bring enough."""
        fetch = math.ceil(depth * 1.5 * total / matching) if scope is not None else depth
        served = snapshot.served
        view = View(served.index_id, served.generation, total)
        # What a reindex has replaced stays in Chroma until its end, so a surplus may be needed even without a filter.
        while fetch <= _SCANNED:
            neighbours = self._vectors.nearest(
                view,
                vector,
                fetch,
                lambda opened: opened == served.generation or snapshot.count_after(opened) <= _UNOPENED,
            )
            rows = [row for row in snapshot.locate(neighbours.keys, scope) if row is not None]
            if neighbours.generation != served.generation:
                rows += _scan(snapshot.vectors(scope, after=neighbours.generation), vector, depth)
            if len(rows) >= min(depth, matching):
                return rows
            fetch *= 4
        return None


def best_of_each_article(passages: Iterable[RetrievedPassage], limit: int) -> list[RetrievedPassage]:
    """Return the best passage of each of the best `limit` articles; `passages` come best first."""
    best: dict[str, RetrievedPassage] = {}
    for passage in passages:
        best.setdefault(passage.article.id, passage)
    return list(best.values())[:limit]


def _contender(candidate: Candidate, vector: Vectors, lexical: dict[int, float]) -> Contender:
    return Contender(
        candidate.passage,
        candidate.version,
        candidate.ordinal,
        candidate.published,
        cosine=float(candidate.vector @ vector),
        bm25=lexical.get(candidate.passage, 0.0),
    )


def _retrieved(
    stored: StoredPassage, words: ContextWords, ranked: Ranked, copies: tuple[Copy, ...]
) -> RetrievedPassage:
    article = replace(stored.article, copies=copies) if copies else stored.article
    passage = Passage(stored.key, article.id, stored.ordinal, stored.text, stored.start, stored.end)
    return RetrievedPassage(passage, article, ranked.score, ranked.parts, stored.sentences, words)


def _scan(parts: Iterable[tuple[list[int], Vectors]], vector: Vectors, depth: int) -> list[int]:
    """Return the rows of the `depth` nearest vectors, comparing all of them."""
    best: list[tuple[float, int]] = []
    for rows, matrix in parts:
        best += zip((-(matrix @ vector)).tolist(), rows, strict=True)
        best = sorted(best)[:depth]
    return [row for _, row in best]
