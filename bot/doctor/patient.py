"""What checks look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.backup.parts import RECORDS
from bot.settings import Settings
from index.catalogue.examining import CatalogueExaminer
from index.catalogue.reading import CatalogueReader
from index.catalogue.records import Served
from index.errors import FootnoteError
from index.home import Home


@dataclass(frozen=True, slots=True)
class Patient:
    """An installation: its settings, its home, and the moment at which it is looked at."""

    settings: Settings
    home: Home
    now: datetime

    @property
    def records(self) -> Path:
        """The records of what was asked in Slack."""
        return self.home.folder.absolute() / RECORDS

    def served(self) -> Served | None:
        """Return the index that is served; None where there is none that can be read."""
        reader = CatalogueReader(self.home.catalogue)
        try:
            with reader.snapshot() as snapshot:
                return snapshot.served
        except FootnoteError:
            return None
        finally:
            reader.close()

    @contextmanager
    def examiner(self, served: Served) -> Iterator[CatalogueExaminer]:
        """Give what looks into the catalogue."""
        examiner = CatalogueExaminer(self.home.catalogue, served)
        try:
            yield examiner
        finally:
            examiner.close()
