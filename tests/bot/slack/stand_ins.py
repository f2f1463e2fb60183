"""Stand-ins for what the parts of the bot are given, and a log that can be looked into."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.answers import Answer
from bot.questions import Question
from tests.bot import made


@dataclass(slots=True)
class Kept:
    """A log whose lines are kept: (level, message, values)."""

    lines: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def debug(self, event: str, **values: Any) -> None:
        self.lines.append(("debug", event, values))

    def info(self, event: str, **values: Any) -> None:
        self.lines.append(("info", event, values))

    def warning(self, event: str, **values: Any) -> None:
        self.lines.append(("warning", event, values))

    def error(self, event: str, **values: Any) -> None:
        self.lines.append(("error", event, values))

    def said(self, level: str) -> list[str]:
        """Return the messages of a level."""
        return [event for at, event, _ in self.lines if at == level]


TOLL = made.answer(made.citation(made.article("The toll is 40 euros."), "40 euros"))


class Answering:
    """Answers with these answers in turn, the last over and over, or raises them; keeps what it was asked.

    While `may_answer` is not set, it takes its time; `began` tells that it has begun.
    """

    def __init__(self, *said: Answer | Exception) -> None:
        self._said = list(said or [TOLL])
        self.asked: list[Question] = []
        self.began = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        self.began.set()
        assert self.may_answer.wait(5)
        said = self._said.pop(0) if len(self._said) > 1 else self._said[0]
        if isinstance(said, Exception):
            raise said
        return said


def wait_for(is_so: Callable[[], object], seconds: float = 5.0) -> None:
    """Return once something is so; fail where it is not within that time."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"not so after {seconds} s"
        time.sleep(0.005)
