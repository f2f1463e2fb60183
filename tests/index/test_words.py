from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import STOP_WORDS, content_words, stem, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many ISKP fighters?", ["How", "many", "ISKP", "fighters"]),
        ("up to 6,500 fighters, 4,000 there.", ["up", "to", "6,500", "fighters", "4,000", "there"]),
        ("8.6 percent at 10:15", ["8.6", "percent", "at", "10:15"]),
        ("in 2023, 2024.", ["in", "2023", "2024"]),
        ("the U.S. and U.S.A.", ["the", "U.S.", "and", "U.S.A."]),
        ("Al-Shabaab's COVID-19", ["Al", "Shabaab", "s", "COVID", "19"]),
        ("the CSTO’s", ["the", "CSTO", "s"]),
        ("snake_case", ["snake", "case"]),
        ("F-16A 3rd 5G", ["F", "16", "A", "3", "rd", "5", "G"]),
        ("Straße, Zoë, 理事会, ٣", ["Straße", "Zoë", "理事会", "٣"]),
        ("“…” — 🚢 !?", []),
        ("", []),
    ],
)
def test_words_are_found_with_figures_and_initials_whole(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how many ISKP fighters did CSTO estimate?", ["ISKP", "fighters", "CSTO", "estimate"]),
        ("What is the toll of the ferry, the toll?", ["toll", "ferry"]),
        ("How many US troops does the WHO say left IT?", ["US", "troops", "WHO", "left", "IT"]),
        ("Did it tell us?", ["tell"]),
        ("A and I", ["A", "and", "I"]),
        ("who is it?", ["who", "is", "it"]),
        ("?", []),
    ],
)
def test_content_words_are_those_that_are_not_in_every_text(text: str, expected: list[str]) -> None:
    assert content_words(text) == expected


@pytest.mark.parametrize(
    "same",
    [
        ("fighter", "fighters", "Fighters", "FIGHTER"),
        ("estimate", "estimated", "estimates", "estimating"),
        ("6,500", "6500", "6.500"),
        ("1,234,567", "1234567"),
        ("U.S.", "US", "us"),
        ("Zoë", "Zoe", "Zoe\u0308", "ZOË"),
        ("straße", "STRASSE"),
    ],
    ids=lambda same: str(same[0]),
)
def test_forms_of_a_word_have_one_stem(same: tuple[str, ...]) -> None:
    assert len({stem(word) for word in same}) == 1


@pytest.mark.parametrize(
    "others",
    [
        ("6.5", "65", "6,500"),
        ("10:15", "1015", "10.15"),
        ("3:0", "30"),
        ("8.6", "86", "8.06"),
        ("4,000", "4.0", "4"),
        ("1.25", "125"),
        ("CSTO", "NATO"),
        ("fighter", "fighting"),
    ],
    ids=lambda others: str(others[0]),
)
def test_other_words_and_figures_have_other_stems(others: tuple[str, ...]) -> None:
    assert len({stem(word) for word in others}) == len(others)


def test_the_stems_of_a_text_are_those_of_its_content_words() -> None:
    assert stems("The CSTO estimated 6,500 fighters of the fighters.") == {"csto", "estim", "6500", "fighter"}
    assert stems("") == set()


def test_stop_words_are_written_small() -> None:
    assert {word.casefold() for word in STOP_WORDS} == set(STOP_WORDS)


@given(st.text(st.characters()))
def test_any_text_has_words_and_stems(text: str) -> None:
    found = words(text)
    assert all(word and word in text for word in found)
    assert bool(stems(text)) == bool(found)
    assert {stem(word) for word in content_words(text)} == stems(text) <= {stem(word) for word in found}


@pytest.fixture
def _threads_that_interrupt_each_other() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_threads_that_interrupt_each_other")
def test_stems_are_the_same_from_many_threads() -> None:
    given_words = [
        f"{word}{letter}ingly" for word in ("estimat", "fight", "relation") for letter in "abcdefghijklmn"
    ]
    alone = [stem(word) for word in given_words]
    for _ in range(20):
        stem.cache_clear()
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(stem, given_words)) == alone
