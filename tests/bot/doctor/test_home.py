"""Homes damaged in one way each: what the doctor says, and whether --fix puts it right."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.records.database import Database
from bot.records.inbox import Inbox
from index.home import Home
from index.locks import writer_lock
from index.vectors import VectorWriter
from tests.bot.backup.conftest import arrival
from tests.process import called


def examined(home: Home, *options: str, **settings: str) -> tuple[int, dict[str, Any]]:
    """Return the exit code, and what is said."""
    done = called(home.folder, "doctor", "--json", *options, **settings)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def faults(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [finding for finding in said["findings"] if finding["level"] != "ok"]


def statement(home: Home, *statements: str) -> None:
    with closing(sqlite3.connect(home.catalogue, isolation_level=None)) as connection:
        for each in statements:
            connection.execute(each)


def first_key(home: Home) -> str:
    with closing(sqlite3.connect(home.catalogue)) as connection:
        return str(connection.execute("SELECT key FROM passages").fetchone()[0])


def index_id(home: Home) -> int:
    with closing(sqlite3.connect(home.catalogue)) as connection:
        return int(connection.execute("SELECT index_id FROM state").fetchone()[0])


# What is put right


def no_chroma(home: Home) -> None:
    shutil.rmtree(home.vectors)


def cut_off_chroma(home: Home) -> None:
    file = home.vectors / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[:10_000])


def scrambled_graph(home: Home) -> None:
    """Of the same size and time, so that the seal fits. Fewer vectors than these have no graph in files yet."""
    many = np.random.default_rng(1).normal(size=(1_200, 384)).astype(np.float32)
    with VectorWriter(home.vectors) as vectors:
        vectors.add(index_id(home), [f"surplus {number}" for number in range(len(many))], many)
    for file in home.vectors.rglob("*.bin"):
        status = file.stat()
        file.write_bytes(os.urandom(status.st_size))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def no_seal(home: Home) -> None:
    (home.folder / "chroma.seal").unlink()


def a_vector_less(home: Home) -> None:
    with VectorWriter(home.vectors) as vectors:
        vectors.delete(index_id(home), [first_key(home)])


def a_vector_more(home: Home) -> None:
    with VectorWriter(home.vectors) as vectors:
        vectors.add(index_id(home), ["surplus"], np.eye(1, 384, dtype=np.float32))


def another_vector(home: Home) -> None:
    with VectorWriter(home.vectors) as vectors:
        vectors.delete(index_id(home), [first_key(home)])
        vectors.add(index_id(home), [first_key(home)], np.eye(1, 384, dtype=np.float32))


def no_full_text(home: Home) -> None:
    statement(home, f"DROP TABLE full_text_{index_id(home)}")


def a_full_text_row_less(home: Home) -> None:
    statement(home, f"DELETE FROM full_text_{index_id(home)}_docsize WHERE id = 1")  # noqa: S608


def broken_full_text(home: Home) -> None:
    statement(home, f"UPDATE full_text_{index_id(home)}_data SET block = x'00' WHERE id > 10")  # noqa: S608


def unswept(home: Home) -> None:
    statement(home, "UPDATE state SET swept = 0")


def left_restore(home: Home) -> None:
    (home.folder / "restoring").mkdir()
    (home.folder / "restoring" / "catalogue.sqlite3").write_bytes(b"half of one")


def left_rebuild(home: Home) -> None:
    shutil.copytree(home.vectors, home.folder / "chroma.new")


MENDED: Mapping[str, tuple[Callable[[Home], None], str, str]] = {
    "Chroma's folder gone": (no_chroma, "problem", "the folder is missing"),
    "a write to Chroma broken off": (no_seal, "problem", "broken off"),
    "Chroma's database cut off": (cut_off_chroma, "problem", "are damaged"),
    "Chroma's graph scrambled": (scrambled_graph, "problem", "are damaged"),
    "a vector missing in Chroma": (a_vector_less, "problem", "lacks 1 of"),
    "a vector too many in Chroma": (a_vector_more, "problem", "holds 1 others"),
    "another vector in Chroma": (another_vector, "problem", "other numbers in 1 of"),
    "no full-text table": (no_full_text, "problem", "full-text table is damaged"),
    "a row of the full-text table missing": (a_full_text_row_less, "problem", "lacks 1 passages"),
    "full-text table broken": (broken_full_text, "problem", "full-text table is damaged"),
    "a reindex that was killed": (unswept, "warning", "killed before it had cleared up"),
    "a restore that was killed": (left_restore, "warning", "restoring was left by"),
    "a rebuild that was killed": (left_rebuild, "warning", "chroma.new was left by"),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_mended_is_found_and_mended(name: str, home: Home) -> None:
    damage, level, message = MENDED[name]
    damage(home)
    code, said = examined(home)
    assert code == (1 if level == "problem" else 0)
    assert [(each["level"], bool(each["remedy"]), bool(each["mend"])) for each in faults(said)] == [
        (level, True, True)
    ]
    assert message in faults(said)[0]["message"]

    code, said = examined(home, "--fix")
    assert (code, faults(said), len(said["mended"])) == (0, [], 1)
    assert examined(home, "--fix")[1]["mended"] == []


def test_a_home_that_is_well_has_nothing_wrong(home: Home) -> None:
    code, said = examined(home)
    assert (code, faults(said)) == (0, [])
    subjects = {finding["subject"] for finding in said["findings"]}
    assert subjects >= {"Versions", "Home", "Model", "Catalogue", "Vectors", "Slack records", "Clock"}


def test_a_folder_that_something_touched_is_tried_and_is_well(home: Home) -> None:
    seal = home.folder / "chroma.seal"
    seal.write_text(
        seal.read_text().replace('"files": {', '"files": {"gone.bin": [1, 2], ').replace(", }", "}")
    )
    assert examined(home)[0] == 0


# What is only told: mending it would lose something


def cut_off_catalogue(home: Home) -> None:
    home.catalogue.write_bytes(home.catalogue.read_bytes()[:50_000])


def flipped_page(home: Home) -> None:
    content = bytearray(home.catalogue.read_bytes())
    content[4096 * 20 : 4096 * 21] = bytes(byte ^ 0xFF for byte in content[4096 * 20 : 4096 * 21])
    home.catalogue.write_bytes(content)


def no_database(home: Home) -> None:
    home.catalogue.write_bytes(b"what is this?" * 1000)


def later_schema(home: Home) -> None:
    statement(home, "UPDATE state SET schema_version = 99")


def no_catalogue(home: Home) -> None:
    home.catalogue.unlink()


def a_stray_row(home: Home) -> None:
    statement(home, "INSERT INTO words VALUES (9999, x'00')")


def a_passage_less(home: Home) -> None:
    statement(
        home,
        "PRAGMA foreign_keys = OFF",
        "UPDATE versions SET passage_count = passage_count + 1 WHERE id = 1",
    )


def words_gone(home: Home) -> None:
    statement(home, "DELETE FROM words WHERE passage_id = 2")


def short_vector(home: Home) -> None:
    statement(home, "UPDATE passages SET vector = x'0000' WHERE id = 1")


def zero_vector(home: Home) -> None:
    statement(home, "UPDATE passages SET vector = zeroblob(768) WHERE id = 1")


def text_gone(home: Home) -> None:
    statement(home, "DELETE FROM texts WHERE version_id = 1")


def moved_passage(home: Home) -> None:
    statement(home, 'UPDATE passages SET "end" = 99999 WHERE id = 1')


def records_cut_off(home: Home) -> None:
    (home.folder / "records.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)


def records_of_later(home: Home) -> None:
    with closing(sqlite3.connect(home.folder / "records.sqlite3", isolation_level=None)) as connection:
        connection.execute("UPDATE records_version SET version = 99")


TOLD: Mapping[str, tuple[Callable[[Home], None], str, str]] = {
    "catalogue cut off": (cut_off_catalogue, "is damaged", "footnote restore FILE --replace"),
    "a page of the catalogue flipped": (flipped_page, "is damaged", "footnote restore FILE --replace"),
    "no database": (no_database, "not a database", "footnote restore FILE --replace"),
    "of another version": (later_schema, "has format 99", "footnote reindex"),
    "no catalogue": (no_catalogue, "There is no index", "footnote reindex FOLDER"),
    "a row that refers to none": (a_stray_row, "refers to a row of passages", "footnote restore"),
    "a passage missing": (a_passage_less, "another number of passages", "footnote reindex --full FOLDER"),
    "words missing": (words_gone, "1 passages have no vectors of their words", "reindex --full FOLDER"),
    "a vector too short": (short_vector, "1 passages have no vector, or", "footnote reindex --full"),
    "a vector of zeros": (zero_vector, "a vector that is not of length one", "footnote reindex --full"),
    "a text missing": (text_gone, "1 articles have no text", "footnote reindex --full FOLDER"),
    "a passage elsewhere": (moved_passage, "lie outside of their article", "footnote reindex --full FOLDER"),
    "records damaged": (records_cut_off, "records.sqlite3 ", "footnote restore FILE --replace"),
    "records of another version": (records_of_later, "of version 99", "Use the Footnote that wrote"),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_would_lose_something_is_told_and_left_alone(name: str, home: Home) -> None:
    damage, message, remedy = TOLD[name]
    damage(home)
    code, said = examined(home, "--fix")
    assert code == 1
    told = [each for each in faults(said) if message in each["message"]]
    assert told, faults(said)
    assert remedy in told[0]["remedy"]
    assert not [each for each in faults(said) if "could not be looked at" in each["message"]]


@pytest.mark.parametrize("damage", [cut_off_catalogue, flipped_page, no_database])
def test_a_damaged_catalogue_is_not_written_to(damage: Callable[[Home], None], home: Home) -> None:
    damage(home)
    before = home.catalogue.read_bytes()
    examined(home, "--fix")
    assert home.catalogue.read_bytes() == before


def test_where_there_is_no_home_it_is_made_and_the_index_is_missed(tmp_path: Path) -> None:
    home = Home(tmp_path / "new" / "home")
    code, said = examined(home)
    assert code == 1
    assert [each["subject"] for each in faults(said)] == ["Home", "Catalogue"]
    assert not home.folder.exists()
    code, said = examined(home, "--fix")
    assert code == 1
    assert [each["subject"] for each in faults(said)] == ["Catalogue"]
    assert home.folder.is_dir()


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    code, said = examined(Home(tmp_path / "home"), "--fix")
    assert code == 1
    assert "Nothing can be written" in faults(said)[0]["message"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_home_that_may_only_be_read_is_told(home: Home) -> None:
    home.folder.chmod(0o500)
    try:
        code, said = examined(home)
    finally:
        home.folder.chmod(0o700)
    assert code == 1
    assert any("Nothing can be written" in each["message"] for each in faults(said))


def test_who_writes_is_told_and_what_is_under_way_is_no_left_over(home: Home) -> None:
    left_restore(home)
    unswept(home)
    with writer_lock(home.writer_lock):
        code, said = examined(home)
    assert (code, faults(said)) == (0, [])
    assert any(f"process {os.getpid()}, since" in each["message"] for each in said["findings"])


def test_mending_waits_for_nobody(home: Home) -> None:
    no_chroma(home)
    with writer_lock(home.writer_lock):
        code, said = examined(home, "--fix")
    assert code == 1
    assert any("Another process" in each["message"] for each in faults(said))


def test_questions_that_wait_while_no_bot_runs_are_told(home: Home) -> None:
    with closing(Database(home.folder / "records.sqlite3")) as database:
        Inbox(database).take("E1", arrival("1.0"), 1_790_000_000.0)
    code, said = examined(home)
    assert code == 0
    assert [each["remedy"] for each in faults(said)] == ["Start it: footnote slack"]
    with writer_lock(home.folder / "bot.lock"):
        assert faults(examined(home)[1]) == []


def test_a_catalogue_that_was_set_aside_is_told(home: Home) -> None:
    home.aside.write_bytes(b"damaged")
    code, said = examined(home, "--fix")
    assert code == 0
    assert [each["level"] for each in faults(said)] == ["warning"]
    assert "rm " in faults(said)[0]["remedy"]
    assert home.aside.exists()
