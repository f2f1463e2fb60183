"""What a sentence is verified against, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Protocol

import numpy as np

from index.embedding import Encoded
from index.late_interaction import ContextWords
from index.retrieval import RetrievedPassage
from index.sentences import split_sentences

_READ_AT_ONCE = 1_200
"""Characters of a text that is no passage of an index; they fit the embedding model's window."""


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

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vector of each text, and those of its words."""


def source_from_text(text: str, encoder: Encoder) -> Source:
    """Return a text of which nothing else is known as something to verify against; it may be of any length."""
    sentences = tuple((each.start, each.end) for each in split_sentences(text))
    edges = [*_read_from(text, sentences), len(text)]
    parts = [text[start:end] for start, end in pairwise(edges)]
    words = [
        each.words.moved(start) for each, start in zip(encoder.encode_in_context(parts), edges, strict=False)
    ]
    spans, vectors = [each.spans for each in words], [each.vectors for each in words]
    return Source(text, sentences, ContextWords(np.concatenate(spans), np.concatenate(vectors)))


def _read_from(text: str, sentences: Sequence[tuple[int, int]]) -> list[int]:
    """Return where the parts begin in which a text is read: as many sentences each as can be read at once."""
    edges = [len(text) - len(text.lstrip())]
    for start, end in sentences[1:]:
        if end - edges[-1] > _READ_AT_ONCE:
            edges.append(start)
    return edges


def source_of(found: RetrievedPassage) -> Source:
    """Return a retrieved passage as something to verify against."""
    passage, article = found.passage, found.article
    sentences = tuple((start - passage.start, end - passage.start) for start, end in found.sentences)
    return Source(
        passage.text, sentences, found.words, article.title, article.publisher, article.published_at
    )
