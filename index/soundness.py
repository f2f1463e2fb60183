"""Whether Chroma's folder may be opened: what the seal tells, what another process has found, and what is remembered.

Needs neither Chroma nor the model, so that a reindex with nothing to do loads neither.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from index.locks import shared_lock, unshared_lock
from index.probing import probe
from index.seal import Condition, Seal

BROKEN_OFF = "a write to them was broken off"


def lock_file(folder: Path) -> Path:
    """Return the file that is held alone while the folder is written, and shared while it is opened."""
    return folder.with_name(folder.name + ".lock")


class Soundness:
    """Tells of one folder whether it is sound. What was found damaged stays so until it is rebuilt or discarded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seal = Seal(folder)
        self._mark = folder.with_name(folder.name + ".damaged")
        # Beside the mark, which cannot be left where this user may only read.
        self._found: tuple[int, str] | None = None

    def fault(self) -> str | None:
        """Return why the folder may not be opened, None: it may. Hold its lock.

        Where something has touched the files, another process tries; that takes a second, once. Where a write was
        broken off nobody tries: of graphs that were cut off, some let one process search them and ended the next.
        """
        known = self.known_fault()
        if known is not None:
            return known
        condition = self._seal.condition()
        if condition is Condition.SEALED:
            return None
        reason = BROKEN_OFF if condition is Condition.BROKEN_OFF else probe(self._folder)
        if reason is not None:
            self.note_damage(reason)
        return reason

    def known_fault(self) -> str | None:
        """Return why the folder may not be opened, as far as that is known without trying."""
        if self._seal.condition() is Condition.MISSING:
            return "the folder is missing"
        with suppress(OSError):
            return self._mark.read_text(errors="replace").strip() or "damaged"
        if self._found is not None and self._found[0] == self._age():
            return self._found[1]
        return None

    def report(self) -> str | None:
        """Return what keeps readers from searching the graph, without trying to open it; None: nothing is known to."""
        with shared_lock(lock_file(self._folder)):
            known = self.known_fault()
            if known is None and self._seal.condition() is Condition.BROKEN_OFF:
                return BROKEN_OFF
            return known

    def note_damage(self, reason: str) -> None:
        """Remember that the folder is damaged, for all processes: the next reindex rebuilds it."""
        self._found = (self._age(), reason)
        with suppress(OSError):
            self._mark.write_text(reason)

    def is_sealed(self) -> bool:
        """Tell whether the folder is known to be whole, and nobody has found it damaged. Hold its lock."""
        return self.known_fault() is None and self._seal.condition() is Condition.SEALED

    def discard(self) -> None:
        """Delete the folder, to be rebuilt from the catalogue."""
        with unshared_lock(lock_file(self._folder)):
            self._seal.breach()
            if self._folder.is_dir():
                shutil.rmtree(self._folder, ignore_errors=True)
            else:
                self._folder.unlink(missing_ok=True)
            self._mark.unlink(missing_ok=True)

    def replace(self, other: Path) -> None:
        """Put another folder, which was written beside and is sealed, in the place of this one."""
        with unshared_lock(lock_file(self._folder)):
            self._seal.breach()
            if self._folder.exists():
                shutil.rmtree(self._folder)
            other.rename(self._folder)
            self._mark.unlink(missing_ok=True)
            self._seal.take(Seal(other))

    def _age(self) -> int:
        """Return what changes when the folder is made anew."""
        try:
            return self._folder.stat().st_ino
        except OSError:
            return 0
