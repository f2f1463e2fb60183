"""Near misses: questions that the sample articles answer, and the same with one detail exchanged for another."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import Answer
from bot.evaluation.cases import QuestionCase
from bot.evaluation.matching import holds_any
from bot.evaluation.metrics.statistics import share
from bot.evaluation.rows.figures import Figure, Row, Target

KEPT_OUT = "kept-out"
"""The tag of pairs that no rule was written with in view."""


def near_miss_rows(asked: Sequence[tuple[QuestionCase, Answer]]) -> tuple[Row, Row]:
    """Return a row for the pairs that were kept out, and one for the others."""
    kept_out = [(case, answer) for case, answer in asked if KEPT_OUT in case.tags]
    others = [(case, answer) for case, answer in asked if KEPT_OUT not in case.tags]
    return _row("kept out", kept_out), _row("in view", others)


def _row(which: str, asked: Sequence[tuple[QuestionCase, Answer]]) -> Row:
    """Return how many originals are answered right, any quote holding an answer, and how many swapped are declined."""
    originals = [_right(case, answer) for case, answer in asked if not case.declines]
    swapped = [answer.declined for case, answer in asked if case.declines]
    return Row(
        f"Near misses, {len(swapped):,} pairs {which}: originals answered right / swapped declined",
        (Figure(share(originals), Target(0.90, 0.97)), Figure(share(swapped), Target(0.80, 0.95))),
    )


def _right(case: QuestionCase, answer: Answer) -> bool:
    return not answer.declined and any(holds_any(each.quote, case.answers) for each in answer.citations)
