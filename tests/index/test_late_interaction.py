from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.embedding import Embedder
from index.late_interaction import ContextWords, late_interaction, pack, similarities, unpack


def some_words(count: int, dimension: int = 384, seed: int = 0, first: int = 0) -> ContextWords:
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    spans = np.arange(first, first + 2 * count, dtype=np.int32).reshape(count, 2)
    return ContextWords(spans, vectors)


def ones(count: int) -> NDArray[np.int32]:
    return np.ones(count, dtype=np.int32)


@given(count=st.integers(0, 40), dimension=st.sampled_from([1, 7, 384]), first=st.integers(-300, 3000))
def test_packed_words_come_out_where_they_were(count: int, dimension: int, first: int) -> None:
    words = some_words(count, dimension, first=first)
    unpacked = unpack(pack(words), dimension)
    assert unpacked.spans.tolist() == words.spans.tolist()
    assert unpacked.vectors.shape == words.vectors.shape


@given(seed=st.integers(0, 1000))
def test_the_cosine_with_what_was_packed_is_right_but_for_a_small_error(seed: int) -> None:
    words, others = some_words(200, seed=seed), some_words(20, seed=seed + 1)
    mixed = words.vectors[:20] * 0.7 + others.vectors * 0.714
    mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
    errors = (unpack(pack(words), 384).vectors - words.vectors) @ mixed.T
    assert abs(errors.mean()) < 0.005
    assert errors.std() < 0.012
    own = (unpack(pack(words), 384).vectors * words.vectors).sum(axis=1)
    assert own == pytest.approx(np.ones(200), abs=0.01)


def test_a_word_takes_three_bits_a_number_and_four_bytes_for_its_place_and_fit() -> None:
    assert len(pack(some_words(10))) == 10 * (4 + 144)


def test_late_interaction_is_the_weighted_mean_of_each_words_best_match() -> None:
    question, passages = some_words(5, seed=1), [some_words(count, seed=count) for count in (30, 1, 12)]
    weights = np.array([1, 1, 4, 1, 3], dtype=np.int32)
    found = late_interaction(question, weights, [pack(each) for each in passages])
    best = [similarities(question, unpack(pack(each), 384)).max(axis=0) for each in passages]
    wanted = [(each * weights).sum() / 10 for each in best]
    assert found == pytest.approx(wanted, abs=1e-5)


def test_a_passage_without_words_matches_nothing() -> None:
    assert late_interaction(some_words(3), ones(3), [pack(some_words(0)), pack(some_words(4))])[0] == 0
    assert late_interaction(some_words(0), ones(0), [pack(some_words(4))]).tolist() == [0]
    assert late_interaction(some_words(3), ones(3), []).tolist() == []


def test_words_can_be_moved() -> None:
    assert some_words(2).moved(-10).spans.tolist() == [[-10, -9], [-8, -7]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. paid 6,500 crowns.", ["The", "U.S.", "paid", "6,500", "crowns"]),
        ("Tasmagambetov’s ISKP-K, “quoted”", ["Tasmagambetov", "s", "ISKP", "K", "quoted"]),
        ("?", []),
        ("", []),
        ("日本 ferry", ["日本", "ferry"]),
    ],
)
def test_a_word_has_one_vector_however_many_tokens_it_takes(
    embedder: Embedder, text: str, words: list[str]
) -> None:
    [encoded] = embedder.encode_in_context([text])
    assert [text[start:end] for start, end in encoded.words.spans.tolist()] == words
    assert np.allclose(np.linalg.norm(encoded.words.vectors, axis=1), 1, atol=1e-3)
    assert np.allclose(encoded.vector, embedder.encode([text])[0], atol=1e-3)


def test_words_beyond_the_window_are_left_out(embedder: Embedder) -> None:
    [encoded] = embedder.encode_in_context(["harbour " * 1000])
    assert len(encoded.words.spans) == embedder.window - 2


def test_a_name_matches_itself_better_than_another_in_its_place(embedder: Embedder) -> None:
    passage, same, other = embedder.encode_in_context(
        [
            "CSTO estimated that there were 6,500 fighters.",
            "What did CSTO estimate?",
            "What did NATO estimate?",
        ]
    )
    best_same, best_other = (similarities(each.words, passage.words).max(axis=0)[2] for each in (same, other))
    assert best_same > 0.7 > 0.55 > best_other
