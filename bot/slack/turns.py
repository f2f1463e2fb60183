"""Taking turns: work on one thing after the other, several at once, never two at a time on the same thing."""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable

from bot.logs import Log


class Turns:
    """Calls `do(key)` in one of `workers` threads for each key that is due.

    A key that falls due again while it is worked on is worked on once more afterwards. What `do` raises is logged,
    and that is all that comes of it: `do` says itself when to come back.
    """

    def __init__(self, do: Callable[[int], None], workers: int, name: str, log: Log) -> None:
        self._do = do
        self._name = name
        self._log = log
        self._changed = threading.Condition()
        self._due: list[tuple[float, int]] = []
        self._working: set[int] = set()
        self._again: set[int] = set()
        self._stopped = False
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(workers)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def due(self, key: int, seconds: float = 0.0) -> None:
        """Have `key` worked on, at once or after so many seconds."""
        with self._changed:
            heapq.heappush(self._due, (time.monotonic() + seconds, key))
            self._changed.notify()

    def is_idle(self) -> bool:
        """Tell whether nothing is worked on, and nothing due by now."""
        with self._changed:
            return not self._working and not (self._due and self._due[0][0] <= time.monotonic())

    def stop(self, seconds: float) -> None:
        """Begin nothing more, and wait for what is worked on, at most so many seconds."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        until = time.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, until - time.monotonic()))

    def _work(self) -> None:
        while (key := self._next()) is not None:
            try:
                self._do(key)
            except Exception as error:  # a thread that ended would be missed by all that comes after
                self._log.error("failed", turns=self._name, key=key, error=f"{type(error).__name__}: {error}")
            finally:
                self._done(key)

    def _next(self) -> int | None:
        """Wait for a key that is due, and take it; None when it is time to stop."""
        with self._changed:
            while not self._stopped:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    _, key = heapq.heappop(self._due)
                    if key in self._working:
                        self._again.add(key)
                        continue
                    self._working.add(key)
                    if self._due:
                        # Whoever was woken for the next one may be this thread.
                        self._changed.notify()
                    return key
                self._changed.wait(wait)
            return None

    def _done(self, key: int) -> None:
        with self._changed:
            self._working.discard(key)
            if key in self._again:
                self._again.discard(key)
                heapq.heappush(self._due, (time.monotonic(), key))
            self._changed.notify()
