from __future__ import annotations

import pytest

from bot.verifying.referents import HARDLY, SURELY, UNKNOWN, alike
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

PASSAGE = (
    "Energy minister Ada Berg left. The drivers' union stayed. A group calling itself Grey Heron came. Its leader ran. "
    "The Norvian police followed. The Bergstad Steel Works closed. Rovik Mill moved. The Harbour Office met. "
    "The Italian went. Oslo paid. The mayor of Torsk spoke."
)


@pytest.mark.parametrize(
    ("mine", "theirs", "least", "most"),
    [
        ("Ada Berg", "left", SURELY, 1.0),
        ("Berg", "left", SURELY, 1.0),
        ("the minister", "left", SURELY, 1.0),
        ("the energy minister", "left", SURELY, 1.0),
        ("Olav Ranta", "left", 0.0, 0.0),
        ("Ada Ranta", "left", 0.0, 0.0),
        ("Norway", "paid", UNKNOWN, UNKNOWN),
        ("Sweden", "paid", 0.0, 0.0),
        ("she", "left", UNKNOWN, UNKNOWN),
        ("Ada Berg", "stayed", 0.0, UNKNOWN - 0.1),
        ("the union", "stayed", SURELY, 1.0),
        ("Grey Heron", "came", SURELY, 1.0),
        ("Grey Heron", "ran", 0.0, HARDLY),
        ("the Sorrelian police", "followed", 0.0, HARDLY),
        ("police", "followed", SURELY, 1.0),
        ("the Rovik Steel Works", "moved", 0.0, 1.0),
        ("Grey Heron", "met", 0.0, 0.0),
        ("Ada Berg", "spoke", 0.0, HARDLY),
        ("Ada Berg", "went", UNKNOWN, UNKNOWN),
    ],
)
def test_a_noun_stands_for_whom_a_source_calls_so(
    embedder: Embedder, mine: str, theirs: str, least: float, most: float
) -> None:
    alignment = aligned(embedder, f"Then {mine} arrived.", PASSAGE)
    own = alignment.told_by(0).clauses
    verb = next(each for each in own if alignment.readings[0].words[each.verb].plain == theirs)
    assert least <= alike(alignment, alignment.told.clauses[0].doers, 0, verb.doers) <= most
