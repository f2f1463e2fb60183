from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answer_json import answer_to_json
from bot.evaluation.html_report.case_view import (
    Piece,
    by_passage,
    case_view,
    moment,
    passage_pieces,
    quotes_alone,
)
from tests.bot import made
from tests.bot.evaluation.html_report import reports

TEXT = "Before it. She sank. Nobody saw her. He did.\n\nAfter it."


def cited(*quotes: str, text: str = TEXT, **fields: Any) -> list[dict[str, Any]]:
    """Return the citations, numbered, of quotes of one article."""
    article = made.article(text, **fields)
    answer = made.answer(*(made.citation(article, quote, place) for place, quote in enumerate(quotes, 1)))
    found: list[dict[str, Any]] = answer_to_json(answer)["citations"]
    return found


def test_a_passage_is_cut_at_its_quotes_and_joined_is_the_passage() -> None:
    pieces = list(passage_pieces(cited("He did.", "She sank.")))
    assert pieces == [
        Piece("Before it. "),
        Piece("She sank.", 2),
        Piece(" Nobody saw her. "),
        Piece("He did.", 1),
        Piece("\n\nAfter it."),
    ]
    assert "".join(piece.text for piece in pieces) == TEXT


def test_what_a_quote_leans_on_is_a_piece() -> None:
    (citation,) = cited("Nobody saw her.")
    pieces = list(passage_pieces([{**citation, "context": "She sank."}]))
    assert pieces[1:3] == [Piece("She sank. ", leans=True), Piece("Nobody saw her.", 1)]


def test_a_quote_can_be_all_of_its_passage() -> None:
    assert list(passage_pieces(cited(TEXT))) == [Piece(TEXT, 1)]


def test_offsets_are_those_of_the_article() -> None:
    article = made.article(TEXT)
    (citation,) = cited("He did.")
    later = {"text": TEXT[11:], "start": 11, "end": len(article.text), "id": "b"}
    assert Piece("He did.", 1) in passage_pieces([{**citation, "passage": later}])


def test_quotes_alone_say_that_something_is_left_out() -> None:
    assert list(quotes_alone(cited("She sank.", "He did."))) == [
        Piece("She sank.", 1),
        Piece(" … "),
        Piece("He did.", 2),
    ]


@pytest.mark.parametrize(
    ("citations", "numbers"),
    [
        (cited("She sank.", "He did."), [[1, 2]]),
        (cited("She sank. Nobody", "Nobody saw her.", "He did."), [[1, 3], [2]]),
        (cited("She sank.", "She sank."), [[1], [2]]),
        (cited("She sank.") + cited("He did.", id="another"), [[1], [1]]),
        ([], []),
    ],
    ids=["apart", "overlapping", "the same", "two articles", "none"],
)
def test_citations_of_a_passage_stand_together_unless_they_overlap(
    citations: list[dict[str, Any]], numbers: list[list[int]]
) -> None:
    assert [[each["number"] for each in group] for group in by_passage(citations)] == numbers


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2024, 5, 20, tzinfo=UTC), "20 May 2024"),
        (datetime(2024, 5, 20, 23, 59, 59, 999999, tzinfo=UTC), "20 May 2024"),
        (datetime(2024, 5, 20, 9, 5, tzinfo=UTC), "20 May 2024, 09:05 UTC"),
    ],
)
def test_a_day_is_said_without_its_time(at: datetime, said: str) -> None:
    assert moment(at) == said


def test_a_case_says_when_it_was_asked_where_that_is_known() -> None:
    assert case_view(1, reports.answered(), {}, short=False).asked == "20 May 2024, 09:30 UTC, when this ran"
    assert case_view(1, reports.searched(), {}, short=False).asked is None


@pytest.mark.parametrize(
    ("url", "link"),
    [("https://x.example/a b", "https://x.example/a%20b"), ("javascript:alert(1)", None), (None, None)],
)
def test_only_links_to_the_web_can_be_followed(url: str | None, link: str | None) -> None:
    article = made.article("The toll rose.", url=url, origin="articles/toll.md")
    answer = answer_to_json(made.answer(made.citation(article, "The toll rose.")), explain=True)
    view = case_view(1, reports.answered(answer=answer), {}, short=False).answer
    assert view is not None
    (source,) = view.sources
    assert (source.article.link, source.article.origin) == (link, None if link else "articles/toll.md")
