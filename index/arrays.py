"""The arrays that vectors travel in, and the bytes that they are kept as."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit vectors, one a row."""

_KEPT = np.dtype("<f2")


def rounded(vectors: Vectors) -> Vectors:
    """Return vectors as they are after they were kept: within a thousandth of each number."""
    return np.asarray(vectors.astype(_KEPT), dtype=np.float32)


def packed_vector(vector: Vectors) -> bytes:
    """Return the bytes that a vector is kept as, two a number."""
    return vector.astype(_KEPT).tobytes()


def unpacked_vectors(packed: Sequence[bytes]) -> Vectors:
    """Return the vectors that were kept as these bytes, one a row; all of one length, and at least one."""
    return np.frombuffer(b"".join(packed), dtype=_KEPT).astype(np.float32).reshape(len(packed), -1)
