"""One answer in the making: the model is asked, read, and asked again for what failed; what is left is the answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from bot.answering.considered import NOT_ANSWERED, Considered
from bot.answers import Answer, Claim, Written
from bot.errors import ChatModelError
from bot.generating.checking import Checker, Failed
from bot.generating.context import Context
from bot.generating.disagreement import Disagreement
from bot.generating.language_model import AnswerPrompts, LanguageModel, Piece, Tokens
from bot.generating.sentence_stream import cut
from bot.generating.subject import Subject
from bot.verifying.sources import SentenceVerifier
from index.words import stems

_LEFT_FOR_REPAIR = 2.0
"""Seconds below which asking once more is not begun."""
_NOTHING_LEFT = "The model wrote nothing that the passages bear out."
_IN_THEIR_PLACE = "these are the articles' own sentences"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the model is to answer, from which passages, in which language, by when (as `time.monotonic` tells)."""

    considered: Considered
    context: Context
    language: str
    until: float


class Writing:
    """Has one answer written; `told` is told each of its claims as soon as it is verified."""

    def __init__(
        self,
        assignment: Assignment,
        model: LanguageModel,
        prompts: AnswerPrompts,
        verifier: SentenceVerifier,
        tokens: Tokens,
        told: Callable[[Claim], None] | None,
    ) -> None:
        self._assignment = assignment
        self._model = model
        self._prompts = prompts
        self._tokens = tokens
        self._told = told
        self._began = time.monotonic()
        self._first_told: float | None = None
        self._replies: list[list[str]] = []
        disagreement = Disagreement(assignment.considered.versions)
        passages = assignment.context.passages
        subject = Subject(assignment.considered.asked, passages)
        self._checker = Checker(passages, verifier, disagreement, subject, self._tell)

    def answer(self) -> Answer:
        """Return the answer; where the model fails, what is left of it, or else the articles' own sentences."""
        repair = _Repair((), ())
        failure: ChatModelError | None = None
        try:
            self._read(self._first_messages())
            says_nothing = self._checker.declined
            repair = self._repair()
        except ChatModelError as error:
            failure, says_nothing = error, False
        if failure and not self._checker.claims:
            return self._extracted(failure, repair)
        self._checker.complete()
        claims = tuple(self._checker.claims)
        reason = None if claims else NOT_ANSWERED if says_nothing else _NOTHING_LEFT
        answer = self._assignment.considered.answer(claims, reason, self._model.name)
        notice = f"The language model broke off ({_brief(failure)}); more may be said." if failure else None
        return self._with_record(replace(answer, notice=notice), repair)

    def _first_messages(self) -> Any:
        assignment = self._assignment
        return self._prompts.answer.messages(
            question=assignment.considered.asked.text,
            passages=assignment.context.text,
            today=f"{assignment.considered.question.asked_at:%-d %B %Y}",
            language=assignment.language,
        )

    def _read(self, messages: Any) -> None:
        """Have a reply written, and verify its sentences while they come."""
        heard: list[str] = []
        self._replies.append(heard)
        stream = self._model.stream(messages, self._assignment.until)
        with closing(cut(self._heard(stream, heard))) as sentences:
            for sentence in sentences:
                self._checker.take(sentence)
                if self._checker.is_done:
                    return

    def _heard(self, stream: Iterator[Piece], heard: list[str]) -> Iterator[str]:
        for piece in stream:
            self._tokens.add(piece)
            heard.append(piece.text)
            yield piece.text

    def _repair(self) -> _Repair:
        """Have the sentences that failed written once more, all at once."""
        checker, assignment = self._checker, self._assignment
        in_time = assignment.until - time.monotonic() >= _LEFT_FOR_REPAIR
        # What cites nothing beside an answer is chatter.
        worth_it = any(each.numbers for each in checker.failed) or (checker.failed and not checker.claims)
        if not worth_it or checker.is_done or not in_time:
            return _Repair((), ())
        failed, shown = checker.start_again(), len(checker.claims)
        messages = self._prompts.repair.messages(
            question=assignment.considered.asked.text,
            passages=assignment.context.text,
            failed="\n".join(_with_reasons(number, each) for number, each in enumerate(failed, 1)),
            language=assignment.language,
        )
        try:
            self._read(messages)
        except ChatModelError:
            checker.failed = [*failed, *checker.failed]
            raise
        return _matched(failed, checker.claims[shown:])

    def _tell(self, claim: Claim) -> None:
        if self._first_told is None:
            self._first_told = time.monotonic()
        if self._told is not None:
            self._told(claim)

    def _extracted(self, failure: ChatModelError, repair: _Repair) -> Answer:
        considered = self._assignment.considered
        claims = considered.extracted()
        for claim in claims:
            self._tell(claim)
        answer = considered.answer(claims, considered.reason)
        instead = f"; {_IN_THEIR_PLACE}" if claims else ""
        notice = f"The language model did not answer ({_brief(failure)}){instead}."
        return self._with_record(replace(answer, notice=notice), repair)

    def _with_record(self, answer: Answer, repair: _Repair) -> Answer:
        verifying = self._checker.seconds
        seconds = {
            **answer.seconds,
            "writing": max(0.0, time.monotonic() - self._began - verifying),
            "verifying": verifying,
        }
        if self._first_told is not None:
            before = sum(self._assignment.considered.seconds.values())
            seconds["first sentence"] = before + self._first_told - self._began
        written = Written(
            "\n\n".join("".join(heard) for heard in self._replies),
            tuple(each.dropped for each in (*repair.dropped, *self._checker.failed)),
            tuple(each.dropped for each in repair.repaired),
            self._tokens.read,
            self._tokens.written,
        )
        return replace(answer, seconds=seconds, written=written)


@dataclass(frozen=True, slots=True)
class _Repair:
    """The sentences that failed at first: those of which a second try is shown, and the others."""

    repaired: tuple[Failed, ...]
    dropped: tuple[Failed, ...]


def _matched(failed: Sequence[Failed], repaired: Sequence[Claim]) -> _Repair:
    """Tell which of the sentences that failed the repaired ones stand for: each for the one most like it."""
    left = list(failed)
    for claim in repaired:
        if left:
            left.remove(max(left, key=lambda each: len(stems(each.dropped.text) & stems(claim.text))))
    return _Repair(tuple(each for each in failed if each not in left), tuple(left))


def _with_reasons(number: int, failed: Failed) -> str:
    markers = "".join(f"[{each}]" for each in failed.numbers)
    return f"{number}. {failed.dropped.text} {markers}\n   Reason: {' '.join(failed.dropped.reasons)}"


def _brief(failure: ChatModelError) -> str:
    """Return what happened, without what the model's server says of it."""
    return failure.message.partition(": ")[0].rstrip(".")
