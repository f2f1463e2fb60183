from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.verifying.reading import read, read_sentences

TEXT = "Ola Berg left, but “They stay”, WHO says. Nobody asked who."


def test_words_know_where_they_stand() -> None:
    reading = read(TEXT)
    assert [word.text for word in reading.words if word.sentence == 1] == ["Nobody", "asked", "who"]
    assert [word.text for word in reading.words if word.opens] == ["Ola", "They", "Nobody"]
    assert [word.text for word in reading.words if word.named] == ["Ola", "Berg", "WHO", "Nobody"]
    assert [word.text for word in reading.words if word.plain == "who" and word.is_content] == ["WHO"]


def test_commas_and_joining_words_set_segments_apart_and_fewer_of_them_clauses() -> None:
    words = read("Boats sank, and cars burned, badly, while nobody watched.").words
    segments = [
        [word.text for word in words if word.segment == number] for number in {w.segment for w in words}
    ]
    assert [part for part in segments if "sank" in part] == [["Boats", "sank"]]
    assert [part for part in segments if "badly" in part] == [["badly"]]
    clause = {word.text: word.clause for word in words}
    assert clause["sank"] < clause["burned"] == clause["badly"] < clause["watched"]


def test_stretches_are_found_by_characters_and_by_stems() -> None:
    reading = read(TEXT)
    assert reading.within(TEXT.index("Berg"), TEXT.index("but")) == (1, 2)
    assert reading.within(3, 4) is None
    assert reading.written(0, 2) == "Ola Berg left"
    assert reading.between(1, 3) == " left, "
    assert list(reading.places_of(["they", "stay"])) == [4]
    assert list(reading.places_of(["stay", "they"])) == []


def test_a_passage_is_read_once() -> None:
    sentences = read(TEXT).sentences
    assert read_sentences(TEXT, sentences) is read_sentences(TEXT, sentences)


@given(text=st.text(max_size=80))
def test_any_text_is_read_word_by_word(text: str) -> None:
    words = read(text).words
    assert [word.number for word in words] == list(range(len(words)))
    assert all(text[word.start : word.end] == word.text for word in words)
    for field in ("start", "sentence", "clause", "segment"):
        numbers = [getattr(word, field) for word in words]
        assert numbers == sorted(numbers)
