"""Disk: what an index takes of it, beside the text of its passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot import wiring
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class DiskUse:
    """How many passages an index holds, the bytes of their text, and all bytes of the index."""

    passages: int
    text: int
    index: int


def disk_use(settings: Settings) -> DiskUse:
    """Return what the index takes that the settings name: its catalogue and its vectors, whatever lies beside them."""
    catalogue = wiring.catalogue(settings)
    passages = text = 0
    with catalogue.snapshot() as snapshot:
        for rows, _ in snapshot.vectors(None):
            passages += len(rows)
            text += sum(len(each.encode(errors="replace")) for each in snapshot.texts(rows))
    catalogue.close()
    place = wiring.home(settings)
    beside = place.catalogue.parent.glob(f"{place.catalogue.name}*")
    return DiskUse(passages, text, _bytes(beside) + _bytes(place.vectors.rglob("*")))


def _bytes(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())
