"""Drafting: from articles to cases for a person to review, as many as wanted, spread over articles and kinds."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from bot.evaluation.drafting.collection import Collection, SourceArticle, is_english
from bot.evaluation.drafting.details import Details
from bot.evaluation.drafting.names import read_names
from bot.evaluation.drafting.proposing import Candidate, candidates, sources_of
from bot.evaluation.drafting.swapping import Swap, Swapper

_NEAR_MISSES = 0.4
"""The share of near misses among the cases."""
_ALIKE = 0.6
"""The share of words in common from which on two questions are one, asked twice."""
_LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class DraftedCase:
    """A case as it is proposed, with the sentence that it was made from; a near miss has no answers."""

    id: str
    question: str
    asked_on: date | None
    answers: tuple[str, ...]
    sources: tuple[str, ...]
    tags: tuple[str, ...]
    sentence: str

    @property
    def declines(self) -> bool:
        """Whether the articles do not hold an answer."""
        return not self.answers


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A candidate that was chosen, what cites its articles, and the near miss made of it."""

    candidate: Candidate
    sources: tuple[str, ...]
    swap: Swap | None


def draft_cases(articles: Sequence[SourceArticle], count: int, seed: int) -> tuple[DraftedCase, ...]:
    """Return up to `count` cases drafted from the English ones among `articles`, the same for the same `seed`.

    About two of five are near misses, each behind the case that it was made from. They come in the order of the
    articles; none come where no sentence can be asked about.
    """
    chance = random.Random(seed)  # noqa: S311
    collection = Collection([article for article in articles if is_english(article)])
    names = read_names([sentence.tokens for sentence in collection.sentences])
    found = candidates(collection, names)
    swapper = Swapper(collection, Details(collection, names, found, chance))
    chance.shuffle(found)
    chosen = _Choice(collection, swapper, count).of(found)
    return tuple(_cases(chosen, collection))


class _Choice:
    """Chooses `count` cases, near misses among them, of each article, kind and form as many as of any other."""

    def __init__(self, collection: Collection, swapper: Swapper, count: int) -> None:
        self._collection = collection
        self._swapper = swapper
        self._count = count
        self._pairs_wanted = round(_NEAR_MISSES * count)
        self._paired: list[_Chosen] = []
        self._single: list[_Chosen] = []
        self._spare: list[_Chosen] = []
        self._given: Counter[object] = Counter()
        self._swapped: Counter[str] = Counter()

    def of(self, found: Sequence[Candidate]) -> list[_Chosen]:
        """Return the chosen ones; where too few near misses can be made, there are more of the other cases."""
        left = list(found)
        while left and not self._is_complete():
            candidate = min(left, key=self._given_so_far)
            left.remove(candidate)
            self._consider(candidate)
        chosen = self._paired + self._single + self._spare
        return chosen[: self._count - len(self._paired)]

    def _is_complete(self) -> bool:
        singles = len(self._single) + len(self._spare)
        return len(self._paired) == self._pairs_wanted and 2 * self._pairs_wanted + singles >= self._count

    def _given_so_far(self, candidate: Candidate) -> tuple[int, int, int]:
        proposal = candidate.proposal
        return (
            self._given[candidate.sentence.article],
            self._given[proposal.kind],
            self._given[proposal.form],
        )

    def _consider(self, candidate: Candidate) -> None:
        chosen = (*self._paired, *self._single)
        if any(_is_alike(candidate, each.candidate) for each in chosen):
            return
        sources = sources_of(candidate, self._collection)
        if not sources:
            return
        swap = self._swap(candidate) if len(self._paired) < self._pairs_wanted else None
        if swap:
            self._swapped[swap.kind] += 1
            self._paired.append(_Chosen(candidate, sources, swap))
        elif 2 * self._pairs_wanted + len(self._single) < self._count:
            self._single.append(_Chosen(candidate, sources, None))
        else:
            self._spare.append(_Chosen(candidate, sources, None))
            return
        proposal = candidate.proposal
        self._given.update((candidate.sentence.article, proposal.kind, proposal.form))

    def _swap(self, candidate: Candidate) -> Swap | None:
        """Return a near miss of a kind that there are fewest of."""
        swaps = self._swapper.swaps(candidate)
        # Another thing counted makes the poorest near miss: it may go by two names.
        return min(swaps, key=lambda each: (each.kind == "noun", self._swapped[each.kind]), default=None)


def _is_alike(one: Candidate, other: Candidate) -> bool:
    if one.sentence is other.sentence:
        return True
    return len(one.stems & other.stems) >= _ALIKE * min(len(one.stems), len(other.stems))


def _cases(chosen: Sequence[_Chosen], collection: Collection) -> Iterator[DraftedCase]:
    numbers: Counter[str] = Counter()
    for each in sorted(chosen, key=lambda one: one.candidate.sentence.place):
        article = collection.articles[each.candidate.sentence.article]
        name = _slug(article)
        numbers[name] += 1
        yield from _pair(each, f"{name}-{numbers[name]}", article.published)


def _pair(chosen: _Chosen, case_id: str, asked_on: date | None) -> Iterator[DraftedCase]:
    proposal, sentence = chosen.candidate.proposal, chosen.candidate.sentence.text
    yield DraftedCase(
        case_id, proposal.question, asked_on, proposal.answers, chosen.sources, (proposal.kind,), sentence
    )
    if chosen.swap:
        tags = (proposal.kind, "near-miss", chosen.swap.kind)
        yield DraftedCase(f"{case_id}-swapped", chosen.swap.question, asked_on, (), (), tags, sentence)


def _slug(article: SourceArticle) -> str:
    """Return a short name for an article's cases."""
    said = article.title if article.title and "://" in article.source else PurePath(article.source).stem
    words = re.findall(r"[a-z0-9]+", said.casefold())
    while len(words) > 1 and len("-".join(words)) > _LONGEST_ID:
        words.pop()
    return "-".join(words)[:_LONGEST_ID] or "article"
