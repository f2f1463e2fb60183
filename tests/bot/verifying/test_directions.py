from __future__ import annotations

import pytest

from bot.verifying.directions import direction_reasons, turning_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

ROAD = "The convoy drove from Vestrany to Karsova."
RELEASED = "The suspect had been released from prison in May."


@pytest.mark.parametrize(
    ("sentence", "turned"),
    [
        ("The convoy left Karsova for Vestrany.", False),
        ("The convoy came from Vestrany.", False),
        ("The convoy came from Karsova.", True),
        ("The convoy drove into Vestrany.", True),
    ],
)
def test_where_something_goes_is_not_where_it_comes_from(
    embedder: Embedder, sentence: str, turned: bool
) -> None:
    assert bool(list(direction_reasons(aligned(embedder, sentence, ROAD)))) is turned


def test_a_way_there_and_back_goes_both_ways(embedder: Embedder) -> None:
    passage = "The ferry runs from Vestrany to Karsova, and from Karsova to Vestrany."
    assert not list(direction_reasons(aligned(embedder, "The ferry comes from Karsova.", passage)))


@pytest.mark.parametrize(
    ("sentence", "turned"),
    [
        ("The suspect was sent to prison in May.", True),
        ("The suspect was released from prison in May.", False),
        ("The suspect left prison in May.", False),
        ("The suspect was taken to a hospital in May.", False),
    ],
)
def test_who_comes_from_prison_does_not_go_there(embedder: Embedder, sentence: str, turned: bool) -> None:
    assert bool(list(turning_reasons(aligned(embedder, sentence, RELEASED)))) is turned
