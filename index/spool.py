"""A place on disk for articles that were read and wait to be indexed, so that memory stays bounded."""

from __future__ import annotations

import pickle
import tempfile
from types import TracebackType

from index.articles import Draft

_IN_MEMORY = 32 * 1024 * 1024


class DraftSpool:
    """Keeps drafts in the order they come; small collections never touch the disk.

    The file has no name and vanishes with the process. Only this class writes to it, so unpickling it
    is safe.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> DraftSpool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, draft: Draft) -> int:
        """Keep a draft, and return the handle to get it back with."""
        handle = self._file.seek(0, 2)
        pickle.dump(draft, self._file)
        return handle

    def get(self, handle: int) -> Draft:
        """Return the draft that was kept under `handle`."""
        self._file.seek(handle)
        draft = pickle.load(self._file)  # noqa: S301 - written by put() in this very process
        assert isinstance(draft, Draft)  # noqa: S101 - see the class
        return draft
