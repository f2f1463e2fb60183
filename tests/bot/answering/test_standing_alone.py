from __future__ import annotations

import pytest

from bot.answering.standing_alone import context_start, notes_on
from bot.answers import LONGEST_QUOTE
from bot.quoting import SentenceFound, sentences_of
from tests.bot.made import article, found

SAID = "Ida Holm, the captain, said that the boats were full. “We turned back,” she said. It was cold."


def last(text: str, place: int = -1) -> SentenceFound:
    return sentences_of(found(article(text)))[place]


@pytest.mark.parametrize(
    "sentence",
    [
        "He said that nobody was killed.",
        "The group denied it.",
        "That figure was too low.",
        "But the toll rose.",
        "Of those, 23 were taken to Elden.",
        "They left at noon.",
    ],
)
def test_a_sentence_that_leans_is_shown_with_the_one_before(sentence: str) -> None:
    text = f"Nothing to see. Rahim Shah leads the League of Skarrow. {sentence}"
    start = context_start(last(text))
    assert start == text.index("Rahim")


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry sank off Elden.",
        "Helen Holm said so.",
        "Item 4 was dropped.",
        "Nineteen people were killed.",
    ],
)
def test_a_sentence_that_stands_alone_is_not(sentence: str) -> None:
    assert context_start(last(f"Rahim Shah leads the League. {sentence}")) is None


def test_nothing_stands_before_the_first_sentence_and_a_long_one_is_no_context() -> None:
    assert context_start(last("He said so.")) is None
    assert (
        context_start(last("Rahim Shah " + "spoke and " * (LONGEST_QUOTE // 10) + "left. He said so."))
        is None
    )


def test_a_row_is_shown_with_the_head_of_its_table_and_the_rows_between() -> None:
    text = "The tolls\n\nTown | Toll\nElden | 9\nSkarrow | 4\n\nThey rose."
    assert context_start(last(text, -2)) == context_start(last(text, -3)) == text.index("Town")
    assert context_start(last(text, 1)) is None
    far = "Town | Toll\n" + "Elden | 9\n" * (LONGEST_QUOTE // 10) + "Skarrow | 4"
    assert context_start(last(far, -3)) == 0
    assert context_start(last(far)) is None


def test_who_said_it_is_named_where_the_sentence_only_says_she() -> None:
    assert notes_on(last(SAID, 1), None) == ("said by Ida Holm",)
    assert notes_on(last(SAID, 1), "Ida Holm, the captain, said that the boats were full.") == ()
    assert notes_on(last(SAID, 0), None) == ()


def test_a_relative_time_is_given_the_day_it_counts_from() -> None:
    assert notes_on(last("The toll rose last year."), None) == ("“last year” as of 13 May 2024",)
    assert notes_on(last("The toll rose in 2023."), None) == ()
    undated = sentences_of(found(article("The toll rose last year.", published_at=None)))[0]
    assert notes_on(undated, None) == ()
