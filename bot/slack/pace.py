"""Pace: where Slack has asked to wait, or is known to, nobody asks in vain before the time is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.slack.calls import NotYet


class Pace:
    """Keeps, for each thing that Slack limits, until when nothing is to be tried. Any number of threads may use it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}

    @contextmanager
    def kept(self, limited: str, apart: float = 0.0) -> Iterator[None]:
        """Make a call within a limit, and so many seconds after the one before.

        Raises:
            NotYet: Slack has asked to wait, now or before, or the last call was a moment ago.
        """
        with self._lock:
            now = self._clock()
            wait = self._until.get(limited, 0.0) - now
            if wait <= 0 and apart:
                self._until[limited] = now + apart
        if wait > 0:
            raise NotYet(wait, "ratelimited before")
        try:
            yield
        except NotYet as error:
            with self._lock:
                self._until[limited] = self._clock() + error.seconds
            raise
