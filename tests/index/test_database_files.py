from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.commands.progress import NoProgress
from index import database_files
from index.database_files import copy_database, integrity_problems, replace_database
from index.errors import FootnoteError


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        yield connection


def made(path: Path, *values: str) -> Path:
    with opened(path) as connection:
        connection.execute("CREATE TABLE said (value TEXT)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO said VALUES (?)", [[value] for value in values])
        connection.execute("COMMIT")
    return path


def values(path: Path) -> list[str]:
    with opened(path) as connection:
        return [row[0] for row in connection.execute("SELECT value FROM said ORDER BY rowid")]


def test_a_copy_holds_what_was_committed_last_and_nothing_that_was_deleted(tmp_path: Path) -> None:
    source, copy = made(tmp_path / "a", "kept", "secret"), tmp_path / "b"
    with opened(source) as connection:
        connection.execute("DELETE FROM said WHERE value = 'secret'")
        connection.execute("INSERT INTO said VALUES ('last')")
        assert b"last" not in source.read_bytes(), "it is in the file beside it"
        copy_database(source, copy, NoProgress())
    assert values(copy) == ["kept", "last"]
    assert b"secret" not in copy.read_bytes()


def test_a_copy_is_made_while_another_connection_writes(tmp_path: Path) -> None:
    source = made(tmp_path / "a", "before")
    with opened(source) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("INSERT INTO said VALUES ('after')")
        copy_database(source, tmp_path / "b", NoProgress())
        writing.execute("COMMIT")
    assert values(tmp_path / "b") == ["before"]


def test_ctrl_c_ends_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(NoProgress):
        def advance(self, steps: float = 1, passages: int = 0) -> None:  # noqa: ARG002
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(database_files, "_STEPS", 10)
    source = made(tmp_path / "a", *map(str, range(2_000)))
    # Commands that other tests have run here may have set another one.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            copy_database(source, tmp_path / "b", Interrupted())
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("content", [None, b"", b"no database" * 1000])
def test_where_there_is_no_database_the_new_one_takes_its_place(
    tmp_path: Path, content: bytes | None
) -> None:
    new, target = made(tmp_path / "new", "new"), tmp_path / "target"
    if content is not None:
        target.write_bytes(content)
    for ending in ("-wal", "-shm"):  # of a database that was deleted
        (tmp_path / f"target{ending}").write_bytes(b"stale" * 100)
    replace_database(new, target)
    assert values(target) == ["new"]


def test_who_reads_the_database_sees_one_state_until_the_end_and_then_the_new_one(tmp_path: Path) -> None:
    new, target = made(tmp_path / "new", "new"), made(tmp_path / "target", "old", "old too")
    with opened(target) as reading:
        reading.execute("BEGIN")
        assert reading.execute("SELECT count(*) FROM said").fetchone()[0] == 2
        replace_database(new, target)
        assert reading.execute("SELECT count(*) FROM said").fetchone()[0] == 2
        reading.execute("COMMIT")
        assert reading.execute("SELECT value FROM said").fetchall() == [("new",)]
    assert values(target) == ["new"]


def test_a_database_that_is_locked_is_not_taken_for_a_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_files, "_BUSY_SECONDS", 0.1)
    new, target = made(tmp_path / "new", "new"), made(tmp_path / "target", "old")
    with closing(sqlite3.connect(target, isolation_level=None)) as holding:
        holding.execute("PRAGMA locking_mode=EXCLUSIVE")
        holding.execute("BEGIN EXCLUSIVE")
        holding.execute("INSERT INTO said VALUES ('more')")
        with pytest.raises(FootnoteError, match="locked"):
            replace_database(new, target)
        holding.execute("COMMIT")
    assert values(target) == ["old", "more"]


def test_a_sound_database_has_no_problems_and_a_damaged_one_has_some(tmp_path: Path) -> None:
    path = made(tmp_path / "a", *("value" * 50 + str(number) for number in range(200)))
    assert integrity_problems(path) == []
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    path.write_bytes(content)
    assert integrity_problems(path)


def test_a_row_that_refers_to_none_is_a_problem(tmp_path: Path) -> None:
    with opened(tmp_path / "a") as connection:
        connection.execute("CREATE TABLE parents (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE children (parent REFERENCES parents(id))")
        connection.execute("INSERT INTO children VALUES (7)")
    assert integrity_problems(tmp_path / "a") == [
        "row 1 of children refers to a row of parents that is not there"
    ]
