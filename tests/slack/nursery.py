"""Bots that start in no time: forked from a process that has loaded the libraries, and does nothing else.

Loading them takes most of the seconds in which `footnote slack` starts. All else happens as it does there: the command
line is read, in an environment, a process and a log of its own.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

_GLANCE = 0.02
"""Seconds between two looks at what has ended."""


class Nursery:
    """Starts bots while its context lasts."""

    def __init__(self) -> None:
        self._mother = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._starting = threading.Lock()
        self._told = threading.Condition()
        self._born: list[int] = []
        self._codes: dict[int, int] = {}
        self._listening = threading.Thread(target=self._listen, name="nursery", daemon=True)
        self._listening.start()

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._mother.stdin is not None
        self._mother.stdin.close()
        self._mother.wait(10)

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        entry: str = "bot.cli:main",
    ) -> Forked:
        """Run `footnote`, or what else `entry` names, with these arguments; what it prints goes to the end of `log`."""
        assert self._mother.stdin is not None
        wish = {"arguments": arguments, "environment": dict(environment), "log": str(log), "entry": entry}
        with self._starting, self._told:
            self._mother.stdin.write(json.dumps(wish) + "\n")
            self._mother.stdin.flush()
            assert self._told.wait_for(lambda: self._born, 60), "no bot was born"
            return Forked(self._born.pop(), self)

    def code_of(self, pid: int, seconds: float) -> int | None:
        """Return what a bot ended with, None where it has not within so many seconds."""
        with self._told:
            self._told.wait_for(lambda: pid in self._codes, seconds)
            return self._codes.get(pid)

    def _listen(self) -> None:
        assert self._mother.stdout is not None
        for line in self._mother.stdout:
            said = json.loads(line)
            with self._told:
                if "code" in said:
                    self._codes[said["pid"]] = said["code"]
                else:
                    self._born.append(said["pid"])
                self._told.notify_all()


class Forked:
    """A bot's process, as `subprocess.Popen` would have it."""

    def __init__(self, pid: int, nursery: Nursery) -> None:
        self._pid = pid
        self._nursery = nursery

    def poll(self) -> int | None:
        """Return what it ended with, None while it runs."""
        return self._nursery.code_of(self._pid, 0)

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self._pid, number)

    def kill(self) -> None:
        """End it at once."""
        os.kill(self._pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Return what it ended with, or raise TimeoutError."""
        code = self._nursery.code_of(self._pid, 60 if timeout is None else timeout)
        if code is None:
            raise TimeoutError(f"it did not end within {timeout} s")
        return code


def _main() -> None:
    import sentence_transformers  # noqa: F401

    import bot.commands.slack  # noqa: F401

    # Nothing of this is garbage; a process that ends would look for some, for a second or two.
    gc.freeze()
    wishes = b""
    while True:
        readable, _, _ = select.select([0], [], [], _GLANCE)
        if readable:
            read = os.read(0, 65_536)
            if not read:
                # Taking all of the libraries down again would take seconds.
                os._exit(0)
            wishes += read
        while b"\n" in wishes:
            wish, _, wishes = wishes.partition(b"\n")
            pid = os.fork()
            if not pid:
                _be_born(json.loads(wish))
                return
            _say(pid=pid)
        _bury()


def _say(**what: int) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


def _bury() -> None:
    """Say which have ended."""
    try:
        pid, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return
    if pid:
        _say(pid=pid, code=os.waitstatus_to_exitcode(status))


def _be_born(wish: dict[str, Any]) -> None:
    nothing, log = (
        os.open(os.devnull, os.O_RDONLY),
        os.open(wish["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT),
    )
    for opened, place in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(opened, place)
    os.environ.clear()
    os.environ.update(wish["environment"])
    sys.argv = ["footnote", *wish["arguments"]]
    module, _, function = wish["entry"].partition(":")
    getattr(importlib.import_module(module), function)()


if __name__ == "__main__":
    _main()
