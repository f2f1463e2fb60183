from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import Answer, Citation, Claim, Written
from bot.evaluation.metrics.citations import (
    citation_precision,
    citation_recall,
    quotes_verbatim,
    supported_sentences,
)
from index.articles import Article
from tests.bot import made

TOLL = made.article("The toll rose.\nIt is nine crowns.", id="toll")
SNOW = made.article("Snow fell. Roads were shut.", id="snow")


def cited(article: Article, quote: str, number: int = 1) -> Citation:
    return made.citation(article, quote, number)


def answer(*claims: tuple[str, list[Citation]]) -> Answer:
    """Return an answer of these sentences, each with its citations."""
    made_claims = tuple(Claim(text, tuple(citations)) for text, citations in claims)
    return replace(made.answer(declined=not claims), claims=made_claims)


ONE, TWO = cited(TOLL, "The toll rose."), cited(SNOW, "Snow fell.", 2)


def is_toll(article: Article) -> bool:
    return article.id == "toll"


@pytest.mark.parametrize(
    ("given", "precision", "recall"),
    [
        pytest.param(answer(("A.", [ONE])), 1, 1, id="right"),
        pytest.param(answer(("A.", [TWO])), 0, 0, id="wrong"),
        pytest.param(answer(("A.", [ONE, TWO])), 1 / 2, 1, id="one of a claim's two is right"),
        pytest.param(answer(("A.", [ONE]), ("B.", [TWO])), 1 / 2, 1 / 2, id="one claim of two"),
        pytest.param(answer(("A.", [ONE]), ("B.", [ONE])), 1, 1, id="a citation twice is one"),
        pytest.param(answer(("A.", [ONE]), ("B.", [ONE, TWO])), 1 / 2, 1, id="shared and mixed"),
        pytest.param(answer(), None, None, id="a decline"),
    ],
)
def test_precision_counts_citations_and_recall_claims(
    given: Answer, precision: float | None, recall: float | None
) -> None:
    assert citation_precision(given, is_toll) == precision
    assert citation_recall(given, is_toll) == recall


@pytest.mark.parametrize(
    ("claim", "quotes", "expected"),
    [
        ("The toll rose.", [ONE], 1),
        ("It is nine crowns.", [ONE], 1),
        ("rose. It is", [ONE], 1),
        ("The toll fell.", [ONE], 0),
        ("Snow fell.", [ONE, TWO], 1),
    ],
)
def test_a_sentence_is_supported_where_a_cited_passage_holds_its_words(
    claim: str, quotes: list[Citation], expected: float
) -> None:
    assert supported_sentences(answer((claim, quotes))) == expected


def test_supported_sentences_are_counted_and_a_decline_has_none() -> None:
    assert supported_sentences(answer(("The toll rose.", [ONE]), ("It will snow.", [TWO]))) == 0.5
    assert supported_sentences(answer()) is None


def test_of_what_is_written_anew_the_verifier_is_asked_with_the_text_before() -> None:
    asked: list[tuple[str, str]] = []

    def bears_out(claim: Claim, before: str) -> bool:
        asked.append((claim.text, before))
        return claim.text.startswith("It went up")

    given = answer(("The toll rose.", [ONE]), ("It went up to nine crowns.", [ONE]), ("It will snow.", [TWO]))
    written = replace(given, written=Written("...", ()))
    assert supported_sentences(written, bears_out) == pytest.approx(2 / 3)
    assert asked == [
        ("It went up to nine crowns.", "The toll rose."),
        ("It will snow.", "The toll rose. It went up to nine crowns."),
    ]
    # What is no quotation in an answer of quotations is a fault, whatever a verifier would make of it.
    assert supported_sentences(given, bears_out) == pytest.approx(1 / 3)
    assert len(asked) == 2


def test_quotes_are_verbatim_since_a_citation_cannot_be_made_otherwise() -> None:
    assert quotes_verbatim(answer(("A.", [ONE, TWO]))) == 1
    assert quotes_verbatim(answer()) is None
    with pytest.raises(ValueError, match="not what the article says"):
        replace(ONE, quote="The toll fell.")


def test_a_quote_that_is_not_what_stands_there_is_counted() -> None:
    forged = cited(TOLL, "The toll rose.")
    object.__setattr__(forged, "quote", "The toll fell.")
    assert quotes_verbatim(answer(("A.", [forged, TWO]))) == 0.5
