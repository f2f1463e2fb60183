"""The real `footnote slack`, running in a process of its own against the stand-in workspace."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType

from tests.process import COMMAND, environment
from tests.slack.state import Message
from tests.slack.workspace import Workspace

_STARTS_WITHIN = 60.0


class RunningBot:
    """Runs from __enter__ to __exit__; may be killed and started again in between. Its log is in `log`."""

    def __init__(self, workspace: Workspace, home: Path, *options: str, **settings: str) -> None:
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
        self._process: subprocess.Popen[bytes] | None = None

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
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [COMMAND, "slack", *self._options], stdout=log, stderr=log, env=self._environment
            )
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
