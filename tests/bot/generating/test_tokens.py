from __future__ import annotations

import pytest

from bot.generating.tokens import estimate_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("a", 1),
        ("The toll was", 4),
        ("The toll was 19.", 8),
        ("2023-09-28", 10),
        ("Öl", 2),
        ("паром", 5),
        ("渡船", 4),
    ],
)
def test_three_letters_a_sign_or_a_byte_of_another_script_are_a_token(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Up to 6,500 fighters, 4,000 of them along the southern border of Tajikistan.", 24),
        ("The ferry caught fire in the harbour; nineteen people were killed.", 15),
        ("Сегодня в порту загорелся паром, погибли девятнадцать человек.", 46),
    ],
)
def test_it_is_not_less_than_a_small_model_counts(text: str, counted: int) -> None:
    assert counted <= estimate_tokens(text) <= 2 * counted
