"""What the articles hold for a question: the passages found, the sentences in them, and how likely one answers.

Every answer begins with it, whoever writes the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from bot.answering.asked import Asked
from bot.answering.choice import Chosen
from bot.answering.claims import Version, claims_from, versions_from
from bot.answering.model import Fitted, Linear, probability
from bot.answers import Answer, Claim, Explanation, Factor, Related
from bot.questions import Question
from bot.verifying.instructions import is_addressed_to_machine
from index.arrays import Vectors
from index.retrieval import Retrieval, RetrievedPassage
from index.sentences import split_sentences

EXTRACTIVE = "extractive"
"""Who chose the words where no language model did."""
NOT_ANSWERED = "The passages found do not answer the question."

_CLOSEST = 3
_ABOUT = 200
"""Characters of an article's first sentence that tell what it is about."""


class Ground(Enum):
    """On what ground the extractive answerer declines."""

    NOTHING_SEARCHED = "nothing searched"
    NO_SHARED_WORD = "no shared word"
    DOUBT = "doubt"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Considered:
    """A question, as it was asked and in words that stand alone, with what was found for it, and what speaks for it.

    `chosen` is None where no sentence was found. `seconds` is how long each step took.
    """

    question: Question
    asked: Asked
    retrieval: Retrieval
    chosen: Chosen | None
    fitted: Fitted
    seconds: Mapping[str, float]

    @property
    def confidence(self) -> float:
        """How likely (0..1) the best sentence holds the answer."""
        return self.chosen.confidence if self.chosen else 0.0

    @property
    def ground(self) -> Ground | None:
        """On what ground to decline; None where the sentences answer."""
        if not self.retrieval.searched:
            return Ground.NOTHING_SEARCHED
        if self.chosen is None or not self.chosen.evidence[0]["shared around"]:
            return Ground.NO_SHARED_WORD
        if self.chosen.doubt:
            return Ground.DOUBT
        return Ground.UNLIKELY if self.confidence < self.fitted.threshold else None

    @property
    def reason(self) -> str | None:
        """The same for the reader, a sentence."""
        match self.ground:
            case None:
                return None
            case Ground.NOTHING_SEARCHED:
                return "No article matches the filters, or was published by then."
            case Ground.NO_SHARED_WORD:
                return "No article shares the question's words."
            case Ground.DOUBT:
                return self.chosen.doubt if self.chosen else None
            case Ground.UNLIKELY:
                return NOT_ANSWERED

    @property
    def versions(self) -> tuple[Version, ...]:
        """The different figures that articles give for what is asked, latest first; none where they agree."""
        return versions_from(self.asked, self.chosen) if self.chosen else ()

    @property
    def passages(self) -> tuple[RetrievedPassage, ...]:
        """The passages found, those first that hold the best sentences."""
        best = [each.sentence.source for each in self.chosen.evidence] if self.chosen else []
        ordered = {found.passage.id: found for found in (*best, *self.retrieval.passages)}
        return tuple(ordered.values())

    def extracted(self) -> tuple[Claim, ...]:
        """Return the claims that answer, each a verbatim sentence; none where there is a ground to decline."""
        return claims_from(self.asked, self.chosen) if self.chosen and self.ground is None else ()

    def answer(self, claims: tuple[Claim, ...], reason: str | None, model: str = EXTRACTIVE) -> Answer:
        """Return the answer that makes these claims, or that declines for this reason."""
        return Answer(
            question=self.question,
            claims=claims,
            declined=reason is not None,
            reason=reason,
            confidence=self.confidence,
            closest=_closest(self.retrieval) if reason else (),
            searched=self.retrieval.searched,
            as_of=self.retrieval.newest,
            index=self.retrieval.served.identity,
            model=model,
            seconds=self.seconds,
            explanation=_explanation(self.chosen, self.fitted) if self.chosen else None,
        )


def _explanation(chosen: Chosen, fitted: Fitted) -> Explanation:
    best = chosen.evidence[0].sentence
    factors = (
        _factor("the articles hold the answer", fitted.present, chosen.signs),
        _factor("where they do, this sentence is it", fitted.right, chosen.signs),
    )
    return Explanation(best.text, best.source.article, factors, fitted.threshold)


def _factor(name: str, linear: Linear, signs: Vectors) -> Factor:
    parts = sorted(linear.parts(signs).items(), key=lambda part: -abs(part[1]))
    return Factor(name, probability(float(linear(signs[np.newaxis])[0])), tuple(parts))


def _closest(retrieval: Retrieval) -> tuple[Related, ...]:
    found = {source.article.id: source.article for source in retrieval.passages}
    return tuple(Related(article, _about(article.text)) for article in list(found.values())[:_CLOSEST])


def _about(text: str) -> str:
    """Return what an article is about in its own words: its first sentence, cut between words where it is long.

    One that addresses a reading machine says nothing of it.
    """
    opening = text[: 10 * _ABOUT]
    sentences = [opening[sentence.start : sentence.end] for sentence in split_sentences(opening)]
    said = " ".join(next((each for each in sentences if not is_addressed_to_machine(each)), "").split())
    return said if len(said) <= _ABOUT else said[:_ABOUT].rpartition(" ")[0] + " …"
