"""What a sentence is verified against, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from index.late_interaction import ContextWords
from index.retrieval import RetrievedPassage


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


def source_of(found: RetrievedPassage) -> Source:
    """Return a retrieved passage as something to verify against."""
    passage, article = found.passage, found.article
    sentences = tuple((start - passage.start, end - passage.start) for start, end in found.sentences)
    return Source(passage.text, sentences, found.words, article.title, article.publisher, article.published_at)
