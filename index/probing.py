"""Finding out whether Chroma's folder can be opened, in another process, which dies in the place of this one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SECONDS = 60.0
"""Far longer than it takes to open 200,000 vectors."""

_WORDS = 300


def probe(folder: Path, seconds: float = SECONDS) -> str | None:
    """Open the folder in another process, load each collection, and search it; return why that failed.

    None: it is whole. It takes a second or two. Hold the folder's lock, so that nobody writes meanwhile.
    """
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, and a module of ours
            [sys.executable, "-m", "index.probing", str(folder)],
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
        reason = json.loads(done.stdout.rpartition("\n")[2])["reason"]
    except (ValueError, KeyError, TypeError):
        return (
            f"the process that opened it ended with code {done.returncode}: {done.stderr.strip()[-_WORDS:]}"
        )
    return str(reason) if reason else None


def _main(folder: Path) -> None:
    # It imports what holds a folder for sound, which imports this.
    from index.vectors import fault_of

    sys.stdout.write(json.dumps({"reason": fault_of(folder)}))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
