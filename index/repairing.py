"""Bringing Chroma in line with the catalogue, from the vectors that the catalogue holds: no model is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path

from index.arrays import Vectors
from index.catalogue.records import Served
from index.catalogue.writing import CatalogueWriter
from index.home import Home
from index.locks import unshared_lock, writer_lock
from index.planning import Progress
from index.seal import Condition, Seal
from index.soundness import Soundness, lock_file
from index.vectors import VectorWriter


class Repaired(Enum):
    """What was done."""

    NOTHING = "nothing"
    COMPARED = "compared"
    """Vectors that were missing were added, and those that nothing served needs deleted."""
    REBUILT = "rebuilt"
    """The folder was made anew."""


def repair(home: Home, progress: Progress) -> Repaired:
    """Bring Chroma in line with the catalogue, where it may not be; both are left alone where all is well.

    Raises:
        WriterBusyError: another process is writing; it does the same when it begins.
        FootnoteError: the catalogue cannot be read, or the folder not written.
    """
    with writer_lock(home.writer_lock):
        catalogue = CatalogueWriter(home.catalogue)
        try:
            return bring_in_line(catalogue, home.vectors, progress)
        finally:
            catalogue.close()


def bring_in_line(catalogue: CatalogueWriter, folder: Path, progress: Progress) -> Repaired:
    """Do as `repair` does, for the holder of the writer's lock.

    What a killed reindex left is cleared up. A folder in which a write was broken off is rebuilt without opening it:
    even where a graph that was cut off halfway can be opened, nobody can tell what it is.
    """
    served = catalogue.served()
    if served is None:
        if folder.exists():
            # Of a catalogue that is gone; its keys may come again.
            Soundness(folder).discard()
        catalogue.sweep(None)
        return Repaired.NOTHING
    condition = _condition(folder)
    if condition is Condition.SEALED and catalogue.is_swept():
        return Repaired.NOTHING
    if condition is Condition.SEALED or (condition is Condition.TOUCHED and _is_whole(folder)):
        _compare(catalogue, folder, served)
        repaired = Repaired.COMPARED
    else:
        rebuild(catalogue, folder, served, progress)
        repaired = Repaired.REBUILT
    catalogue.sweep(served.index_id)
    return repaired


def rebuild(catalogue: CatalogueWriter, folder: Path, served: Served, progress: Progress) -> None:
    """Make the folder anew, beside what is there, and put it in its place."""
    beside = folder.with_name(folder.name + ".new")
    Soundness(beside).discard()
    total = catalogue.passage_count(served.index_id)
    progress.begin("Rebuilding the vectors", total)
    with VectorWriter(beside, expected=total) as vectors:
        for keys, matrix in catalogue.live_vectors(served.index_id):
            vectors.add(served.index_id, keys, matrix)
            progress.advance(len(keys))
    Soundness(folder).replace(beside)


def _condition(folder: Path) -> Condition:
    """Return what the seal tells; BROKEN_OFF, too, of what a reader has found damaged."""
    with unshared_lock(lock_file(folder)):
        condition = Seal(folder).condition()
        return Condition.BROKEN_OFF if Soundness(folder).known_fault() else condition


def _is_whole(folder: Path) -> bool:
    """Tell whether a folder that something else has touched can be opened, and seal it where it can."""
    with unshared_lock(lock_file(folder)):
        if Soundness(folder).fault() is not None:
            return False
        Seal(folder).set(durable=True)
        return True


def _compare(catalogue: CatalogueWriter, folder: Path, served: Served) -> None:
    with VectorWriter(folder) as vectors:
        vectors.keep_only([served.index_id])
        held = vectors.keys(served.index_id)
        vectors.delete(served.index_id, sorted(held - catalogue.live_keys(served.index_id)))
        for keys, matrix in _missing(catalogue, served, held):
            vectors.add(served.index_id, keys, matrix)


def _missing(
    catalogue: CatalogueWriter, served: Served, held: set[str]
) -> Iterator[tuple[Sequence[str], Vectors]]:
    for keys, matrix in catalogue.live_vectors(served.index_id):
        places = [place for place, key in enumerate(keys) if key not in held]
        if places:
            yield [keys[place] for place in places], matrix[places]
