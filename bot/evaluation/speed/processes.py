"""Processes that are timed: the installed command, and bare Python beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import EvaluationError
from bot.settings import PREFIX, Settings

COMMAND = Path(sys.executable).with_name("footnote")


def variables(settings: Settings) -> dict[str, str]:
    """Return the environment variables by which a process answers as the settings say; its home is not among them."""
    model = Path(settings.embedding_model)
    return {
        "FOOTNOTE_EMBEDDING_MODEL": str(model.absolute()) if model.is_dir() else settings.embedding_model,
        "FOOTNOTE_PASSAGES": str(settings.passages),
        "FOOTNOTE_LEXICAL_WEIGHT": str(settings.lexical_weight),
    }


def environment(settings: Settings) -> dict[str, str]:
    """Return the whole environment of a process over the settings' home, in which nobody else's settings are."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**kept, **variables(settings), "FOOTNOTE_HOME": str(settings.home.absolute())}


def seconds_of(
    command: Sequence[str | Path], folder: Path, variables: Mapping[str, str] | None = None
) -> float:
    """Return how many seconds a process took from its start to its end, in `folder`, where no .env file is.

    Raises:
        EvaluationError: it could not be started, or failed.
    """
    return _timed(command, folder, variables)[0]


def output_of(command: Sequence[str | Path], folder: Path, variables: Mapping[str, str] | None = None) -> str:
    """Return what a process wrote to standard output.

    Raises:
        EvaluationError: it could not be started, or failed.
    """
    return _timed(command, folder, variables)[1]


def _timed(
    command: Sequence[str | Path], folder: Path, variables: Mapping[str, str] | None
) -> tuple[float, str]:
    began = time.perf_counter()
    try:
        done = subprocess.run(  # noqa: S603 - no part of the command comes from outside
            command, capture_output=True, text=True, encoding="utf-8", cwd=folder, env=variables, check=False
        )
    except OSError as error:
        raise EvaluationError(
            f"{command[0]} cannot be started ({error.strerror or error}).", "Install Footnote: make install"
        ) from error
    took = time.perf_counter() - began
    if done.returncode:
        raise EvaluationError(
            f"{command[0]} failed with exit code {done.returncode}: {done.stderr.strip()[-1000:]}",
            "Mend that, then measure again.",
        )
    return took, done.stdout
