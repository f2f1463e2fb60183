"""What is said of a file that a parser fails over in a way that no reader foresees."""

from __future__ import annotations

from index.errors import ReadError

_LONGEST_REASON = 150
"""Characters of what the parser says of it."""


def cannot_be_parsed(error: Exception) -> ReadError:
    """Return the error to report for what a parser raised, on one line."""
    if isinstance(error, MemoryError):
        return ReadError("needs more memory than there is", "Split it, or save it as plain text.")
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_REASON]
    return ReadError(f"cannot be parsed ({reason})", "Save it again, or as plain text.")
