from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verifying.excerpts import written
from bot.verifying.reading import read
from bot.verifying.speakers import speakers_in


def named(text: str) -> list[str]:
    reading = read(text)
    return [written(reading, speaker.words) for speaker in speakers_in(reading)]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ida Holm said the toll would rise.", ["Ida Holm"]),
        ("The toll would rise, Ida Holm said.", ["Ida Holm"]),
        ("The toll would rise, said Ida Holm.", ["Ida Holm"]),
        ("“It will rise,” said Ida Holm on Monday.", ["Ida Holm"]),
        ("Ida Holm, the head of the port, said it would rise.", ["Ida Holm, the head of the port"]),
        ("The toll will rise, said Ida Holm, head of the port.", ["Ida Holm, head of the port"]),
        ("The port, which Ida Holm runs, said so.", ["The port"]),
        ("The offer was rejected, their union said.", ["their union"]),
        ("The port opened a quay and said it was full.", ["The port"]),
        ("According to Ida Holm, the toll will rise.", ["Ida Holm"]),
        ("The toll will rise, according to the harbour office.", ["the harbour office"]),
        ("The cost, as estimated by the harbour office, is high.", ["the harbour office"]),
        ("Ida Holm's estimate is 40 boats.", ["Ida Holm"]),
        ("The mayor, Ida Holm, told reporters the toll would rise.", ["The mayor, Ida Holm"]),
        ("Daniel Forde, an astronomer, said the comet was bright.", ["Daniel Forde, an astronomer"]),
        ("Holm said it was late. She added that it was dark.", ["Holm", "Holm"]),
        ("The toll will rise from May on, officials said.", ["officials"]),
        ("“It will rise,” said harbour master Ida Holm.", ["harbour master Ida Holm"]),
        ("‘We cannot ask,’ said Ida Holm, a spokesman for Oxcare.", ["Ida Holm, a spokesman for Oxcare"]),
        ("Holm's lawyer, Pavel Ostrin, said the port intended to appeal.", ["Holm's lawyer, Pavel Ostrin"]),
        ("Ida Holm said they had “asked for it”.", ["Ida Holm"]),
        ("The port was sold, citing climate risks.", []),
        ("The WHO said the toll would rise.", ["The WHO"]),
        ("According to Ida Holm, head of the port, the toll will rise.", ["Ida Holm, head of the port"]),
        (
            "Ida Holm, the head of the port, said last year that Oxcare was late.",
            ["Ida Holm, the head of the port"],
        ),
        ("The toll rises in May.", []),
        ("Two men confirmed to have died were sailors.", []),
        ("The port added two boats.", []),
        ("The port added that two boats were late.", ["The port"]),
        ("It is said to be old.", []),
    ],
)
def test_the_speakers_of_a_text_are_found(text: str, speakers: list[str]) -> None:
    assert named(text) == speakers


@pytest.mark.parametrize("name", ["May", "Will", "On", "In"])
def test_a_name_that_is_spelled_like_a_small_word_is_no_trouble(name: str) -> None:
    speakers_in(read(f"“It will rise,” said {name} on Monday."))


@given(
    st.lists(
        st.sampled_from(
            [*"said Holm , . the that and “ ” according to who May a an told ' s ;".split(), "\n"]
        )
    )
)
def test_speakers_of_any_words_lie_within_them(words: list[str]) -> None:
    reading = read(" ".join(words))
    for speaker in speakers_in(reading):
        assert speaker.words
        assert all(0 <= number < len(reading.words) for number in (*speaker.words, speaker.verb))
        assert 0 <= speaker.sentence < len(reading.sentences)
