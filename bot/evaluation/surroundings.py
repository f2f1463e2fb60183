"""What figures depend on besides the code: settings, versions, the machine, the day."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bot.settings import Settings

_PROJECT = Path(__file__).parents[2]
_PROCESSOR = Path("/proc/cpuinfo")
_DISTRIBUTIONS = {
    "footnote": "footnote-news-bot",
    **{name: name for name in ("torch", "sentence-transformers", "chromadb", "numpy")},
}


def surroundings() -> list[tuple[str, str]]:
    """Return what there is to know, by name; a commit only where the code is a git checkout."""
    versions = {"Python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    versions |= {name: version(distribution) for name, distribution in _DISTRIBUTIONS.items()}
    revision = commit(_PROJECT)
    return [
        *([("commit", revision)] if revision else []),
        ("versions", ", ".join(f"{name} {number}" for name, number in versions.items())),
        ("machine", ", ".join(filter(None, [processor(), f"{os.cpu_count()} cores", _memory()]))),
        ("date", f"{datetime.now(UTC):%Y-%m-%d}"),
    ]


def settings_in_words(settings: Settings) -> str:
    """Return the settings that figures depend on."""
    model = Path(settings.embedding_model).name
    written = f", written by {settings.chat_model}" if settings.chat_model else ""
    return f"{model}, {settings.passages} passages, lexical weight {settings.lexical_weight:g}{written}"


def commit(folder: Path) -> str | None:
    """Return the commit of a git checkout, with "-dirty" behind it where files differ from it, or None."""
    git = shutil.which("git")
    # Without its own .git, a folder within another checkout would be given that one's commit.
    if git is None or not (folder / ".git").exists():
        return None
    found = subprocess.run(  # noqa: S603 - no part of the command comes from outside
        [git, "-C", str(folder), "describe", "--always", "--dirty", "--exclude=*"],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or None


def processor(file: Path = _PROCESSOR) -> str:
    """Return the processor's name as Linux or else Python tells it; "" where neither does."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def _memory() -> str | None:
    try:
        return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB memory"
    except (ValueError, OSError):
        return None
