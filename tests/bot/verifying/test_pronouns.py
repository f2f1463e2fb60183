from __future__ import annotations

import pytest

from bot.verifying.pronouns import with_name


@pytest.mark.parametrize(
    ("sentence", "before", "read"),
    [
        ("He said it would last.", "General Sidorov estimated 6,500.", "General Sidorov said it would last."),
        (
            "He also said it would last.",
            "It ends, minister Ada Berg said. It began in May.",
            "Ada Berg also said it would last.",
        ),
        ("She was born in Torsk.", "Ada Berg won the vote.", "Ada Berg was born in Torsk."),
        ("It fell by 3 percent.", "Rovik Steel made a loss.", "Rovik Steel fell by 3 percent."),
    ],
)
def test_a_pronoun_is_read_as_the_last_speaker_or_subject(sentence: str, before: str, read: str) -> None:
    assert with_name(sentence, before) == read


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("He said it would last.", ""),
        ("He said it would last.", "The river rose."),
        ("The talks ended.", "Sidorov said so."),
        ("He, too, was late.", "Sidorov said so."),
        ("She’s ill.", "Ada Berg said so."),
        ("It rose by 3 percent.", "Exports fell, Ada Berg said."),
        ("It is raining.", "On Monday the river rose."),
        ("They said so.", "The bridge was shut, the Torsk police said."),
    ],
)
def test_a_sentence_stays_as_it_is_where_it_is_not_certain_who_is_meant(sentence: str, before: str) -> None:
    assert with_name(sentence, before) == sentence
