from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.index_glance import IndexGlance
from index.catalogue.reading import CatalogueReader
from index.catalogue.records import ToStore
from index.catalogue.writing import CatalogueWriter
from index.soundness import Soundness
from tests.bot.made import IDENTITY, article


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def publish(file: Path, name: str) -> None:
    """Add an article to the catalogue in a file."""
    writer = CatalogueWriter(file)
    served = writer.served()
    index = served.index_id if served else writer.create_index(IDENTITY, 384, serve=True)
    stored = writer.store(index, [ToStore(article("The toll is 40 euros.", id=name), name, (), ())])
    writer.publish(index, stored)
    writer.finish(index, removed=(), origins={}, file_records=(), all_entries=())
    writer.close()


def test_a_glance_counts_the_articles_and_is_taken_anew_only_after_some_seconds(tmp_path: Path) -> None:
    file, clock = tmp_path / "catalogue.sqlite3", Clock()
    catalogue = CatalogueReader(file)
    glance = IndexGlance(catalogue, Soundness(tmp_path / "chroma"), clock)
    assert glance.articles() is None
    assert not glance.is_readable()
    publish(file, "ferry")
    assert glance.is_readable()
    assert glance.articles() is None, "it was looked at just now"
    clock.now += 11
    assert glance.articles() == 1
    publish(file, "quota")
    assert glance.articles() == 1
    clock.now += 11
    assert glance.articles() == 2
    file.unlink()
    assert not glance.is_readable()
    assert glance.articles() == 2
    clock.now += 11
    assert glance.articles() is None
    catalogue.close()


@pytest.mark.parametrize("content", [b"", b"no database " * 500])
def test_what_is_no_index_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "catalogue.sqlite3"
    file.write_bytes(content)
    glance = IndexGlance(CatalogueReader(file), Soundness(tmp_path / "chroma"))
    assert glance.articles() is None
    assert not glance.is_readable()


def test_many_threads_may_glance_at_once(tmp_path: Path) -> None:
    glance = IndexGlance(CatalogueReader(tmp_path / "catalogue.sqlite3"), Soundness(tmp_path / "chroma"))
    found: list[int | None] = []
    threads = [threading.Thread(target=lambda: found.append(glance.articles())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [None] * 8
