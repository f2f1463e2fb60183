from __future__ import annotations

from datetime import UTC, datetime

from bot.evaluation.asking import answer_each, as_asked, find_passages_for_each, search_each
from index.articles import Draft
from tests.bot.evaluation.stand_ins import Reader, Silent, labelled

MARCH, MAY = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
DRAFTS = [
    Draft("Who led?", id="later", published_at=MAY),
    Draft("Rollo led.", id="a", published_at=MARCH),
    Draft("Nobody did.", id="b"),
    *(Draft("Others led.", id=f"c{number}") for number in range(12)),
]


def test_a_search_is_of_ten_articles_at_the_moment_of_the_question() -> None:
    before, now = labelled(asked_at=MARCH), labelled(asked_at=None)
    early, late = search_each(Reader(DRAFTS), [before, now], Silent(), "Searching")
    assert [article.id for article, _ in early.articles[:2]] == ["a", "c0"]
    assert len(early.articles) == 10
    assert late.articles[0][0].id == "later"
    assert late.question is now


def test_the_passages_are_as_many_as_are_answered_from() -> None:
    (found,) = find_passages_for_each(Reader(DRAFTS), [labelled(asked_at=MARCH)], 3, Silent(), "Searching")
    assert [article.id for article, _ in found.articles] == ["a", "c0", "c1"]


def test_an_answer_is_given_at_the_moment_of_the_question() -> None:
    (given,) = answer_each(Reader(DRAFTS), [labelled(asked_at=MARCH)], Silent(), "Answering")
    assert given.first_sentence_right
    assert as_asked(labelled(asked_at=MARCH)).asked_at == MARCH
    assert as_asked(labelled()).asked_at > MAY
