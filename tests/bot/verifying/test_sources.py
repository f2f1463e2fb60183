from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.verifying.sources import source_from_text
from index.embedding import Embedder
from index.passages import heading


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


def test_the_heading_stands_before_the_text_once(embedder: Embedder) -> None:
    text = " ".join(f"Harbour number {number} counted its boats on Monday." for number in range(100))
    moment = datetime(2024, 5, 13, tzinfo=UTC)
    source = source_from_text(text, embedder, title="Boats", publisher="Elden Mail", published_at=moment)
    spans = source.words.spans[:, 0].tolist()
    above = f"{heading('Boats', 'Elden Mail', moment)}\n"
    assert [above[start:].split()[0].strip(".,") for start in spans if start < 0] == [
        "Boats", "Elden", "Mail", "13", "May", "2024"
    ]  # fmt: skip
    assert spans == sorted(set(spans))
    assert (source.title, source.publisher, source.published_at) == ("Boats", "Elden Mail", moment)


def test_what_has_no_spaces_is_read_to_its_end(embedder: Embedder) -> None:
    text = "理事会は会合を開いた" * 200
    source = source_from_text(text, embedder)
    assert source.words.spans[-1].tolist()[1] == len(text)
