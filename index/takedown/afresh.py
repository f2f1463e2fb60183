"""Rebuilding Chroma's folder in a process of its own.

Chroma writes out whole blocks of memory, with whatever was there before in what it has not filled yet. The process that
takes an article down has had its words in memory; one that only ever sees what stays cannot give away anything else.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from index.catalogue.writing import CatalogueWriter
from index.errors import IndexDamagedError
from index.home import Home
from index.repairing import rebuild

_WORDS = 300


def rebuild_apart(home: Home) -> None:
    """Rebuild the folder from the catalogue, which must hold nothing any more that may not be seen.

    Raises:
        IndexDamagedError: it failed.
    """
    done = subprocess.run(  # noqa: S603 - this interpreter, and a module of ours
        [sys.executable, "-m", __name__, str(home.folder)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise IndexDamagedError(
            f"The vectors in {home.vectors} could not be rebuilt: {done.stderr.strip()[-_WORDS:]}",
            "Mend that; the next footnote reindex or footnote remove --retry goes on from here.",
        )


class _Silence:
    def begin(self, stage: str, total: int) -> None:
        pass

    def advance(self, steps: float = 1, passages: int = 0) -> None:
        pass


def _main(folder: Path) -> None:
    home = Home(folder)
    catalogue = CatalogueWriter(home.catalogue)
    served = catalogue.served()
    if served is not None:
        rebuild(catalogue, home.vectors, served, _Silence())
    catalogue.close()


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
