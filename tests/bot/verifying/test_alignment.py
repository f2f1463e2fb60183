from __future__ import annotations

import pytest

from bot.verifying.alignment import ANOTHER_FORM, OPPOSED, SAME, SYNONYM
from bot.verifying.slots import around, best_fit, goes_on
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned


@pytest.mark.parametrize(
    ("word", "other", "least", "most"),
    [
        ("rises", "rise", SAME, SAME),
        ("Oskerra", "Oskerran", ANOTHER_FORM, ANOTHER_FORM),
        ("militia", "militiamen", ANOTHER_FORM, ANOTHER_FORM),
        ("rose", "climbed", SYNONYM, 0.99),
        ("rose", "fell", OPPOSED, OPPOSED),
        ("harmed", "unharmed", OPPOSED, OPPOSED),
        ("ferry", "wheat", -1.0, 0.6),
    ],
)
def test_how_far_words_match(embedder: Embedder, word: str, other: str, least: float, most: float) -> None:
    match = float(aligned(embedder, f"the {word}", f"the {other}").matches[1, 1])
    assert least - 1e-6 <= match <= most + 1e-6


def test_columns_count_through_the_passages(embedder: Embedder) -> None:
    alignment = aligned(embedder, "The ferry sank.", "The ferry sank.", "A bridge fell. It was old.")
    column = alignment.column(1, 4)
    assert alignment.words[column].text == "was"
    assert alignment.sentences[column] == 2
    assert (alignment.places[column].source, alignment.places[column].word) == (1, 4)
    assert alignment.covered_by(0, 0) == pytest.approx(1.0)
    assert alignment.speaks_of_it(0, 0, 0.9)
    assert not alignment.speaks_of_it(1, 0, 0.9)


@pytest.mark.parametrize(
    ("sentence", "passage"), [("", "A bridge fell."), ("The ferry sank.", ""), ("—", "…")]
)
def test_where_there_are_no_words_there_is_nothing_to_match(
    embedder: Embedder, sentence: str, passage: str
) -> None:
    assert aligned(embedder, sentence, passage).matches.size == 0


def test_the_place_that_fits_is_the_one_with_the_same_things_around_it(embedder: Embedder) -> None:
    alignment = aligned(
        embedder, "Wheat cost 40 crowns.", "Barley cost 40 crowns in May. Wheat cost 40 crowns in June."
    )
    asked = around(alignment.sentence, 2, 2)
    places = [(0, 2, 2), (0, 8, 8)]
    score, best = best_fit(alignment, asked, places)
    assert best == (0, 8, 8)
    assert 0.5 < score <= 1.0
    assert best_fit(alignment, asked, []) == (0.0, None)


@pytest.mark.parametrize(
    ("text", "leans"),
    [("It sank.", True), ("“She sank.", True), ("The company sank.", True), ("The ferry sank.", False)],
)
def test_a_sentence_goes_on_about_the_one_before(embedder: Embedder, text: str, leans: bool) -> None:
    assert goes_on(aligned(embedder, text, text).sentence, 0) == leans
