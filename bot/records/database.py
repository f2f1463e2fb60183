"""The records' database: made where there is none, and read and written in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import RecordsError
from bot.records.schema import SCHEMA_VERSION, metadata, versions
from bot.records.sqlite import SQLITE_ERRORS, WRITING, engine_for, rewritten

_WITHOUT_SOURCES = 1
"""The version before this one; its records are brought to this one when they are opened."""


class Database:
    """The records in the file at `path`. Any number of threads may use it."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            RecordsError: it cannot be opened, or another version of Footnote wrote it.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._error(error.strerror or str(error)) from error
        self._engine = engine_for(path)
        try:
            with self.writing() as connection:
                self._prepare(connection)
        except RecordsError:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that alone may write, and is on the disk when it ends.

        Raises:
            RecordsError: the database cannot be written.
        """
        try:
            with (
                self._engine.connect().execution_options(**{WRITING: True}) as connection,
                connection.begin(),
            ):
                yield connection
        except SQLAlchemyError as error:
            raise self._error(str(getattr(error, "orig", None) or error)) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of the database.

        Raises:
            RecordsError: the database cannot be read.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise self._error(str(getattr(error, "orig", None) or error)) from error

    def purge(self, seconds: float) -> bool:
        """Rewrite the file, so that no byte stays of what was deleted; False where a reader kept its log from it.

        Raises:
            RecordsError: the database cannot be written.
        """
        try:
            return rewritten(self._engine, seconds)
        except SQLITE_ERRORS as error:
            raise self._error(str(error)) from error

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _prepare(self, connection: Connection) -> None:
        tables = inspect(connection).get_table_names()
        if tables and versions.name not in tables:
            raise RecordsError(
                f"{self._path} is a database, but not Footnote's records.", "Move the file away."
            )
        if not tables:
            metadata.create_all(connection)
            connection.execute(versions.insert().values(version=SCHEMA_VERSION))
        found = connection.execute(select(versions.c.version)).scalar_one()
        if found == _WITHOUT_SOURCES:
            # What came since are tables of their own.
            metadata.create_all(connection)
            connection.execute(versions.update().values(version=SCHEMA_VERSION))
            found = SCHEMA_VERSION
        if found != SCHEMA_VERSION:
            raise RecordsError(
                f"The records in {self._path} are of version {found}; this Footnote reads {SCHEMA_VERSION}.",
                "Use the Footnote that wrote them, or move the file away. The index does not depend on it.",
            )

    def _error(self, reason: str) -> RecordsError:
        return RecordsError(
            f"The records in {self._path} cannot be used: {reason}.",
            "Free some space and give this user write access; a damaged file has to be moved away.",
        )
