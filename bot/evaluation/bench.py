"""The bench that parts of the benchmark are measured on: where things are, and the product that is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bot import wiring
from bot.answering.extractive import PassageFinder
from bot.answering.model import Fitted
from bot.evaluation.asking import (
    Answered,
    Answerer,
    Searched,
    answer_each,
    find_passages_for_each,
    search_each,
)
from bot.evaluation.data_sets import LabelledQuestion
from bot.evaluation.rows.figures import drawn
from bot.evaluation.rows.slack import SlackRun
from bot.evaluation.rows.speed import IndexSize
from bot.evaluation.scratch import scratch_index
from bot.evaluation.slack_load import slack_load
from bot.settings import Settings
from index.articles import Draft
from index.embedding import Embedder
from index.model_files import locate_model
from index.planning import Progress


def embedding(settings: Settings) -> Callable[[str], object]:
    """Return what embeds a question as the retriever does."""
    embedder = Embedder(locate_model(settings.embedding_model))
    return lambda text: embedder.encode_in_context([text])


def index_size(settings: Settings) -> IndexSize:
    """Return how large the index is that the settings name."""
    place, catalogue = wiring.home(settings), wiring.catalogue(settings)
    with catalogue.snapshot() as snapshot:
        passages = snapshot.count()
    catalogue.close()
    vectors = sum(file.stat().st_size for file in place.vectors.rglob("*") if file.is_file())
    return IndexSize(passages, place.catalogue.stat().st_size, vectors)


@dataclass(frozen=True, slots=True)
class Product:
    """What is measured, as it is built from settings."""

    index: Callable[[Path, str, Sequence[Draft], Settings, Progress], Settings] = scratch_index
    retriever: Callable[[Settings], AbstractContextManager[PassageFinder]] = wiring.retriever
    answerer: Callable[[Settings, Fitted | None], AbstractContextManager[Answerer]] = wiring.answerer
    embedding: Callable[[Settings], Callable[[str], object]] = embedding
    size: Callable[[Settings], IndexSize] = index_size
    slack: Callable[[Settings, Sequence[str]], SlackRun] = slack_load


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the data sets and the scratch indexes are, what is measured, and how far.

    Of each kind of question at most `limit` are asked. `say` is told, a line at a time, what is being done.
    """

    data: Path
    scratch: Path
    settings: Settings
    progress: Progress
    say: Callable[[str], None]
    limit: int | None = None
    product: Product = Product()

    def some(self, questions: Iterable[LabelledQuestion]) -> tuple[LabelledQuestion, ...]:
        """Return the questions to ask, evenly drawn where there are more than the limit."""
        every = tuple(questions)
        return drawn(every, len(every) if self.limit is None else self.limit)

    def index(self, name: str, drafts: Sequence[Draft]) -> Settings:
        """Return settings whose home holds an index of `drafts`."""
        self.say(f"{name}: {len(drafts):,} articles, indexed where they are not yet ...")
        return self.product.index(self.scratch, name, drafts, self.settings, self.progress)

    def searched(
        self, settings: Settings, questions: Sequence[LabelledQuestion], stage: str
    ) -> list[Searched]:
        """Search for each question, and return what was found."""
        self.say(f"{stage}: {len(questions):,}")
        with self.product.retriever(settings) as finder:
            return search_each(finder, questions, self.progress, stage)

    def paragraphs(
        self, settings: Settings, questions: Sequence[LabelledQuestion], stage: str
    ) -> list[Searched]:
        """Find what each question is answered from."""
        self.say(f"{stage}: {len(questions):,}")
        with self.product.retriever(settings) as finder:
            return find_passages_for_each(finder, questions, settings.passages, self.progress, stage)

    def answered(
        self,
        settings: Settings,
        *kinds: Sequence[LabelledQuestion],
        stage: str,
        fitted: Fitted | None = None,
    ) -> list[list[Answered]]:
        """Answer the questions of each kind, and return what was answered, kind by kind.

        `fitted` are other numbers than those the product comes with.
        """
        self.say(f"{stage}: {sum(map(len, kinds)):,}")
        with self.product.answerer(settings, fitted) as answerer:
            return [answer_each(answerer, kind, self.progress, stage) for kind in kinds]
