"""Asking: questions put to the product, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from bot.answering.extractive import PassageFinder
from bot.answers import Answer
from bot.commands.search import search_articles
from bot.evaluation.data_sets import LabelledQuestion
from bot.evaluation.matching import holds_any
from bot.questions import Question
from index.articles import Article
from index.planning import Progress
from index.retrieval import best_of_each_article
from index.scope import Scope

ARTICLES = 10
"""How many articles a search is asked for, as `footnote search` does."""

_Asked = TypeVar("_Asked")
_Given = TypeVar("_Given")


class Answerer(Protocol):
    """What is measured of an answerer."""

    def answer(self, question: Question) -> Answer:
        """Answer `question`, or decline."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A question, and the articles that a search found, best first, each with the score of its best passage."""

    question: LabelledQuestion
    articles: tuple[tuple[Article, float], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, and what was answered."""

    question: LabelledQuestion
    answer: Answer

    @property
    def first_sentence_holds(self) -> bool:
        """Whether the sentence that ranks first, shown or declined, holds an answer."""
        first = self.answer.explanation
        return first is not None and holds_any(first.quote, self.question.answers)

    @property
    def first_sentence_right(self) -> bool:
        """Whether, besides, it stands in an article that answers."""
        first = self.answer.explanation
        return first is not None and first.article.id in self.question.sources and self.first_sentence_holds


def search_each(
    finder: PassageFinder, questions: Sequence[LabelledQuestion], progress: Progress, stage: str
) -> list[Searched]:
    """Search for each question at its moment, as `footnote search` does."""

    def search(question: LabelledQuestion) -> Searched:
        _, found = search_articles(finder, question.text, Scope(as_of=question.asked_at), ARTICLES)
        return Searched(question, tuple((each.article, each.score) for each in found))

    return _each(search, questions, progress, stage)


def find_passages_for_each(
    finder: PassageFinder,
    questions: Sequence[LabelledQuestion],
    passages: int,
    progress: Progress,
    stage: str,
) -> list[Searched]:
    """Find the articles of the best `passages` passages for each question, those that it is answered from."""

    def find(question: LabelledQuestion) -> Searched:
        found = finder.retrieve(question.text, Scope(as_of=question.asked_at), limit=passages).passages
        best = best_of_each_article(found, passages)
        return Searched(question, tuple((each.article, each.score) for each in best))

    return _each(find, questions, progress, stage)


def answer_each(
    answerer: Answerer, questions: Sequence[LabelledQuestion], progress: Progress, stage: str
) -> list[Answered]:
    """Answer each question at its moment."""

    def answer(question: LabelledQuestion) -> Answered:
        return Answered(question, answerer.answer(as_asked(question)))

    return _each(answer, questions, progress, stage)


def as_asked(question: LabelledQuestion) -> Question:
    """Return the question as it is put to the product; now, where its set knows no time."""
    return Question(question.text, question.asked_at or datetime.now(UTC))


def _each(
    do: Callable[[_Asked], _Given], questions: Sequence[_Asked], progress: Progress, stage: str
) -> list[_Given]:
    progress.begin(stage, len(questions))
    given = []
    for question in questions:
        given.append(do(question))
        progress.advance()
    return given
