from __future__ import annotations

import pytest

from bot.verifying.crossing import crossing_reasons
from bot.verifying.directions import direction_reasons, turning_reasons
from bot.verifying.roles import role_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

MATCH = "Rovik beat Sandal 3-2 on Sunday."
SALE = "The billionaire Viktor Lanz sold his stake in Morgenpost to the investor Kirsten Juhl on Friday."
SUIT = "Lantern Pictures sued the streaming service Vuzo in a court in Torsk."
CAUGHT = "Two smugglers were arrested near Torsk by the coast guard."
GROWTH = "Wheat prices rose faster than barley prices in May."


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Rovik defeated Sandal.", MATCH),
        ("Sandal was beaten by Rovik.", MATCH),
        ("Sandal lost to Rovik.", MATCH),
        ("Kirsten Juhl bought the stake from Viktor Lanz.", SALE),
        ("Vuzo was sued by Lantern Pictures.", SUIT),
        ("The coast guard arrested two smugglers.", CAUGHT),
        ("Wheat prices rose faster than barley prices.", GROWTH),
    ],
)
def test_a_deed_may_be_told_from_either_side(embedder: Embedder, sentence: str, passage: str) -> None:
    alignment = aligned(embedder, sentence, passage)
    assert not [*role_reasons(alignment), *crossing_reasons(alignment)]


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Sandal beat Rovik.", MATCH),
        ("Rovik was beaten by Sandal.", MATCH),
        ("Kirsten Juhl sold the stake to Viktor Lanz.", SALE),
        ("Vuzo sued Lantern Pictures.", SUIT),
        ("Lantern Pictures was sued by the streaming service Vuzo.", SUIT),
        ("Two smugglers arrested the coast guard.", CAUGHT),
        ("Ola Berg succeeded Ivo Sand.", "Ivo Sand will succeed Ola Berg."),
        ("Barley prices rose faster than wheat prices.", GROWTH),
    ],
)
def test_a_deed_that_is_turned_round_is_not_borne_out(
    embedder: Embedder, sentence: str, passage: str
) -> None:
    alignment = aligned(embedder, sentence, passage)
    reasons = [*role_reasons(alignment), *crossing_reasons(alignment)]
    assert reasons
    assert f"the other way round: “{passage}”." in reasons[0]


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
    alignment = aligned(embedder, sentence, "The convoy drove from Vestrany to Karsova.")
    assert bool(list(direction_reasons(alignment))) == turned


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
    alignment = aligned(embedder, sentence, "The suspect had been released from prison in May.")
    assert bool(list(turning_reasons(alignment))) is turned
