from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.amounts import amount_asked, gives_amount, lacks_count
from index.words import stem, words


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("How many patrol boats are there?", "The Authority has 17 patrol boats.", {"counted": 1}),
        ("How many patrol boats are there?", "It expects to idle 35 boats.", {"counted": 0}),
        ("How many patrol boats are there?", "The boats sailed in 2024.", {"counted": -1}),
        ("How many died?", "At least nineteen people were killed.", {"counted": 1}),
        ("How many of the crew were saved?", "All 24 of the crew were.", {"counted": 1}),
        ("How many?", "There were 12.", {}),
        ("What did the tunnel cost?", "It cost 13.7 billion crowns.", {"money": 1}),
        ("What did the tunnel cost?", "It took 13.7 years.", {"money": -1}),
        ("How much did they pay?", "They paid €5.", {"money": 1}),
        ("What share of voters was for it?", "A third of them were.", {"share": 1}),
        ("What percentage was for it?", "There were 12.", {"share": -1}),
        ("Who was for it?", "There were 12.", {}),
    ],
)
def test_an_amount_is_given_or_not(question: str, sentence: str, said: dict[str, float]) -> None:
    assert gives_amount(amount_asked(question), sentence) == {"counted": 0, "money": 0, "share": 0, **said}


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        (
            "How many cars were on the ferry?",
            "Two of the six pins were loose, and the sea reached the car deck.",
            True,
        ),
        ("How many cars were on the ferry?", "The ferry carried 46 cars.", False),
        ("How many were killed?", "The blast killed nineteen.", False),
        ("How many refugees were there?", "It has no fewer than 2,000 fighters.", True),
        ("How many dockers lost their jobs?", "Of the dockers, he said, 310 did.", False),
        (
            "How many fighters are in the hills?",
            "They had fighters there, 4,000 of them in the hills.",
            False,
        ),
        ("How many of the ferry's injured were there?", "Of the injured, 23 were treated.", False),
        ("How many of the 37 injured were there?", "There were 37 injured.", True),
        ("How many people came?", "It carried 2.7 million passengers.", False),
        ("How much did it cost?", "It sank.", False),
    ],
)
def test_a_figure_must_stand_near_what_is_counted(question: str, sentence: str, lacks: bool) -> None:
    known = {stem(word) for word in words(question)}
    assert lacks_count(amount_asked(question), sentence, known) is lacks


@given(st.text(), st.text())
def test_what_is_given_is_between_minus_one_and_one(question: str, sentence: str) -> None:
    assert all(-1 <= value <= 1 for value in gives_amount(amount_asked(question), sentence).values())
