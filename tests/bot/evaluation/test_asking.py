from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.evaluation.asking import (
    ARTICLES,
    Find,
    Outcome,
    answer,
    ask_each,
    find_passages,
    no_search,
    search,
)
from bot.evaluation.cases import QuestionCase
from bot.questions import Exchange
from index.articles import Draft
from tests.bot.evaluation.stand_ins import Reader, ReaderEngine, Silent, labelled

MARCH, MAY = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
READER = Reader(
    [
        Draft("Who led?", id="later", published_at=MAY),
        Draft("Rollo led.", id="a", published_at=MARCH),
        Draft("Nobody did.", id="b"),
        *(Draft("Others led.", id=f"c{number}") for number in range(12)),
    ]
)
ENGINE = ReaderEngine(READER, READER)
FOLLOW_UP = labelled(question="And who else?", history=(Exchange("Who led?", "Rollo led."),), asked_at=MARCH)


class Counting(Silent):
    """Progress that is written down."""

    def __init__(self) -> None:
        self.said: list[str | float] = []

    def begin(self, stage: str, total: int) -> None:
        self.said += [stage, total]

    def advance(self, steps: float = 1, passages: int = 0) -> None:  # noqa: ARG002 - the protocol's
        self.said.append(steps)


def found(case: QuestionCase, find: Find = search) -> list[str]:
    return [article.id for article, _ in find(READER, case).articles]


@pytest.mark.parametrize(
    ("asked_at", "first"), [(MARCH, ["a", "c0"]), (MAY, ["later", "a"]), (None, ["later", "a"])]
)
def test_a_search_is_of_ten_articles_at_the_moment_of_the_question(
    asked_at: datetime | None, first: list[str]
) -> None:
    ids = found(labelled(asked_at=asked_at))
    assert ids[:2] == first
    assert len(ids) == ARTICLES


def test_the_passages_are_as_many_as_are_answered_from() -> None:
    assert found(labelled(asked_at=MARCH), find_passages(3)) == ["a", "c0", "c1"]


@pytest.mark.parametrize("find", [search, find_passages(20)])
def test_a_follow_up_is_searched_for_as_it_is_answered(find: Find) -> None:
    assert found(FOLLOW_UP, find)[0] == "a"
    assert found(labelled(question="And who else?", asked_at=MARCH), find) == []


def test_an_answer_is_given_at_the_moment_of_the_question_and_timed() -> None:
    given = answer(READER, labelled(asked_at=MARCH))
    assert given.first_sentence_right
    assert 0 < given.seconds < 1
    assert not answer(READER, labelled(asked_at=MAY)).first_sentence_right


@pytest.mark.parametrize(
    ("case", "holds", "right"),
    [
        (labelled(asked_at=MARCH), True, True),
        (labelled(asked_at=MARCH, sources=("b",)), True, False),
        (labelled(asked_at=MARCH, answers=("Otto",)), False, False),
        (labelled(question="Zyx?"), False, False),
    ],
)
def test_the_first_sentence_holds_an_answer_and_is_right_from_the_right_article(
    case: QuestionCase, holds: bool, right: bool
) -> None:
    given = answer(READER, case)
    assert (given.first_sentence_holds, given.first_sentence_right) == (holds, right)


def test_each_case_is_searched_for_and_answered_in_order() -> None:
    progress = Counting()
    cases = [labelled("1", asked_at=MARCH), labelled("2", question="Zyx?")]
    first, second = ask_each(ENGINE, cases, progress, "Asking")
    assert [first.case, second.case] == cases
    assert first.searched.articles[0][0].id == "a"
    assert first.answered is not None
    assert not first.answered.answer.declined
    assert second.answered is not None
    assert second.answered.answer.declined
    assert progress.said == ["Asking", 2, 1, 1]


def test_what_is_only_searched_for_is_not_answered_and_the_other_way_round() -> None:
    [only_search] = ask_each(ENGINE, [labelled(asked_at=MARCH)], Silent(), "", answering=False)
    assert only_search.answered is None
    assert only_search.searched.articles
    [only_answer] = ask_each(ENGINE, [labelled(asked_at=MARCH)], Silent(), "", no_search)
    assert only_answer.answered is not None
    assert only_answer.searched.articles == ()


def test_asking_nothing_comes_to_nothing() -> None:
    nothing: list[Outcome] = []
    assert ask_each(ENGINE, [], Silent(), "") == nothing
