from __future__ import annotations

import pytest

from bot.evaluation.rows.figures import Row
from bot.evaluation.rows.news import articles_row, calibration_row, declined_row, quotes_row
from index.articles import Article, Copy
from tests.bot import made
from tests.bot.evaluation.stand_ins import answered, labelled, searched

URL = "https://news.example.org/ferry"


def values(row: Row) -> list[float | None]:
    return [figure.value for figure in row.figures]


def test_an_article_counts_first_or_among_the_first_five() -> None:
    found = [searched("a"), searched("x", "a"), searched(*"12345", "a"), searched()]
    assert values(articles_row(found)) == [0.25, 0.5]


@pytest.mark.parametrize(
    ("article", "counts"),
    [
        (made.article("Words.", id=URL, url=None), True),
        (made.article("Words.", id="7", url=URL + "?utm_source=x#top"), True),
        (made.article("Words.", copies=(Copy(None, "A", None), Copy(URL + "#top", "B", None))), True),
        (made.article("Words.", copies=(Copy(URL + "/2", "B", None),)), False),
    ],
)
def test_a_copy_of_an_article_that_answers_counts_too(article: Article, counts: bool) -> None:
    asked = labelled(sources=(URL,))
    assert values(articles_row([searched(article, question=asked)])) == [counts, counts]


def test_the_answer_stands_in_the_first_quote_or_in_any() -> None:
    given = [
        answered("Rollo led."),
        answered("Nobody knows.", "It was Rollo."),
        answered("Nobody knows."),
        answered(first="Rollo led."),
    ]
    assert values(quotes_row(given)) == [0.25, 0.5]


def test_claims_are_counted_where_there_is_an_answer() -> None:
    assert values(declined_row([answered("One."), answered("One.", "Two."), answered()])) == [1, 1.5]
    assert values(declined_row([answered()])) == [1, None]


def test_confidence_is_held_against_the_sentence_that_ranks_first() -> None:
    given = [
        answered(first="Rollo led.", article="elsewhere", confidence=0.4),
        answered("Nobody knows.", "Rollo led.", confidence=0.9),
        answered(confidence=0.1),
    ]
    assert values(calibration_row(given)) == [pytest.approx((0.6 + 0.9 + 0.1) / 3)]


def test_without_questions_there_are_no_figures() -> None:
    assert values(articles_row([])) == values(quotes_row([])) == [None, None]
    assert values(calibration_row([])) == [None]
