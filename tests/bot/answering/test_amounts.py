from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.amounts import amount_asked, counts_people, gives_amount, lacks_amount
from index.words import stem, words


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("How many patrol boats are there?", "The Authority has 17 patrol boats.", {"counted": 1}),
        ("How many patrol boats are there?", "It expects to idle 35 boats.", {"counted": 0}),
        ("How many patrol boats are there?", "The boats sailed in 2024.", {"counted": -1}),
        ("How many died?", "At least nineteen people were killed.", {"counted": 1}),
        ("How many of the crew were saved?", "All 24 of the crew were.", {"counted": 1}),
        (
            "How many cars were there?",
            "Two of the six pins were loose, and it reached the car deck.",
            {"counted": -1},
        ),
        ("How many were killed?", "The blast killed nineteen.", {"counted": 1}),
        ("How many refugees were there?", "It has no fewer than 2,000 fighters.", {"counted": -1}),
        (
            "How many dockers were laid off?",
            "Of the dockers laid off, he said, 310 returned.",
            {"counted": 1},
        ),
        ("How many fighters were there?", "They had fighters, 4,000 of them in the hills.", {"counted": 1}),
        ("How many of the ferry's injured were there?", "Of the injured, 23 were treated.", {"counted": 1}),
        ("How many of the 37 cars were there?", "There were 37 cars.", {}),
        ("How many types were there?", "There were two kinds.", {"counted": 1}),
        ("How many?", "There were 12.", {}),
        ("How many of them were children?", "Nine of the dead were children.", {"counted": 1}),
        ("How many of them were children?", "Nine were men.", {"counted": -1}),
        ("How many of those has he agreed to?", "He agreed to three.", {}),
        ("How many of us were there?", "Three were.", {}),
        # What stands for the fighters stands at the figure.
        ("How many fighters were there?", "Six who fought were taken.", {"counted": 1}),
        ("How many fighters were there?", "In 4,000 hills there are those who fight.", {"counted": -1}),
        # A figure that counts something of its own counts nothing before it, unless that is the same.
        ("How many ships put in?", "Ships landed 22,300 tonnes of cod.", {"counted": -1}),
        ("How many ships put in?", "Ferries carried 1.62 million passengers.", {"counted": -1}),
        ("How many ships put in?", "It had 1,460 calls by ships.", {"counted": 1}),
        ("How many ships put in?", "Of the ships some 60 put in.", {"counted": 1}),
        ("How many victims were there?", "The victims were at least 14 tourists.", {"counted": 1}),
        ("How many victims were there?", "The victims, 14 tourists, were found.", {"counted": 1}),
        ("How many victims were there?", "Of the victims, he said, 14 people were found.", {"counted": 1}),
        ("What did the tunnel cost?", "It cost 13.7 billion crowns.", {"money": 1}),
        ("What did the tunnel cost?", "It took 13.7 years.", {"money": -1}),
        ("What did the tunnel cost?", "It came to 86 million over two years.", {"money": 1}),
        ("What did the tunnel cost?", "It drew 86 million visitors.", {"money": -1}),
        ("What did the tunnel cost?", "The price of it was 86,000 dracs.", {"money": 1}),
        ("What did the tunnel cost?", "It is 86,000 dracs.", {"money": -1}),
        ("What did they pay for the 9 boats?", "They paid for 9 boats.", {"money": -1}),
        ("How much did they pay?", "They paid €5.", {"money": 1}),
        ("What share of voters was for it?", "A third of them were.", {"share": 1}),
        ("What percentage was for it?", "There were 12.", {"share": -1}),
        ("Who was for it?", "There were 12.", {}),
    ],
)
def test_an_amount_is_given_or_not(question: str, sentence: str, said: dict[str, float]) -> None:
    known = {stem(word) for word in words(question)}
    assert gives_amount(amount_asked(question), sentence, known) == {
        "counted": 0,
        "money": 0,
        "share": 0,
        **said,
    }


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("What did the tunnel cost?", "It took 13.7 years.", True),
        ("What did the tunnel cost?", "It cost 13.7 billion crowns.", False),
        ("What did the tunnel cost?", "The price of it was 86,000 dracs.", False),
        ("What did the tunnel cost?", "It came to 86 million.", False),
        ("What did the tunnel cost?", "Its price is not known.", True),
        ("What will they pay for?", "They pay for the bridge.", False),
        ("Why did the price rise?", "The strike made cod scarce.", False),
        ("How much money was left?", "Nobody knew.", True),
        ("How much cod came ashore in 2022?", "The cut of 2025-26 is unlikely, unlike that of 2022.", True),
        ("How much cod came ashore in 2022?", "In 2022 it was 310 tonnes.", False),
        ("How much is known?", "Nothing at all.", False),
        ("How much more is needed?", "Plenty.", False),
        ("Who came ashore?", "The crew did.", False),
    ],
)
def test_a_sentence_lacks_the_amount_that_is_asked_for(question: str, sentence: str, lacks: bool) -> None:
    known = {stem(word) for word in words(question)}
    assert lacks_amount(amount_asked(question), sentence, known) is lacks


def test_people_may_be_called_anything() -> None:
    assert counts_people(amount_asked("How many people came?"))
    assert not counts_people(amount_asked("How many cars came?"))


@given(st.text(), st.text())
def test_what_is_given_is_between_minus_one_and_one(question: str, sentence: str) -> None:
    assert all(-1 <= value <= 1 for value in gives_amount(amount_asked(question), sentence, set()).values())
