"""The errors that Footnote raises on purpose.

FootnoteError
├── ReadError             a file, or a line of one, does not hold an article that can be read
├── ModelError            the embedding model is not to be had, or is not what it should be
├── IndexMissingError     nothing has been indexed yet
├── IndexMismatchError    the index was built with another model or by another version
├── IndexDamagedError     the catalogue or the vectors cannot be read
└── WriterBusyError       another process is writing to the index

`bot.errors` adds what only questions and settings can get wrong. They are turned into a line for the
user once, at the edge (`bot.cli`).
"""

from __future__ import annotations


class FootnoteError(Exception):
    """Something that a user can act on: `message` says what and where, `remedy` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class ReadError(FootnoteError):
    """A file, or one line of it, could not be read as an article.

    The message is the reason alone, without the file's name: the report adds where it happened.
    """


class ModelError(FootnoteError):
    """The embedding model cannot be found, or its files are not the expected ones."""


class IndexMissingError(FootnoteError):
    """There is no index in this home, or it holds no article."""


class IndexMismatchError(FootnoteError):
    """The index was built with another embedding model, or by another version of Footnote."""


class IndexDamagedError(FootnoteError):
    """The catalogue or the vectors cannot be read."""


class WriterBusyError(FootnoteError):
    """Another process holds the writer's lock."""
