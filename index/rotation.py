"""A fixed rotation of word vectors, after which each number says as much as any other, and three bits of it do.

Models put what they mean unevenly into the numbers of a vector, some of which are much the same for nearly all words.
Random signs and a Hadamard transform spread it evenly, and change no cosine (Gao and Long,
"RaBitQ", SIGMOD 2024). The signs are the same on each machine.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from index.arrays import Vectors

_LARGEST = 128
"""Numbers that are mixed with one another; mixing all 384 was no better and takes three times as long."""


def rotated(vectors: Vectors) -> Vectors:
    """Return the vectors (n × dimension) rotated; any two have the cosine that they had."""
    dimension = vectors.shape[1]
    block = min(_LARGEST, dimension & -dimension)
    signs, hadamard = _parts(dimension, block)
    mixed = (vectors * signs).reshape(-1, block) @ hadamard
    return np.asarray(mixed.reshape(vectors.shape), dtype=np.float32)


@lru_cache(maxsize=4)
def _parts(dimension: int, block: int) -> tuple[Vectors, Vectors]:
    drawn = np.random.PCG64(384).random_raw(dimension)
    signs = np.where(drawn >> np.uint64(63), np.float32(1), np.float32(-1))
    hadamard = np.ones((1, 1), dtype=np.float32)
    while len(hadamard) < block:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    return signs, np.asarray(hadamard / np.sqrt(block), dtype=np.float32)
