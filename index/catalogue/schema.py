"""The catalogue's tables.

indexes     one row for each index identity that is being built or served
versions    articles as they were read, one row for each version, in one index
texts       the text of a version, apart so that a scan over versions does not read it
passages    the passages of a version: where they and their sentences are in its text, and their vectors (float16)
words       the words of a passage in context, apart so that a scan over passages does not read them
bands       what versions of like text have in common (`index.likeness`)
copies      pairs of versions that are one text
files       the files that the last reindex read, and how they looked
entries     which article each file, or line of a file, holds
state       one row: which index is served, its generation, and whether Chroma may hold left-overs

A version is `pending` until its passages and vectors are stored, `live` while it is served, `dead` until it is swept.
Moments are seconds since 1970, UTC; the text of a date, as it is shown, stands beside them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

SCHEMA_VERSION = 3

metadata = MetaData()

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("index_id", Integer),
    Column("generation", Integer, nullable=False),
    Column("swept", Boolean, nullable=False),
    Column("reindexed_at", Float),
)

indexes = Table(
    "indexes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("model", Text, nullable=False),
    Column("model_digest", String(64), nullable=False),
    Column("dimension", Integer, nullable=False),
    Column("passage_size", Integer, nullable=False),
    Column("passage_scheme", Integer, nullable=False),
    Column("created_at", Float, nullable=False),
    sqlite_autoincrement=True,
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("index_id", ForeignKey("indexes.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(7), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("title", Text),
    Column("url", Text),
    Column("publisher", Text),
    Column("publisher_key", Text),
    Column("authors", Text, nullable=False),
    Column("published_at", Text),
    Column("published", Float),
    Column("updated_at", Text),
    Column("language", Text),
    Column("origin", Text, nullable=False),
    Column("passage_count", Integer, nullable=False),
    # Covers what a scope asks for, so that counting never touches the table.
    Index(
        "versions_in_scope", "index_id", "state", "published", "publisher_key", "generation", "passage_count"
    ),
    Index("versions_by_article", "article_id"),
    Index(
        "one_live_version",
        "index_id",
        "article_id",
        unique=True,
        sqlite_where=text("state = 'live'"),
        postgresql_where=text("state = 'live'"),
    ),
    sqlite_autoincrement=True,
)

texts = Table(
    "texts",
    metadata,
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), nullable=False),
    Column("key", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentences", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Index("passages_by_version", "version_id"),
    Index("passages_by_key", "key"),
    sqlite_autoincrement=True,
)

words = Table(
    "words",
    metadata,
    Column("passage_id", ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, nullable=False),
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), nullable=False),
    Index("bands_by_band", "band", "version_id"),
    Index("bands_by_version", "version_id"),
)

copies = Table(
    "copies",
    metadata,
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("other_id", ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Index("copies_by_other", "other_id"),
)

files = Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("modified_ns", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reader_version", Integer, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("path", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("claimed", Boolean, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("updated", Float),
    UniqueConstraint("path", "line"),
    Index("entries_by_article", "article_id"),
)
