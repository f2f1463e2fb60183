"""The real `footnote slack`, running in a process of its own against the stand-in workspace."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from tests.process import COMMAND, environment
from tests.slack.state import Message
from tests.slack.workspace import Workspace

_STARTS_WITHIN = 60.0


class Process(Protocol):
    """A process that was started."""

    def poll(self) -> int | None:
        """Return what it ended with, None while it runs."""

    def send_signal(self, number: signal.Signals, /) -> None:
        """Send it a signal."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self, timeout: float | None = None) -> int:
        """Return what it ended with."""


Start = Callable[[Sequence[str], Mapping[str, str], Path], Process]
"""Runs `footnote` with some arguments, in an environment, with a log to print to."""


def command(arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
    """Run the command as its users do."""
    with log.open("ab") as opened:
        return subprocess.Popen([COMMAND, *arguments], stdout=opened, stderr=opened, env=environment)


class RunningBot:
    """Runs from __enter__ to __exit__; may be killed and started again in between. Its log is in `log`."""

    def __init__(
        self, workspace: Workspace, home: Path, *options: str, begin: Start = command, **settings: str
    ) -> None:
        self._begin = begin
        self._options = options
        self._home = home
        self._log = home / "bot.log"
        self._environment = environment(
            home,
            SLACK_API_URL=workspace.api_url,
            SLACK_BOT_TOKEN=workspace.bot_token,
            SLACK_APP_TOKEN=workspace.app_token,
            SLACK_SIGNING_SECRET=workspace.signing_secret,
            **settings,
        )
        self._process: Process | None = None

    def __enter__(self) -> RunningBot:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self.kill()

    @property
    def log(self) -> str:
        """All that it has logged, over all its starts."""
        return self._log.read_text() if self._log.exists() else ""

    def start(self, *, wait: bool = True) -> None:
        """Start it, and wait until it is ready."""
        begun = self.log.count("event=ready")
        self._process = self._begin(["slack", *self._options], self._environment, self._log)
        until = time.monotonic() + _STARTS_WITHIN
        while wait and self.log.count("event=ready") == begun:
            assert self._process.poll() is None, self.log
            assert time.monotonic() < until, self.log
            time.sleep(0.05)

    def kill(self) -> None:
        """End it, at whatever it is."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None

    def stop(self, seconds: float = 40.0) -> int:
        """Tell it to stop; return its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(seconds)
        self._process = None
        return code


def is_settled(message: Message) -> bool:
    """Tell whether a message of the bot is no placeholder."""
    return not str(message.get("text", "")).startswith("Searching ")
