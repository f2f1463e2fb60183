"""Locks between processes. The kernel holds them: they end with their holder, however it ends."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index.errors import FootnoteError, WriterBusyError


@contextmanager
def shared_lock(file: Path) -> Iterator[None]:
    """Hold `file` together with other sharers, waiting for whoever holds it alone."""
    with _locked(file, fcntl.LOCK_SH):
        yield


@contextmanager
def unshared_lock(file: Path) -> Iterator[None]:
    """Hold `file` alone, waiting until nobody else holds it."""
    with _locked(file, fcntl.LOCK_EX):
        yield


@contextmanager
def writer_lock(file: Path, doing: str = "writing to the index") -> Iterator[None]:
    """Hold a lock that one process has at a time, and say in the file who holds it.

    `doing` is what only one process may do.

    Raises:
        WriterBusyError: another process holds it; the message says which and since when.
    """
    descriptor = _open(file)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WriterBusyError(
                f"Another process is {doing} ({_holder(file)}).",
                "Wait until it is done, or stop it.",
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps({"pid": os.getpid(), "since": time.time()}).encode())
        yield
    finally:
        os.close(descriptor)


def lock_holder(file: Path) -> str | None:
    """Return who holds a lock that `writer_lock` takes, and since when, in words; None: nobody does."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        # Shared, so that two who look do not take each other for a holder.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(file)
    else:
        return None
    finally:
        os.close(descriptor)


def _holder(file: Path) -> str:
    try:
        said = json.loads(file.read_text())
        since = datetime.fromtimestamp(said["since"], UTC)
        return f"process {said['pid']}, since {since:%Y-%m-%d %H:%M:%S} UTC"
    except (OSError, ValueError, KeyError, TypeError):
        # It took the lock this very moment and has not written yet.
        return "it has only just begun"


@contextmanager
def _locked(file: Path, kind: int) -> Iterator[None]:
    descriptor = _open(file)
    try:
        fcntl.flock(descriptor, kind)
        yield
    finally:
        os.close(descriptor)


def _open(file: Path) -> int:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise FootnoteError(
            f"{file} cannot be opened for locking: {error.strerror}.",
            "Give this user write access to its folder, or set FOOTNOTE_HOME to another one.",
        ) from error
