from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.errors import RecordsError
from bot.records.database import Database
from bot.records.inbox import Inbox
from bot.records.schema import SCHEMA_VERSION, events
from tests.bot.records.asked import NOW, arrival, open_inbox, taken
from tests.conftest import PROJECT

AS_ROOT = os.name != "posix" or os.geteuid() == 0


def count(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(events)).scalar_one()


@pytest.mark.parametrize("name", ["home", "new/deep/home", "a?b%20#c", "mit Leerzeichen – ü", "file:x"])
def test_a_file_is_made_where_there_is_none_whatever_its_folder_is_called(tmp_path: Path, name: str) -> None:
    file = tmp_path / name / "records.sqlite3"
    with open_inbox(file) as inbox:
        question = taken(inbox)
    assert file.stat().st_size > 0
    with open_inbox(file) as inbox:
        assert inbox.unfinished() == [question]


def test_what_fails_halfway_leaves_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "records.sqlite3")

    def write() -> None:
        with database.writing() as connection:
            connection.execute(insert(events).values(key="Ev1", received_at=NOW))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert count(database) == 0
    database.close()


def test_a_reader_sees_one_state_and_holds_no_writer_up(tmp_path: Path) -> None:
    database = Database(tmp_path / "records.sqlite3")
    inbox = Inbox(database)
    query = select(func.count()).select_from(events)
    with database.reading() as connection:
        assert connection.execute(query).scalar_one() == 0
        assert inbox.know("Ev1", NOW)
        assert connection.execute(query).scalar_one() == 0
    assert count(database) == 1
    database.close()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"This is a letter, and no database. " * 200, "not a database", id="text"),
        pytest.param(b"SQLite format 3\x00" + b"\xff" * 5_000, "database", id="damaged"),
    ],
)
def test_a_file_that_is_no_database_is_said_with_a_remedy(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "records.sqlite3"
    file.write_bytes(content)
    with pytest.raises(RecordsError, match=reason) as error:
        Database(file)
    assert str(file) in error.value.message
    assert "\n" not in str(error.value)
    assert "moved away" in error.value.remedy
    assert file.read_bytes() == content


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1])
def test_records_of_another_version_are_left_alone(tmp_path: Path, version: int) -> None:
    file = tmp_path / "records.sqlite3"
    Database(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE records_version SET version = ?", (version,))
    connection.close()
    with pytest.raises(RecordsError, match=f"of version {version}; this Footnote reads") as error:
        Database(file)
    assert "move the file away" in error.value.remedy
    file.unlink()
    Database(file).close()


def test_records_without_a_version_are_an_error_too(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    Database(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM records_version")
    connection.close()
    with pytest.raises(RecordsError, match="cannot be used"):
        Database(file)


def test_a_place_that_is_none_is_said_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    (tmp_path / "records.sqlite3").mkdir()
    for file in (tmp_path / "home" / "records.sqlite3", tmp_path / "records.sqlite3"):
        with pytest.raises(RecordsError, match="cannot be used") as error:
            Database(file)
        assert "write access" in error.value.remedy


@pytest.mark.skipif(AS_ROOT, reason="the superuser may write everywhere")
@pytest.mark.parametrize("existing", [True, False])
def test_a_folder_that_may_not_be_written_is_said_with_a_remedy(tmp_path: Path, existing: bool) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if existing:
        Database(home / "records.sqlite3").close()
        (home / "records.sqlite3").chmod(0o444)
    home.chmod(0o555)
    try:
        with pytest.raises(RecordsError, match="cannot be used") as error:
            Database(home / "records.sqlite3")
    finally:
        home.chmod(0o755)
    assert "write access" in error.value.remedy


def test_a_database_that_breaks_while_it_is_used_is_said_and_nothing_is_acknowledged(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    with open_inbox(file) as inbox:
        with sqlite3.connect(file) as connection:
            connection.execute("DROP TABLE questions")
        connection.close()
        with pytest.raises(RecordsError, match="no such table"):
            inbox.take("Ev1", arrival(), NOW)
        assert inbox.know("Ev1", NOW)


def test_many_threads_write_at_once_and_none_is_turned_away(tmp_path: Path) -> None:
    with open_inbox(tmp_path / "records.sqlite3") as inbox:
        begin = threading.Barrier(10)

        def write(number: int) -> None:
            begin.wait()
            for step in range(5):
                question = taken(inbox, arrival(f"{number}.{step}"))
                inbox.admit(question)
                recorded = inbox.question(question)
                assert recorded is not None
                inbox.history(recorded, 10)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert inbox.waiting() == 10 * 5


DIES = """
import os, sys
from pathlib import Path
from sqlalchemy import delete
from bot.records.database import Database
from bot.records.inbox import Inbox
from bot.records.schema import questions
from tests.bot.records.asked import arrival, taken
database = Database(Path(sys.argv[1]))
inbox = Inbox(database)
inbox.admit(taken(inbox))
inbox.sending("q1.0.mark", 1, 0, 1.0)
taken(inbox, arrival("100.000002"))
with database.writing() as connection:
    connection.execute(delete(questions))
    os._exit(9)
"""


def test_a_process_that_dies_leaves_what_it_committed_and_nothing_half_done(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    died = subprocess.run([sys.executable, "-c", DIES, str(file)], cwd=PROJECT, check=False)
    assert died.returncode == 9
    with open_inbox(file) as inbox:
        assert inbox.unfinished() == [1, 2]
        assert inbox.admitted() == 1
        assert [post.mark for post in inbox.posts(1)] == ["q1.0.mark"]
        assert inbox.take("Ev-again", arrival(), NOW) is None
