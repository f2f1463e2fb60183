"""Answers without a language model: the sentences that answer, verbatim.

The sentences of the best passages are compared with the question by meaning (cosine) and by the words they
share, rare words counting more. The best one is the answer; up to two more are added where they are
nearly as good and say something new. Nothing is answered from passages that share no word with the question, or
that know none of the names in it.
"""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.answers import Answer, Citation, Claim
from bot.questions import Question
from bot.quoting import SentenceFound, quoted_span, sentences_of
from index.articles import Article
from index.retrieval import QueryEmbedder, Retrieval, RetrievedPassage
from index.scope import Scope
from index.words import stem, stems, words

MODEL = "extractive"

_MOST_CLAIMS = 3
_MOST_PASSAGES = 3
_CLOSEST = 3

_MEANING, _SHARED, _SURROUNDING, _FIGURE, _PASSAGE = 0.45, 0.3, 0.1, 0.1, 0.05
"""What a sentence's score is made of: cosine, words it shares, words its passage or title shares, a figure where one is
asked for, and the passage's own score."""

_COMPARED = 20
"""Sentences whose meaning is compared, the most promising by their words: embedding all of them takes a second."""

_NEARLY = 0.9
"""A further sentence must reach this share of the best one's score."""

_LEAST_CONFIDENCE = 0.35

_FIGURE_ASKED = re.compile(
    r"\b(how (many|much|old|long|far|large|big|tall|high|often)|what (percentage|share|number))\b", re.I
)
_HAS_FIGURE = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?"
    r"|half|third|quarter)\b",
    re.I,
)


class PassageFinder(Protocol):
    """What the answerer needs of a retriever."""

    def retrieve(self, query: str, scope: Scope, *, limit: int) -> Retrieval:
        """Return the best `limit` passages for `query` among the articles in scope."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sentence, its score, and the shares (0..1) of the question's words that it, and its passage, hold."""

    sentence: SentenceFound
    score: float
    shared: float
    surrounding: float


class ExtractiveAnswerer:
    """Answers from the best `passages` passages with verbatim sentences."""

    def __init__(self, retriever: PassageFinder, embedder: QueryEmbedder, *, passages: int) -> None:
        self._retriever = retriever
        self._embedder = embedder
        self._passages = passages

    def answer(self, question: Question) -> Answer:
        """Answer `question`, or decline.

        Raises:
            FootnoteError: whatever keeps the index from being searched.
        """
        began = time.monotonic()
        retrieval = self._retriever.retrieve(question.text, question.scope, limit=self._passages)
        retrieved = time.monotonic()
        scored = self._score(question.text, retrieval.passages)
        confidence = _confidence(scored[0]) if scored else 0.0
        reason = _reason_to_decline(question.text, scored, confidence, retrieval)
        claims = () if reason else _claims(question.text, scored)
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
        )

    def _score(self, question: str, sources: Sequence[RetrievedPassage]) -> list[_Scored]:
        sentences = [sentence for source in sources for sentence in sentences_of(source)]
        if not sentences:
            return []
        by_words = sorted(_by_words(question, sentences), key=lambda each: -each.score)[:_COMPARED]
        vectors = self._embedder.encode([question, *(each.sentence.text for each in by_words)])
        cosines = (vectors[1:] @ vectors[0]).tolist()
        scored = [
            replace(each, score=each.score + _MEANING * max(0.0, cosine))
            for each, cosine in zip(by_words, cosines, strict=True)
        ]
        return sorted(scored, key=lambda each: -each.score)


def _by_words(question: str, sentences: Sequence[SentenceFound]) -> list[_Scored]:
    """Score sentences by all but their meaning."""
    held = [stems(sentence.text) for sentence in sentences]
    weights = _rarity(stems(question), held)
    asks_figure = bool(_FIGURE_ASKED.search(question))
    around = {source.passage.id: _surrounding(source) for source in (each.source for each in sentences)}
    scored = []
    for sentence, own in zip(sentences, held, strict=True):
        shared = _share(weights, own)
        surrounding = _share(weights, own | around[sentence.source.passage.id])
        figure = asks_figure and bool(_HAS_FIGURE.search(sentence.text))
        score = (
            _SHARED * shared
            + _SURROUNDING * surrounding
            + _FIGURE * figure
            + _PASSAGE * sentence.source.score
        )
        scored.append(_Scored(sentence, score, shared, surrounding))
    return scored


def names_in(question: str) -> list[str]:
    """Return the names and figures that a question gives: capitalised words after its first, and what has digits."""
    given = words(question)
    return [
        word
        for position, word in enumerate(given)
        if word[0].isdigit() or (word[0].isupper() and (position > 0 or word.isupper()) and len(word) > 1)
    ]


def _rarity(wanted: set[str], sentences: Sequence[set[str]]) -> dict[str, float]:
    counts = Counter(word for held in sentences for word in held & wanted)
    return {word: math.log(1 + (len(sentences) + 0.5) / (counts[word] + 0.5)) for word in wanted}


def _share(weights: dict[str, float], held: set[str]) -> float:
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in held) / total if total else 0.0


def _surrounding(source: RetrievedPassage) -> set[str]:
    return stems(source.passage.text) | stems(source.article.title or "")


def _knows_one(source: RetrievedPassage, names: Sequence[str]) -> bool:
    # Stop words too: May is one, and a name.
    held = {stem(word) for word in words(f"{source.article.title or ''}\n{source.passage.text}")}
    return any(stem(name) in held for name in names)


def _confidence(best: _Scored) -> float:
    # A first, uncalibrated measure.
    return min(1.0, max(0.0, 0.5 * best.surrounding + 0.5 * best.score / 0.8))


def _reason_to_decline(
    question: str, scored: Sequence[_Scored], confidence: float, retrieval: Retrieval
) -> str | None:
    if not retrieval.searched:
        return "No article matches the filters, or was published by then."
    if not scored or not scored[0].surrounding:
        return "No article shares the question's words."
    names = names_in(question)
    if names and not _knows_one(scored[0].sentence.source, names):
        return f"No passage found speaks of {' or '.join(dict.fromkeys(names))}."
    if confidence < _LEAST_CONFIDENCE:
        return "The passages found do not answer the question."
    return None


def _claims(question: str, scored: Sequence[_Scored]) -> tuple[Claim, ...]:
    wanted = stems(question)
    # Of two places with like names, each with its figure, a further sentence must be about the one asked about.
    names = {stem(name) for name in names_in(question)} & stems(scored[0].sentence.text)
    claims: list[Claim] = []
    said: set[str] = set()
    passages: set[str] = set()
    for each in scored:
        source = each.sentence.source
        own = stems(each.sentence.text)
        is_new = not claims or (names <= own and len(own - said) >= max(2, len(own) // 3))
        fits = source.passage.id in passages or len(passages) < _MOST_PASSAGES
        if len(claims) < _MOST_CLAIMS and each.score >= _NEARLY * scored[0].score and is_new and fits:
            claims.append(_claim(each.sentence, wanted, len(claims) + 1))
            said |= own
            passages.add(source.passage.id)
    return tuple(claims)


def _claim(sentence: SentenceFound, wanted: set[str], number: int) -> Claim:
    article = sentence.source.article
    start, end = quoted_span(article.text, sentence.start, sentence.end, wanted)
    quote = article.text[start:end]
    citation = Citation(number, article, sentence.source.passage, quote, start, end)
    return Claim(" ".join(quote.split()), (citation,))


def _closest(retrieval: Retrieval) -> tuple[Article, ...]:
    found = {source.article.id: source.article for source in retrieval.passages}
    return tuple(found.values())[:_CLOSEST]
