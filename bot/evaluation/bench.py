"""The bench that parts of the benchmark are measured on: where things are, and the product that is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from bot import wiring
from bot.answering.model import Fitted
from bot.evaluation.cases import QuestionCase
from bot.evaluation.evaluating import Evaluator, Product
from bot.evaluation.local_model import local_model
from bot.evaluation.rows.figures import drawn
from bot.evaluation.rows.slack import SlackRun
from bot.evaluation.slack_load import slack_load
from bot.evaluation.speed.product import SpeedProduct
from bot.evaluation.verification_cases import VerificationCase
from bot.evaluation.verifying import Verified, verify_each
from bot.settings import Settings
from index.planning import Progress


def embedding(settings: Settings) -> Callable[[str], object]:
    """Return what embeds a question as the retriever does."""
    embedder = wiring.embedding_model(settings)
    return lambda text: embedder.encode_in_context([text])


@dataclass(frozen=True, slots=True)
class MeasuredProduct(Product):
    """Besides, what only the benchmark wants: times, load, a language model that is served, the verifier, and speed."""

    embedding: Callable[[Settings], Callable[[str], object]] = embedding
    slack: Callable[[Settings, Sequence[str]], SlackRun] = slack_load
    local_model: Callable[[], AbstractContextManager[str]] = local_model
    verified: Callable[[Settings, Sequence[VerificationCase]], list[Verified]] = verify_each
    speed: SpeedProduct = field(default_factory=SpeedProduct)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the data sets and the scratch indexes are, what is measured, and how far.

    Of each kind of question at most `limit` are asked, and for their time as many articles and files are reindexed.
    `say` is told, a line at a time, what is being done.
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
