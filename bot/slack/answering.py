"""Answering: what is said to a question, composed and written down before it is posted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from bot.answers import Answer
from bot.follow_ups import leans
from bot.logs import Log
from bot.questions import Exchange, Question
from bot.records.inbox import Inbox
from bot.records.records import Outcome, Recorded
from bot.slack.blocks import answer_messages, notice, plain_messages
from bot.slack.messages import Message
from bot.slack.words import FAILED, HOW_TO_ASK, WHICH_QUESTION, asks_nothing
from index.errors import FootnoteError

_REMEMBERED = 10
"""Exchanges: a follow-up leans on the last few."""
_RESTING = 1.0
"""Seconds after which the inbox is looked at again, whether anybody said so or not."""


_Said = tuple[Outcome, tuple[Message, ...], tuple[Message, ...], str | None]
"""What a question comes to: the messages, the same without blocks, and the answer in words alone."""


class Answerer(Protocol):
    """What is needed of an answerer."""

    def answer(self, question: Question) -> Answer:
        """Answer `question`, or decline."""


class Answering:
    """One thread that answers what is admitted, in order; `composed` is told each question that it has composed.

    One is enough: the model already works with all processors.
    """

    def __init__(
        self, inbox: Inbox, answerer: Answerer, composed: Callable[[Recorded, Outcome, float], None], log: Log
    ) -> None:
        self._inbox = inbox
        self._answerer = answerer
        self._composed = composed
        self._log = log
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="answering", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something to answer."""
        self._wake.set()

    def stop(self, seconds: float) -> None:
        """Begin no other question, and wait for the one under way, at most so many seconds."""
        self._stopped.set()
        self._wake.set()
        self._thread.join(seconds)

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                if not self._answer_next():
                    self._wake.wait(_RESTING)
                    self._wake.clear()
            except FootnoteError as error:
                # The records themselves cannot be used: the question stays where it is.
                self._log.error("records", error=str(error))
                self._stopped.wait(_RESTING)
            except Exception as error:  # nothing may end this thread: there is no other
                self._log.error("failed", error=f"{type(error).__name__}: {error}")
                self._stopped.wait(_RESTING)

    def _answer_next(self) -> bool:
        waiting = self._inbox.admitted()
        question = None if waiting is None else self._inbox.question(waiting)
        if question is None:
            return False
        began = time.monotonic()
        outcome, messages, plain, said = self._say(question)
        composed = self._inbox.compose(
            question.id,
            outcome,
            [each.to_json() for each in messages],
            [each.to_json() for each in plain],
            said,
        )
        if composed:
            self._composed(question, outcome, time.monotonic() - began)
        return True

    def _say(self, question: Recorded) -> _Said:
        history = self._inbox.history(question, _REMEMBERED)
        try:
            return self._answer(question, history)
        except FootnoteError as error:
            self._log.error("cannot answer", question=question.id, error=str(error))
            # What it says is for whoever runs the bot: it may name folders of the machine.
            return (
                Outcome.FAILED,
                (notice(FAILED.format(reason="the articles cannot be searched.")),),
                (),
                None,
            )
        except Exception as error:  # whatever it is, its asker is told, and the next question answered
            self._log.error("cannot answer", question=question.id, error=f"{type(error).__name__}: {error}")
            return Outcome.FAILED, (notice(FAILED.format(reason="something went wrong.")),), (), None

    def _answer(self, question: Recorded, history: tuple[Exchange, ...]) -> _Said:
        text, moment = question.arrival.text, datetime.fromtimestamp(question.received_at, UTC)
        if asks_nothing(text):
            return Outcome.EXPLAINED, (notice(HOW_TO_ASK),), (), None
        if question.arrival.in_thread and not history and leans(text, moment):
            return Outcome.EXPLAINED, (notice(WHICH_QUESTION),), (), None
        answer = self._answerer.answer(Question(text, moment, history=history))
        outcome = Outcome.DECLINED if answer.declined else Outcome.ANSWERED
        said = " ".join(claim.text for claim in answer.claims)
        return outcome, answer_messages(answer), plain_messages(answer), said
