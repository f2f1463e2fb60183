"""Files packed by gzip, of which a few bytes can stand for gigabytes."""

from __future__ import annotations

import gzip
from typing import BinaryIO, Protocol

from index.errors import ReadError

_SURE = 50_000_000
"""Bytes unpacked before the rate counts: any small file of equal lines packs well."""

_STEEPEST = 300
"""Bytes that a packed one may stand for. Articles come to five; gzip can make a thousand of one."""


class Source(Protocol):
    """Where bytes come from."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


class Unpacked:
    """The bytes that are packed in `stream`. Reading raises ReadError once they are more than articles come to."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._unpacked = gzip.GzipFile(fileobj=stream)
        self._count = 0

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""
        piece = self._unpacked.read(size)
        self._count += len(piece)
        if self._count > _SURE and self._count > _STEEPEST * self._stream.tell():
            raise ReadError(
                f"unpacks to more than {_STEEPEST} times its size",
                "Check where it comes from; if its lines are articles, read it unpacked.",
            )
        return piece
