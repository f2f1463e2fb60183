"""SQLite databases as files: a copy of one that is in use, and one put in the place of another that is in use.

A database in use is more than its file: what was committed last is in a file beside it (-wal), and who reads what in
a third (-shm). To copy or rename the file alone loses the former, and mixes two databases in the latter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import FootnoteError
from index.planning import Progress
from index.seal import synchronise

_BUSY_SECONDS = 30
_STEPS = 20_000
"""Of SQLite's machine between two looks at how far it is: some hundredths of a second."""

_BESIDE = ("-wal", "-shm", "-journal")
_MEGABYTE = 1_000_000
_CHECKED_IN_FULL = 4_000_000_000
"""Bytes; a second is enough for a ninth of a gigabyte."""


def copy_database(source: Path, target: Path, progress: Progress) -> None:
    """Write a copy of the database `source` to the new file `target`, as it is at one moment.

    Readers and writers go on meanwhile. VACUUM INTO does it, not the backup API: that one begins anew whenever another
    process has written, so that a busy writer keeps it from ever ending; and it copies what was deleted as well.

    Raises:
        FootnoteError: the database cannot be read, or the copy not be written.
    """
    with _translated(source, "copied"), closing(_open(source)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        free = connection.execute("PRAGMA freelist_count").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        progress.begin(f"Copying {source.name}, MB", max(1, (pages - free) * size // _MEGABYTE))
        watch = _Watch(target, progress)
        connection.set_progress_handler(watch.look, _STEPS)
        try:
            connection.execute("VACUUM INTO ?", [str(target)])
        except sqlite3.OperationalError:
            if watch.interrupted:
                raise KeyboardInterrupt from None
            raise


def replace_database(new: Path, target: Path) -> None:
    """Make the database `target` what `new` is, in one transaction that processes which have it open see as such.

    Killed before it ends, `target` is what it was. Where there is none, or none that can be opened, `new` itself takes
    its place. Nobody else may be writing to `target`; `new` is of no use afterwards.

    Raises:
        FootnoteError: it cannot be written.
    """
    with _translated(target, "replaced"):
        if _is_database(target):
            with closing(_open(new)) as source, closing(_open(target)) as there:
                source.backup(there)
                # Nobody waits for the file beside it to become small again, which takes until the last reader is done.
                there.execute("PRAGMA busy_timeout=0")
                there.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            # As every connection would do it; done by two at once, one of them is refused.
            with closing(_open(new)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
            for name in (target.name, *(target.name + ending for ending in _BESIDE)):
                target.with_name(name).unlink(missing_ok=True)
            new.replace(target)
            synchronise(target.parent)


def integrity_problems(path: Path, limit: int = 5) -> list[str]:
    """Return what SQLite finds wrong in the structure of a database, and rows that refer to none; at most `limit` each.

    Whether indexes agree with their tables is left out where that would take more than about half a minute.

    Raises:
        FootnoteError: it cannot be opened.
    """
    try:
        with closing(_open(path)) as connection:
            check = "integrity_check" if path.stat().st_size <= _CHECKED_IN_FULL else "quick_check"
            found = [row[0] for row in connection.execute(f"PRAGMA {check}({int(limit)})")]
            strays = connection.execute("PRAGMA foreign_key_check").fetchmany(limit)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise _error(path, "opened", error) from error
        return [str(error)]
    problems = [line for said in found if said != "ok" for line in said.splitlines()][:limit]
    return problems + [
        f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there" for row in strays
    ]


def sqlite_version() -> tuple[str, bool]:
    """Return which SQLite there is, and whether it can search texts (FTS5)."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
        except sqlite3.OperationalError:
            return sqlite3.sqlite_version, False
    return sqlite3.sqlite_version, True


class _Watch:
    """Looks how large the copy has become. SQLite swallows what is raised meanwhile, so it is kept."""

    def __init__(self, target: Path, progress: Progress) -> None:
        self._target = target
        self._progress = progress
        self._seen = 0
        self.interrupted = False

    def look(self) -> int:
        try:
            size = self._target.stat().st_size
            self._progress.advance((size - self._seen) / _MEGABYTE)
            self._seen = size
        except FileNotFoundError:
            pass
        except KeyboardInterrupt:
            self.interrupted = True
        return int(self.interrupted)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with closing(_open(path)) as connection:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.DatabaseError as error:
        # That it is locked, say, is no sign of damage, and must not cost what it holds.
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise


@contextmanager
def _translated(path: Path, done: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _error(path, done, error) from error


def _error(path: Path, done: str, error: sqlite3.DatabaseError) -> FootnoteError:
    return FootnoteError(
        f"{path} cannot be {done}: {error}.",
        "Free some space and give this user write access; footnote doctor tells whether the file is damaged.",
    )
