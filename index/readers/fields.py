"""What a file says about its article in named fields (a JSON object, YAML front matter), checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from index.articles import Draft
from index.dates import parse_date
from index.errors import ReadError
from index.readers.credit_lines import split_names
from index.readers.encoding import clean

Synonyms = Mapping[str, tuple[str, ...]]
"""Other names of a field, best first."""

SYNONYMS: Synonyms = {
    "title": ("headline", "subject"),
    "url": ("canonical_url", "link", "permalink", "canonical", "source_url", "original_url"),
    "publisher": ("source", "site", "site_name", "publication", "outlet", "newspaper"),
    "authors": ("author", "byline", "by", "writer", "writers"),
    "published_at": (
        "published",
        "date",
        "date_published",
        "publish_date",
        "publication_date",
        "pubdate",
        "posted",
    ),
    "updated_at": ("updated", "last_updated", "date_modified", "modified", "lastmod", "date_updated"),
    "language": ("lang",),
}
"""What people call the fields of an article in files that they write by hand."""


def field_name(key: str) -> str:
    """Return a field's name as it is known here, however it is spelled ("Publish Date", "publishDate")."""
    return re.sub(r"[\s-]+|(?<=[a-z])(?=[A-Z])", "_", key.strip()).lower()


def draft_from_fields(fields: Mapping[object, object], text: str, synonyms: Synonyms | None = None) -> Draft:
    """Return the draft with this text that `fields` describe; unknown fields are ignored, null is not known.

    A date that cannot be understood is not known; the text and the URL are taken as they are.
    Raises ReadError where a field holds something of the wrong type.
    """
    found = _Fields(fields, synonyms or {})
    url, publisher = found.words("url"), found.line("publisher")
    if publisher and re.fullmatch(r"https?://\S+", publisher):
        # "source" may hold either.
        url, publisher = url or publisher, None
    return Draft(
        text=text,
        title=found.line("title"),
        id=found.identity(),
        url=url,
        publisher=publisher,
        authors=found.authors(),
        published_at=found.date("published_at"),
        updated_at=found.date("updated_at"),
        language=found.line("language"),
    )


class _Fields:
    def __init__(self, fields: Mapping[object, object], synonyms: Synonyms) -> None:
        self._fields = fields
        self._synonyms = synonyms

    def line(self, name: str) -> str | None:
        words = self.words(name)
        return " ".join(words.split()) if words else None

    def words(self, name: str) -> str | None:
        key, value = self._look_up(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise _wrong_type(key, value, "text")
        words = clean(value)
        return words if words.strip() else None

    def identity(self) -> str | None:
        key, value = self._look_up("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None and not isinstance(value, str):
            raise _wrong_type(key, value, "text or a whole number")
        return self.words("id")

    def authors(self) -> tuple[str, ...]:
        key, value = self._look_up("authors")
        names = list(split_names(clean(value))) if isinstance(value, str) else [] if value is None else value
        if not isinstance(names, list):
            raise _wrong_type(key, value, "a name or a list of names")
        for name in names:
            if not isinstance(name, str):
                raise _wrong_type(key, name, "names only")
        return tuple(line for name in names if (line := " ".join(clean(name).split())))

    def date(self, name: str) -> datetime | None:
        key, value = self._look_up(name)
        if value is None:
            return None
        if isinstance(value, date):
            return parse_date(value.isoformat())
        if not isinstance(value, str):
            raise _wrong_type(key, value, "a date in quotes")
        return parse_date(value)

    def _look_up(self, name: str) -> tuple[str, object]:
        for key in (name, *self._synonyms.get(name, ())):
            if (value := self._fields.get(key)) is not None:
                return key, value
        return name, None


def _wrong_type(key: str, value: object, wanted: str) -> ReadError:
    return ReadError(
        f'has {_name_of(value)} in "{key}" instead of {wanted}',
        f'Correct "{key}", or leave it out.',
    )


def _name_of(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, date):
        return "a date"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list) else "something else"
