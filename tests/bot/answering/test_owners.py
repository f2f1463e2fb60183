from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.owners import other_owner

DEFICIT = "How high is Oskerra's deficit?"


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        (DEFICIT, "Vestrany's deficit rose to four percent.", ("Vestrany", "Oskerra")),
        (DEFICIT, "Vestrany’s deficit rose.", ("Vestrany", "Oskerra")),
        (DEFICIT, "Vestrany's deficit is larger than Oskerra's.", None),
        (DEFICIT, "The Oskerran deficit is larger than Vestrany's deficit.", None),
        (DEFICIT, "Vestrany's surplus rose.", None),
        (DEFICIT, "The deficit rose.", None),
        ("What is eBay's profit?", "eBay's profit rose.", None),
        ("What's the toll for cars?", "Elden's toll for cars rose.", None),
        ("How high is the deficit?", "Vestrany's deficit rose.", None),
        ("How many of the Reds' players left?", "Four of the Blues' players left.", ("Blues", "Reds")),
        ("What are Ilsa Marren's plans?", "It held up Ida Holm's plans.", ("Ida Holm", "Ilsa Marren")),
    ],
)
def test_what_is_another_ones_is_told(question: str, sentence: str, found: tuple[str, str] | None) -> None:
    assert other_owner(question, sentence) == found


WORDS = ("Oskerra", "Port Elden", "Reds", "'s", "’", "'", " deficit", " s", " x-", " ", ". ")
TEXTS = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=8).map("".join))


@given(TEXTS, TEXTS)
def test_an_owner_stands_where_it_is_said_to_stand(question: str, sentence: str) -> None:
    found = other_owner(question, sentence)
    if found:
        assert found[0] in sentence
        assert found[1] in question


@given(TEXTS)
def test_no_text_has_another_owner_than_itself(text: str) -> None:
    assert other_owner(text, text) is None
