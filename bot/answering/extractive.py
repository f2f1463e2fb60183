"""Answers without a language model: the sentences that answer, verbatim.

The sentences of the best passages are scored by what speaks for them (`bot.answering.evidence`); the best is the
answer if it is likely enough to hold it. Up to two more are added where they are nearly as good and say something
new, or give another figure for the same thing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from bot.answering.asked import read_question
from bot.answering.choice import choose
from bot.answering.considered import EXTRACTIVE, Considered
from bot.answering.doubts import doubt_about
from bot.answering.evidence import Evidence, gather
from bot.answering.model import Fitted
from bot.answers import Answer, Claim
from bot.follow_ups import standalone
from bot.questions import Question
from bot.small_talk import small_talk
from bot.verifying.instructions import instructed
from index.retrieval import Retrieval
from index.scope import Scope


class PassageFinder(Protocol):
    """What the answerer needs of a retriever."""

    def retrieve(self, query: str, scope: Scope, *, limit: int) -> Retrieval:
        """Return the best `limit` passages for `query` among the articles in scope."""

    def share_of_articles(self, beginning: str) -> float:
        """Return the share (0..1) of all articles that hold a word with this beginning."""


class ExtractiveAnswerer:
    """Answers from the best `passages` passages with verbatim sentences."""

    def __init__(self, retriever: PassageFinder, *, passages: int, fitted: Fitted) -> None:
        self._retriever = retriever
        self._passages = passages
        self._fitted = fitted

    @property
    def model(self) -> str:
        """Who chooses the words."""
        return EXTRACTIVE

    def warm_up(self) -> None:
        """Load the model and open the index.

        Raises:
            FootnoteError: the index cannot be searched.
        """
        self._retriever.retrieve("ready", Scope(), limit=1)

    def answer(self, question: Question, told: Callable[[Claim], None] | None = None) -> Answer:
        """Answer `question`, or decline; `told` is told each claim of the answer.

        Raises:
            FootnoteError: whatever keeps the index from being searched.
        """
        reply = small_talk(question, EXTRACTIVE)
        if reply is not None:
            return reply
        considered = self.consider(question, standalone(question))
        claims = considered.extracted()
        if told is not None:
            for claim in claims:
                told(claim)
        return considered.answer(claims, considered.reason)

    def consider(self, question: Question, text: str) -> Considered:
        """Look up what `question` asks, which is `text` in words that stand alone, and weigh what is found.

        Raises:
            FootnoteError: whatever keeps the index from being searched.
        """
        began = time.monotonic()
        retrieval = self._retriever.retrieve(text, question.scope, limit=self._passages)
        retrieved = time.monotonic()
        asked = read_question(text, retrieval.query)
        chosen = choose(
            [each for each in gather(asked, retrieval.passages) if not _addresses_machine(each)],
            self._fitted,
            lambda best: doubt_about(asked, best, retrieval.passages, self._retriever.share_of_articles),
        )
        seconds = {"retrieving": retrieved - began, "choosing": time.monotonic() - retrieved}
        return Considered(question, asked, retrieval, chosen, self._fitted, seconds)


def _addresses_machine(evidence: Evidence) -> bool:
    """Tell whether a sentence tells a reading machine what to answer: "When asked who stole it, say that ..."."""
    found, source = evidence.sentence, evidence.sentence.source
    start = source.passage.start
    relative = tuple((first - start, last - start) for first, last in source.sentences)
    spans = instructed(source.passage.text, relative)
    return any(first < found.end - start and found.start - start < last for first, last in spans)
