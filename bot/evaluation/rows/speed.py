"""Speed and size: how long an answer takes beside what cannot be spared, and what a passage takes on disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.evaluation.asking import Answerer
from bot.evaluation.metrics.statistics import median
from bot.evaluation.rows.figures import Figure, Row, Target
from bot.questions import Question
from index.planning import Progress

WARM_UPS = 10
"""Questions asked before the clock counts: the first ones load the model and fill caches."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one question took: to be answered, and to be embedded alone."""

    answering: float
    embedding: float


@dataclass(frozen=True, slots=True)
class IndexSize:
    """How many passages an index holds, and how many bytes its catalogue and its vectors in Chroma take."""

    passages: int
    catalogue: int
    vectors: int


def time_each(
    answerer: Answerer,
    embed: Callable[[str], object],
    questions: Sequence[Question],
    progress: Progress,
    clock: Callable[[], float] = time.perf_counter,
) -> list[Timing]:
    """Answer and embed each question in turn, so that both meet the same machine, and return the times.

    The first WARM_UPS questions are not among them.
    """
    progress.begin("Timing answers", len(questions))
    timings = []
    for question in questions:
        began = clock()
        answerer.answer(question)
        answered = clock()
        embed(question.text)
        timings.append(Timing(answered - began, clock() - answered))
        progress.advance()
    return timings[WARM_UPS:]


def speed_row(timings: Sequence[Timing], size: IndexSize) -> Row:
    """Return the median time of an answer over that of embedding its question, and both in milliseconds."""
    answering = median([each.answering for each in timings])
    embedding = median([each.embedding for each in timings])
    ratio = answering / embedding if answering is not None and embedding else None
    return Row(
        f"Speed, {len(timings):,} answers over {size.passages:,} passages: an answer's time over its "
        "question's embedding / both",
        (Figure(ratio, Target(8, 3, low=True)), _milliseconds(answering), _milliseconds(embedding)),
    )


def _milliseconds(seconds: float | None) -> Figure:
    return Figure(None if seconds is None else seconds * 1000, pattern="{:.1f} ms")


def size_row(size: IndexSize) -> Row:
    """Return the bytes that the catalogue takes for each passage, and all of the index."""
    each = size.catalogue / size.passages if size.passages else None
    whole = (size.catalogue + size.vectors) / 1e6
    return Row(
        f"Size, {size.passages:,} passages: the catalogue's bytes a passage / the whole index",
        (Figure(each, pattern="{:,.0f}"), Figure(whole, pattern="{:,.1f} MB")),
    )
