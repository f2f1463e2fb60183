"""Asking: cases put to the product, and what came of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answering.extractive import PassageFinder
from bot.answers import Answer
from bot.commands.search import search_articles
from bot.evaluation.cases import QuestionCase
from bot.evaluation.matching import holds_any
from bot.follow_ups import standalone
from bot.questions import Question
from index.articles import Article
from index.planning import Progress
from index.retrieval import best_of_each_article

ARTICLES = 10
"""How many articles a search is asked for, as `footnote search` does."""


class Answerer(Protocol):
    """What is measured of an answerer."""

    def answer(self, question: Question) -> Answer:
        """Answer `question`, or decline."""


class Engine(Protocol):
    """An open index: what searches it, and what answers from it."""

    @property
    def retriever(self) -> PassageFinder:
        """What searches it."""

    @property
    def answerer(self) -> Answerer:
        """What answers from it."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A case, and the articles that a search found, best first, each with the score of its best passage."""

    case: QuestionCase
    articles: tuple[tuple[Article, float], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A case, what was answered, and in how many seconds."""

    case: QuestionCase
    answer: Answer
    seconds: float = 0.0

    @property
    def first_sentence_holds(self) -> bool:
        """Whether the sentence that ranks first, shown or declined, holds an answer."""
        first = self.answer.explanation
        return first is not None and holds_any(first.quote, self.case.answers)

    @property
    def first_sentence_right(self) -> bool:
        """Whether, besides, it stands in an article that answers."""
        first = self.answer.explanation
        return first is not None and first.article.id in self.case.sources and self.first_sentence_holds


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that came of a case: what a search found and, where it was asked, what was answered."""

    case: QuestionCase
    searched: Searched
    answered: Answered | None


Find = Callable[[PassageFinder, QuestionCase], Searched]
"""A way to search for what a case asks, at its moment."""


def search(finder: PassageFinder, case: QuestionCase) -> Searched:
    """Search as `footnote search` does."""
    question = case.as_asked()
    _, found = search_articles(finder, standalone(question), question.scope, ARTICLES)
    return Searched(case, tuple((each.article, each.score) for each in found))


def find_passages(count: int) -> Find:
    """Return what finds the articles of the best `count` passages, which are what a question is answered from."""

    def find(finder: PassageFinder, case: QuestionCase) -> Searched:
        question = case.as_asked()
        found = finder.retrieve(standalone(question), question.scope, limit=count).passages
        best = best_of_each_article(found, count)
        return Searched(case, tuple((each.article, each.score) for each in best))

    return find


def no_search(_finder: PassageFinder, case: QuestionCase) -> Searched:
    """Find nothing, where only the answer counts."""
    return Searched(case, ())


def answer(answerer: Answerer, case: QuestionCase) -> Answered:
    """Answer what a case asks, at its moment."""
    question = case.as_asked()
    began = time.perf_counter()
    answered = answerer.answer(question)
    return Answered(case, answered, time.perf_counter() - began)


def ask_each(
    engine: Engine,
    cases: Sequence[QuestionCase],
    progress: Progress,
    stage: str,
    find: Find = search,
    *,
    answering: bool = True,
) -> list[Outcome]:
    """Search for each case and, unless `answering` is false, answer it."""
    progress.begin(stage, len(cases))
    outcomes = []
    for case in cases:
        searched = find(engine.retriever, case)
        outcomes.append(Outcome(case, searched, answer(engine.answerer, case) if answering else None))
        progress.advance()
    return outcomes
