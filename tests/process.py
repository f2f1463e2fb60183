"""Running the real command: in a process of its own, or, where that is not the point, in this one.

Loading the model's library takes seconds, so a test that runs many commands runs them here.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest import mock

from bot.cli import main

COMMAND = str(Path(sys.executable).with_name("footnote"))
_SECONDS = 120


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Return an environment in which nothing but these settings is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FOOTNOTE_", "SLACK_"))}
    return {**kept, "FOOTNOTE_HOME": str(home), "COLUMNS": "100", "NO_COLOR": "1", **settings}


def footnote(
    home: Path, *arguments: str, stdin: str = "", cwd: Path | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(home, **settings),
        cwd=cwd,
        timeout=_SECONDS,
        check=False,
    )


def called(home: Path, *arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end in this process."""
    read = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    complaints = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    code = 0
    with (
        mock.patch.dict(os.environ, environment(home, **settings), clear=True),
        mock.patch.object(sys, "argv", ["footnote", *arguments]),
        mock.patch.object(sys, "stdin", read),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", complaints),
    ):
        try:
            main()
        except SystemExit as done:
            code = int(done.code or 0)
    return subprocess.CompletedProcess(["footnote", *arguments], code, _written(out), _written(complaints))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


_WRITING = """
import json, sys
from pathlib import Path
from tests.process import called
for line in sys.stdin:
    home, *arguments = json.loads(line)
    done = called(Path(home), "reindex", *arguments)
    print(json.dumps([done.returncode, done.stderr]), flush=True)
"""


class RunningWriter:
    """Another process that reindexes, again and again, whenever it is told to."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WRITING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )

    def __enter__(self) -> RunningWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def reindex(self, *arguments: str) -> float:
        """Reindex; return the time (monotonic) when it was done."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(self._home), *arguments]) + "\n")
        self._process.stdin.flush()
        code, complaints = json.loads(self._process.stdout.readline())
        assert code == 0, complaints
        return time.monotonic()


class RunningReader:
    """A `footnote ask -` or `search -` that stays up and is asked one question after another."""

    def __init__(self, home: Path, command: str, **settings: str) -> None:
        self._process = subprocess.Popen(
            [COMMAND, command, "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(home, **settings),
        )

    def __enter__(self) -> RunningReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def ask_all(self, questions: Sequence[str]) -> None:
        """Ask all at once, and wait for all the lines that answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        lines = "".join(json.dumps({"question": question}) + "\n" for question in questions)
        asking = threading.Thread(target=self._write, args=[lines])
        asking.start()
        for _ in questions:
            assert self._process.stdout.readline(), self._process.communicate()[1]
        asking.join()

    def _write(self, lines: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(lines)
        self._process.stdin.flush()

    def ask(self, question: str, **keys: Any) -> Mapping[str, Any]:
        """Ask, and wait for the line that answers."""
        assert self._process.stdout is not None
        self._write(json.dumps({"question": question, **keys}) + "\n")
        line = self._process.stdout.readline()
        assert line, self._process.communicate()[1]
        answer = json.loads(line)
        assert isinstance(answer, dict)
        return answer
