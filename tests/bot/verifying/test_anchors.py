from __future__ import annotations

import pytest

from bot.verifying.anchors import anchor_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

PRIZE = (
    "The virologist Henrik Solberg, 58, shares the prize with Nasrin Akter. "
    'On Monday the professor Henrik Solberg warned that surveillance "must not be switched off". '
    "She has worked in 12 countries."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The virologist Henrik Solberg, 58, shares the prize.",
        'Surveillance, warned Henrik Solberg, "must not be switched off".',
        "Nasrin Akter has worked in 12 countries.",
        'Surveillance "must not be switched off".',
        "At 61, Nasrin Akter shares the prize.",
    ],
)
def test_a_figure_or_quotation_may_be_of_whom_its_sentence_names(embedder: Embedder, sentence: str) -> None:
    assert list(anchor_reasons(aligned(embedder, sentence, PRIZE))) == []


def test_one_of_somebody_else_is_told(embedder: Embedder) -> None:
    sentence = 'The minister Erik Lindberg warned that it "must not be switched off".'
    reasons = list(anchor_reasons(aligned(embedder, sentence, PRIZE, "Erik Lindberg resigned.")))
    assert reasons == ["The passages say “must not be switched off” of Henrik Solberg, not of Erik Lindberg."]
