"""Whether a sentence that a language model wrote is borne out by the passages it cites, as the verifier tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.answers import Claim
from bot.evaluation.cited import cited_passages
from bot.verifying.sources import SentenceVerifier, source_of
from index.articles import Article
from index.embedding import Encoded
from index.late_interaction import ContextWords
from index.passages import Passage, embedded_text, fitted_heading


class Embedder(Protocol):
    """What is needed of an embedding model."""

    @property
    def window(self) -> int:
        """The most tokens that it reads of a text."""

    def count_tokens(self, text: str) -> int:
        """Return how many tokens it makes of a text."""

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vector of each text, and those of its words."""


class Support:
    """Verifies claims against the passages they cite, which are read under their headings as a reindex reads them."""

    def __init__(self, embedder: Embedder, verifier: SentenceVerifier) -> None:
        self._embedder = embedder
        self._verifier = verifier

    def __call__(self, claim: Claim, before: str) -> bool:
        """Tell whether the passages that `claim` cites say what it says; `before` is the text that it follows."""
        found = cited_passages(claim.citations, self._words).values()
        return self._verifier.verify(claim.text, [source_of(each) for each in found], before).supported

    def _words(self, article: Article, passage: Passage) -> ContextWords:
        heading = fitted_heading(article, self._embedder.count_tokens, self._embedder.window)
        text = embedded_text(heading, passage.text)
        return self._embedder.encode_in_context([text])[0].words.moved(len(passage.text) - len(text))
