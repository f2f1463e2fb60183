"""A reindex in a process of its own that kills itself, at a named point or not at all; see test_killed.py."""

from __future__ import annotations

import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import index.reindexing
import index.vectors
from bot.commands.progress import NoProgress
from index.embedding import Embedder
from index.errors import FootnoteError
from index.home import Home
from index.model_files import DEFAULT_MODEL, locate_model
from index.reindexing import Reindexer
from tests.index.embedders import MadeUp, Recorded


class Point(NamedTuple):
    """A moment to die at: before or after the nth call of a function, a method written as Class.method."""

    when: str
    module: str
    name: str
    nth: int = 1


_WRITING = "index.catalogue.writing"
_WRITER = "CatalogueWriter"

POINTS = {
    "the lock is taken": Point("before", _WRITING, f"{_WRITER}.__init__"),
    "the catalogue is open": Point("after", _WRITING, f"{_WRITER}.__init__"),
    "the plan is made": Point("after", "index.planning", "Planner.plan"),
    "the model is loading": Point("before", "index.embedding", "_load"),
    "an index is begun": Point("after", _WRITING, f"{_WRITER}.create_index"),
    "texts are embedded": Point("after", "tests.index.embedders", "Recorded.encode_in_context"),
    "half a batch is stored": Point("after", _WRITING, "_store", 2),
    "a batch is stored": Point("after", _WRITING, f"{_WRITER}.store"),
    "copies are noted": Point("after", _WRITING, f"{_WRITER}.store_copies"),
    "the seal is broken": Point("after", "index.seal", "Seal.breach"),
    "vectors are added and not sealed": Point("before", "index.seal", "Seal.set"),
    "vectors are added": Point("after", "index.vectors", "VectorWriter.add"),
    "half a batch is published": Point("before", "index.catalogue.sqlite", "add_to_full_text"),
    "a batch is published": Point("after", _WRITING, f"{_WRITER}.publish"),
    "another batch is published": Point("after", _WRITING, f"{_WRITER}.publish", 2),
    "what left is retired and not recorded": Point("before", _WRITING, "_replace"),
    "all is recorded": Point("after", _WRITING, f"{_WRITER}.finish"),
    "other collections are dropped": Point("after", "index.vectors", "VectorWriter.keep_only"),
    "vectors are deleted": Point("after", "index.vectors", "VectorWriter.delete"),
    "the sweep begins": Point("before", _WRITING, f"{_WRITER}.sweep"),
    "all is swept": Point("after", _WRITING, f"{_WRITER}.sweep"),
    "the damaged folder is gone": Point("before", "index.seal", "Seal.take"),
}


def main() -> None:
    """Reindex: HOME ARTICLES VECTORS FULL POINT; VECTORS is recorded ones, "real" or "made up", POINT a name or ""."""
    home, articles, vectors, full, point = sys.argv[1:]
    if point:
        _die_at(POINTS[point])
    # So that a small collection makes several batches, and has its graph written out with each.
    index.reindexing._BATCH_PASSAGES, index.vectors._SYNC_THRESHOLD = (
        (512, 500) if vectors == "made up" else (6, 6)
    )
    reindexer = Reindexer(Home(Path(home)), _embedder(vectors), passage_size=800, progress=NoProgress())
    reindexer.run([Path(articles)], full=full == "full")


def on_a_full_disk() -> None:
    """Reindex as `main` does where no file can grow beyond so many bytes: HOME ARTICLES VECTORS BYTES."""
    *arguments, most = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), resource.RLIM_INFINITY))
    sys.argv[1:] = [*arguments, "", ""]
    try:
        main()
    except (FootnoteError, OSError) as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(1)


def _embedder(vectors: str) -> Embedder:
    if vectors == "real":
        return Embedder(locate_model(DEFAULT_MODEL))
    return MadeUp() if vectors == "made up" else Recorded(Path(vectors))


def _die_at(point: Point) -> None:
    owner: Any = importlib.import_module(point.module)
    *path, name = point.name.split(".")
    for each in path:
        owner = getattr(owner, each)
    setattr(owner, name, _deadly(getattr(owner, name), point))


def _deadly(function: Callable[..., Any], point: Point) -> Callable[..., Any]:
    calls = 0

    def called(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if point.when == "before" and calls == point.nth:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **options)
        if calls == point.nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return called
