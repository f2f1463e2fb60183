"""A glance at the index: whether it can be read, and how many articles it holds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from index.catalogue.reading import CatalogueReader
from index.errors import FootnoteError

_FRESH_SECONDS = 10.0


class IndexGlance:
    """Looks into the catalogue, at most every few seconds. Any number of threads may use it."""

    def __init__(self, catalogue: CatalogueReader, clock: Callable[[], float] = time.monotonic) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: tuple[float, int | None] | None = None

    def articles(self) -> int | None:
        """Return how many articles there are; None where the index cannot be read."""
        with self._lock:
            now = self._clock()
            if self._seen is None or now - self._seen[0] > _FRESH_SECONDS:
                self._seen = (now, self._count())
            return self._seen[1]

    def is_readable(self) -> bool:
        """Tell whether the index can be read now."""
        return self._count() is not None

    def _count(self) -> int | None:
        try:
            with self._catalogue.snapshot() as snapshot:
                return snapshot.summary().articles
        except FootnoteError:
            return None
