"""What a sentence is verified against, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import numpy as np

from index.articles import Article
from index.embedding import Encoded
from index.late_interaction import ContextWords
from index.passages import Passage, PassageSplitter, embedded_text, sentence_spans
from index.retrieval import RetrievedPassage

_NO_SPANS = np.zeros((0, 2), dtype=np.int32)
_NO_WORDS = ContextWords(_NO_SPANS, np.zeros((0, 0), dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that a sentence cites: its text, and what is known of its article.

    `sentences` says where its sentences begin and end, in characters of `text`. `words` are its words in context,
    their spans counted from the beginning of `text`; those of a heading stand before that, below 0.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    words: ContextWords
    title: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is borne out by its sources, and if not, the reasons, each a sentence of its own.

    `support` has an entry for each source: which of its sentences (from 0) says most of what the sentence says; None
    where it says nothing of it.
    """

    supported: bool
    reasons: tuple[str, ...]
    support: tuple[int | None, ...]


class SentenceVerifier(Protocol):
    """What checks sentences."""

    def verify(self, sentence: str, sources: Sequence[Source], before: str = "") -> Verdict:
        """Tell whether `sources` say what `sentence`, without markers, says; `before` is the text that it follows."""


class Encoder(Protocol):
    """What is needed of an embedding model."""

    @property
    def window(self) -> int:
        """The most tokens that it reads of a text."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def count_tokens(self, text: str) -> int:
        """Return how many tokens it makes of a text."""

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vector of each text, and those of its words."""


def source_from_text(
    text: str,
    encoder: Encoder,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published_at: datetime | None = None,
) -> Source:
    """Return a text of any length as something to verify against, read as a reindex reads an article."""
    article = Article("", title, None, publisher, (), published_at, None, None, text, "")
    words = _words(article, encoder)
    return replace(
        unread_source(text), words=words, title=title, publisher=publisher, published_at=published_at
    )


def unread_source(text: str) -> Source:
    """Return a text with its sentences, but without what a model makes of its words."""
    return Source(text, sentence_spans(Passage("", "", 0, text, 0, len(text))), _NO_WORDS)


def _words(article: Article, encoder: Encoder) -> ContextWords:
    """Return the words of an article's passages, and of its heading once: below 0, before the first of them."""
    splitter = PassageSplitter(encoder.count_tokens, encoder.window)
    passages, heading = splitter.split_article(article), splitter.heading_of(article)
    texts = [embedded_text(heading, passage.text) for passage in passages]
    if not texts:
        return ContextWords(_NO_SPANS, np.zeros((0, encoder.dimension), dtype=np.float32))
    spans, vectors = [], []
    for passage, text, encoded in zip(passages, texts, encoder.encode_in_context(texts), strict=True):
        words = encoded.words.moved(passage.end - len(text))
        own = words.spans[:, 0] >= (passage.start if passage.ordinal else -len(text))
        spans.append(words.spans[own])
        vectors.append(words.vectors[own])
    return ContextWords(np.concatenate(spans), np.concatenate(vectors))


def source_of(found: RetrievedPassage) -> Source:
    """Return a retrieved passage as something to verify against."""
    passage, article = found.passage, found.article
    sentences = tuple((start - passage.start, end - passage.start) for start, end in found.sentences)
    return Source(
        passage.text, sentences, found.words, article.title, article.publisher, article.published_at
    )
