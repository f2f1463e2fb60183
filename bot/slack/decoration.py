"""Decoration: what Slack may refuse without harm. It is done aside, so that no answer waits for it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.logs import Log
from bot.records.records import Recorded
from bot.slack.calls import CallError
from bot.slack.events import Opened
from bot.slack.words import HOW_DO_I_ASK

_ENDS_WITHIN = 1.0


class Slack(Protocol):
    """What decoration needs of Slack; see `bot.slack.calls`."""

    def show_status(self, channel: str, thread: str, status: str) -> None:
        """Show what the bot is doing; "" clears it."""

    def suggest(self, channel: str, thread: str | None, prompts: Sequence[Mapping[str, str]]) -> None:
        """Suggest what to ask."""


class Decoration:
    """Shows a status under a question asked directly, until it is answered; `status` returns it."""

    def __init__(self, slack: Slack, status: Callable[[], str], log: Log) -> None:
        self._slack = slack
        self._status = status
        self._log = log
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._begun: set[int] = set()
        self._shown: set[int] = set()
        self._thread = threading.Thread(target=self._work, name="decoration", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is begun, if that takes no time."""
        self._jobs.put(None)
        self._thread.join(_ENDS_WITHIN)

    def begun(self, question: Recorded) -> None:
        """Say that a question is being looked up."""
        if question.arrival.channel.startswith("D"):
            self._begun.add(question.id)
            self._jobs.put(lambda: self._show(question))

    def ended(self, question: Recorded) -> None:
        """Say that a question is dealt with."""
        if question.id in self._begun:
            self._begun.discard(question.id)
            # Posting clears a status, but what was posted may have been there before it.
            self._jobs.put(lambda: self._clear(question))

    def opened(self, event: Opened) -> None:
        """Suggest what to ask to somebody who has come to talk."""
        prompts = [{"title": HOW_DO_I_ASK, "message": HOW_DO_I_ASK}]
        self._jobs.put(lambda: self._slack.suggest(event.channel, event.thread, prompts))

    def _show(self, question: Recorded) -> None:
        if question.id in self._begun:
            self._shown.add(question.id)
            self._slack.show_status(question.arrival.channel, question.arrival.thread, self._status())

    def _clear(self, question: Recorded) -> None:
        if question.id in self._shown:
            self._shown.discard(question.id)
            self._slack.show_status(question.arrival.channel, question.arrival.thread, "")

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except CallError as error:
                self._log.debug("not decorated", error=str(error))
            except Exception as error:  # a thread that ended would be missed by all that comes after
                self._log.warning("not decorated", error=f"{type(error).__name__}: {error}")
