from __future__ import annotations

import pytest

from bot.answers import LONGEST_QUOTE, Answer, Citation, Claim
from tests.bot.made import answer, article, citation, passage

TEXT = "The toll rose to nine crowns. " + "Nobody had asked for it. " * 40
ARTICLE = article(TEXT)
PASSAGE = passage(ARTICLE, 0, 600)


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 29), (9, 13), (0, LONGEST_QUOTE), (600 - LONGEST_QUOTE, 600), (599, 600)],
    ids=["a sentence", "a word", "the longest", "to the passage's end", "one character"],
)
def test_a_citation_points_at_words_of_its_passage(start: int, end: int) -> None:
    assert Citation(1, ARTICLE, PASSAGE, TEXT[start:end], start, end).quote == ARTICLE.text[start:end]


@pytest.mark.parametrize(
    ("quote", "start", "end", "complaint"),
    [
        pytest.param("The toll rose to ten crowns.", 0, 29, "not what the article says", id="another word"),
        pytest.param(
            "the toll rose to nine crowns.", 0, 29, "not what the article says", id="another letter case"
        ),
        pytest.param("The toll  rose", 0, 13, "not what the article says", id="another space"),
        pytest.param("The toll", 1, 9, "not what the article says", id="one character aside"),
        pytest.param("The toll ", 0, 8, "not what the article says", id="too short a range"),
        pytest.param("", 5, 5, "not within its passage", id="nothing"),
        pytest.param(TEXT[590:610], 590, 610, "not within its passage", id="across the passage's end"),
        pytest.param(TEXT[700:710], 700, 710, "not within its passage", id="behind the passage"),
        pytest.param(TEXT[-10:], -10, len(TEXT), "not within its passage", id="counted from the end"),
        pytest.param(TEXT[: LONGEST_QUOTE + 1], 0, LONGEST_QUOTE + 1, "too long", id="401 characters"),
    ],
)
def test_a_citation_that_is_not_verbatim_is_refused(quote: str, start: int, end: int, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Citation(1, ARTICLE, PASSAGE, quote, start, end)


def test_a_citation_before_its_passage_is_refused() -> None:
    with pytest.raises(ValueError, match="not within its passage"):
        Citation(1, ARTICLE, passage(ARTICLE, 30, 600), TEXT[0:29], 0, 29)


def claiming(*claims: tuple[Citation, ...]) -> Answer:
    return answer(claims=tuple(Claim("Said.", citations) for citations in claims))


def test_an_answers_citations_come_once_each_by_number() -> None:
    one, two, three = (
        citation(ARTICLE, word, number) for number, word in enumerate(["toll", "rose", "nine"], 1)
    )
    assert claiming((three, one), (one, two)).citations == (one, two, three)
    assert claiming().citations == ()
