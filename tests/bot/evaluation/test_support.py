from __future__ import annotations

import pytest

from bot.answers import Citation, Claim
from bot.evaluation.support import Support
from bot.verifying.syntax import SpacyParser
from bot.verifying.verifier import Verifier
from index.embedding import Embedder
from tests.bot import made

HARBOUR = made.article(
    "The harbour office said on Monday that the toll for a car will rise to 19 crowns. Ida Holm, who leads the office, "
    "called the ferry's old toll too low.",
    title="Ferry toll rises",
)
SNOW = made.article("Snow fell on the coast, and roads were shut for two days.", id="snow", title="Snow")
TOLL = made.citation(
    HARBOUR, "The harbour office said on Monday that the toll for a car will rise to 19 crowns."
)
SHUT = made.citation(SNOW, "Snow fell on the coast, and roads were shut for two days.", 2)


@pytest.fixture(scope="module")
def support(embedder: Embedder) -> Support:
    return Support(embedder, Verifier(embedder, SpacyParser()))


@pytest.mark.parametrize(
    ("text", "cited", "borne_out"),
    [
        ("The toll for a car will rise to 19 crowns, the harbour office said.", (TOLL,), True),
        ("The toll for a car will rise to 29 crowns, the harbour office said.", (TOLL,), False),
        ("The toll for a car will rise to 19 crowns, the harbour office said.", (SHUT,), False),
        ("The toll for a car will rise to 19 crowns, the harbour office said.", (SHUT, TOLL), True),
    ],
)
def test_a_sentence_is_held_against_the_passages_that_it_cites(
    support: Support, text: str, cited: tuple[Citation, ...], borne_out: bool
) -> None:
    assert support(Claim(text, cited), "") is borne_out
