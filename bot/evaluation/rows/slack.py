"""The bot in Slack under load: how many are answered, how fast beside answering alone, and the first sign of life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.metrics.statistics import median, percentile
from bot.evaluation.rows.figures import Figure, Row, Target


@dataclass(frozen=True, slots=True)
class Load:
    """How many of the questions asked at once were answered or declined, and in how many seconds all of them."""

    answered: int
    seconds: float


@dataclass(frozen=True, slots=True)
class SlackRun:
    """What was measured of so many questions of so many users.

    `batches` are the seconds that `footnote ask -` took for the same questions, before and after; `lifted` is the bot
    with all limits lifted, `limited` with its own and Slack's. `signs` are the seconds from an event to the first
    message or status, the bot having nothing else to do.
    """

    questions: int
    users: int
    batches: Sequence[float]
    lifted: Load
    limited: Load
    signs: Sequence[float]


def slack_rows(run: SlackRun) -> tuple[Row, Row, Row]:
    """Return a row for the load without limits, one for that with limits, and one for signs of life.

    The batch is as fast as the faster one of its two runs. A refusal is no answer.
    """
    batch = run.questions / min(run.batches)
    bot = run.questions / run.lifted.seconds
    asked = f"{run.questions:,} questions at once from {run.users:,} users"
    all_of_them = Target(1, 1)
    signs = [seconds * 1000 for seconds in run.signs]
    return (
        Row(
            f"Slack, {asked}, no limits: answered / questions a second over those of `ask -` / both",
            (
                Figure(run.lifted.answered / run.questions, all_of_them),
                Figure(bot / batch, Target(0.7, 0.9)),
                Figure(bot, pattern="{:.1f}"),
                Figure(batch, pattern="{:.1f}"),
            ),
        ),
        Row(
            f"Slack, {asked}, Slack's limits and the bot's own: answered / in",
            (
                Figure(run.limited.answered / run.questions, all_of_them),
                Figure(run.limited.seconds, pattern="{:.0f} s"),
            ),
        ),
        Row(
            f"Slack, {len(signs):,} questions one by one: event to first sign of life, 95th percentile / median",
            (
                Figure(percentile(signs, 0.95), Target(300, 100, low=True), pattern="{:.0f} ms"),
                Figure(median(signs), pattern="{:.0f} ms"),
            ),
        ),
    )
