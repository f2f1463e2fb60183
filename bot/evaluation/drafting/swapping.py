"""Near misses: a question with one detail exchanged for another of its kind, so that no article answers it any more.

What is put in stands nowhere in the articles beside most of the other words of the question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.evaluation.drafting.collection import Collection
from bot.evaluation.drafting.details import Detail, Details
from bot.evaluation.drafting.names import NameKind, last_name
from bot.evaluation.drafting.proposing import Candidate
from bot.evaluation.matching import holds_any
from index.words import stems

_TRIES = 40
_MOST_SHARED = 0.5
"""The share of a question's other words from which on a sentence that has the new detail may answer it."""
_FEWEST_OTHERS = 2
"""Other words, without which nothing could be told of a sentence that has the new detail."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A near miss: the question, and what kind of detail was exchanged in it."""

    question: str
    kind: str


class Swapper:
    """Makes near misses of candidates."""

    def __init__(self, collection: Collection, details: Details) -> None:
        self._collection = collection
        self._details = details

    def swaps(self, candidate: Candidate) -> Iterator[Swap]:
        """Give the near misses of a candidate, at most one of each kind."""
        question = candidate.proposal.question
        made: set[str] = set()
        for detail in self._details.of(candidate):
            fitting = (
                other for other in detail.others[:_TRIES] if self._is_unanswered(candidate, detail, other)
            )
            other = next(fitting, None) if detail.kind not in made else None
            if other is not None:
                made.add(detail.kind)
                yield Swap(question[: detail.start] + other + question[detail.end :], detail.kind)

    def _is_unanswered(self, candidate: Candidate, detail: Detail, other: str) -> bool:
        """Tell whether no sentence has the other detail together with what else the question says."""
        # Articles name a person in full once, and then by the last name.
        said = last_name(other) if detail.kind == NameKind.PERSON.value else other
        old = stems(candidate.proposal.question[detail.start : detail.end])
        new = stems(said) - old
        rest = candidate.telling - old - new
        if not new or len(rest) < _FEWEST_OTHERS or new & candidate.sentence.stems:
            return False
        if holds_any(other, candidate.proposal.answers):
            return False
        return all(
            len(rest & self._around(sentence.place)) < _MOST_SHARED * len(rest)
            for sentence in self._collection.holding_all(new)
        )

    def _around(self, place: int) -> frozenset[str]:
        """Return the stems of a sentence and of its neighbours in the article."""
        sentences = self._collection.sentences
        near = sentences[max(0, place - 1) : place + 2]
        return frozenset().union(*(each.stems for each in near if each.article == sentences[place].article))
