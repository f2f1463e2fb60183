"""How far a reindex is: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from bot.console import console
from index import planning

_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[planning.Progress]:
    """Give something that shows progress on standard error; `quiet` shows nothing."""
    out = console(errors=True)
    if quiet:
        yield NoProgress()
    elif not out.is_terminal:
        yield _Lines()
    else:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=out, transient=True) as bar:
            yield _Bar(bar)


class NoProgress:
    """Shows nothing."""

    def begin(self, stage: str, total: int) -> None:
        """Do nothing."""

    def advance(self, steps: float = 1, passages: int = 0) -> None:
        """Do nothing."""


class _Rate:
    """Counts passages against the clock."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._passages = 0

    def __call__(self, passages: int) -> str:
        self._passages += passages
        elapsed = time.monotonic() - self._began
        return f"{self._passages / elapsed:.0f} passages/s" if self._passages and elapsed > 0 else ""


class _Bar:
    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None
        self._rate = _Rate()

    def begin(self, stage: str, total: int) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(stage, total=total, rate="")
        self._rate = _Rate()

    def advance(self, steps: float = 1, passages: int = 0) -> None:
        if self._task is not None:
            self._bar.update(self._task, advance=steps, rate=self._rate(passages))


class _Lines:
    def __init__(self) -> None:
        self._stage, self._total, self._done = "", 0, 0.0
        self._began = self._said = time.monotonic()
        self._rate = _Rate()

    def begin(self, stage: str, total: int) -> None:
        self._stage, self._total, self._done = stage, total, 0.0
        self._said = self._began = time.monotonic()
        self._rate = _Rate()

    def advance(self, steps: float = 1, passages: int = 0) -> None:
        self._done += steps
        rate = self._rate(passages)
        now = time.monotonic()
        if now - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = now
            left = (now - self._began) / self._done * (self._total - self._done)
            details = ", ".join(filter(None, [rate, f"{left:.0f} s left"]))
            sys.stderr.write(f"{self._stage}: {int(self._done):,} of {self._total:,} ({details})\n")
            sys.stderr.flush()
