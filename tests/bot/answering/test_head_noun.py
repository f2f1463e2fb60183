from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.head_noun import noun_asked
from index.words import words


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("What was the turnout in the run-off?", "turnout"),
        ("What's the toll for a car?", "toll"),
        ("What is Oskerra’s budget deficit?", "deficit"),
        ("What are the new rules for ferries?", "rules"),
        ("What is the capital of Oskerra?", "capital"),
        ("Which is the largest harbour?", "harbour"),
        ("Which company owns the ferry?", "company"),
        ("Which Oskerran company owns the ferry?", "company"),
        ("In which year was the dam built?", "year"),
        ("What percentage of voters came?", "percentage"),
        # It could be anything, or there is none.
        ("What kind of ship is she?", None),
        ("What did the minister say?", None),
        ("What happened?", None),
        ("What is it?", None),
        ("At what time does she sail?", None),
        ("Who is the captain?", None),
        ("How many ships were there?", None),
        ("What?", None),
        ("", None),
    ],
)
def test_the_noun_that_is_asked_for_is_read_from_the_question(question: str, noun: str | None) -> None:
    assert noun_asked(question) == noun


@given(st.one_of(st.text(), st.text(st.sampled_from("what is the toll of ?’s X"))))
def test_the_noun_is_a_word_of_the_question(question: str) -> None:
    noun = noun_asked(question)
    assert noun is None or noun in words(question)
