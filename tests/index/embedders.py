"""Embedding models for processes that must not wait for the real one: its own vectors, recorded, or made-up ones."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.embedding import Embedder, Encoded
from index.late_interaction import ContextWords
from index.model_files import DEFAULT_MODEL, locate_model


class Recording(Embedder):
    """The real model, which writes down what it is asked and what it says."""

    def __init__(self, real: Embedder) -> None:
        super().__init__(real.files)
        self._real = real
        self._counts: dict[str, int] = {}
        self._encoded: dict[str, Encoded] = {}

    @property
    def window(self) -> int:
        return self._real.window

    @property
    def dimension(self) -> int:
        return self._real.dimension

    def count_tokens(self, text: str) -> int:
        self._counts[text] = self._real.count_tokens(text)
        return self._counts[text]

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        new = [text for text in texts if text not in self._encoded]
        self._encoded |= dict(zip(new, self._real.encode_in_context(new), strict=True)) if new else {}
        return [self._encoded[text] for text in texts]

    def save(self, file: Path) -> None:
        """Write down all that was said."""
        said = {
            "window": self.window,
            "dimension": self.dimension,
            "counts": self._counts,
            "encoded": self._encoded,
        }
        file.write_bytes(pickle.dumps(said))


class WithoutModel(Embedder):
    """Works in threads as the real one does, and need not import torch to know in how many."""

    @contextmanager
    def side_by_side(self) -> Iterator[Executor]:
        with ThreadPoolExecutor(2) as threads:
            yield threads


class Recorded(WithoutModel):
    """What a `Recording` has heard; it knows nothing else."""

    def __init__(self, file: Path) -> None:
        super().__init__(locate_model(DEFAULT_MODEL))
        self._said = pickle.loads(file.read_bytes())  # noqa: S301 - written by a test

    @property
    def window(self) -> int:
        return int(self._said["window"])

    @property
    def dimension(self) -> int:
        return int(self._said["dimension"])

    def count_tokens(self, text: str) -> int:
        return int(self._said["counts"][text])

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        return [self._said["encoded"][text] for text in texts]


class MadeUp(WithoutModel):
    """A vector for each text that only depends on it, and means nothing; no words."""

    window, dimension = 256, 384

    def __init__(self) -> None:
        super().__init__(locate_model(DEFAULT_MODEL))

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        words = ContextWords(np.zeros((0, 2), dtype=np.int32), np.zeros((0, 384), dtype=np.float32))
        return [Encoded(_vector(text), words, np.zeros(0, dtype=np.int32)) for text in texts]


def _vector(text: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
    vector = np.random.default_rng(seed).normal(size=384).astype(np.float32)
    return vector / np.linalg.norm(vector)
