"""What of a home is backed up: the files that cannot be made again.

Chroma's folder is not among them: it is made from the catalogue. Keys are in `.env`, which is not in the home.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from index.database_files import copy_database
from index.planning import Progress

CATALOGUE = "catalogue.sqlite3"
RECORDS = "records.sqlite3"
TOMBSTONES = "withdrawn.jsonl"


def _copy_file(source: Path, target: Path, _progress: Progress) -> None:
    """Copy a small file that is only ever replaced whole."""
    shutil.copyfile(source, target)


PARTS: Mapping[str, Callable[[Path, Path, Progress], None]] = {
    CATALOGUE: copy_database,
    RECORDS: copy_database,
    # After the catalogue: what is withdrawn in between stays withdrawn where this is restored.
    TOMBSTONES: _copy_file,
}
"""The files, in the order in which they are copied, and how each is copied while it is in use: from, to, progress."""
