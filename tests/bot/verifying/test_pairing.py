from __future__ import annotations

import pytest

from bot.verifying.pairing import pairing_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

QUAKE = "The quake killed 58 people in the city of Amber and 37 in Kessab."
RACE = "Junko Arai, 22, won the race, and Kirsten Lund, 31, came second."


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("The quake killed 58 people in Amber.", QUAKE),
        ("The quake killed 37 people in Kessab.", QUAKE),
        ("In Amber 58 people were killed, and 37 in Kessab.", QUAKE),
        ("Arai is 22.", RACE),
        (
            "The quake killed 58 people in Kessab.",
            "The quake killed 58 and 37 people in Amber and Kessab respectively.",
        ),
    ],
)
def test_a_figure_goes_with_what_stands_beside_it(embedder: Embedder, sentence: str, passage: str) -> None:
    assert list(pairing_reasons(aligned(embedder, sentence, passage))) == []


@pytest.mark.parametrize(
    ("sentence", "passage", "reason"),
    [
        pytest.param(
            "The quake killed 58 people in Kessab.",
            QUAKE,
            "The passages say “quake killed 58 people in the city of Amber”, and do not give 58 with “Kessab”.",
            id="the other is not said",
        ),
        pytest.param(
            "The quake killed 37 people in Amber and 58 in Kessab.",
            QUAKE,
            "The passages say “37 in Kessab”, and do not give 37 with “Amber”.",
            id="exchanged",
        ),
        pytest.param(
            "The harbour of Lund flooded in 1931.",
            "In 1912 Lund flooded, and in 1931 Torvik.",
            "The passages say “1931 Torvik”, and do not give 1931 with “Lund”.",
            id="years",
        ),
    ],
)
def test_a_figure_of_another_is_told(embedder: Embedder, sentence: str, passage: str, reason: str) -> None:
    assert list(pairing_reasons(aligned(embedder, sentence, passage))) == [reason]
