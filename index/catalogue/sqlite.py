"""What only SQLite understands: opening the database, its full-text index, and its error messages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Float,
    Integer,
    QueuePool,
    Select,
    Subquery,
    column,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError

from index.errors import FootnoteError, IndexDamagedError

BUSY_SECONDS = 30
TITLE_WEIGHT = 2.0
"""A word in the title counts as much as two in the passage: the title says what the article is about."""


_MAPPED = 2**34
"""Bytes of the file that readers read through the memory map. A question reads a megabyte of words from all over it;
what a reindex has read would only add to its memory."""


def connect(path: Path, *, writing: bool) -> Engine:
    """Return an engine on the database file at `path`; a reader never creates it. Any number of threads may use it.

    Every transaction of a reader is a snapshot: it sees one state of the database until it ends. A
    writer takes the write lock when a transaction begins, not in the middle of it.
    """
    uri = f"{path.as_uri()}?mode={'rwc' if writing else 'rw'}"

    def open_connection() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
        )
        # FULL: Chroma's files are brought in line with what was committed here, so a commit must last.
        mapped = f"mmap_size={0 if writing else _MAPPED}"
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", mapped):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite://", creator=open_connection, poolclass=QueuePool, max_overflow=-1)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def errors_translated(path: Path) -> Iterator[None]:
    """Turn what the database reports into errors that say what to do.

    Raises:
        IndexDamagedError: the file is no database, or not one that holds a catalogue.
        FootnoteError: it cannot be written, the disk is full, or it stayed locked.
    """
    try:
        yield
    except DatabaseError as error:
        raise _translated(str(error.orig), path) from error
    except sqlite3.DatabaseError as error:
        raise _translated(str(error), path) from error


def _translated(reason: str, path: Path) -> FootnoteError:
    if "locked" in reason:
        return FootnoteError(
            f"The catalogue {path} stayed locked for {BUSY_SECONDS} seconds.",
            "Try again; if it goes on, look for a process that has the file open.",
        )
    if "disk is full" in reason:
        return FootnoteError(f"The disk that holds {path} is full.", "Free some space, then run it again.")
    if "readonly" in reason or "unable to open" in reason:
        return FootnoteError(
            f"The catalogue {path} cannot be opened for this: {reason}.",
            "Give this user write access to its folder, or set FOOTNOTE_HOME to another one.",
        )
    if "I/O error" in reason:
        return FootnoteError(
            f"The catalogue {path} cannot be read or written ({reason}).",
            "Look whether its disk has space and is well, then run it again.",
        )
    return damaged(path, reason)


def damaged(path: Path, reason: str) -> IndexDamagedError:
    """Return the error for a catalogue that cannot be read."""
    return IndexDamagedError(
        f"The catalogue {path} is damaged ({reason}).",
        "Restore a backup (footnote restore FILE), or build it anew from the articles: footnote reindex --full FOLDER",
    )


def rewrite(engine: Engine) -> None:
    """Rewrite the whole database, so that nothing stays of what was deleted; the old pages stay in its log."""
    _alone(engine, "VACUUM")


def empty_log(engine: Engine, seconds: float) -> bool:
    """Bring the write-ahead log into the database and empty it; False where readers kept it for so many seconds."""
    busy, *_ = _alone(engine, "PRAGMA wal_checkpoint(TRUNCATE)", seconds)
    return not busy


def _alone(engine: Engine, statement: str, busy_seconds: float = BUSY_SECONDS) -> tuple[int, ...]:
    """Carry out a statement that no transaction may stand around; return its first row."""
    lent = engine.raw_connection()
    try:
        connection = lent.driver_connection
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - what `connect` opens
        connection.execute(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")
        try:
            return tuple(connection.execute(statement).fetchone() or ())
        finally:
            connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    finally:
        lent.close()


def check(connection: Connection) -> str | None:
    """Return what SQLite finds wrong with the pages of the database, None: nothing. It reads all of them."""
    found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
    return None if found == "ok" else found


def full_text_table(index_id: int) -> str:
    """Return the name of an index's full-text table: each index has its own, so that counts are its own."""
    return f"full_text_{int(index_id)}"


def create_full_text(connection: Connection, index_id: int) -> None:
    """Create the full-text table of an index: stemmed, accents folded, holding no copy of the text."""
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE {full_text_table(index_id)} USING fts5("
        "title, body, content='', tokenize='porter unicode61 remove_diacritics 2')"
    )


