"""Questions and answers made by hand, and a product that needs no model, for the benchmark's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from bot.answering.model import Fitted
from bot.answers import Answer, Explanation
from bot.evaluation.asking import Answered, Searched
from bot.evaluation.bench import Product
from bot.evaluation.data_sets import LabelledQuestion
from bot.evaluation.rows.slack import Load, SlackRun
from bot.evaluation.rows.speed import IndexSize
from bot.questions import Question
from bot.settings import Settings
from index.articles import Article, Draft
from index.planning import Progress
from index.retrieval import Retrieval, RetrievedPassage
from index.scope import Scope
from tests.bot import made


def labelled(name: str = "q", **fields: Any) -> LabelledQuestion:
    """Return an answerable question, to which "Rollo" in the article "a" is the answer, but for the fields given."""
    plain: dict[str, Any] = {
        "text": "Who led?",
        "asked_at": None,
        "answers": ("Rollo",),
        "sources": ("a",),
        "topic": None,
        "answerable": True,
    }
    return LabelledQuestion(name, **{**plain, **fields})


def searched(*articles: str | Article, question: LabelledQuestion | None = None) -> Searched:
    """Return that a question found these articles, or articles of these ids, best first."""
    found = [
        made.article("Words.", id=each, url=None) if isinstance(each, str) else each for each in articles
    ]
    return Searched(question or labelled(), tuple((each, -float(rank)) for rank, each in enumerate(found)))


def answer(*quotes: str, article: str = "a", confidence: float = 0.75, first: str | None = None) -> Answer:
    """Return an answer of one claim a quote, all of one article; without quotes, a decline.

    `first` is the sentence that ranks first, unless given the first quote.
    """
    of = made.article("\n".join(quotes) or "Words.", id=article)
    best = first or next(iter(quotes), None)
    return made.answer(
        *(made.citation(of, quote, number) for number, quote in enumerate(quotes, start=1)),
        declined=not quotes,
        confidence=confidence,
        explanation=Explanation(best, of, (), 0.5) if best else None,
    )


def answered(*quotes: str, question: LabelledQuestion | None = None, **fields: Any) -> Answered:
    """Return a question, and an answer to it."""
    return Answered(question or labelled(), answer(*quotes, **fields))


class Silent:
    """Progress that nobody sees."""

    def begin(self, stage: str, total: int) -> None: ...

    def advance(self, steps: float = 1, passages: int = 0) -> None: ...


class Reader:
    """Finds every article that shares a word with the question, most shared first, and answers with its text."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts

    def retrieve(self, query: str, scope: Scope, *, limit: int) -> Retrieval:
        found = [_found(draft, query) for draft in self._drafts if _exists(draft, scope)]
        best = sorted((each for each in found if each.score), key=lambda each: -each.score)
        return Retrieval(cast("Any", None), tuple(best[:limit]), len(found), None, made.SERVED)

    def answer(self, question: Question) -> Answer:
        best = self.retrieve(question.text, question.scope, limit=1).passages
        if not best:
            return answer(confidence=0.0)
        return answer(best[0].article.text, article=best[0].article.id, confidence=best[0].score)


def _exists(draft: Draft, scope: Scope) -> bool:
    return not (draft.published_at and scope.as_of and draft.published_at > scope.as_of)


def _found(draft: Draft, query: str) -> RetrievedPassage:
    article = made.article(draft.text, id=draft.id, url=draft.url)
    asked = {word.strip("?.").lower() for word in query.split()}
    shared = asked & {word.strip("?.").lower() for word in draft.text.split()}
    score = len(shared) / len(asked)
    nothing = cast("Any", None)
    return RetrievedPassage(made.passage(article), article, score, nothing, (), nothing)


def product() -> tuple[Product, list[str]]:
    """Return a product that reads drafts where the real one would index them, and the names of its indexes."""
    indexes: dict[Path, Sequence[Draft]] = {}
    names: list[str] = []

    def index(
        folder: Path, name: str, drafts: Sequence[Draft], settings: Settings, _progress: Progress
    ) -> Settings:
        names.append(name)
        indexes[folder / name] = drafts
        return settings.model_copy(update={"home": folder / name})

    @contextmanager
    def reader(settings: Settings) -> Iterator[Reader]:
        yield Reader(indexes[settings.home])

    @contextmanager
    def answerer(settings: Settings, _fitted: Fitted | None) -> Iterator[Reader]:
        yield Reader(indexes[settings.home])

    def embedding(_settings: Settings) -> Callable[[str], object]:
        return str.split

    def size(settings: Settings) -> IndexSize:
        return IndexSize(len(indexes[settings.home]), 1000, 500)

    def slack(_settings: Settings, questions: Sequence[str]) -> SlackRun:
        count = len(questions)
        return SlackRun(count, 20, [2.0, 1.0], Load(count, 2.0), Load(count - 1, 60.0), [0.05, 0.2, 0.4])

    return Product(index, reader, answerer, embedding, size, slack), names
