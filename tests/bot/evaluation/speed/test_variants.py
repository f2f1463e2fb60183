from __future__ import annotations

import re

from bot.evaluation.speed.variants import vocabulary_of

TEXTS = [
    "The toll at Port Elden rose to 19 crowns on 3 May, said Mayor Ilse Brandt.\n\nShips paid it: all of them.",
    "Snow fell in the hills of Vestrany until noon. Two roads were shut, and a bridge (the old one) gave way.",
]
VOCABULARY = vocabulary_of(TEXTS)


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text)


def test_a_variant_has_other_words_in_the_same_places() -> None:
    text = TEXTS[0] * 20
    variant = VOCABULARY.variant(text, 1)
    pairs = list(zip(words(text), words(variant), strict=True))
    assert re.sub("[A-Za-z]", "x", variant) == re.sub("[A-Za-z]", "x", text)
    assert all(one[0].isupper() == other[0].isupper() for one, other in pairs)
    # Of those that another word was drawn for, some were drawn themselves.
    assert 0.05 < sum(one != other for one, other in pairs) / len(pairs) < 0.25


def test_its_words_are_those_of_the_collection() -> None:
    assert set(words(VOCABULARY.variant(TEXTS[0] * 20, 1))) <= set(words(" ".join(TEXTS)))


def test_a_number_is_always_the_same_variant() -> None:
    long = TEXTS[1] * 10
    assert VOCABULARY.variant(long, 1) == VOCABULARY.variant(long, 1) != VOCABULARY.variant(long, 2)


def test_a_word_unlike_all_others_stays() -> None:
    assert vocabulary_of([]).variant("Mergelstrasse was flooded.", 1) == "Mergelstrasse was flooded."