def drop_full_text(connection: Connection, index_id: int) -> None:
    """Drop the full-text table of an index."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {full_text_table(index_id)}")


def rename_full_text(connection: Connection, index_id: int, new_id: int) -> None:
    """Give the full-text table of an index the name for another number."""
    connection.exec_driver_sql(f"ALTER TABLE {full_text_table(index_id)} RENAME TO {full_text_table(new_id)}")


def highest_number(connection: Connection, table: str) -> int:
    """Return the highest number that a row of a table ever had, also where the row is gone; 0 before the first."""
    query = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :table")
    return int(connection.execute(query, {"table": table}).scalar_one())


def add_to_full_text(connection: Connection, index_id: int, version_ids: Sequence[int]) -> None:
    """Make the passages of these versions findable by their words."""
    table = full_text_table(index_id)
    insert = f"INSERT INTO {table} (rowid, title, body) VALUES (?, ?, ?)"  # noqa: S608 - made from a number
    _write_full_text(connection, insert, version_ids)


def remove_from_full_text(connection: Connection, index_id: int, version_ids: Sequence[int]) -> None:
    """Take the passages of these versions out again; their rows must still say what was indexed."""
    table = full_text_table(index_id)
    # A table without content is told what to forget by being given it once more.
    insert = f"INSERT INTO {table} ({table}, rowid, title, body) VALUES ('delete', ?, ?, ?)"  # noqa: S608
    _write_full_text(connection, insert, version_ids)


def _write_full_text(connection: Connection, insert: str, version_ids: Sequence[int]) -> None:
    """Tell the full-text table of passages, an article at a time: cut out by SQLite, each would have it read whole."""
    articles = text(
        "SELECT coalesce(v.title, ''), t.text FROM versions v JOIN texts t ON t.version_id = v.id WHERE v.id = :id"
    )
    places = text('SELECT id, start, "end" FROM passages WHERE version_id = :id ORDER BY id')
    for version_id in version_ids:
        for title, body in connection.execute(articles, {"id": version_id}):
            cut = [
                (passage, title, body[start:end])
                for passage, start, end in connection.execute(places, {"id": version_id})
            ]
            if cut:
                connection.exec_driver_sql(insert, cut)


def full_text_entries(index_id: int) -> Subquery:
    """Return the passages that a full-text table has an entry for: column passage."""
    statement = text(f"SELECT id AS passage FROM {full_text_table(index_id)}_docsize")  # noqa: S608 - made from a number
    return statement.columns(column("passage", Integer)).subquery("entries")


def full_text_fault(connection: Connection, index_id: int) -> str | None:
    """Return what FTS5 finds wrong in a full-text table itself, None: nothing."""
    table = full_text_table(index_id)
    try:
        connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608
    except DatabaseError as error:
        if "locked" in str(error.orig) or "readonly" in str(error.orig):
            raise
        return str(error.orig)
    return None


def match_expression(words: Sequence[str]) -> str:
    """Return the FTS5 expression that finds passages with any of the words.

    Each word is a quoted string, in which nothing but the quotation mark has a meaning.
    """
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)


def full_text_holders(index_id: int, beginning: str) -> Subquery:
    """Return the passages that hold a word with this beginning: column passage."""
    table = full_text_table(index_id)
    statement = text(
        f"SELECT rowid AS passage FROM {table} WHERE {table} MATCH :beginning"  # noqa: S608 - made from a number
    ).bindparams(beginning=match_expression([beginning]) + "*")
    return statement.columns(column("passage", Integer)).subquery("holders")


def full_text_count(index_id: int, word: str, most: int) -> Select[Any]:
    """Return what counts the passages that hold a word, up to `most`."""
    table = full_text_table(index_id)
    statement = text(
        f"SELECT rowid AS passage FROM {table} WHERE {table} MATCH :word LIMIT :most"  # noqa: S608 - made from a number
    ).bindparams(word=match_expression([word]), most=most)
    return select(func.count()).select_from(statement.columns(column("passage", Integer)).subquery("holding"))


def full_text_hits(index_id: int, words: Sequence[str]) -> Subquery:
    """Return the passages that hold any of the words: columns passage and score (BM25, higher is better)."""
    table = full_text_table(index_id)
    statement = text(
        f"SELECT rowid AS passage, -bm25({table}, {TITLE_WEIGHT}, 1.0) AS score "  # noqa: S608 - made from a number
        f"FROM {table} WHERE {table} MATCH :words"
    ).bindparams(words=match_expression(words))
    return statement.columns(column("passage", Integer), column("score", Float)).subquery("hits")
