from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.embedding import Embedder
from index.errors import IndexDamagedError
from index.locks import unshared_lock
from index.soundness import lock_file
from index.takedown.afresh import rebuild_apart
from tests.conftest import PROJECT
from tests.index.collection import Collection


@pytest.fixture
def collection(tmp_path: Path, embedder: Embedder) -> Collection:
    made = Collection(tmp_path, embedder)
    made.write("a.md", "The harbour was closed on Monday.")
    made.reindex()
    return made


def test_the_folder_is_made_anew_by_another_process(collection: Collection) -> None:
    before = (collection.home.vectors / "chroma.sqlite3").stat().st_ino
    rebuild_apart(collection.home)
    assert (collection.home.vectors / "chroma.sqlite3").stat().st_ino != before
    assert collection.is_consistent()


def test_the_process_ends_with_the_one_that_started_it(collection: Collection) -> None:
    command = [sys.executable, "-m", "index.takedown.afresh", str(collection.home.folder)]
    # It gets as far as replacing the folder, and waits there until its parent is gone.
    with unshared_lock(lock_file(collection.home.vectors)):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=PROJECT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(6)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 1
    assert collection.is_consistent()


def test_what_goes_wrong_there_is_said_here(collection: Collection) -> None:
    collection.home.catalogue.write_bytes(b"no database " * 100)
    with pytest.raises(IndexDamagedError, match=r"could not be rebuilt: The catalogue .* is damaged"):
        rebuild_apart(collection.home)
