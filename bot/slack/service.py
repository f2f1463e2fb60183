"""The bot at work: what was taken in is admitted, answered and delivered, whatever happens in between."""

from __future__ import annotations

import threading
import time
from typing import Protocol

from bot.answers import Claim
from bot.logs import Log
from bot.records.inbox import Inbox
from bot.records.records import Arrival, Outcome, Recorded, State
from bot.records.retractions import Retractions
from bot.slack.answering import Answerer, Answering
from bot.slack.blocks import notice, streamed
from bot.slack.calls import CallError, NotYet
from bot.slack.decoration import Decoration
from bot.slack.delivery import Delivery
from bot.slack.turns import Turns
from bot.slack.words import FAILED, TOO_LATE
from index.errors import FootnoteError

FRESH_SECONDS = 15 * 60
"""A question found at start-up that is older is apologised for, not answered."""
GRACE_SECONDS = 30.0
"""How long what is under way may take once the bot is told to stop."""
_DELIVERERS = 8
_WRITERS = 4
"""Answers that a language model writes at once: their time is spent waiting for it."""
_TRY_AGAIN = 1.0
_KNOWN_WITHIN = 60.0
"""Seconds in which Slack has to say who somebody is; without that they are not answered."""
_FORGET_EVERY = 3600.0
_LOOK_FOR_RETRACTIONS_EVERY = 1.0
_DAY = 86_400.0
_SENT_AGAIN_WITHIN = 7 * _DAY
"""Seconds; far more than Slack takes for all its retries."""


class Admission(Protocol):
    """What tells whether a question is answered."""

    def refusal(self, question_id: int, arrival: Arrival) -> str | None:
        """Return why a question is not answered; None where it is."""


class Watching(Protocol):
    """What is told of what happens, to count it."""

    def composed(self, seconds: float) -> None:
        """Note how long an answer took to compose."""

    def finished(self, outcome: Outcome, seconds: float) -> None:
        """Note a question that is dealt with, so many seconds after it was taken in."""


