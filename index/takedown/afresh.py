"""Rebuilding Chroma's folder in a process of its own.

Chroma writes out whole blocks of memory, with whatever was there before in what it has not filled yet. The process that
takes an article down has had its words in memory; one that only ever sees what stays cannot give away anything else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from index.catalogue.writing import CatalogueWriter
from index.errors import FootnoteError, IndexDamagedError
from index.home import Home
from index.repairing import rebuild

_WORDS = 300


def rebuild_apart(home: Home) -> None:
    """Rebuild the folder from the catalogue, which must hold nothing any more that may not be seen.

    Raises:
        IndexDamagedError: it failed.
    """
    with subprocess.Popen(  # noqa: S603 - this interpreter, and a module of ours
        [sys.executable, "-m", __name__, str(home.folder)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        assert process.stderr is not None  # noqa: S101 - a pipe, as asked for
        # Not communicate(), which would close its input first.
        complaints = process.stderr.read()
        code = process.wait()
    if code:
        raise IndexDamagedError(
            f"The vectors in {home.vectors} could not be rebuilt: {complaints.strip()[-_WORDS:]}",
            "Mend that; the next footnote reindex or footnote remove --retry goes on from here.",
        )


class _Silence:
    def begin(self, stage: str, total: int) -> None:
        pass

    def advance(self, steps: float = 1, passages: int = 0) -> None:
        pass


def _end_with_the_parent() -> None:
    """Wait until the input ends, as it does when whoever holds the writer's lock is killed, and end as well."""
    # Past Python's buffer, which must not be held when the process ends by itself.
    os.read(0, 1)
    os._exit(1)


def _main(folder: Path) -> None:
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    home = Home(folder)
    try:
        catalogue = CatalogueWriter(home.catalogue)
        served = catalogue.served()
        if served is not None:
            rebuild(catalogue, home.vectors, served, _Silence())
        catalogue.close()
    except FootnoteError as error:
        sys.exit(error.message)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
