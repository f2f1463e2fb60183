"""Articles: what a reader finds in a file, and what the index keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Draft:
    r"""An article as its file tells it, before it has an identity. None means not known.

    `text` is what a person would read as the article: paragraphs separated by a blank line ("\n\n"),
    the rows of a table on lines of their own with cells separated by " | ", no headline, no by-line.
    Dates are timezone-aware, UTC; a date without a time of day is midnight.
    """

    text: str
    title: str | None = None
    id: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another outlet that carried the same text."""

    url: str | None
    publisher: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the collection.

    `id` is its identity (see `index.identity`), `origin` the file it came from, with ":LINE" behind it
    where a file holds several. Dates are timezone-aware, UTC; midnight exactly means that only the day
    is known. `text` is what passages and quotes are offsets into, in characters.
    """

    id: str
    title: str | None
    url: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    updated_at: datetime | None
    language: str | None
    text: str
    origin: str
    copies: tuple[Copy, ...] = ()
