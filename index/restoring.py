"""An index from elsewhere put in the place of the one that is served, whatever kills it on the way.

It goes as a rebuild does (`index.reindexing`): the vectors are added to Chroma in a collection of their own, beside
those that are served; one transaction switches to the new catalogue; then what is no longer served is swept.
"""

from __future__ import annotations

from pathlib import Path

from index.catalogue.records import Served
from index.catalogue.succession import predecessor, take_over
from index.catalogue.writing import CatalogueWriter
from index.database_files import replace_database
from index.errors import IndexDamagedError
from index.home import Home
from index.locks import shared_lock
from index.planning import Progress
from index.repairing import bring_in_line
from index.soundness import Soundness, lock_file


class IndexInstaller:
    """Puts catalogues in the place of a home's own. Needs the writer's lock."""

    def __init__(self, home: Home, progress: Progress) -> None:
        self._home = home
        self._progress = progress

    def install(self, catalogue: Path) -> None:
        """Serve what the file `catalogue` holds, in the home's folder; the file is of no use afterwards.

        Killed before it ends, the home serves what it did, or this already. Where Chroma's folder is not in order,
        it is brought in line after the switch, and readers meanwhile do without it.

        Raises:
            IndexMismatchError: another version of Footnote wrote it.
            IndexDamagedError: it is broken, or serves no index.
        """
        before = predecessor(self._home.catalogue)
        _sweep(catalogue)
        if before is None:
            # Whatever vectors there are, nothing tells any longer what they were made from.
            Soundness(self._home.vectors).discard()
        else:
            take_over(catalogue, before)
            if before.is_swept and self._is_sealed():
                self._add_vectors(catalogue)
        self._progress.begin("Switching", 1)
        replace_database(catalogue, self._home.catalogue)
        self._progress.begin("Clearing up", 1)
        writer = CatalogueWriter(self._home.catalogue)
        try:
            bring_in_line(writer, self._home.vectors, self._progress)
        finally:
            writer.close()

    def _is_sealed(self) -> bool:
        with shared_lock(lock_file(self._home.vectors)):
            return Soundness(self._home.vectors).is_sealed()

    def _add_vectors(self, catalogue: Path) -> None:
        from index.vectors import VectorWriter

        _mark_unswept(self._home.catalogue)
        writer = CatalogueWriter(catalogue)
        try:
            served = _served(writer, catalogue)
            total = writer.passage_count(served.index_id)
            self._progress.begin("Adding vectors", total)
            with VectorWriter(self._home.vectors, expected=total) as vectors:
                for keys, matrix in writer.live_vectors(served.index_id):
                    vectors.add(served.index_id, keys, matrix)
                    self._progress.advance(len(keys))
        finally:
            writer.close()


def _sweep(catalogue: Path) -> None:
    """Delete what a reindex had under way when the copy was made."""
    writer = CatalogueWriter(catalogue)
    try:
        writer.sweep(_served(writer, catalogue).index_id)
    finally:
        writer.close()


def _mark_unswept(catalogue: Path) -> None:
    """Have the next reindex clear up where this is killed between here and the switch."""
    writer = CatalogueWriter(catalogue)
    try:
        writer.mark_unswept()
    finally:
        writer.close()


def _served(writer: CatalogueWriter, path: Path) -> Served:
    served = writer.served()
    if served is None:
        raise IndexDamagedError(f"{path} serves no index.", "Take another one.")
    return served
