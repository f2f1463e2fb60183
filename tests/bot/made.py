"""Articles, passages, citations and answers made by hand, for tests that need no index."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from bot.answers import Answer, Citation, Claim
from bot.questions import Question
from index.articles import Article
from index.catalogue.records import IndexIdentity, Served
from index.embedding import Embedder, Encoded
from index.late_interaction import ContextWords
from index.passages import Passage, embedded_text, heading, sentence_spans
from index.ranking import ScoreParts
from index.retrieval import Retrieval, RetrievedPassage

ASKED = datetime(2024, 5, 20, 9, 30, tzinfo=UTC)
IDENTITY = IndexIdentity("some/model", "0" * 64, 800, 1)
NO_WORDS = ContextWords(np.zeros((0, 2), dtype=np.int32), np.zeros((0, 384), dtype=np.float32))
SERVED = Served(index_id=1, generation=1, identity=IDENTITY, dimension=384)


def article(text: str, **fields: Any) -> Article:
    """Return an article of the Harbour Post, but for the fields given."""
    plain = Article(
        id="ferry",
        title="Ferry toll rises",
        url="https://harbour.example.org/ferry",
        publisher="Harbour Post",
        authors=("Ida Holm",),
        published_at=datetime(2024, 5, 13, tzinfo=UTC),
        updated_at=None,
        language="en",
        text=text,
        origin="articles/ferry.md",
    )
    return replace(plain, **fields)


def passage(of: Article, start: int = 0, end: int | None = None, ordinal: int = 0) -> Passage:
    """Return a passage of an article: all of it, or what stands between two offsets."""
    text = of.text[start:end]
    return Passage(f"{of.id}-{ordinal}", of.id, ordinal, text, start, start + len(text))


def found(of: Article | Passage, source: Article | None = None, score: float = 1.0) -> RetrievedPassage:
    """Return a passage, or an article in one passage, as a search finds it, but for its words in context."""
    parts = ScoreParts(
        cosine=0.5, bm25=2.0, dense=1.0, lexical=1.0, late=1.0, recency=0.0, period=0.0, lead=0.0
    )
    where = passage(of) if isinstance(of, Article) else of
    whole = of if isinstance(of, Article) else source
    assert whole is not None
    return RetrievedPassage(where, whole, score, parts, sentence_spans(where), NO_WORDS)


def read_by(embedder: Embedder, source: RetrievedPassage) -> RetrievedPassage:
    """Return a passage with its words in context, as a reindex embeds it under its heading."""
    of = source.article
    text = embedded_text(heading(of.title, of.publisher, of.published_at), source.passage.text)
    words = embedder.encode_in_context([text])[0].words
    return replace(source, words=words.moved(len(source.passage.text) - len(text)))


def retrieval(*passages: RetrievedPassage, searched: int | None = None) -> Retrieval:
    """Return what a search found."""
    articles = {each.article.id for each in passages}
    dates = [each.article.published_at for each in passages if each.article.published_at]
    return Retrieval(
        Encoded(np.zeros(384, dtype=np.float32), NO_WORDS, np.zeros(0, dtype=np.int32)),
        passages,
        len(articles) if searched is None else searched,
        max(dates, default=None),
        SERVED,
    )


def citation(of: Article, quote: str, number: int = 1) -> Citation:
    """Return the citation of some words of an article that stand in it."""
    start = of.text.index(quote)
    return Citation(number, of, passage(of), quote, start, start + len(quote))


def answer(*citations: Citation, **fields: Any) -> Answer:
    """Return an answer of one claim a citation."""
    plain = Answer(
        question=Question("What is the toll?", ASKED),
        claims=tuple(Claim(each.quote, (each,)) for each in citations),
        declined=False,
        reason=None,
        confidence=0.75,
        closest=(),
        searched=12,
        as_of=datetime(2024, 5, 18, tzinfo=UTC),
        index=IDENTITY,
        model="extractive",
        seconds={"retrieving": 0.01},
    )
    return replace(plain, **fields)
