"""Whether the footnotes of an answer point where they should.

The first two are those of Gao, Yen, Yu and Chen, "Enabling large language models to generate text with citations"
(ALCE), 2023, section 4. There a model judges whether a passage supports a sentence; here the case names the articles.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import Answer, Citation, Claim
from bot.evaluation.metrics.statistics import share
from index.articles import Article

BearsOut = Callable[[Claim, str], bool]
"""Tells whether the passages that a claim cites say what it says; given the text that it follows."""


def citation_precision(answer: Answer, is_expected: Callable[[Article], bool]) -> float | None:
    """Return the share of the citations that are of an expected article, 0..1; None where nothing is cited."""
    return share([is_expected(citation.article) for citation in answer.citations])


def citation_recall(answer: Answer, is_expected: Callable[[Article], bool]) -> float | None:
    """Return the share of the claims that rest on an expected article, 0..1; None where nothing is claimed."""
    return share(
        [any(is_expected(citation.article) for citation in claim.citations) for claim in answer.claims]
    )


def quotes_verbatim(answer: Answer) -> float | None:
    """Return the share of the quotes that the article says in these very words, and there; None without quotes."""
    return share([_is_verbatim(citation) for citation in answer.citations])


def _is_verbatim(citation: Citation) -> bool:
    return citation.article.text[citation.start : citation.end] == citation.quote


def supported_sentences(answer: Answer, bears_out: BearsOut | None = None) -> float | None:
    """Return the share of the claims that the passages they cite bear out, 0..1; None where nothing is claimed.

    One that stands there word for word is borne out. Of an answer that a language model wrote, `bears_out` is asked
    about the others; without it, and in an answer of quotations, they are not.
    """
    texts = [claim.text for claim in answer.claims]
    asked = bears_out if answer.written is not None else None
    return share(
        [
            _is_quotation(claim) or (asked is not None and asked(claim, " ".join(texts[:place])))
            for place, claim in enumerate(answer.claims)
        ]
    )


def _is_quotation(claim: Claim) -> bool:
    return any(_one_line(claim.text) in _one_line(each.passage.text) for each in claim.citations)


def _one_line(text: str) -> str:
    return " ".join(text.split())
