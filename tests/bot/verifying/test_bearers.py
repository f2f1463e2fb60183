from __future__ import annotations

import pytest

from bot.verifying.bearers import bearer_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

PASSAGE = "Wilk, 64, denied everything. The chairwoman, Zofia Brandys, 47, will summon 30 witnesses."


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("Zofia Brandys is 64 years old.", ["The passages say “64 years” of Wilk, not of Zofia Brandys."]),
        ("Zofia Brandys is 47 years old.", []),
        ("The chairwoman is 47 years old.", []),
        ("Wilk, 64, denied it.", []),
        ("Zofia Brandys will summon 30 witnesses.", []),
        ("Olav Ranta is 50 years old.", []),
    ],
)
def test_an_age_is_that_of_whom_it_stands_beside(
    embedder: Embedder, sentence: str, reasons: list[str]
) -> None:
    assert list(bearer_reasons(aligned(embedder, sentence, PASSAGE))) == reasons
