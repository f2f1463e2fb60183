from __future__ import annotations

import pytest

from bot.verifying.sources import source_from_text
from index.embedding import Embedder


def test_a_text_is_cut_into_sentences_and_words_in_their_places(embedder: Embedder) -> None:
    text = "  ELDEN – Boats sank. Nobody died.\n"
    source = source_from_text(text, embedder)
    assert [text[start:end] for start, end in source.sentences] == ["Boats sank.", "Nobody died."]
    words = [text[start:end] for start, end in source.words.spans]
    assert words == ["ELDEN", "Boats", "sank", "Nobody", "died"]
    assert len(source.words.vectors) == len(words)


def test_a_text_longer_than_the_model_s_window_is_read_to_its_end(embedder: Embedder) -> None:
    text = " ".join(f"Harbour number {number} counted its boats on Monday." for number in range(100))
    source = source_from_text(text, embedder)
    assert len(source.sentences) == 100
    assert text[source.words.spans[0][0] :].startswith("Harbour number 0")
    assert source.words.spans[-1][1] == len(text) - 1
    assert len(source.words.spans) == 800


@pytest.mark.parametrize("text", ["", " \n"])
def test_of_nothing_there_are_no_words(embedder: Embedder, text: str) -> None:
    source = source_from_text(text, embedder)
    assert (source.sentences, len(source.words.spans)) == ((), 0)
