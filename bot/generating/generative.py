"""Answers written by a language model from numbered passages, each sentence verified before it is shown.

The model is not trusted in anything: what it rewrites is compared with what was asked, what it cites is resolved by
plain code, what it writes is held against the passages. Where it fails, the articles' own sentences answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from bot.answering.considered import Considered, Ground
from bot.answers import Answer, Claim
from bot.errors import ChatModelError
from bot.follow_ups import standalone
from bot.generating.context import context_of, room_in
from bot.generating.language import ENGLISH, language_named, language_of
from bot.generating.language_model import AnswerPrompts, LanguageModel, Tokens
from bot.generating.rewriting import rewritten
from bot.generating.writing import Assignment, Writing
from bot.questions import Question
from bot.small_talk import small_talk
from bot.verifying.sources import SentenceVerifier

_WORTH_ASKING = 0.25
"""The part of the threshold from which on the model is asked all the same: it reads more than one sentence."""
_REWRITING = 0.25
"""The part of the deadline that rewriting a question may take."""


class Considering(Protocol):
    """What looks up a question, and weighs what is found."""

    def consider(self, question: Question, text: str) -> Considered:
        """Look up what `question` asks, which is `text` in words that stand alone, and weigh what is found."""

    def warm_up(self) -> None:
        """Load the model and open the index."""


class GenerativeAnswerer:
    """Lets `model` write the answers; safe to share between threads.

    `deadline` is how many seconds rewriting, writing and repairing take together, at most, `budget` how many tokens of
    the model's window passages may fill; None leaves it to what is known of the window. `reads_other_languages` says
    that `verifier` reads more than English.
    """

    def __init__(
        self,
        considering: Considering,
        model: LanguageModel,
        prompts: AnswerPrompts,
        verifier: SentenceVerifier,
        *,
        deadline: float,
        budget: int | None,
        reads_other_languages: bool = False,
    ) -> None:
        self._considering = considering
        self._model = model
        self._prompts = prompts
        self._verifier = verifier
        self._deadline = deadline
        self._budget = budget
        self._reads_other_languages = reads_other_languages

    @property
    def model(self) -> str:
        """Who chooses the words."""
        return self._model.name

    def warm_up(self) -> None:
        """Load both models and open the index; the language model is not asked.

        Raises:
            FootnoteError: the index cannot be searched, or the language model not be loaded.
        """
        self._considering.warm_up()
        self._model.load()

    def answer(self, question: Question, told: Callable[[Claim], None] | None = None) -> Answer:
        """Answer `question`, or decline; `told` is told each claim as soon as it is verified.

        Raises:
            FootnoteError: whatever keeps the index from being searched. What keeps the model from answering is told
                in the answer's notice.
        """
        reply = small_talk(question, self.model)
        if reply is not None:
            return reply
        tokens, asked_in = Tokens(), language_of(question.text)
        considered = self._consider(question, tokens, foreign=asked_in != ENGLISH)
        if not _is_worth_asking(considered):
            return considered.answer((), considered.reason)
        answered_in = self._language(asked_in, considered)
        context = context_of(considered.passages, self._room(), self._model.count_tokens)
        left = self._deadline - considered.seconds["rewriting"]
        assignment = Assignment(considered, context, answered_in, time.monotonic() + left)
        writing = Writing(assignment, self._model, self._prompts, self._verifier, tokens, told)
        answer = writing.answer()
        if answered_in == asked_in or answer.declined:
            return answer
        notice = f"Answered in {answered_in}: sentences in {asked_in} cannot be checked here."
        return replace(answer, notice=" ".join(filter(None, [notice, answer.notice])))

    def _consider(self, question: Question, tokens: Tokens, *, foreign: bool) -> Considered:
        """Look up the question as it stands, or else in words that stand alone; `seconds` tells how long these took."""
        as_it_stands = None
        if not question.history:
            as_it_stands = self._looked_up(question, question.text)
            if not foreign or as_it_stands.ground is None:
                return as_it_stands
        began = time.monotonic()
        until = began + _REWRITING * self._deadline
        rewrite = rewritten(question, self._model, self._prompts.rewrite, until, tokens, translated=foreign)
        rewriting = time.monotonic() - began
        if as_it_stands is None:
            return self._looked_up(question, rewrite or standalone(question), rewriting)
        found = [as_it_stands, *([self._looked_up(question, rewrite)] if rewrite else [])]
        return _taking(max(found, key=_promise), rewriting)

    def _looked_up(self, question: Question, text: str, rewriting: float = 0.0) -> Considered:
        return _taking(self._considering.consider(question, text), rewriting)

    def _room(self) -> int:
        """Return how many tokens the passages may fill."""
        if self._budget is not None:
            return self._budget
        with suppress(ChatModelError):
            # What keeps it from being loaded is told when it is asked.
            window = self._model.window
            return room_in(window)
        return room_in(None)

    def _language(self, asked_in: str, considered: Considered) -> str:
        """Return the language to answer in: the question's where it can be checked, else that of the best passage."""
        if asked_in == ENGLISH or self._reads_other_languages:
            return asked_in
        best = considered.passages[0]
        return language_named(best.article.language) or language_of(best.passage.text)


def _taking(considered: Considered, rewriting: float) -> Considered:
    return replace(considered, seconds={**considered.seconds, "rewriting": rewriting})


def _is_worth_asking(considered: Considered) -> bool:
    if considered.ground is Ground.UNLIKELY:
        return considered.confidence >= _WORTH_ASKING * considered.fitted.threshold
    return considered.ground is None


def _promise(considered: Considered) -> tuple[bool, float]:
    return _is_worth_asking(considered), considered.confidence
