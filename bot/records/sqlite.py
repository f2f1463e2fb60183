"""What only SQLite understands: opening the file, and when a transaction takes the write lock."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

_BUSY_SECONDS = 30
WRITING = "footnote_writing"
"""The execution option of a connection whose transactions write."""


SQLITE_ERRORS = sqlite3.Error


def rewritten(engine: Engine, seconds: float) -> bool:
    """Rewrite the database and empty its log, so that nothing stays of what was deleted.

    False where readers of an older state kept the log from being emptied for so many seconds.
    """
    lent = engine.raw_connection()
    try:
        connection = lent.driver_connection
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - what `engine_for` opens
        connection.execute("VACUUM")
        connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")
        return not busy
    finally:
        lent.close()


def engine_for(path: Path) -> Engine:
    """Return an engine on the database file at `path`, which any number of threads may use."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=QueuePool,
        max_overflow=-1,
        # An error would hold the text of questions otherwise.
        hide_parameters=True,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # FULL: what was acknowledged must outlast a power cut.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer that takes the lock in the middle of its transaction can be refused it.
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
