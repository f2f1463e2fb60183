from __future__ import annotations

import time

import pytest

from bot.generating.language_model import Tokens
from bot.generating.rewriting import is_faithful, rewritten
from bot.questions import Exchange, Question
from prompts.loading import load_prompts
from tests.bot.generating.stand_ins import BROKEN, Reply, ScriptedModel
from tests.bot.made import ASKED

REWRITE = load_prompts().rewrite
HISTORY = (
    Exchange(
        "How much wheat did Vestrany harvest in 2023?", "Vestrany harvested 4,100 tonnes, Ida Holm said."
    ),
)


def asked(text: str, *history: Exchange) -> Question:
    return Question(text, ASKED, history=history or HISTORY)


@pytest.mark.parametrize(
    ("question", "rewrite", "faithful"),
    [
        ("and in 2024?", "How much wheat did Vestrany harvest in 2024?", True),
        ("and in 2024?", "How much Vestranian wheat was harvested in 2024?", True),
        ("who said so?", "Who said that Vestrany harvested 4,100 tonnes of wheat in 2023?", True),
        ("how old is she?", "How old is Ida Holm?", True),
        ("and in 2024?", "How much wheat did Vestrany harvest in 2025?", False),
        ("and in 2024?", "How much wheat did Oskerra harvest in 2024?", False),
        ("how old is she?", "How old is Ida Marren?", False),
    ],
)
def test_a_rewritten_question_names_nothing_new(question: str, rewrite: str, *, faithful: bool) -> None:
    assert is_faithful(rewrite, asked(question), translated=False) is faithful


@pytest.mark.parametrize(
    ("question", "rewrite", "faithful"),
    [
        ("Wie viele Kämpfer hat Vestranien?", "How many fighters does Vestrany have?", True),
        ("Wie viele Schiffe fuhren 2024 nach Elden?", "How many ships went to Elden in 2024?", True),
        ("Wie viele Schiffe fuhren 2024 nach Elden?", "How many ships went to Elden in 2023?", False),
        ("Wie viele Kämpfer hat Vestranien?", "How many fighters does Oskerra have?", False),
        ("Wie viele Kämpfer gibt es?", "How many fighters are there?", True),
    ],
)
def test_names_of_a_translated_question_may_be_spelled_otherwise(
    question: str, rewrite: str, *, faithful: bool
) -> None:
    plain = Question(question, ASKED)
    assert is_faithful(rewrite, plain, translated=True) is faithful


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("How much wheat did Vestrany harvest in 2024?", "How much wheat did Vestrany harvest in 2024?"),
        ('\n"How much wheat in 2024?"\n', "How much wheat in 2024?"),
        ("<think>Which year?\nThis one.</think>\nHow much wheat in 2024?", "How much wheat in 2024?"),
        ("**How much wheat in 2024?**", "How much wheat in 2024?"),
        ("Question: How much wheat in 2024?", "How much wheat in 2024?"),
        ("And How much wheat in 2024?", "And how much wheat in 2024?"),
        ("Vestrany: How much wheat in 2024?", "Vestrany: how much wheat in 2024?"),
        ("Vestrany in 2024, What was harvested?", "Vestrany in 2024, what was harvested?"),
        ("What did Ida Holm say?", "What did Ida Holm say?"),
        ("Sure!\nHow much wheat in 2024?", None),
        ("See https://evil.example", None),
        ("wheat " * 100, None),
        ("", None),
        ("How much wheat in 2031?", None),
        ([BROKEN], None),
    ],
)
def test_a_reply_that_is_no_plain_faithful_question_is_not_used(reply: Reply, text: str | None) -> None:
    model = ScriptedModel(reply)
    question = asked("and in 2024?")
    assert rewritten(question, model, REWRITE, time.monotonic() + 9, Tokens(), translated=False) == text
    assert "Bot: Vestrany harvested 4,100 tonnes, Ida Holm said." in model.prompts[0]
    assert "and in 2024?" in model.prompts[0]
