"""The seal on Chroma's folder: cheap evidence that its files are as the last writer left them.

Chroma rewrites its graph in place, and a process that opens a graph cut off halfway dies with it (SIGSEGV), so that
nobody can find out by trying. A writer therefore breaks the seal before each write and sets it again after: a list of
the graph's files, their sizes and times, beside the folder. Where the seal fits, the folder may be opened; where it is
missing, a write was broken off; where it does not fit, something else has touched the files.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Any

DATABASE = "chroma.sqlite3"
_GRAPH_METADATA = "index_metadata.pickle"
_SQLITE_MAGIC = b"SQLite format 3\x00"
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Condition(Enum):
    """What the seal tells of a folder."""

    SEALED = "sealed"
    """The files are as the last write left them."""
    BROKEN_OFF = "broken off"
    """The last write did not end."""
    TOUCHED = "touched"
    """The files are others than the last write left, or may not all have reached the disk when the machine stopped."""
    MISSING = "missing"
    """There is no folder, or no database in it."""


class Seal:
    """The seal of one folder, in the file NAME.seal beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder.with_name(folder.name + ".seal")

    def condition(self) -> Condition:
        """Return what the seal tells now. Hold the folder's lock, or a write under way passes for one broken off."""
        if not (self._folder / DATABASE).is_file():
            return Condition.MISSING
        try:
            said: dict[str, Any] = json.loads(self._file.read_bytes())
        except FileNotFoundError:
            return Condition.BROKEN_OFF
        except (OSError, ValueError):
            return Condition.TOUCHED
        try:
            lasts = said["durable"] or said["boot"] == _boot()
            fits = said["files"] == _files(self._folder) and _is_complete(self._folder / DATABASE)
        except (KeyError, TypeError, OSError):
            return Condition.TOUCHED
        return Condition.SEALED if lasts and fits else Condition.TOUCHED

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Break the seal while something is written, and set it anew after; not where that failed."""
        self.breach()
        yield
        self.set(durable=False)

    def breach(self) -> None:
        """Break the seal, for good until it is set; on the disk, too, before anything is written."""
        self._file.unlink(missing_ok=True)
        synchronise(self._file.parent)

    def set(self, *, durable: bool) -> None:
        """Seal the files as they are.

        With `durable` they are brought to the disk first; without, the seal only holds until the machine stops.
        """
        if durable:
            for file in sorted(path for path in self._folder.rglob("*") if path.is_file()):
                synchronise(file)
        said = {"boot": _boot(), "durable": durable, "files": _files(self._folder)}
        beside = self._file.with_name(self._file.name + ".new")
        beside.write_text(json.dumps(said))
        if durable:
            synchronise(beside)
        beside.replace(self._file)

    def take(self, other: Seal) -> None:
        """Take the seal of another folder, which has come here."""
        other._file.replace(self._file)
        synchronise(self._file.parent)


def _files(folder: Path) -> Mapping[str, list[int]]:
    """Return size and time of each file of the graphs.

    Not of Chroma's database, into which readers write as well, nor of a graph that was never written out: whoever opens
    that makes its empty files anew.
    """
    found = {}
    for written in sorted(folder.glob(f"*/{_GRAPH_METADATA}")):
        for path in sorted(written.parent.iterdir()):
            status = path.stat()
            found[path.relative_to(folder).as_posix()] = [status.st_size, status.st_mtime_ns]
    return found


def _is_complete(database: Path) -> bool:
    """Tell whether a SQLite file is as long as its first page says; what else is wrong, SQLite reports itself."""
    with database.open("rb") as stream:
        header = stream.read(32)
    page = int.from_bytes(header[16:18])
    pages = int.from_bytes(header[28:32])
    size = 65_536 if page == 1 else page
    return header.startswith(_SQLITE_MAGIC) and database.stat().st_size >= size * pages


def _boot() -> str:
    """Return what is another after each start of the machine, "" where nothing tells."""
    with suppress(OSError):
        return _BOOT_ID.read_text().strip()
    return ""


def synchronise(path: Path) -> None:
    """Bring a file, or which files a folder lists, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
