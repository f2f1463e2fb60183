from __future__ import annotations

import pytest

from bot.verifying.opposites import difference_reasons, opposite_reasons
from bot.verifying.relations import are_converse, are_opposites, are_synonyms, is_listed
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned


@pytest.mark.parametrize(
    ("sentence", "passage", "reasons"),
    [
        ("Exports rose in May.", "Exports increased in May.", []),
        (
            "Exports rose in May.",
            "Exports fell in May.",
            ["Where the sentence says “rose”, the passages say “fell”."],
        ),
        ("Exports rose while imports fell.", "Imports fell in May, and exports rose.", []),
        ("Exports did not rise in May.", "Exports fell in May.", []),
        ("Exports of wheat rose.", "Exports of wheat did not fall: they rose.", []),
        ("More than 40 boats came.", "Fewer than 40 boats came.", []),
        (
            "The highest price was paid in May.",
            "The lowest price was paid in May.",
            ["Where the sentence says “highest”, the passages say “lowest”."],
        ),
    ],
)
def test_an_opposite_in_the_place_of_a_word_is_told(
    embedder: Embedder, sentence: str, passage: str, reasons: list[str]
) -> None:
    assert list(opposite_reasons(aligned(embedder, sentence, passage))) == reasons


@pytest.mark.parametrize(
    ("one", "other", "synonyms", "opposites", "converse"),
    [
        ("rose", "climbed", True, False, False),
        ("rose", "fell", False, True, False),
        ("fell", "rose", False, True, False),
        ("rise", "rises", True, False, False),
        ("bought", "sold", False, False, True),
        ("lost", "beat", False, False, True),
        ("rose", "collapsed", False, False, False),
        ("fell", "collapsed", True, False, False),
        ("ferry", "minister", False, False, False),
        ("oskerra", "rose", False, False, False),
    ],
)
def test_how_words_are_related(one: str, other: str, synonyms: bool, opposites: bool, converse: bool) -> None:
    assert are_synonyms(one, other) == synonyms
    assert are_opposites(one, other) == opposites
    assert are_converse(one, other) == converse


def test_a_word_is_listed_however_it_stands_in_the_list() -> None:
    assert is_listed("collapse")
    assert not is_listed("oskerra")


FUEL = "The new planes will use 20 percent less fuel. The exercises involve fewer troops than last year."


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("The planes will use 20 percent less fuel.", []),
        ("The planes use a fifth less fuel.", []),
        (
            "The planes will use 20 percent more fuel.",
            ["The passages say “20 percent less”, not “20 percent more”."],
        ),
        ("The exercises involve fewer troops than last year.", []),
        ("The planes will cost 30 percent more.", []),
    ],
)
def test_so_much_more_is_not_so_much_less(embedder: Embedder, sentence: str, reasons: list[str]) -> None:
    assert list(difference_reasons(aligned(embedder, sentence, FUEL))) == reasons


def test_more_than_something_is_not_less_than_it(embedder: Embedder) -> None:
    passage = "The exercises involve 23,000 troops, fewer than last year."
    sentence = "The exercises involve 23,000 troops, more than last year."
    assert list(difference_reasons(aligned(embedder, sentence, passage))) == [
        "The passages say “fewer than last year”, not “more than last year”."
    ]
    assert not list(difference_reasons(aligned(embedder, passage, passage)))
