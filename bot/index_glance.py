"""A glance at the index: whether it can be read, how many articles it holds, and what it suffers from."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from index.catalogue.reading import CatalogueReader
from index.catalogue.records import MOST_SCANNED
from index.errors import FootnoteError
from index.soundness import Soundness

_FRESH_SECONDS = 10.0

SEARCHED_OTHERWISE = (
    f"up to {MOST_SCANNED:,} passages are compared one by one, more are searched by words alone, until "
    "footnote doctor --fix, the next reindex or a start of the bot rebuilds them"
)
"""What happens while the vectors are damaged."""


class IndexGlance:
    """Looks into the catalogue, at most every few seconds, and at the vectors. Any number of threads may use it."""

    def __init__(
        self, catalogue: CatalogueReader, vectors: Soundness, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
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

    def degraded(self) -> str | None:
        """Return why the index is searched otherwise than it should be; None where all is well."""
        try:
            fault = self._vectors.report()
        except FootnoteError as error:
            return error.message
        return None if fault is None else f"the vectors are damaged ({fault}); {SEARCHED_OTHERWISE}"

    def _count(self) -> int | None:
        try:
            with self._catalogue.snapshot() as snapshot:
                return snapshot.summary().articles
        except FootnoteError:
            return None
