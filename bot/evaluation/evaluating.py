"""Evaluating: case files and data sets put to the product, each over the articles that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import wiring
from bot.answering.model import Fitted
from bot.errors import CaseError, EvaluationError
from bot.evaluation.asking import Engine, Find, Outcome, ask_each, search
from bot.evaluation.cases import CaseFile, QuestionCase
from bot.evaluation.data_sets import DataSet
from bot.evaluation.judge_run import JudgeRun
from bot.evaluation.judging import judge, unknown_sources
from bot.evaluation.metrics.citations import BearsOut
from bot.evaluation.results import CaseResult
from bot.evaluation.scratch import scratch_index, scratch_index_of_files
from bot.evaluation.sources import Collection
from bot.evaluation.support import Support
from bot.settings import Settings
from index.articles import Draft
from index.planning import Progress, place_name
from index.reindexing import ReindexReport


def collection(settings: Settings) -> Collection:
    """Return the articles in the index that the settings name.

    Raises:
        FootnoteError: there is none, or it cannot be read.
    """
    catalogue = wiring.catalogue(settings)
    try:
        with catalogue.snapshot() as snapshot:
            return Collection(snapshot.every_article(), snapshot.every_pair_of_copies())
    finally:
        catalogue.close()


@dataclass(frozen=True, slots=True)
class Product:
    """What is evaluated: how it makes indexes of drafts and of files, tells their articles, and opens them."""

    index: Callable[[Path, str, Sequence[Draft], Settings, Progress], Settings] = scratch_index
    index_of_files: Callable[[Path, Sequence[Path], Settings, Progress], tuple[Settings, ReindexReport]] = (
        scratch_index_of_files
    )
    collection: Callable[[Settings], Collection] = collection
    engine: Callable[[Settings, Fitted | None], AbstractContextManager[Engine]] = wiring.engine


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Puts cases to the product as the settings make it.

    Scratch indexes are kept under `scratch`. `say` is told, a line at a time, what a person should know: what is
    asked, a source that names no article, a file that could not be read. `fitted` are other numbers to answer by than
    those that the settings name. `judge` is asked about every answer, besides what is expected of it.
    """

    settings: Settings
    scratch: Path
    progress: Progress
    say: Callable[[str], None]
    fitted: Fitted | None = None
    product: Product = Product()
    judge: JudgeRun | None = None

    def evaluate(self, file: CaseFile, name: str) -> list[CaseResult]:
        """Return what came of each case of a file, which is called `name` there.

        They are asked of the articles that the file names, or of the configured index.

        Raises:
            FootnoteError: there is no index, or none of these articles can be made.
        """
        with self.asking(self.index_for(file)) as asked:
            self.say(_asking(name, len(file.cases), "case", asked.collection))
            for case, source in unknown_sources(file.cases, asked.collection):
                self.say(f"{file.path}, case {case!r}: no article that is asked is {source!r}.")
            return asked.results(name, file.cases, self.progress)

    def evaluate_data_set(self, found: DataSet) -> list[CaseResult]:
        """Return what came of each question; of a set that only judges articles, what was found.

        Raises:
            FootnoteError: it has no question, or no index of its articles can be made.
        """
        if not found.cases:
            raise EvaluationError(f"{found.name} holds no question.", "Name a data set that holds some.")
        with self.asking(self.index_of(found)) as asked:
            self.say(_asking(found.name, len(found.cases), "question", asked.collection))
            return asked.results(
                found.name, found.cases, self.progress, only_search=found.only_judges_articles
            )

    def index_for(self, file: CaseFile) -> Settings:
        """Return settings whose home holds the index that the cases of a file are asked of.

        Raises:
            FootnoteError: there is none, or none can be made.
        """
        if not file.articles:
            wiring.require_index(self.settings)
            return self.settings
        settings, report = self.product.index_of_files(
            self.scratch, file.articles, self.settings, self.progress
        )
        for problem in report.problems:
            self.say(f"{place_name(problem.place, problem.line)} {problem.reason}. {problem.remedy}")
        if not report.articles:
            raise CaseError(
                f"{file.path} names articles, and none is there: {', '.join(map(str, file.articles))}.",
                "Correct the paths under articles:, which are relative to the file.",
            )
        return settings

    def index_of(self, found: DataSet) -> Settings:
        """Return settings whose home holds an index of a data set's articles.

        Raises:
            FootnoteError: none can be made.
        """
        self.say(f"{found.name}: {len(found.drafts):,} articles, indexed where they are not yet ...")
        return self.product.index(self.scratch, found.name, found.drafts, self.settings, self.progress)

    @contextmanager
    def asking(self, settings: Settings) -> Iterator[Asking]:
        """Give what asks the index that the settings name, with the index open."""
        asked = self.product.collection(settings)
        with self.product.engine(settings, self.fitted) as engine:
            yield Asking(engine, asked, self._support(), self.judge)

    def _support(self) -> BearsOut | None:
        """Return what verifies sentences that a language model writes, where one does; loads nothing yet."""
        if self.settings.chat_model is None:
            return None
        embedder = wiring.embedding_model(self.settings)
        return Support(embedder, wiring.verifier(self.settings, embedder))


@dataclass(frozen=True, slots=True)
class Asking:
    """An open index, the articles in it, and what tells more of an answer than its case expects."""

    engine: Engine
    collection: Collection
    bears_out: BearsOut | None = None
    judge: JudgeRun | None = None

    def results(
        self, file: str, cases: Sequence[QuestionCase], progress: Progress, *, only_search: bool = False
    ) -> list[CaseResult]:
        """Return what came of each of a file's cases, judged; `only_search` asks for no answers."""
        outcomes = self.outcomes(file, cases, progress, answering=not only_search)
        results = judge(file, outcomes, self.collection, self.bears_out)
        return results if self.judge is None else self.judge.judged(file, results, outcomes, progress)

    def outcomes(
        self,
        file: str,
        cases: Sequence[QuestionCase],
        progress: Progress,
        find: Find = search,
        *,
        answering: bool = True,
    ) -> list[Outcome]:
        """Return what came of each of a file's cases, not judged; they are searched for as `find` does."""
        return ask_each(self.engine, cases, progress, f"Asking {file}", find, answering=answering)


def _asking(name: str, count: int, noun: str, asked: Collection) -> str:
    return f"{name}: {_counted(count, noun)}, asked of {_counted(len(asked), 'article')}."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
