from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.directions import turned_round

FLED = "How many people fled from Oskerra into Vestrany?"
SAILED = "How many ships sailed from Port Elden to Skarrow?"


@pytest.mark.parametrize(
    ("question", "sentence", "turned"),
    [
        (FLED, "Some 900 fled from Vestrany into Oskerra.", "to Oskerra"),
        (FLED, "Some 900 left Vestrany for Oskerra.", "to Oskerra"),
        (FLED, "Some 900 Vestrans went to the Oskerran border.", "to Oskerra"),
        (FLED, "Some 900 came home from Vestrany.", "from Vestrany"),
        (FLED, "Some 900 fled from Oskerra into Vestrany.", None),
        (FLED, "Some 900 left Oskerra for Vestrany.", None),
        (FLED, "Some 900 fled out of Oskerra, and back to Oskerra.", None),
        (FLED, "Some 900 Oskerrans fled.", None),
        (FLED, "Some 900 fled from Corvin into Dunmere.", None),
        ("How many people fled from Oskerra?", "Some 900 fled to Oskerra.", None),
        ("How many people fled into Oskerra?", "Some 900 fled from Oskerra.", None),
        (SAILED, "Twelve sailed from Skarrow to Port Elden.", "to Port Elden"),
        (SAILED, "Twelve sailed from Port Elden.", None),
        (SAILED, "Twelve sailed to Port Eldin.", None),
    ],
)
def test_the_way_back_is_told_from_the_way_there(question: str, sentence: str, turned: str | None) -> None:
    assert turned_round(question, sentence) == turned


WORDS = (
    "from ",
    "to ",
    "into ",
    "left ",
    "for ",
    "the ",
    "Oskerra ",
    "Port Elden ",
    "Skarrow",
    "’",
    "-",
    ". ",
)
TEXTS = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=8).map("".join))


@given(TEXTS, TEXTS)
def test_what_is_turned_round_is_named_in_the_question(question: str, sentence: str) -> None:
    turned = turned_round(question, sentence)
    if turned:
        way, _, name = turned.partition(" ")
        assert way in {"to", "from"}
        assert name in question


@given(TEXTS)
def test_no_text_is_itself_turned_round(text: str) -> None:
    assert turned_round(text, text) is None
