"""Figures for Prometheus: what came to what, how fast, and how much waits."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.records.records import Outcome

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """Counts; `waiting` returns how many questions have no answer yet, `degraded` what the index suffers from."""

    def __init__(self, waiting: Callable[[], int], degraded: Callable[[], str | None]) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "footnote_questions", "Questions that were dealt with.", ["outcome"], registry=self._registry
        )
        self._composing = Histogram(
            "footnote_composing_seconds",
            "Time to compose an answer.",
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._answering = Histogram(
            "footnote_answering_seconds",
            "Time from taking a question in to its answer being posted.",
            registry=self._registry,
            buckets=_SECONDS,
        )
        gauge = Gauge(
            "footnote_waiting_questions", "Questions without an answer yet.", registry=self._registry
        )
        gauge.set_function(waiting)
        vectors = Gauge(
            "footnote_degraded",
            "1 while the vectors are damaged and the index is searched otherwise.",
            registry=self._registry,
        )
        vectors.set_function(lambda: degraded() is not None)
        for outcome in Outcome:
            # From the beginning, so that a rate can be taken of what has not happened yet.
            self._questions.labels(outcome)

    def composed(self, seconds: float) -> None:
        """Note how long an answer took to compose."""
        self._composing.observe(seconds)

    def finished(self, outcome: Outcome, seconds: float) -> None:
        """Note a question that is dealt with."""
        self._questions.labels(outcome).inc()
        self._answering.observe(seconds)

    def exposition(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return generate_latest(self._registry)
