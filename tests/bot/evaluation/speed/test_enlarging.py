from __future__ import annotations

import numpy as np
import pytest

from bot import wiring
from bot.commands.progress import NoProgress
from bot.evaluation.speed.enlarging import enlarged_index
from bot.settings import Settings
from index.arrays import Vectors
from index.catalogue.records import StoredPassage
from index.late_interaction import unpack


def held(settings: Settings) -> dict[str, tuple[StoredPassage, Vectors, Vectors]]:
    """Return the passages of an index by article and ordinal, each with its vector and its words'."""
    catalogue = wiring.catalogue(settings)
    found = {}
    with catalogue.snapshot() as snapshot:
        for rows, matrix in snapshot.vectors(None):
            packed = snapshot.packed_words(rows)
            for stored, vector, words in zip(snapshot.passages(rows), matrix, packed, strict=True):
                key = f"{stored.article.id}/{stored.ordinal}"
                found[key] = stored, vector, unpack(words, len(vector)).vectors
    catalogue.close()
    return found


@pytest.fixture(scope="module")
def enlarged(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    wanted = 2 * len(held(sample_settings))
    return enlarged_index(tmp_path_factory.mktemp("scratch"), sample_settings, wanted, NoProgress())


def test_an_enlarged_index_holds_all_that_the_other_one_does(
    enlarged: Settings, sample_settings: Settings
) -> None:
    small, large = held(sample_settings), held(enlarged)
    assert len(large) == 2 * len(small)
    assert all(large[key][0].text == stored.text for key, (stored, _, _) in small.items())
    assert all(np.array_equal(large[key][1], vector) for key, (_, vector, _) in small.items())


def test_a_variant_is_another_text_in_the_same_places_with_vectors_near_by(
    enlarged: Settings, sample_settings: Settings
) -> None:
    large = held(enlarged)
    for key, (stored, vector, words) in held(sample_settings).items():
        article, _, ordinal = key.rpartition("/")
        variant, moved, others = large[f"{article}#1/{ordinal}"]
        assert (variant.start, variant.end, variant.sentences) == (stored.start, stored.end, stored.sentences)
        assert variant.text == variant.article.text[variant.start : variant.end] != stored.text
        assert 0.8 < moved @ vector < 0.95
        assert words.shape == others.shape


def test_it_is_made_once_and_can_be_asked(enlarged: Settings, sample_settings: Settings) -> None:
    written = (enlarged.home / "catalogue.sqlite3").stat()
    wanted = 2 * len(held(sample_settings))
    assert enlarged_index(enlarged.home.parent, sample_settings, wanted, NoProgress()) == enlarged
    assert (enlarged.home / "catalogue.sqlite3").stat().st_mtime_ns == written.st_mtime_ns
