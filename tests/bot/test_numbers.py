from __future__ import annotations

from decimal import Decimal

import pytest

from bot.numbers import written_number, written_ordinal


@pytest.mark.parametrize(
    ("words", "value", "taken"),
    [
        ("zero", 0, 1),
        ("seven men", 7, 1),
        ("seventeen", 17, 1),
        ("twenty", 20, 1),
        ("twenty one", 21, 2),
        ("twenty zero", 20, 1),
        ("twenty eleven", 20, 1),
        ("twenty thirty", 20, 1),
        ("one two", 1, 1),
        ("nineteen eighty four", 19, 1),
        ("nineteen hundred", 1900, 2),
        ("hundred", 100, 1),
        ("hundred and five", 105, 3),
        ("hundred and more", 100, 1),
        ("two hundred", 200, 2),
        ("two hundred five", 205, 3),
        ("two hundred and fifty five men", 255, 5),
        ("two hundred and three hundred", 200, 2),
        ("two hundred and two dozen", 200, 2),
        ("two hundred thousand", 200_000, 3),
        ("thousand", 1000, 1),
        ("million", 10**6, 1),
        ("two thousand and three", 2003, 4),
        ("two thousand and three thousand", 2000, 2),
        ("two thousand three million", 2000, 2),
        ("three million two hundred thousand and five", 3_200_005, 7),
        ("one hundred and fifty two thousand", 152_000, 6),
        ("dozen", 12, 1),
        ("two dozen eggs", 24, 2),
        ("6.5 thousand", 6500, 2),
        ("6.5 men", Decimal("6.5"), 1),
        (".5 million", 500_000, 2),
        ("2.9 million dollars", 2_900_000, 2),
        ("5 hundred thousand", 500_000, 3),
        ("5 and six", 5, 1),
        ("30 bn", 30 * 10**9, 2),
        ("٣ million", 3_000_000, 2),
    ],
)
def test_a_number_takes_as_many_words_as_it_can(words: str, value: Decimal | int, taken: int) -> None:
    assert written_number(words.split()) == (value, taken)


@pytest.mark.parametrize("words", ["", "and five", "men", "third", "5-g", "sevens", "1.2.3", "²"])
def test_other_words_begin_no_number(words: str) -> None:
    assert written_number(words.split()) is None


@pytest.mark.parametrize(
    ("words", "value", "taken"),
    [
        ("first", 1, 1),
        ("third man", 3, 1),
        ("twelfth", 12, 1),
        ("twentieth", 20, 1),
        ("twenty first", 21, 2),
        ("hundredth", 100, 1),
    ],
)
def test_an_ordinal_is_one_too(words: str, value: int, taken: int) -> None:
    assert written_ordinal(words.split()) == (value, taken)


@pytest.mark.parametrize("words", ["", "three", "twenty", "twenty tenth", "thirds"])
def test_other_words_begin_no_ordinal(words: str) -> None:
    assert written_ordinal(words.split()) is None
