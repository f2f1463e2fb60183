"""The folder that holds an index, and the files in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """Where an index lives (`FOOTNOTE_HOME`)."""

    folder: Path

    @property
    def catalogue(self) -> Path:
        """The SQLite database with articles, passages and vectors."""
        return self.folder.absolute() / "catalogue.sqlite3"

    @property
    def vectors(self) -> Path:
        """Chroma's folder, which can be rebuilt from the catalogue."""
        return self.folder.absolute() / "chroma"

    @property
    def writer_lock(self) -> Path:
        """The file that the one writing process holds."""
        return self.folder.absolute() / "writer.lock"

    @property
    def tombstones(self) -> Path:
        """The list of withdrawn articles."""
        return self.folder.absolute() / "withdrawn.jsonl"

    @property
    def aside(self) -> Path:
        """Where a catalogue is that could not be read, the latest."""
        return self.folder.absolute() / "catalogue.aside.sqlite3"

    def set_catalogue_aside(self) -> None:
        """Move the catalogue out of the way, with its log."""
        for ending in ("", "-wal", "-shm"):
            log = self.catalogue.with_name(self.catalogue.name + ending)
            aside = self.aside.with_name(self.aside.name + ending)
            aside.unlink(missing_ok=True)
            if log.exists():
                log.rename(aside)

    def discard_aside(self) -> None:
        """Delete a catalogue that was set aside, if there is one."""
        for ending in ("", "-wal", "-shm"):
            self.aside.with_name(self.aside.name + ending).unlink(missing_ok=True)

    def size(self) -> int:
        """Return how many bytes the index takes on disk."""
        return sum(map(_size, self.folder.rglob("*")))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:  # gone since it was listed: a reindex is under way
        return 0
