from __future__ import annotations

import pytest

from bot.generating.tokens import estimate_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("a", 1),
        ("The toll was", 4),
        ("6,500", 5),
        ("2023-09-28", 9),
        ("Öl", 1),
        ("渡船", 2),
    ],
)
def test_three_bytes_or_a_digit_are_a_token(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens
