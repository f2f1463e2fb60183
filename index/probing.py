"""Finding out about Chroma's folder in another process, which dies in the place of this one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 60.0
"""Far longer than it takes to open 200,000 vectors."""

_WORDS = 300


@dataclass(frozen=True, slots=True)
class Held:
    """What Chroma holds of an index: the keys of all its vectors, and some of the vectors by their keys."""

    keys: frozenset[str]
    vectors: Mapping[str, Sequence[float]]


def probe(folder: Path, seconds: float = SECONDS) -> str | None:
    """Open the folder in another process, load each collection, and search it; return why that failed.

    None: it is whole. It takes a second or two. Hold the folder's lock, so that nobody writes meanwhile.
    """
    said = _asked(folder, {}, seconds)
    return said if isinstance(said, str) else None


def look_into(folder: Path, index_id: int, sample: Sequence[str], seconds: float = SECONDS) -> Held | str:
    """Do as `probe` does, and return what the folder holds of an index, or why that failed.

    `sample` are the keys whose vectors are wanted.
    """
    said = _asked(folder, {"index_id": index_id, "sample": list(sample)}, seconds)
    return said if isinstance(said, str) else Held(frozenset(said["keys"]), said["vectors"])


def _asked(folder: Path, wanted: Mapping[str, Any], seconds: float) -> Mapping[str, Any] | str:
    """Return what the other process says, or what is wrong with the folder."""
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, and a module of ours
            [sys.executable, "-m", "index.probing", str(folder)],
            input=json.dumps(wanted),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"opening it takes more than {seconds:.0f} seconds"
    if done.returncode < 0:
        return f"the process that opened it ended with signal {-done.returncode}"
    try:
        said: dict[str, Any] = json.loads(done.stdout.rpartition("\n")[2])
        reason = said["reason"]
    except (ValueError, KeyError, TypeError):
        return (
            f"the process that opened it ended with code {done.returncode}: {done.stderr.strip()[-_WORDS:]}"
        )
    return str(reason) if reason else said


def _main(folder: Path) -> None:
    # It imports what holds a folder for sound, which imports this.
    from index.vectors import fault_of, held_vectors

    wanted = json.load(sys.stdin)
    said: dict[str, Any] = {"reason": fault_of(folder)}
    if wanted and said["reason"] is None:
        try:
            said["keys"], said["vectors"] = held_vectors(folder, wanted["index_id"], wanted["sample"])
        except Exception as error:
            said["reason"] = str(error)
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
