"""The bench that parts of the benchmark are measured on: where things are, and the product that is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bot import wiring
from bot.answering.model import Fitted
from bot.evaluation.cases import QuestionCase
from bot.evaluation.evaluating import Evaluator, Product
from bot.evaluation.local_model import local_model
from bot.evaluation.rows.figures import drawn
from bot.evaluation.rows.slack import SlackRun
from bot.evaluation.rows.speed import IndexSize
from bot.evaluation.slack_load import slack_load
from bot.evaluation.verification_cases import VerificationCase
from bot.evaluation.verifying import Verified, verify_each
from bot.settings import Settings
from index.planning import Progress


def embedding(settings: Settings) -> Callable[[str], object]:
    """Return what embeds a question as the retriever does."""
    embedder = wiring.embedding_model(settings)
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
class MeasuredProduct(Product):
    """Besides, what only the benchmark wants: times, sizes, load, a language model that is served, and the verifier."""

    embedding: Callable[[Settings], Callable[[str], object]] = embedding
    size: Callable[[Settings], IndexSize] = index_size
    slack: Callable[[Settings, Sequence[str]], SlackRun] = slack_load
    local_model: Callable[[], AbstractContextManager[str]] = local_model
    verified: Callable[[Settings, Sequence[VerificationCase]], list[Verified]] = verify_each


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
    product: MeasuredProduct = MeasuredProduct()

    def some(self, questions: Iterable[QuestionCase]) -> tuple[QuestionCase, ...]:
        """Return the questions to ask, evenly drawn where there are more than the limit."""
        every = tuple(questions)
        return drawn(every, len(every) if self.limit is None else self.limit)

    def evaluator(self, fitted: Fitted | None = None) -> Evaluator:
        """Return what asks, as `footnote eval` does; `fitted` are other numbers than those the product comes with."""
        return Evaluator(self.settings, self.scratch, self.progress, self.say, fitted, self.product)
