from __future__ import annotations

import numpy as np
import pytest

from bot.evaluation.speed.stand_in import StandInEmbedder
from index.embedding import Embedder

TEXTS = ["The toll rose to nine crowns.", "", "…", "word " * 1000]


@pytest.fixture(scope="module")
def stand_in(embedder: Embedder) -> StandInEmbedder:
    return StandInEmbedder(embedder)


def test_it_makes_arrays_of_the_model_s_shapes(stand_in: StandInEmbedder, embedder: Embedder) -> None:
    made, real = (each.encode_in_context(TEXTS[:1])[0] for each in (stand_in, embedder))
    assert made.vector.shape == real.vector.shape
    assert made.vector.dtype == real.vector.dtype
    assert np.array_equal(made.words.spans, real.words.spans)
    assert made.words.vectors.shape == real.words.vectors.shape
    assert made.words.vectors.dtype == real.words.vectors.dtype
    assert (stand_in.window, stand_in.dimension) == (embedder.window, embedder.dimension)
    assert stand_in.count_tokens(TEXTS[0]) == embedder.count_tokens(TEXTS[0])


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_has_a_vector_of_length_one(stand_in: StandInEmbedder, text: str) -> None:
    assert np.linalg.norm(stand_in.encode([text])[0]) == pytest.approx(1, abs=1e-5)
    assert len(stand_in.encode_in_context([text])[0].words.vectors) <= stand_in.window


def test_texts_of_like_words_are_near_to_one_another(stand_in: StandInEmbedder) -> None:
    toll, more, snow = stand_in.encode([TEXTS[0], "The toll rose to ten crowns.", "Snow fell in May."])
    assert toll @ more > 0.5 > toll @ snow
