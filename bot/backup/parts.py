"""What of a home is backed up: the files that cannot be made again.

Chroma's folder is not among them: it is made from the catalogue. Keys are in `.env`, which is not in the home.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from index.database_files import copy_database
from index.planning import Progress

CATALOGUE = "catalogue.sqlite3"
RECORDS = "records.sqlite3"

PARTS: Mapping[str, Callable[[Path, Path, Progress], None]] = {
    CATALOGUE: copy_database,
    RECORDS: copy_database,
}
"""The files, in the order in which they are copied, and how each is copied while it is in use: from, to, progress."""
