"""What is measured of speed, each way of measuring by itself, so that a test can put something else in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import wiring
from bot.evaluation.speed.bare import bare_encode
from bot.evaluation.speed.disk import DiskUse, disk_use
from bot.evaluation.speed.enlarging import enlarged_index
from bot.evaluation.speed.memory import MemoryUse, measure_memory
from bot.evaluation.speed.pairs import Pair
from bot.evaluation.speed.reindexing import Reindexing, measure_reindexing
from bot.evaluation.speed.small_files import (
    Changed,
    SmallFiles,
    Unchanged,
    measure_changed,
    measure_unchanged,
    small_files,
)
from bot.evaluation.speed.starting import measure_cold_asks, measure_help
from bot.settings import Settings
from index.articles import Draft
from index.planning import Progress


def encoding(settings: Settings) -> Callable[[str], object]:
    """Return what encodes a question as the library does by itself."""
    encode = bare_encode(wiring.embedding_model(settings).files.folder)
    return lambda text: encode([text])


def passage_count(settings: Settings) -> int:
    """Return how many passages the index holds that the settings name."""
    catalogue = wiring.catalogue(settings)
    with catalogue.snapshot() as snapshot:
        passages = snapshot.count()
    catalogue.close()
    return passages


@dataclass(frozen=True, slots=True)
class SpeedProduct:
    """The ways of measuring; each is defined where it comes from."""

    reindexing: Callable[[Path, Sequence[Draft], Settings, Progress], Reindexing] = measure_reindexing
    small_files: Callable[[Path, Sequence[Draft], int, Settings, Progress], SmallFiles] = small_files
    unchanged: Callable[[SmallFiles, Progress], Unchanged] = measure_unchanged
    changed: Callable[[SmallFiles, Progress], Changed] = measure_changed
    encoding: Callable[[Settings], Callable[[str], object]] = encoding
    passages: Callable[[Settings], int] = passage_count
    enlarged: Callable[[Path, Settings, int, Progress], Settings] = enlarged_index
    cold_asks: Callable[[Settings, Sequence[str], Progress], list[Pair]] = measure_cold_asks
    help: Callable[[Path, Settings, Progress], list[Pair]] = measure_help
    memory: Callable[[Path, Sequence[Draft], int, Settings], MemoryUse] = measure_memory
    disk: Callable[[Settings], DiskUse] = disk_use
