"""Whether the footnotes of an answer point where they should.

The first two are those of Gao, Yen, Yu and Chen, "Enabling large language models to generate text with citations"
(ALCE), 2023, section 4. There a model judges whether a passage supports a sentence; here the case names the articles.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import Answer, Citation
from bot.evaluation.metrics.statistics import share
from index.articles import Article


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


def supported_sentences(answer: Answer) -> float | None:
    """Return the share of the claims that stand word for word in a passage they cite; None where nothing is claimed.

    A sentence that is no quotation cannot be told this way: to one that is written anew it takes a verifier.
    """
    return share(
        [
            any(_one_line(claim.text) in _one_line(citation.passage.text) for citation in claim.citations)
            for claim in answer.claims
        ]
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
