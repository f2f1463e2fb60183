"""An index from elsewhere put in the place of the one that is served, whatever kills it on the way.

Its vectors go into a folder of Chroma's beside the one that is served; one transaction switches to its catalogue; then
the folder takes the other one's place. Between the last two, the served index is one that the old folder does not know
by its number, so that nobody searches the one with the other's vectors.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from index.catalogue.succession import predecessor, take_over
from index.catalogue.writing import CatalogueWriter
from index.database_files import replace_database
from index.errors import IndexDamagedError
from index.home import Home
from index.planning import Progress
from index.repairing import build_beside
from index.soundness import Soundness


class IndexInstaller:
    """Puts catalogues in the place of a home's own. Needs the writer's lock."""

    def __init__(self, home: Home, progress: Progress) -> None:
        self._home = home
        self._progress = progress

    def install(self, catalogue: Path) -> None:
        """Serve what the file `catalogue` holds, in the home's folder; the file is of no use afterwards.

        Killed before it ends, the home serves what it did, or this already; the next reindex clears up.

        Raises:
            IndexMismatchError: another version of Footnote wrote it.
            IndexDamagedError: it is broken, or serves no index.
        """
        vectors = Soundness(self._home.vectors)
        before = predecessor(self._home.catalogue)
        self._sweep(catalogue)
        if before is None:
            # Whatever vectors there are, nothing tells any longer what they were made from.
            vectors.discard()
        else:
            take_over(catalogue, before)
        with closing(CatalogueWriter(catalogue)) as writer:
            served = writer.served()
            if served is None:
                raise IndexDamagedError(f"{catalogue} serves no index.", "Take another one.")
            beside = build_beside(writer, self._home.vectors, served, self._progress)
        self._progress.begin("Switching", 1)
        replace_database(catalogue, self._home.catalogue)
        self._progress.begin("Clearing up", 1)
        vectors.replace(beside)
        self._sweep(self._home.catalogue)

    def _sweep(self, catalogue: Path) -> None:
        """Delete what a reindex had under way when the copy was made, or mark what took over as done."""
        with closing(CatalogueWriter(catalogue)) as writer:
            served = writer.served()
            writer.sweep(served.index_id if served else None)
