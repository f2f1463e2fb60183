"""Answering: what is said to a question, composed and written down before it is posted.

The questions of one conversation are answered one after the other, because a follow-up leans on what came before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from bot.answers import Answer, Claim
from bot.follow_ups import leans
from bot.logs import Log
from bot.questions import Exchange, Question
from bot.records.inbox import Inbox
from bot.records.records import Arrival, Outcome, Recorded, State, Surface
from bot.slack.blocks import answer_messages, notice, plain_messages
from bot.slack.messages import Message
from bot.slack.words import FAILED, HOW_TO_ASK, WHICH_QUESTION, asks_nothing
from index.errors import FootnoteError

_REMEMBERED = 10
"""Exchanges: a follow-up leans on the last few."""
_RESTING = 1.0
"""Seconds after which the inbox is looked at again, whether anybody said so or not."""


_Conversation = tuple[str, str, str | None]

_MOST_TRIES = 5
"""How often a question is answered whose answers quote what has just been withdrawn."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a question comes to: the messages, the same without blocks, the answer in words alone, what it quotes."""

    outcome: Outcome
    messages: tuple[Message, ...]
    plain: tuple[Message, ...] = ()
    words: str | None = None
    cited: frozenset[str] = frozenset()


class Answerer(Protocol):
    """What is needed of an answerer."""

    def answer(self, question: Question, told: Callable[[Claim], None] | None = None) -> Answer:
        """Answer `question`, or decline; `told` is told each sentence of the answer as soon as it stands."""


class Answering:
    """Threads that answer what is admitted, begun in order; `composed` is told each question that is composed.

    One is enough where the model that works is on this machine, with all processors. Where another one is waited for,
    there may be several, and `told` is told of each question the sentences that stand already.
    """

    def __init__(
        self,
        inbox: Inbox,
        answerer: Answerer,
        composed: Callable[[Recorded, Outcome, float], None],
        log: Log,
        *,
        told: Callable[[int, Claim], None] | None = None,
        threads: int = 1,
    ) -> None:
        self._inbox = inbox
        self._answerer = answerer
        self._composed = composed
        self._log = log
        self._told = told
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._taking = threading.Lock()
        self._under_way: dict[int, _Conversation] = {}
        self._threads = [
            threading.Thread(target=self._work, name=f"answering-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Say that there is something to answer."""
        self._wake.set()

    def stop(self, seconds: float) -> None:
        """Begin no other question, and wait for those under way, at most so many seconds."""
        self._stopped.set()
        self._wake.set()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

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
            except Exception as error:  # nothing may end this thread: there may be no other
                self._log.error("failed", error=f"{type(error).__name__}: {error}")
                self._stopped.wait(_RESTING)

    def _answer_next(self) -> bool:
        question = self._taken()
        if question is None:
            return False
        if len(self._threads) > 1:
            # Whoever else was woken for the next one may not have looked since.
            self._wake.set()
        try:
            self._compose(question)
        finally:
            with self._taking:
                del self._under_way[question.id]
        return True

    def _taken(self) -> Recorded | None:
        """Take the first question that waits, and for no other of its conversation."""
        with self._taking:
            passed_over = set(self._under_way)
            while (waiting := self._inbox.admitted(passed_over)) is not None:
                question = self._inbox.question(waiting)
                if question is not None and _conversation(question.arrival) not in self._under_way.values():
                    self._under_way[waiting] = _conversation(question.arrival)
                    return question
                passed_over.add(waiting)
        return None

    def _compose(self, question: Recorded) -> None:
        began = time.monotonic()
        for _ in range(_MOST_TRIES):
            said = self._say(question)
            if self._write_down(question, said):
                self._composed(question, said.outcome, time.monotonic() - began)
                return
            if not self._still_waits(question) or self._stopped.wait(_RESTING):
                return
        self._log.error("cannot answer", question=question.id, error="what it quotes is withdrawn")
        said = _failed("an article is being withdrawn.")
        if self._write_down(question, said):
            self._composed(question, said.outcome, time.monotonic() - began)

    def _write_down(self, question: Recorded, said: _Said) -> bool:
        return self._inbox.compose(
            question.id,
            said.outcome,
            [each.to_json() for each in said.messages],
            [each.to_json() for each in said.plain],
            said.words,
            said.cited,
        )

    def _still_waits(self, question: Recorded) -> bool:
        """Tell whether a question that could not be composed has to be: what its answer quotes was withdrawn."""
        found = self._inbox.question(question.id)
        return found is not None and found.state is State.ADMITTED

    def _say(self, question: Recorded) -> _Said:
        history = self._inbox.history(question, _REMEMBERED)
        try:
            return self._answer(question, history)
        except FootnoteError as error:
            self._log.error("cannot answer", question=question.id, error=str(error))
            # What it says is for whoever runs the bot: it may name folders of the machine.
            return _failed("the articles cannot be searched.")
        except Exception as error:  # whatever it is, its asker is told, and the next question answered
            self._log.error("cannot answer", question=question.id, error=f"{type(error).__name__}: {error}")
            return _failed("something went wrong.")

    def _answer(self, question: Recorded, history: tuple[Exchange, ...]) -> _Said:
        text, moment = question.arrival.text, datetime.fromtimestamp(question.received_at, UTC)
        if asks_nothing(text):
            return _Said(Outcome.EXPLAINED, (notice(HOW_TO_ASK),))
        if question.arrival.in_thread and not history and leans(text, moment):
            return _Said(Outcome.EXPLAINED, (notice(WHICH_QUESTION),))
        asked = Question(text, moment, history=history)
        answer = self._answerer.answer(asked, self._teller(question))
        if answer.reply is not None:
            return _Said(Outcome.EXPLAINED, answer_messages(answer), plain_messages(answer))
        outcome = Outcome.DECLINED if answer.declined else Outcome.ANSWERED
        said = " ".join(claim.text for claim in answer.claims)
        return _Said(outcome, answer_messages(answer), plain_messages(answer), said, answer.named)

    def _teller(self, question: Recorded) -> Callable[[Claim], None] | None:
        told = self._told
        return None if told is None else lambda claim: told(question.id, claim)


def _failed(reason: str) -> _Said:
    return _Said(Outcome.FAILED, (notice(FAILED.format(reason=reason)),))


def _conversation(arrival: Arrival) -> _Conversation:
    """Return what a question has in common with those that it may lean on."""
    alone = arrival.surface is Surface.DIRECT and not arrival.in_thread
    return arrival.workspace, arrival.channel, None if alone else arrival.thread
