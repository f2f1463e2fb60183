"""The records as something that quotes articles, for whoever takes articles down; see `index.takedown.erasing`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.records.retractions import Retractions


class RecordedQuotes:
    """The records in the file at `path`, opened for each thing that is done, if there are any.

    `notice` is what `Retractions` takes. Every method raises RecordsError where the database cannot be used.
    """

    def __init__(self, path: Path, notice: Callable[[datetime], Mapping[str, Any]]) -> None:
        self._path = path
        self._notice = notice

    def withdraw(self, article_ids: Sequence[str], texts: Sequence[str], at: datetime) -> None:
        """Take back what quotes these articles, withdrawn at that moment."""
        with self._opened() as found:
            if found is not None:
                found.withdraw(article_ids, texts, at)

    def purge(self, seconds: float) -> bool:
        """Free the file of what was deleted; False where a reader kept it from that for so many seconds."""
        with self._opened() as found:
            return found is None or found.purge(seconds)

    def allow(self, article_ids: Sequence[str]) -> None:
        """Let answers quote these articles again."""
        with self._opened() as found:
            if found is not None:
                found.allow(article_ids)

    @contextmanager
    def _opened(self) -> Iterator[Retractions | None]:
        if not self._path.exists():
            yield None
            return
        # Each reindex is given this, and hardly one needs it.
        from bot.records.database import Database
        from bot.records.retractions import Retractions

        database = Database(self._path)
        try:
            yield Retractions(database, self._notice)
        finally:
            database.close()
