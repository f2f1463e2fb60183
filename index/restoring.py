"""An index from elsewhere put in the place of the one that is served, whatever kills it on the way.

It goes as a rebuild does (`index.reindexing`): the vectors are added to Chroma in a collection of their own, beside
those that are served; one transaction switches to the new catalogue; then what is no longer served is swept.
"""

from __future__ import annotations

from pathlib import Path

from index.catalogue.records import Served
from index.catalogue.succession import Predecessor, predecessor, take_over
from index.catalogue.writing import CatalogueWriter
from index.database_files import replace_database
from index.errors import IndexDamagedError
from index.home import Home
from index.planning import Progress
from index.vectors import VectorWriter, discard, is_sound


class IndexInstaller:
    """Puts catalogues in the place of a home's own. Needs the writer's lock."""

    def __init__(self, home: Home, progress: Progress) -> None:
        self._home = home
        self._progress = progress

    def install(self, catalogue: Path) -> None:
        """Serve what the file `catalogue` holds, in the home's folder; the file is of no use afterwards.

        Killed before it ends, the home serves what it did, or this already, in both cases whole.

        Raises:
            IndexMismatchError: another version of Footnote wrote it.
            IndexDamagedError: it is broken, or serves no index.
        """
        before = predecessor(self._home.catalogue)
        _sweep(catalogue)
        if before is not None:
            take_over(catalogue, before)
        self._add_vectors(catalogue, before)
        self._progress.begin("Switching", 1)
        replace_database(catalogue, self._home.catalogue)
        self._progress.begin("Clearing up", 1)
        self._clear_up()

    def _add_vectors(self, catalogue: Path, before: Predecessor | None) -> None:
        if before is None or not before.is_swept or not is_sound(self._home.vectors):
            # Nothing is served from there, or a kill has left it half written: opening that can end the process.
            discard(self._home.vectors)
        else:
            _mark_unswept(self._home.catalogue)
        writer = CatalogueWriter(catalogue)
        try:
            served = _served(writer, catalogue)
            self._progress.begin("Adding vectors", max(1, writer.passage_count(served.index_id)))
            with VectorWriter(self._home.vectors) as vectors:
                for keys, matrix in writer.live_vectors(served.index_id):
                    vectors.add(served.index_id, keys, matrix)
                    self._progress.advance(len(keys))
        finally:
            writer.close()

    def _clear_up(self) -> None:
        writer = CatalogueWriter(self._home.catalogue)
        try:
            served = _served(writer, self._home.catalogue)
            with VectorWriter(self._home.vectors) as vectors:
                vectors.keep_only([served.index_id])
            writer.sweep(served.index_id)
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
    """Have the next reindex clear up where this one is killed between here and the end."""
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
