from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import Embedder
from index.rotation import rotated


@given(dimension=st.sampled_from([1, 7, 12, 300, 384, 768, 1024]), seed=st.integers(0, 100))
def test_no_cosine_changes(dimension: int, seed: int) -> None:
    vectors = np.random.default_rng(seed).standard_normal((6, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    turned = rotated(vectors)
    assert turned @ turned.T == pytest.approx(vectors @ vectors.T, abs=1e-4)


def test_it_is_the_same_on_each_machine() -> None:
    turned = rotated(np.eye(1, 384, dtype=np.float32))[0]
    assert turned[:128] == pytest.approx(np.full(128, turned[0]))
    assert not turned[128:].any()


def test_signs_say_more_of_words_that_are_rotated(embedder: Embedder) -> None:
    words = embedder.encode_in_context(
        ["The council of Corvin met on Monday to speak of the old stone bridge."]
    )[0].words
    share = (words.vectors > 0).mean(axis=0)
    assert 0.3 < share.mean() < 0.7