class Service:
    """Works on what is in the inbox. Questions done more than `retention_days` ago are deleted; 0 keeps them.

    Where the answers are `written` by a language model, several are composed at once, and seen while they are.
    """

    def __init__(
        self,
        inbox: Inbox,
        answerer: Answerer,
        admission: Admission,
        delivery: Delivery,
        decoration: Decoration,
        watching: Watching,
        log: Log,
        *,
        retractions: Retractions,
        retention_days: int,
        written: bool,
    ) -> None:
        self._inbox = inbox
        self._admission = admission
        self._delivery = delivery
        self._decoration = decoration
        self._watching = watching
        self._log = log
        self._retractions = retractions
        self._retracting: set[int] = set()
        self._retention_days = retention_days
        self._answering = Answering(
            inbox,
            answerer,
            self._composed,
            log,
            told=self._told if written else None,
            threads=_WRITERS if written else 1,
        )
        self._turns = Turns(self._advance, _DELIVERERS, "delivery", log)
        self._started = False
        self._stopped = threading.Event()
        self._background = [
            threading.Thread(target=work, name=name, daemon=True)
            for work, name in ((self._forget, "forgetting"), (self._look_for_retractions, "retracting"))
        ]

    def start(self) -> None:
        """Take up what an earlier process left, and begin.

        Raises:
            RecordsError: the records cannot be used.
        """
        self._retractions.try_again()
        left = self._inbox.unfinished()
        for question_id in left:
            self._take_up(question_id)
        for question_id in self._inbox.untidy():
            self._turns.due(question_id)
        if left:
            self._log.info("taken up", questions=len(left))
        self._started = True
        self._turns.start()
        self._decoration.start()
        self._answering.start()
        for thread in self._background:
            thread.start()

    def stop(self) -> None:
        """Finish what is under way, at most for GRACE_SECONDS; the rest stays in the inbox."""
        if not self._started:
            return
        until = time.monotonic() + GRACE_SECONDS
        self._stopped.set()
        self._answering.stop(GRACE_SECONDS)
        while self._has_more_to_say() and time.monotonic() < until:
            time.sleep(0.05)
        self._turns.stop(max(0.0, until - time.monotonic()))
        self._decoration.stop()
        self._log.info("stopped", left=len(self._inbox.unfinished()))

    def _has_more_to_say(self) -> bool:
        if not self._turns.is_idle():
            return True
        try:
            # What is to be done later for others can be done after the next start.
            return self._inbox.undelivered() > 0
        except FootnoteError as error:
            self._log.error("records", error=str(error))
            return False

    def due(self, question_id: int) -> None:
        """Say that there is something to do for a question."""
        self._turns.due(question_id)

    def _take_up(self, question_id: int) -> None:
        question = self._inbox.question(question_id)
        if question is None:
            return
        unanswered = question.state in (State.ARRIVED, State.ADMITTED)
        if unanswered and time.time() - question.received_at > FRESH_SECONDS:
            self._inbox.compose(question_id, Outcome.EXPIRED, [notice(TOO_LATE).to_json()])
        self._turns.due(question_id)

    def _advance(self, question_id: int) -> None:
        """Do the next thing for a question, and come back where there is more to do."""
        try:
            question = self._inbox.question(question_id)
            if question is None:
                return
            if question.state is State.ARRIVED and not self._admit(question):
                return
            self._answer_anew(question)
            current = self._inbox.question(question_id)
            again = self._delivery.deliver(current) if current else None
            if again is not None:
                self._turns.due(question_id, again)
                return
            self._retracting.discard(question_id)
            if current is not None and current.state is State.COMPOSED:
                self._note_what_became_of(question_id)
        except FootnoteError as error:
            self._log.error("records", question=question_id, error=str(error))
            self._turns.due(question_id, _TRY_AGAIN)
        except Exception as error:  # nothing may end the thread that does this
            self._log.error("failed", question=question_id, error=f"{type(error).__name__}: {error}")
            self._turns.due(question_id, _TRY_AGAIN)

    def _answer_anew(self, question: Recorded) -> None:
        """Have a question answered once more whose answer quotes what was withdrawn, and was not said yet."""
        is_fresh = time.time() - question.received_at <= FRESH_SECONDS
        if question.outcome is Outcome.RETRACTED and is_fresh and self._retractions.answer_anew(question.id):
            self._log.info("answered anew", question=question.id)
            self._answering.wake()

    def _admit(self, question: Recorded) -> bool:
        """Let a question in, or write down why not; False where that could not be told yet."""
        try:
            refusal = self._admission.refusal(question.id, question.arrival)
        except CallError as error:
            self._log.warning("not admitted yet", question=question.id, error=str(error))
            if time.time() - question.received_at < _KNOWN_WITHIN:
                self._turns.due(question.id, error.seconds if isinstance(error, NotYet) else _TRY_AGAIN)
                return False
            said = notice(FAILED.format(reason="Slack does not tell me who you are."))
            self._inbox.compose(question.id, Outcome.FAILED, [said.to_json()])
            return True
        if refusal is not None:
            self._log.info("refused", question=question.id)
            self._inbox.compose(question.id, Outcome.REFUSED, [notice(refusal).to_json()])
            return True
        if self._inbox.admit(question.id):
            self._answering.wake()
            self._decoration.begun(question)
        return True

    def _composed(self, question: Recorded, outcome: Outcome, seconds: float) -> None:
        self._log.info("composed", question=question.id, outcome=outcome, seconds=round(seconds, 3))
        self._watching.composed(seconds)
        self._turns.due(question.id)

    def _told(self, question_id: int, claim: Claim) -> None:
        try:
            self._delivery.told(question_id, streamed(claim))
            self._turns.due(question_id)
        except Exception as error:  # the answer does not depend on being seen early
            self._log.warning("not streamed", question=question_id, error=f"{type(error).__name__}: {error}")

    def _note_what_became_of(self, question_id: int) -> None:
        question = self._inbox.question(question_id)
        if question is None or question.state is not State.DONE or question.outcome is None:
            return
        if question.outcome is Outcome.RETRACTED:
            # It was dealt with before, and counted as what it was then.
            self._log.info("done", question=question_id, outcome=question.outcome)
            return
        self._decoration.ended(question)
        seconds = time.time() - question.received_at
        self._log.info("done", question=question_id, outcome=question.outcome, seconds=round(seconds, 3))
        self._watching.finished(question.outcome, seconds)

    def _look_for_retractions(self) -> None:
        """Take up answers whose sources another process has withdrawn."""
        while not self._stopped.wait(_LOOK_FOR_RETRACTIONS_EVERY):
            try:
                for question_id in self._retractions.due():
                    if question_id not in self._retracting:
                        self._retracting.add(question_id)
                        self._turns.due(question_id)
            except FootnoteError as error:
                self._log.error("records", error=str(error))

    def _forget(self) -> None:
        while not self._stopped.is_set():
            try:
                self._inbox.forget_events_before(time.time() - _SENT_AGAIN_WITHIN)
                if self._retention_days:
                    gone = self._inbox.forget_before(time.time() - self._retention_days * _DAY)
                    self._log.info("forgotten", questions=gone)
            except FootnoteError as error:
                self._log.error("records", error=str(error))
            self._stopped.wait(_FORGET_EVERY)
