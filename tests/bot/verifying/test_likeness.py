from __future__ import annotations

import pytest

from bot.verifying.likeness import denies, is_made_from, same_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sweden", "swedish", True),
        ("oskerra", "oskerran", True),
        ("norway", "norwegian", False),
        ("china", "chinese", True),
        ("german", "germany", True),
        ("lund", "lunds", True),
        ("osk", "oskar", False),
        ("marisela", "mariana", False),
        ("karelistan", "karelia", False),
    ],
)
def test_names_and_their_peoples_are_the_same(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "denied"),
    [
        ("unharmed", "harmed", True),
        ("impossible", "possible", True),
        ("disagree", "agree", True),
        ("harmed", "unharmed", False),
        ("into", "to", False),
        ("inform", "form", True),
    ],
)
def test_a_prefix_denies(one: str, other: str, denied: bool) -> None:
    assert denies(one, other) is denied


@pytest.mark.parametrize(
    ("one", "other", "made"),
    [
        ("militia", "militiamen", True),
        ("militiamen", "militia", True),
        ("champion", "championship", True),
        ("boat", "boatman", False),
        ("militia", "militias", False),
    ],
)
def test_an_ending_makes_another_word(one: str, other: str, made: bool) -> None:
    assert is_made_from(one, other) is made
