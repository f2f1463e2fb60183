"""What goes into the catalogue and comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.arrays import Vectors
from index.articles import Article
from index.identity import canonical_url
from index.passages import Passage

MOST_SCANNED = 50_000
"""Up to this many passages are compared one by one where Chroma's folder is damaged; it takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class IndexIdentity:
    """What an index was built with; vectors of two identities cannot be compared.

    `model` is the embedding model's name, for people; `model_digest` is the SHA-256 of its weights.
    `passage_size` is the target length of a passage in characters, `passage_scheme` the version of the
    rules that cut and head passages. How numbers are computed (the dtype) is no part of it.
    """

    model: str
    model_digest: str
    passage_size: int
    passage_scheme: int

    def is_compatible(self, other: IndexIdentity) -> bool:
        """Tell whether both cut and embed alike; the same weights may go by another name."""
        return replace(self, model=other.model) == other


@dataclass(frozen=True, slots=True)
class Served:
    """The index that is served: its row, its identity, and the generation that counts publications."""

    index_id: int
    generation: int
    identity: IndexIdentity
    dimension: int


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as the last reindex saw it: bytes, modification time, SHA-256, version of the readers.

    A `modified_ns` of -1 means that size and time do not prove it unchanged.
    """

    path: str
    size: int
    modified_ns: int
    digest: str
    reader_version: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in one place: a file, or line `line` of it (0 where the file is the article).

    `claimed`: the article names its identity itself, by id or URL. `updated` is when it last changed by its
    own account, in seconds since 1970, None where it does not say.
    """

    path: str
    line: int
    article_id: str
    claimed: bool
    digest: str
    updated: float | None


@dataclass(frozen=True, slots=True)
class LiveVersion:
    """A version that is served: which article it is, of what content, from where."""

    version_id: int
    article_id: str
    digest: str
    origin: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A version that is served, without its text: which article it is, of what content, and what tells it to people.

    `published` is in seconds since 1970, None where the article is undated.
    """

    version_id: int
    article_id: str
    digest: str
    title: str | None
    url: str | None
    publisher: str | None
    published: float | None
    origin: str

    @property
    def canonical_url(self) -> str | None:
        """Its URL as articles are told apart by it."""
        return canonical_url(self.url) if self.url else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, light enough to rank hundreds: row numbers, ordinal, date and vector."""

    passage: int
    version: int
    ordinal: int
    published: float | None
    vector: Vectors


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its article, as the catalogue holds them.

    `sentences` says where its sentences begin and end, in characters of the article's text.
    """

    key: str
    ordinal: int
    text: str
    start: int
    end: int
    article: Article
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A passage as it is stored: its vector, its words in context (packed), its sentences as (start, end)."""

    passage: Passage
    vector: Vectors
    words: bytes
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ToStore:
    """An article as it is stored: its content digest, its passages, and the bands of its text."""

    article: Article
    digest: str
    passages: Sequence[Embedded]
    bands: Sequence[int]


@dataclass(frozen=True, slots=True)
class InScope:
    """A version that carries the text of another one, and when it was published, in seconds since 1970."""

    version_id: int
    published: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The index in figures."""

    articles: int
    passages: int
    publishers: tuple[tuple[str, int], ...]
    undated: int
    oldest: datetime | None
    newest: datetime | None
    reindexed_at: datetime | None
