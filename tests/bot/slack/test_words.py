from __future__ import annotations

import pytest

from bot.slack import words
from bot.slack.blocks import notice
from bot.slack.words import asks_nothing, searching


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("", True),
        ("  \n", True),
        ("???", True),
        ("👋", True),
        ("—", True),
        ("hi", True),
        ("Hello!", True),
        ("hey :)", True),
        ("help", True),
        ("Please help?", True),
        ("Hilfe!", True),
        ("How do I ask?", True),
        ("how can i ask you", True),
        ("How should I ask you?!", True),
        ("help me find the toll", False),
        ("Hi, what is the toll?", False),
        ("How do I ask for asylum?", False),
        ("Who helped?", False),
        ("highest dam?", False),
        ("42", False),
        ("北京?", False),
        ("toll", False),
    ],
)
def test_what_holds_no_question(text: str, nothing: bool) -> None:
    assert asks_nothing(text) == nothing


def test_the_prompt_that_is_suggested_gets_the_explanation() -> None:
    assert asks_nothing(words.HOW_DO_I_ASK)


@pytest.mark.parametrize(
    ("articles", "shown"),
    [
        (None, "Searching the articles …"),
        (0, "Searching 0 articles …"),
        (1, "Searching 1 article …"),
        (12_345, "Searching 12,345 articles …"),
    ],
)
def test_what_is_shown_meanwhile(articles: int | None, shown: str) -> None:
    assert searching(articles) == shown


@pytest.mark.parametrize(
    "said",
    [
        words.HOW_TO_ASK,
        words.WHICH_QUESTION,
        words.TOO_LATE,
        words.CANNOT_POST,
        words.FAILED.format(reason="There is no index."),
        searching(None),
    ],
)
def test_what_the_bot_says_fits_into_a_message_and_is_a_sentence(said: str) -> None:
    assert notice(said).fits
    assert said.endswith((".", "…"))
    assert "{" not in said
