"""Stand-ins for what the parts of the bot are given, and a log that can be looked into."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.answers import Answer, Claim
from bot.questions import Question
from bot.slack.calls import CallError, Posted, Refused
from bot.slack.messages import Message
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

    def answer(self, question: Question, told: Callable[[Claim], None] | None = None) -> Answer:
        self.asked.append(question)
        self.began.set()
        assert self.may_answer.wait(5)
        said = self._said.pop(0) if len(self._said) > 1 else self._said[0]
        if isinstance(said, Exception):
            raise said
        if told is not None:
            for claim in said.claims:
                told(claim)
        return said


class Slack:
    """Keeps what is posted; each call fails as its method's next failure says, a lost one after it was done.

    The streams that are `open` can be neither updated nor deleted.
    """

    def __init__(self) -> None:
        self.failures: dict[str, list[CallError | None]] = {}
        self.messages: dict[str, tuple[str, str | None, Message]] = {}
        self.marks: dict[str, str] = {}
        self.told: list[tuple[str, str, str | None, str]] = []
        self.open: set[str] = set()
        self._numbers = itertools.count(1)

    def _may(self, method: str) -> CallError | None:
        failures = self.failures.get(method, [])
        failure = failures.pop(0) if failures else None
        if failure is not None and str(failure) != "lost":
            raise failure
        return failure

    def post(self, channel: str, thread: str | None, message: Message, mark: str | None = None) -> Posted:
        lost = self._may("post")
        ts = self._there(channel, thread, message)
        self.marks[mark or ts] = ts
        if lost:
            raise lost
        return Posted(ts, thread)

    def _there(self, channel: str, thread: str | None, message: Message) -> str:
        ts = f"{next(self._numbers)}.0"
        self.messages[ts] = (channel, thread, message)
        return ts

    def update(self, channel: str, ts: str, message: Message, mark: str | None = None) -> None:
        lost = self._may("update")
        if ts in self.open:
            raise Refused("streaming_state_conflict")
        assert self.messages[ts][0] == channel
        assert self.marks.setdefault(mark or ts, ts) == ts
        self.messages[ts] = (channel, self.messages[ts][1], message)
        if lost:
            raise lost

    def delete(self, channel: str, ts: str) -> None:
        self._may("delete")
        if ts in self.open:
            raise Refused("cant_delete_message")
        assert self.messages.pop(ts)[0] == channel

    def tell_alone(self, channel: str, person: str, thread: str | None, text: str) -> None:
        self._may("tell_alone")
        self.told.append((channel, person, thread, text))

    def find(self, channel: str, thread: str, mark: str) -> str | None:
        self._may("find")
        ts = self.marks.get(mark)
        assert ts is None or self.messages[ts][:2] == (channel, thread)
        return ts

    def start_stream(self, channel: str, thread: str, reader: tuple[str, str], text: str) -> str:
        lost = self._may("start_stream")
        assert all(reader)
        ts = self._there(channel, thread, Message(text))
        self.open.add(ts)
        if lost:
            raise lost
        return ts

    def append_stream(self, channel: str, ts: str, text: str) -> None:
        lost = self._may("append_stream")
        self._is_open(ts)
        self.messages[ts] = (channel, self.messages[ts][1], Message(self.messages[ts][2].text + text))
        if lost:
            raise lost

    def stop_stream(self, channel: str, ts: str) -> None:
        lost = self._may("stop_stream")
        self._is_open(ts)
        assert self.messages[ts][0] == channel
        self.open.remove(ts)
        if lost:
            raise lost

    def _is_open(self, ts: str) -> None:
        if ts not in self.open:
            raise Refused("message_not_in_streaming_state")

    @property
    def texts(self) -> list[str]:
        return [message.text for _, _, message in self.messages.values()]


def wait_for(is_so: Callable[[], object], seconds: float = 5.0) -> None:
    """Return once something is so; fail where it is not within that time."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"not so after {seconds} s"
        time.sleep(0.005)
