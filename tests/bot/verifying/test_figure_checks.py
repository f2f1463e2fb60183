from __future__ import annotations

import pytest

from bot.verifying.figure_checks import figure_reasons
from bot.verifying.sources import source_from_text
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

STORM = (
    "At least 58 people died when the storm reached Amber on Monday, and up to 2,500 houses were damaged. "
    "Rescuers evacuated 40 percent of the town's 6,480 people. Winds of 120 kilometres per hour were measured. "
    "Repairs will cost $3.1 million, and the winner of Sunday's race, who finished in 2:21:43, gave a tenth of it."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "At least fifty-eight people died.",
        "Up to two and a half thousand houses were damaged.",
        "Nearly 6,500 people live in the town.",
        "More than 6,000 people live in the town.",
        "The winds reached 120 km per hour.",
        "Repairs will cost 3.1 million dollars.",
        "The winner finished in 2:21:43.",
        "He gave 10 percent of it.",
        "Nobody counted the boats.",
    ],
)
def test_a_figure_of_the_passage_is_borne_out_however_it_is_written(
    embedder: Embedder, sentence: str
) -> None:
    assert list(figure_reasons(aligned(embedder, sentence, STORM))) == []


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("At least 59 people died.", "No cited passage gives 59."),
        ("Up to 58 people died.", "The passages say “At least 58”, not “Up to 58”."),
        ("At least 2,500 houses were damaged.", "The passages say “up to 2,500”, not “At least 2,500”."),
        ("Exactly 58 people died.", "The passages say “At least 58”, not “Exactly 58”."),
        ("Winds of 120 miles were measured.", "The passages say “120 kilometres”, not “120 miles”."),
        ("Repairs will cost £3.1 million.", "The passages say “$3.1 million”, not “£3.1 million”."),
        ("The winner finished in 2:21:34.", "No cited passage gives 2:21:34."),
        ("The fee is set per tonne.", "The passages give this per hour, not per tonne."),
        (
            "At least 58 houses were damaged.",
            "The passages give 58 for something else; for this they give up to 2,500 houses.",
        ),
    ],
)
def test_a_figure_that_differs_is_given_with_what_the_passage_says(
    embedder: Embedder, sentence: str, reason: str
) -> None:
    assert list(figure_reasons(aligned(embedder, sentence, STORM))) == [reason]


def test_a_figure_of_another_unit_of_the_same_name_is_told_of_something_else(embedder: Embedder) -> None:
    reasons = figure_reasons(aligned(embedder, "They have 40 boats.", "They have 40 percent of it."))
    assert list(reasons) == ["The passages say “40 percent”, not “40 boats”."]


def test_a_figure_may_stand_in_the_title(embedder: Embedder) -> None:
    source = source_from_text("The storm reached Amber.", embedder, title="58 die in storm")
    assert list(figure_reasons(aligned(embedder, "58 people died.", source))) == []


def test_a_figure_of_the_title_is_quoted_too(embedder: Embedder) -> None:
    source = source_from_text("The storm reached Amber.", embedder, title="58 km of road flooded")
    reasons = list(figure_reasons(aligned(embedder, "58 miles of road were flooded.", source)))
    assert reasons == ["The passages say “58 km”, not “58 miles”."]


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        (
            "Some 4,000 fighters were near the southern border.",
            "Up to 6,500 fighters were in the country, 4,000 of them near the southern border.",
        ),
        (
            "Two committee members opposed the cut.",
            "Two of the eight committee members voted against the cut.",
        ),
    ],
)
def test_some_of_a_number_are_what_the_whole_is(embedder: Embedder, sentence: str, passage: str) -> None:
    assert list(figure_reasons(aligned(embedder, sentence, passage))) == []


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("Lamas has scored 11 goals in 48 matches.", []),
        (
            "Lamas has scored 48 goals in 11 matches.",
            [
                "The passages say “48 matches”, not “48 goals”.",
                "The passages say “11 goals”, not “11 matches”.",
            ],
        ),
    ],
)
def test_what_one_number_counts_another_does_not(
    embedder: Embedder, sentence: str, reasons: list[str]
) -> None:
    found = list(
        figure_reasons(
            aligned(embedder, sentence, "Lamas has scored 11 goals in 48 matches for his country.")
        )
    )
    assert found[: len(reasons)] == reasons
    assert bool(found) == bool(reasons)
