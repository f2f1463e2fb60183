"""A stand-in for the embedding model where only what is done with its vectors is measured."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from index.arrays import Vectors
from index.embedding import Embedder, Encoded
from index.late_interaction import ContextWords
from index.words import word_spans

_POOL = 4096
_SEED = 11


class StandInEmbedder(Embedder):
    """Counts tokens as the model does, and makes vectors of the same shapes without it, a thousand texts a second.

    A word has the same vector wherever it stands, a text the mean of its words'. So texts of like words are near to one
    another, and an index of them is searched as any other.
    """

    def __init__(self, model: Embedder) -> None:
        super().__init__(model.files)
        self._standing_in_for = model
        self._pool = unit_vectors(_POOL, model.dimension)

    @property
    def window(self) -> int:
        """The model's."""
        return self._standing_in_for.window

    @property
    def dimension(self) -> int:
        """The model's."""
        return self._standing_in_for.dimension

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model makes of `text`."""
        return self._standing_in_for.count_tokens(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, of length one."""
        return np.stack([each.vector for each in self.encode_in_context(texts)])

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of each text and of its words, as many as the model would read at most."""
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> Encoded:
        spans = word_spans(text)[: self.window]
        chosen = [crc32(text[begin:end].encode(errors="replace")) % _POOL for begin, end in spans]
        vectors = self._pool[np.array(chosen, dtype=np.int64)]
        whole = vectors.sum(axis=0) if chosen else self._pool[0]
        words = ContextWords(np.array(spans, dtype=np.int32).reshape(-1, 2), vectors)
        vector = np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-9), dtype=np.float32)
        return Encoded(vector, words, np.ones(len(chosen), dtype=np.int32))


def unit_vectors(count: int, dimension: int) -> Vectors:
    """Return so many vectors of length one in no particular direction, the same each time."""
    drawn = np.random.default_rng(_SEED).standard_normal((count, dimension), dtype=np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)
