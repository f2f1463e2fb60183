from __future__ import annotations

import pytest

from bot.verifying.another import another_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

GOALS = "Joao Mendanha scored twice before Luka Perin pulled one back for the visitors."
CHOSEN = "The bank has chosen Rosalind Achebe as chief executive. She replaces Duncan Fairweather."


@pytest.mark.parametrize(
    ("sentence", "passage", "other"),
    [
        ("Joao Mendanha pulled one back for the visitors.", GOALS, "Luka Perin"),
        ("The bank has chosen Duncan Fairweather as chief executive.", CHOSEN, "Rosalind Achebe"),
        ("Luka Perin pulled one back for the visitors.", GOALS, None),
        ("Joao Mendanha scored twice.", GOALS, None),
        ("The bank has chosen Rosalind Achebe to replace Duncan Fairweather.", CHOSEN, None),
    ],
)
def test_what_one_has_done_is_not_said_of_another_one(
    embedder: Embedder, sentence: str, passage: str, other: str | None
) -> None:
    reasons = list(another_reasons(aligned(embedder, sentence, passage)))
    if other is None:
        assert not reasons
    else:
        assert reasons
        assert reasons[0].startswith(f"The passages say this of {other}: ")
