"""Running the real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

COMMAND = str(Path(sys.executable).with_name("footnote"))
_SECONDS = 120


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Return an environment in which nothing but these settings is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
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

    def ask(self, question: str, **keys: Any) -> Mapping[str, Any]:
        """Ask, and wait for the line that answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"question": question, **keys}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, self._process.communicate()[1]
        answer = json.loads(line)
        assert isinstance(answer, dict)
        return answer
