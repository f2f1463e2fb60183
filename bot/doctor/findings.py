"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and may not do what was meant, or not for long."""
    PROBLEM = "problem"
    """Something does not work, or answers wrongly."""


class Mend(IntEnum):
    """What can be put right without asking, because nothing is lost by it; in the order in which it is done."""

    MAKE_HOME = 1
    SWEEP_STAGING = 2
    REBUILD_FULL_TEXT = 3
    REBUILD_VECTORS = 4
    CLEAR_UP = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is in one line, and where it is not well, what to do about it.

    `mend` is what `--fix` does about it; None: nothing that is safe.
    """

    subject: str
    level: Level
    message: str
    remedy: str | None = None
    mend: Mend | None = None


def fine(subject: str, message: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(subject, Level.OK, message)


def warning(subject: str, message: str, remedy: str, mend: Mend | None = None) -> Finding:
    """Return a finding of something that may not be what was meant."""
    return Finding(subject, Level.WARNING, message, remedy, mend)


def problem(subject: str, message: str, remedy: str, mend: Mend | None = None) -> Finding:
    """Return a finding of something that does not work."""
    return Finding(subject, Level.PROBLEM, message, remedy, mend)
