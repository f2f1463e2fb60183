from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding import Embedder
from index.probing import probe
from index.seal import Condition, Seal
from index.soundness import Soundness
from tests.index.collection import Collection


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A folder of Chroma's whose graph has been written out."""
    from index.vectors import VectorWriter

    folder = tmp_path_factory.mktemp("written") / "chroma"
    vectors = embedder.encode([f"The town of Arn{number} has a mill." for number in range(40)])
    with VectorWriter(folder) as writer:
        for turn in range(26):
            writer.add(1, [f"{turn}-{number}" for number in range(40)], vectors)
    assert list(folder.glob("*/index_metadata.pickle"))
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy of it, with its seal."""
    import shutil

    copy = tmp_path / "chroma"
    shutil.copytree(written, copy)
    shutil.copy2(written.with_name("chroma.seal"), tmp_path / "chroma.seal")
    return copy


def graph(folder: Path) -> Path:
    return next(folder.glob("*/data_level0.bin"))


def truncated(folder: Path) -> None:
    os.truncate(graph(folder), 5_000)


def overwritten(folder: Path) -> None:
    file = graph(folder)
    file.write_bytes(bytes(file.stat().st_size))


def half_a_database(folder: Path) -> None:
    os.truncate(folder / "chroma.sqlite3", 20_000)


def another_start(folder: Path) -> None:
    file = folder.with_name("chroma.seal")
    said = json.loads(file.read_text())
    file.write_text(json.dumps({**said, "boot": "another", "durable": False}))


def gone(folder: Path) -> None:
    (folder / "chroma.sqlite3").unlink()


@pytest.mark.parametrize(
    ("happens", "condition"),
    [
        (lambda _folder: None, Condition.SEALED),
        (truncated, Condition.TOUCHED),
        (overwritten, Condition.TOUCHED),
        (half_a_database, Condition.TOUCHED),
        (another_start, Condition.TOUCHED),
        (lambda folder: os.utime(graph(folder)), Condition.TOUCHED),
        (lambda folder: folder.with_name("chroma.seal").write_text("{"), Condition.TOUCHED),
        (lambda folder: folder.with_name("chroma.seal").write_text("[]"), Condition.TOUCHED),
        (lambda folder: folder.with_name("chroma.seal").unlink(), Condition.BROKEN_OFF),
        (gone, Condition.MISSING),
    ],
)
def test_what_a_seal_tells(folder: Path, happens: Callable[[Path], object], condition: Condition) -> None:
    happens(folder)
    assert Seal(folder).condition() is condition


def test_a_write_that_fails_leaves_the_seal_broken(folder: Path) -> None:
    seal = Seal(folder)

    def write() -> None:
        with seal.broken():
            assert seal.condition() is Condition.BROKEN_OFF
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write()
    assert seal.condition() is Condition.BROKEN_OFF


def test_a_seal_lasts_over_a_start_of_the_machine_only_where_the_files_are_on_the_disk(folder: Path) -> None:
    seal = Seal(folder)
    for durable in (True, False):
        seal.set(durable=durable)
        said = json.loads(folder.with_name("chroma.seal").read_text())
        folder.with_name("chroma.seal").write_text(json.dumps({**said, "boot": "another"}))
        assert (seal.condition() is Condition.SEALED) is durable


def test_readers_in_this_process_do_not_touch_what_is_sealed(tmp_path: Path, embedder: Embedder) -> None:
    collection = Collection(tmp_path, embedder)
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    seal = Seal(collection.home.vectors)
    assert collection.vector_keys()
    assert seal.condition() is Condition.SEALED


def test_a_probe_finds_a_folder_whole(folder: Path) -> None:
    assert probe(folder) is None


@pytest.mark.parametrize("happens", [truncated, overwritten, half_a_database])
def test_a_probe_finds_damage_and_lives(folder: Path, happens: Callable[[Path], None]) -> None:
    happens(folder)
    assert probe(folder)


def test_a_probe_that_takes_too_long_is_a_fault(folder: Path) -> None:
    assert probe(folder, 0.01) == "opening it takes more than 0 seconds"


def test_damage_is_remembered_until_the_folder_is_discarded(folder: Path) -> None:
    truncated(folder)
    found = Soundness(folder).fault()
    assert found
    another = Soundness(folder)
    assert another.known_fault() == found
    assert not another.is_sealed()
    another.discard()
    assert Soundness(folder).known_fault() == "the folder is missing"
    assert not list(folder.parent.glob("chroma.damaged"))


def test_a_folder_that_was_only_touched_is_tried_and_not_called_damaged(folder: Path) -> None:
    os.utime(graph(folder))
    assert Soundness(folder).fault() is None
