"""Questions and answers made by hand, and a product that needs no model, for the benchmark's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bot.answering.model import Fitted
from bot.answers import Answer, Explanation
from bot.evaluation.asking import Answered, Outcome, Searched
from bot.evaluation.bench import MeasuredProduct
from bot.evaluation.cases import QuestionCase
from bot.evaluation.results import CaseResult
from bot.evaluation.rows.slack import Load, SlackRun
from bot.evaluation.sources import Collection
from bot.evaluation.speed.disk import DiskUse
from bot.evaluation.speed.memory import MemoryUse
from bot.evaluation.speed.pairs import Pair
from bot.evaluation.speed.product import SpeedProduct
from bot.evaluation.speed.reindexing import Reindexing, Spent
from bot.evaluation.speed.small_files import Changed, SmallFiles, Unchanged
from bot.evaluation.verification_cases import VerificationCase
from bot.evaluation.verifying import Verified
from bot.questions import Question
from bot.settings import Settings
from index.articles import Article, Draft
from index.discovery import Problem, discover
from index.errors import ReadError
from index.planning import Progress
from index.readers import read_file
from index.reindexing import ReindexReport
from index.retrieval import Retrieval, RetrievedPassage
from index.scope import Scope
from tests.bot import made


def labelled(name: str = "q", **fields: Any) -> QuestionCase:
    """Return an answerable question, to which "Rollo" in the article "a" is the answer, but for the fields given."""
    plain: dict[str, Any] = {"question": "Who led?", "answers": ("Rollo",), "sources": ("a",)}
    return QuestionCase(name, **{**plain, **fields})


def impossible(name: str = "q", **fields: Any) -> QuestionCase:
    """Return a question that no article answers."""
    return labelled(name, **{"answers": (), "declines": True, **fields})


def searched(*articles: str | Article, question: QuestionCase | None = None) -> Searched:
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


def answered(*quotes: str, question: QuestionCase | None = None, **fields: Any) -> Answered:
    """Return a question, and an answer to it."""
    return Answered(question or labelled(), answer(*quotes, **fields))


def outcome(
    case: QuestionCase, given: Answer | None, *articles: str | Article, seconds: float = 0.5
) -> Outcome:
    """Return what came of a case: the articles found and, where it was asked, the answer."""
    found = searched(*articles, question=case)
    return Outcome(case, found, None if given is None else Answered(case, given, seconds))


def result(case: QuestionCase | None = None, *faults: str, **fields: Any) -> CaseResult:
    """Return the result of a case of the file "some.cases.yaml", answered and right, but for the fields given."""
    plain: dict[str, Any] = {
        "values": {},
        "found": (),
        "declined": False,
        "confidence": 0.75,
        "right": True,
        "seconds": 0.5,
    }
    return CaseResult("some.cases.yaml", case or labelled(), faults, **{**plain, **fields})


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

    def share_of_articles(self, beginning: str) -> float:
        held = [beginning in draft.text.lower().split() for draft in self._drafts]
        return sum(held) / len(held)

    def answer(self, question: Question) -> Answer:
        best = self.retrieve(question.text, question.scope, limit=1).passages
        if not best:
            return answer(confidence=0.0)
        return answer(best[0].article.text, article=best[0].article.id, confidence=best[0].score)


def _exists(draft: Draft, scope: Scope) -> bool:
    return not (draft.published_at and scope.as_of and draft.published_at > scope.as_of)


def _article(draft: Draft) -> Article:
    return made.article(draft.text, id=draft.id or draft.text, url=draft.url)


def _found(draft: Draft, query: str) -> RetrievedPassage:
    article = _article(draft)
    asked = {word.strip("?.").lower() for word in query.split()}
    shared = asked & {word.strip("?.").lower() for word in draft.text.split()}
    score = len(shared) / len(asked)
    nothing = cast("Any", None)
    return RetrievedPassage(made.passage(article), article, score, nothing, (), nothing)


@dataclass(frozen=True)
class ReaderEngine:
    """A reader in both parts."""

    retriever: Reader
    answerer: Reader


def product() -> tuple[MeasuredProduct, list[str]]:
    """Return a product that reads drafts where the real one would index them, and the names of its indexes."""
    indexes: dict[Path, Sequence[Draft]] = {}
    names: list[str] = []

    def index(
        folder: Path, name: str, drafts: Sequence[Draft], settings: Settings, _progress: Progress
    ) -> Settings:
        names.append(name)
        indexes[folder / name] = drafts
        return settings.model_copy(update={"home": folder / name})

    def index_of_files(
        folder: Path, paths: Sequence[Path], settings: Settings, progress: Progress
    ) -> tuple[Settings, ReindexReport]:
        drafts, problems = _read(paths)
        made = index(folder, "files", drafts, settings, progress)
        added = tuple(str(number) for number in range(len(drafts)))
        return made, ReindexReport(
            added, (), (), 0, 0, 0, 0.0, problems, (), (), (), rebuilt=False, dry_run=False
        )

    def collection(settings: Settings) -> Collection:
        return Collection(_article(draft) for draft in indexes[settings.home])

    @contextmanager
    def engine(settings: Settings, _fitted: Fitted | None) -> Iterator[ReaderEngine]:
        reader = Reader(indexes[settings.home])
        yield ReaderEngine(reader, reader)

    def embedding(_settings: Settings) -> Callable[[str], object]:
        return str.split

    def slack(_settings: Settings, questions: Sequence[str]) -> SlackRun:
        count = len(questions)
        return SlackRun(count, 20, [2.0, 1.0], Load(count, 2.0), Load(count - 1, 60.0), [0.05, 0.2, 0.4])

    def verified(_settings: Settings, cases: Sequence[VerificationCase]) -> list[Verified]:
        return [Verified(case, True, 0.002, 0.001) for case in cases]

    return MeasuredProduct(
        index,
        index_of_files,
        collection,
        engine,
        embedding,
        slack,
        lambda: nullcontext("http://127.0.0.1:9/v1"),
        verified,
        speed(indexes),
    ), names


def speed(indexes: dict[Path, Sequence[Draft]]) -> SpeedProduct:
    """Return ways of measuring that measure nothing, over the indexes that a product has made."""

    def passages(settings: Settings) -> int:
        return len(indexes[settings.home])

    return SpeedProduct(
        reindexing=lambda _scratch, drafts, _settings, _progress: Reindexing(
            len(drafts), 2 * len(drafts), Spent(11.0, 22.0), Spent(10.0, 20.0)
        ),
        small_files=lambda scratch, _drafts, count, settings, _progress: SmallFiles(scratch, count, settings),
        unchanged=lambda found, _progress: Unchanged(found.count, [1.0, 3.0, 1.5], ["torch"]),
        changed=lambda found, _progress: Changed(found.count, [Pair(6.5, 6.0)]),
        encoding=lambda _settings: str.split,
        passages=passages,
        enlarged=lambda _scratch, settings, _passages, _progress: settings,
        cold_asks=lambda _settings, _questions, _progress: [Pair(6.0, 5.0)],
        help=lambda _scratch, _settings, _progress: [Pair(0.3, 0.2)],
        memory=lambda _scratch, drafts, copies, _settings: MemoryUse(len(drafts) * copies, 10**9, 2 * 10**9),
        disk=lambda settings: DiskUse(passages(settings), 1000, 50_000),
    )


def _read(paths: Sequence[Path]) -> tuple[list[Draft], tuple[Problem, ...]]:
    drafts, problems = [], []
    for file in discover(paths).files:
        for line, read in read_file(file.path):
            if isinstance(read, ReadError):
                problems.append(Problem(file.key, line, read.message, read.remedy))
            else:
                drafts.append(read)
    return drafts, tuple(problems)
