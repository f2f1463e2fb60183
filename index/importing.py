"""Importing large libraries."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Have Python not look for cycles of garbage meanwhile; what is imported stays, and there is a lot of it.

    Importing torch and loading a model takes a fifth less time so. Where several threads pause it, it goes on when
    the one is done that did so first.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
