from __future__ import annotations

import pytest

from bot.verifying.offices import employer_reasons, office_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

BUDGET = (
    "Finance Minister Hedda Orrick pointed out that the promise had been kept. Ilse Marran, who chairs the budget"
    " committee, said that the jobs were seasonal."
)
PORT = (
    "The toll will rise, said Ida Holm. She is the director of the port. Its chair, Tobin Raskell, objected."
)


@pytest.mark.parametrize(
    ("sentence", "passage", "holder"),
    [
        ("Ilse Marran, the finance minister, said that the jobs were seasonal.", BUDGET, "Hedda Orrick"),
        ("Finance Minister Ilse Marran said that the jobs were seasonal.", BUDGET, "Hedda Orrick"),
        ("Ida Holm, the chair of the port, said that the toll would rise.", PORT, "Tobin Raskell"),
    ],
)
def test_an_office_is_not_given_to_somebody_else(
    embedder: Embedder, sentence: str, passage: str, holder: str
) -> None:
    assert any(
        reason.startswith(f"The passages say this of {holder}, not of ")
        for reason in office_reasons(aligned(embedder, sentence, passage))
    )


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Hedda Orrick, the finance minister, said that the promise had been kept.", BUDGET),
        ("Minister Hedda Orrick said that the promise had been kept.", BUDGET),
        ("Ida Holm, the director of the port, said that the toll would rise.", PORT),
        ("Ida Holm, the mayor, said that the toll would rise.", PORT),
        ("Pavel Ostrin, the chair, objected.", PORT),
        ("The former chair Ida Holm said that the toll would rise.", PORT),
    ],
)
def test_an_office_that_nobody_else_holds_is_no_matter(
    embedder: Embedder, sentence: str, passage: str
) -> None:
    assert not list(office_reasons(aligned(embedder, sentence, passage)))


AIRLINES = (
    "Rival Baltica cancelled an order. Nordic Air's chief executive, Ole Lund, welcomed the new planes."
)


@pytest.mark.parametrize(
    ("sentence", "elsewhere"),
    [
        ("Ole Lund, the chief executive of Baltica, welcomed the new planes.", True),
        ("Baltica's chief executive, Ole Lund, welcomed the new planes.", True),
        ("Ole Lund, the chief executive of Nordic Air, welcomed the new planes.", False),
        ("Nordic Air's chief executive, Ole Lund, welcomed the new planes.", False),
        ("Ole Lund welcomed the new planes.", False),
    ],
)
def test_whose_office_is_at_one_place_has_it_at_no_other(
    embedder: Embedder, sentence: str, elsewhere: bool
) -> None:
    reasons = list(employer_reasons(aligned(embedder, sentence, AIRLINES)))
    assert reasons == (["The passages say this of Nordic Air, not of Baltica."] if elsewhere else [])
