"""Where the published question sets lie that some tests measure on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Read when tests are collected: during a test, the environment holds none of Footnote's variables.
_FOLDER = Path(
    os.environ.get("FOOTNOTE_DATA") or Path(__file__).parents[4] / "shared" / "data",
).resolve()


def data_set(name: str) -> Path:
    """Return the folder of a data set, or skip the test where it is not there."""
    folder = _FOLDER / name
    if not folder.is_dir():
        pytest.skip(f"needs the data set {name}; FOOTNOTE_DATA names the folder that holds it")
    return folder
