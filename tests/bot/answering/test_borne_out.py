from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering.asked import read_question
from bot.answering.borne_out import missing_names, rounds_to
from index.embedding import Embedder
from tests.bot.made import article, found, passage


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("What did CSTO say?", "NATO said no.", ["CSTO"]),
        ("What did CSTO say?", "The CSTO said no.", []),
        ("What did CSTO say?", "The Collective Security Treaty Organisation said no.", []),
        ("What did the European Union say?", "The EU said no.", []),
        ("What did the US say?", "America said no.", []),
        ("What did Oskerra say?", "The Oskerran government said no.", []),
        ("What did Port Eldin say?", "Port Elden said no.", ["Port Eldin"]),
        ("What did Ilsa Marren say?", "Ilsa Holm said no.", ["Ilsa Marren"]),
        ("What did Bismark say?", "Bismarck said no.", []),
        ("What was said in 2023?", "It was said in 2024.", ["2023"]),
        ("Was it more than 11 million?", "It was 11.8 million.", []),
        ("Was it 12 million?", "It was 11 million.", ["12"]),
        ("What did Sarrow say?", "", ["Sarrow"]),
        ("How tall is the Eiffel Tower?", "The tower of Skarrow Point is 38 metres tall.", ["Eiffel Tower"]),
        ("How tall is the Eiffel Tower?", "The Tower is 330 metres tall.", []),
        ("How tall is the Eiffel Tower?", "Eiffel built the tower.", []),
        ("Who led the Sarrow Police?", "The police of Sarrow had no head.", []),
        ("Who is Prime Minister?", "The minister resigned.", []),
    ],
)
def test_names_that_the_passage_does_not_bear_out_are_missing(
    embedder: Embedder, question: str, text: str, missing: list[str]
) -> None:
    source = replace(found(article(text or "-")), words=embedder.encode_in_context([text])[0].words)
    assert (
        missing_names(read_question(question, embedder.encode_in_context([question])[0]), source) == missing
    )


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many inspectors does the Oskerra ministry employ?", []),
        ("How many inspectors are there in Oskerra?", ["Oskerra"]),
        ("How many inspectors does the Vestrany ministry employ?", ["Vestrany"]),
    ],
)
def test_a_country_that_the_article_is_about_need_not_be_named_again(
    embedder: Embedder, question: str, missing: list[str]
) -> None:
    whole = article("Oskerra votes in May. The ministry employs 22 inspectors.")
    last = passage(whole, start=whole.text.index("The ministry"))
    source = replace(found(last, whole), words=embedder.encode_in_context([last.text])[0].words)
    assert (
        missing_names(read_question(question, embedder.encode_in_context([question])[0]), source) == missing
    )


@pytest.mark.parametrize(
    ("written", "asked", "rounds"),
    [
        ("11.8", "11", True),
        ("4.96", "5", True),
        ("11", "12", False),
        ("2024", "2023", False),
        ("3.1", "x", False),
    ],
)
def test_a_figure_may_be_given_roughly(written: str, asked: str, rounds: bool) -> None:
    assert rounds_to(written, asked) is rounds
