"""News: questions asked at their dates, of articles in which copies and sequels abound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.evaluation.asking import Answered, Searched
from bot.evaluation.matching import holds_any
from bot.evaluation.metrics.confidence import expected_calibration_error
from bot.evaluation.metrics.statistics import share
from bot.evaluation.rows.figures import Figure, Row, Target
from index.articles import Article
from index.identity import canonical_url

_FEW = 5


def articles_row(searched: Sequence[Searched]) -> Row:
    """Return how often an article that answers, or a copy of it, is first, and how often among the first five.

    A copy is an article whose `copies` list the URL of one that answers.
    """
    first = [_any_right(each, 1) for each in searched]
    few = [_any_right(each, _FEW) for each in searched]
    return Row(
        f"News, {len(searched):,} questions: an article that answers first / in the first five",
        (Figure(share(first), Target(0.65, 0.75)), Figure(share(few), Target(0.93, 0.97))),
    )


def _any_right(searched: Searched, depth: int) -> bool:
    sources = frozenset(searched.case.sources)
    return any(not sources.isdisjoint(_names(article)) for article, _ in searched.articles[:depth])


def _names(article: Article) -> set[str]:
    urls = [article.url, *(copy.url for copy in article.copies)]
    return {article.id, *(canonical_url(url) for url in urls if url)}


def quotes_row(answered: Sequence[Answered]) -> Row:
    """Return how often the first quote shown holds an answer, and how often any quote does; a decline shows none."""
    first = [any(held[:1]) for held in map(_held, answered)]
    anywhere = [any(held) for held in map(_held, answered)]
    return Row(
        f"News, {len(answered):,} questions: the answer in the first quote / in any quote",
        (Figure(share(first), Target(0.43, 0.60)), Figure(share(anywhere), Target(0.62, 0.75))),
    )


def _held(answered: Answered) -> list[bool]:
    return [holds_any(each.quote, answered.case.answers) for each in answered.answer.citations]


def declined_row(answered: Sequence[Answered]) -> Row:
    """Return how many questions were declined, and how many claims the other answers make on average."""
    claims = [len(each.answer.claims) for each in answered if not each.answer.declined]
    declined = sum(each.answer.declined for each in answered)
    return Row(
        f"News, {len(answered):,} questions: how many declined / claims an answer",
        (Figure(declined, pattern="{:,.0f}"), Figure(float(np.mean(claims)) if claims else None)),
    )


def calibration_row(answered: Sequence[Answered]) -> Row:
    """Return the expected calibration error; an answer is right where the sentence that ranks first holds it."""
    error = expected_calibration_error(
        [each.answer.confidence for each in answered], [each.first_sentence_holds for each in answered]
    )
    return Row(f"News, {len(answered):,} questions: expected calibration error", (Figure(error),))
