"""Opening files that may be something else by the time they are read."""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path

from index.errors import ReadError


def opened(path: Path) -> BufferedReader:
    """Open the file at `path` for reading, without ever waiting for it.

    A pipe or a device that has taken the place of a file since it was found would make its reader wait for
    ever, or give bytes without end. Raises ReadError for these, OSError where the file cannot be opened.
    """
    stream = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise ReadError("is not a regular file", "Replace it by the file itself, or delete it.")
    return stream
