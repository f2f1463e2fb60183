"""What a prompt's file can get wrong."""

from __future__ import annotations


class PromptError(Exception):
    """A file of a prompt is not what it should be: `message` says which and where, `remedy` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"
