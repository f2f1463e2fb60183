from __future__ import annotations

import random

import pytest

from bot.evaluation.drafting.collection import Collection, SourceArticle
from bot.evaluation.drafting.details import Details
from bot.evaluation.drafting.names import read_names
from bot.evaluation.drafting.proposing import candidates
from bot.evaluation.drafting.swapping import Swapper
from bot.evaluation.drafting.word_classes import MONTHS
from tests.bot.evaluation.drafting.asked import CONTEXT


def swapped(question: str, *texts: str) -> dict[str, str]:
    """Return the near misses of a question that texts answer, by the kind of what was exchanged."""
    collection = Collection(
        [SourceArticle(f"{number}.txt", text) for number, text in enumerate((*texts, CONTEXT))]
    )
    names = read_names([sentence.tokens for sentence in collection.sentences])
    found = candidates(collection, names)
    chosen = next(each for each in found if each.proposal.question == question)
    swapper = Swapper(collection, Details(collection, names, found, random.Random(0)))
    return {swap.kind: swap.question for swap in swapper.swaps(chosen)}


APART = "They came. They went."
"""Sentences between two, so that they are no neighbours."""


@pytest.mark.parametrize(
    ("text", "question", "kind", "near_misses"),
    [
        (
            "Lorvane Steel hired 310 dockers for the harbour of Maleth.",
            "How many dockers did Lorvane Steel hire for the harbour of Maleth?",
            "place",
            {
                f"How many dockers did Lorvane Steel hire for the harbour of {other}?"
                for other in ("Dovrin", "Vestrany")
            },
        ),
        (
            "Ilsa Marren sold 310 shares in the paper mill.",
            "How many shares did Ilsa Marren sell in the paper mill?",
            "person",
            {"How many shares did Oren Halstrup sell in the paper mill?"},
        ),
        (
            "The Finance Ministry hired 310 inspectors for ferries in the strait. "
            f"{APART} The Interior Ministry hired nobody.",
            "How many inspectors did the Finance Ministry hire for ferries in the strait?",
            "body",
            {"How many inspectors did the Interior Ministry hire for ferries in the strait?"},
        ),
        (
            "Lorvane Steel hired 310 dockers for the harbour in 2024.",
            "How many dockers did Lorvane Steel hire for the harbour in 2024?",
            "year",
            {
                f"How many dockers did Lorvane Steel hire for the harbour in {year}?"
                for year in (2019, 2020, 2021, 2022, 2023, 2025, 2026, 2027, 2028, 2029)
            },
        ),
        (
            "Lorvane Steel hired 310 dockers for the harbour in March.",
            "How many dockers did Lorvane Steel hire for the harbour in March?",
            "month",
            {
                f"How many dockers did Lorvane Steel hire for the harbour in {month}?"
                for month in MONTHS
                if month not in ("March", "May")
            },
        ),
        (
            f"Lorvane Steel hired 310 cranes for the harbour. {APART} Farmers sold 12 barges to people in Dovrin.",
            "How many cranes did Lorvane Steel hire for the harbour?",
            "noun",
            {"How many barges did Lorvane Steel hire for the harbour?"},
        ),
    ],
)
def test_a_detail_is_exchanged_for_another_of_its_kind(
    text: str, question: str, kind: str, near_misses: set[str]
) -> None:
    assert swapped(question, text)[kind] in near_misses


@pytest.mark.parametrize(
    ("text", "question", "kind"),
    [
        (
            "Lorvane Steel hired 310 dockers for the harbour of Maleth. Dockers for the harbour of Dovrin were "
            "hired by Lorvane Steel as well, and so they were in Vestrany.",
            "How many dockers did Lorvane Steel hire for the harbour of Maleth?",
            "place",
        ),
        (
            "The Department of Public Safety hired 310 inspectors for ferries in the strait.",
            "How many inspectors did the Department of Public Safety hire for ferries in the strait?",
            "body",
        ),
        (
            "Lorvane Steel hired 310 dockers for the 2024-25 season of the harbour.",
            "How many dockers did Lorvane Steel hire for the 2024-25 season of the harbour?",
            "year",
        ),
        (
            "Captain Ilsa Marren sold 310 shares in the paper mill.",
            "How many shares did Captain Ilsa Marren sell in the paper mill?",
            "person",
        ),
    ],
)
def test_nothing_is_exchanged_that_the_articles_say_as_well_or_that_is_part_of_something(
    text: str, question: str, kind: str
) -> None:
    assert kind not in swapped(question, text)
