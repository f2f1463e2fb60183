"""A stand-in for the embedding model where thousands of passages are embedded and their vectors do not matter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding import Embedder, Encoded
from index.late_interaction import ContextWords


class Hashes(Embedder):
    """Counts tokens as the real model does; its vectors are random, and those of words are none."""

    def __init__(self, real: Embedder) -> None:
        super().__init__(real.files)
        self._real = real
        self._chosen = np.random.default_rng(0)

    @property
    def window(self) -> int:
        return self._real.window

    @property
    def dimension(self) -> int:
        return self._real.dimension

    def count_tokens(self, text: str) -> int:
        return self._real.count_tokens(text)

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        vectors = self._chosen.normal(size=(len(texts), self.dimension)).astype(np.float32)
        no_words = ContextWords(np.zeros((0, 2), np.int32), np.zeros((0, self.dimension), np.float32))
        return [
            Encoded(vector, no_words, np.zeros(0, np.int32))
            for vector in vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        ]
