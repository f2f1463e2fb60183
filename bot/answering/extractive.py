"""Answers without a language model: the sentences that answer, verbatim.

The sentences of the best passages are scored by what speaks for them (`bot.answering.evidence`); the best is the
answer if it is likely enough to hold it. Up to two more are added where they are nearly as good and say something
new, or give another figure for the same thing.
"""

from __future__ import annotations

import time
from typing import Protocol

import numpy as np

from bot.answering.asked import read_question
from bot.answering.choice import Chosen, choose
from bot.answering.claims import claims_from
from bot.answering.doubts import doubt_about
from bot.answering.evidence import gather
from bot.answering.model import Fitted, Linear, probability
from bot.answers import Answer, Explanation, Factor, Related
from bot.follow_ups import standalone
from bot.questions import Question
from index.arrays import Vectors
from index.retrieval import Retrieval
from index.scope import Scope
from index.sentences import split_sentences

MODEL = "extractive"

_CLOSEST = 3
_ABOUT = 200
"""Characters of an article's first sentence that tell what it is about."""


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

    def answer(self, question: Question) -> Answer:
        """Answer `question`, or decline.

        Raises:
            FootnoteError: whatever keeps the index from being searched.
        """
        began = time.monotonic()
        text = standalone(question)
        retrieval = self._retriever.retrieve(text, question.scope, limit=self._passages)
        retrieved = time.monotonic()
        asked = read_question(text, retrieval.query)
        chosen = choose(
            gather(asked, retrieval.passages),
            self._fitted,
            lambda best: doubt_about(asked, best, retrieval.passages, self._retriever.share_of_articles),
        )
        confidence = chosen.confidence if chosen else 0.0
        reason = self._reason_to_decline(chosen, retrieval)
        claims = claims_from(asked, chosen) if chosen and reason is None else ()
        seconds = {"retrieving": retrieved - began, "choosing": time.monotonic() - retrieved}
        return Answer(
            question=question,
            claims=claims,
            declined=reason is not None,
            reason=reason,
            confidence=confidence,
            closest=_closest(retrieval) if reason else (),
            searched=retrieval.searched,
            as_of=retrieval.newest,
            index=retrieval.served.identity,
            model=MODEL,
            seconds=seconds,
            explanation=self._explanation(chosen) if chosen else None,
        )

    def _reason_to_decline(self, chosen: Chosen | None, retrieval: Retrieval) -> str | None:
        if not retrieval.searched:
            return "No article matches the filters, or was published by then."
        if chosen is None or not chosen.evidence[0]["shared around"]:
            return "No article shares the question's words."
        if chosen.doubt:
            return chosen.doubt
        if chosen.confidence < self._fitted.threshold:
            return "The passages found do not answer the question."
        return None

    def _explanation(self, chosen: Chosen) -> Explanation:
        best = chosen.evidence[0].sentence
        factors = (
            _factor("the articles hold the answer", self._fitted.present, chosen.signs),
            _factor("where they do, this sentence is it", self._fitted.right, chosen.signs),
        )
        return Explanation(best.text, best.source.article, factors, self._fitted.threshold)


def _factor(name: str, linear: Linear, signs: Vectors) -> Factor:
    parts = sorted(linear.parts(signs).items(), key=lambda part: -abs(part[1]))
    return Factor(name, probability(float(linear(signs[np.newaxis])[0])), tuple(parts))


def _closest(retrieval: Retrieval) -> tuple[Related, ...]:
    found = {source.article.id: source.article for source in retrieval.passages}
    return tuple(Related(article, _about(article.text)) for article in list(found.values())[:_CLOSEST])


def _about(text: str) -> str:
    """Return what an article is about in its own words: its first sentence, cut between words where it is long."""
    opening = text[: 10 * _ABOUT]
    first = next((opening[sentence.start : sentence.end] for sentence in split_sentences(opening)), opening)
    said = " ".join(first.split())
    return said if len(said) <= _ABOUT else said[:_ABOUT].rpartition(" ")[0] + " …"
