from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.backup.restoring import Restored, Restorer
from bot.backup.writing import BackupWriter
from bot.commands.progress import NoProgress
from bot.errors import BackupError
from bot.records.database import Database
from bot.records.inbox import Inbox
from index.database_files import integrity_problems
from index.embedding import Embedder
from index.errors import IndexDamagedError, WriterBusyError
from index.home import Home
from index.locks import writer_lock
from index.repairing import Repaired, repair
from tests.bot.backup.conftest import HARBOUR, SCHOOL, arrival, fresh
from tests.conftest import PROJECT
from tests.index.collection import Collection

BRIDGE = "The bridge of Ostwick is 88 metres long."


def restore(home: Home, file: Path, *, replace: bool = False) -> Restored:
    return Restorer(home, home.folder / "bot.lock", NoProgress()).restore(file, replace=replace)


def test_a_home_on_another_path_holds_the_same(backup: Path, tmp_path: Path, embedder: Embedder) -> None:
    there = fresh(tmp_path / "there", embedder)
    restored = restore(there.home, backup)
    assert restored.manifest.contents.articles == 2
    assert there.texts() == {HARBOUR, SCHOOL}
    assert there.is_consistent()
    assert not (there.home.folder / "restoring").exists()


def test_a_home_that_holds_articles_is_replaced_only_where_told_so(backup: Path, other: Collection) -> None:
    with pytest.raises(BackupError, match=r"an index of 1 articles already.*--replace"):
        restore(other.home, backup)
    assert other.texts() == {BRIDGE}
    assert other.is_consistent()

    restore(other.home, backup, replace=True)
    assert other.texts() == {HARBOUR, SCHOOL}
    assert other.is_consistent()


def test_a_catalogue_that_cannot_be_read_is_replaced_only_where_told_so(
    backup: Path, other: Collection
) -> None:
    other.home.catalogue.write_bytes(b"no database, whatever it was" * 500)
    with pytest.raises(BackupError, match=r"a catalogue that cannot be read already.*--replace"):
        restore(other.home, backup)
    restore(other.home, backup, replace=True)
    assert other.texts() == {HARBOUR, SCHOOL}
    assert other.is_consistent()


def test_an_index_can_be_restored_again_and_again_and_reindexed(backup: Path, other: Collection) -> None:
    for _ in range(3):
        restore(other.home, backup, replace=True)
    other.write("tower.md", "The tower of Ostwick was built in 1871.", "Tower")
    report = other.reindex()
    assert len(report.added) == 2  # the tower, and the bridge, which was lost
    assert other.texts() == {HARBOUR, SCHOOL, BRIDGE, "The tower of Ostwick was built in 1871."}
    assert other.is_consistent()


def test_the_records_come_back_without_questions_that_waited(backup: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert restore(home, backup).dropped == 1
    with closing(Database(home.folder / "records.sqlite3")) as database:
        inbox = Inbox(database)
        assert inbox.has_answered_in("T1", "C1", "1.0")
        assert inbox.unfinished() == []
        assert inbox.take("E2", arrival("2.0"), 103.0) is None  # sent again, it is still known


def test_records_stay_where_the_backup_has_none(other: Collection, tmp_path: Path) -> None:
    file = tmp_path / "without.backup"
    BackupWriter(other.home, NoProgress()).write(file, overwrite=False)
    records = other.home.folder / "records.sqlite3"
    with closing(Database(records)) as database:
        Inbox(database).take("E9", arrival("9.0"), 1.0)
    restore(other.home, file, replace=True)
    with closing(Database(records)) as database:
        assert len(Inbox(database).unfinished()) == 1


@pytest.mark.parametrize("lock", ["writer.lock", "bot.lock"])
def test_a_home_in_use_is_not_touched(backup: Path, other: Collection, lock: str) -> None:
    with writer_lock(other.home.folder / lock), pytest.raises(WriterBusyError):
        restore(other.home, backup, replace=True)
    assert other.texts() == {BRIDGE}


# What is no backup


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def repacked(change: Callable[[dict[str, Any]], object], **members: bytes) -> Callable[[Path], None]:
    """Return what packs a backup anew, its manifest changed, and some members other ones or more."""

    def damage(file: Path) -> None:
        with zipfile.ZipFile(file) as packed:
            held = {name: packed.read(name) for name in packed.namelist()}
        manifest = json.loads(held["manifest.json"])
        change(manifest)
        held |= {"manifest.json": json.dumps(manifest).encode()} | members
        with zipfile.ZipFile(file, "w") as packed:
            for name, content in held.items():
                packed.writestr(name, content)

    return damage


def named(name: str) -> Callable[[Path], None]:
    """Return what adds a member of that name, in the manifest as well."""
    member = {"name": name, "bytes": 3, "sha256": "0" * 64}
    return repacked(lambda manifest: manifest["members"].append(member), **{name: b"abc"})


def foreign(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("readme.txt", "hello")


def schema_of_later(file: Path) -> None:
    folder = file.with_suffix(".unpacked")
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    with closing(sqlite3.connect(folder / "catalogue.sqlite3", isolation_level=None)) as connection:
        connection.execute("UPDATE state SET schema_version = 99")
    packs_again(file, folder)


def packs_again(file: Path, folder: Path) -> None:
    import hashlib

    manifest = json.loads((folder / "manifest.json").read_text())
    for member in manifest["members"]:
        content = (folder / member["name"]).read_bytes()
        member |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    with zipfile.ZipFile(file, "w") as packed:
        for member in manifest["members"]:
            packed.write(folder / member["name"], member["name"])
        packed.writestr("manifest.json", json.dumps(manifest))


def damaged_inside(file: Path) -> None:
    folder = file.with_suffix(".unpacked")
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    content = bytearray((folder / "catalogue.sqlite3").read_bytes())
    content[-4096 * 8 : -4096] = bytes(4096 * 7)
    (folder / "catalogue.sqlite3").write_bytes(content)
    packs_again(file, folder)


WRONG: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "gone": (Path.unlink, "cannot be opened"),
    "empty": (lambda file: file.write_bytes(b""), "no whole backup"),
    "cut off": (cut_off, "no whole backup"),
    "flipped bit": (flipped, "no whole backup"),
    "another archive": (foreign, "no backup of Footnote's"),
    "no manifest": (repacked(dict.clear), "none that Footnote wrote"),
    "strange manifest": (repacked(lambda said: said.update(members=7)), "none that Footnote wrote"),
    "later format": (repacked(lambda said: said.update(format_version=2)), "has format 2.*or a later one"),
    "wrong checksum": (
        repacked(lambda said: said["members"][0].update(sha256="0" * 64)),
        "not what its checksum says",
    ),
    "wrong size": (repacked(lambda said: said["members"][0].update(bytes=5)), "not what its checksum says"),
    "missing member": (repacked(lambda said: said["members"].pop()), "not what its manifest says"),
    "member of later": (named("later.jsonl"), "'later.jsonl', which this version"),
    "path upwards": (named("../../evil"), "'../../evil', which this version"),
    "absolute path": (named("/evil"), "'/evil', which this version"),
    "later schema": (schema_of_later, "has format 99"),
    "damaged inside": (damaged_inside, "damaged"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_backup_leaves_the_home_as_it_was(
    name: str, backup: Path, other: Collection, tmp_path: Path
) -> None:
    damage, reason = WRONG[name]
    file = tmp_path / "a.backup"
    shutil.copy(backup, file)
    damage(file)
    before = other.home.catalogue.read_bytes()
    with pytest.raises(BackupError, match=reason) as raised:
        restore(other.home, file, replace=True)
    assert raised.value.remedy
    assert other.home.catalogue.read_bytes() == before
    assert other.is_consistent()
    assert not (other.home.folder / "restoring").exists()


# Killed on the way

KILLED = """
import os, signal, sys
from pathlib import Path
from bot.backup.restoring import Restorer
from index.home import Home

class Killing:
    def begin(self, stage, total):
        self.stage = stage
        if sys.argv[3] == stage:
            os.kill(os.getpid(), signal.SIGKILL)

    def advance(self, steps=1, passages=0):
        if sys.argv[3] == self.stage + " on":
            os.kill(os.getpid(), signal.SIGKILL)

home = Home(Path(sys.argv[1]))
Restorer(home, home.folder / "bot.lock", Killing()).restore(Path(sys.argv[2]), replace=True)
"""


def killed_at(stage: str, home: Home, backup: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(home.folder), str(backup), stage], cwd=PROJECT, check=False
    )
    assert done.returncode == -9


BEFORE_THE_SWITCH = (
    "Unpacking, MB on",
    "Checking",
    "Rebuilding the vectors",
    "Rebuilding the vectors on",
    "Switching",
)


@pytest.mark.parametrize("stage", BEFORE_THE_SWITCH)
def test_killed_before_the_switch_the_home_is_the_old_one_and_whole(
    stage: str, backup: Path, other: Collection
) -> None:
    killed_at(stage, other.home, backup)
    assert other.texts() == {BRIDGE}
    assert other.is_consistent()
    assert other.reindex().unchanged == 1

    restore(other.home, backup, replace=True)
    assert other.texts() == {HARBOUR, SCHOOL}
    assert other.is_consistent()
    assert not (other.home.folder / "restoring").exists()


def test_killed_after_the_switch_the_home_is_the_new_one_and_the_old_vectors_pass_for_none_of_it(
    backup: Path, other: Collection
) -> None:
    killed_at("Clearing up", other.home, backup)
    assert other.texts() == {HARBOUR, SCHOOL}
    with pytest.raises(IndexDamagedError):
        other.vector_keys()
    assert repair(other.home, NoProgress()) is Repaired.COMPARED
    assert other.texts() == {HARBOUR, SCHOOL}
    assert other.is_consistent()


# Into a home that is not in order


def without_seal(home: Home) -> None:
    (home.folder / "chroma.seal").unlink()


def without_vectors(home: Home) -> None:
    shutil.rmtree(home.vectors)


def of_another_version(home: Home) -> None:
    with closing(sqlite3.connect(home.catalogue, isolation_level=None)) as connection:
        connection.execute("UPDATE state SET schema_version = 1")


def with_a_broken_page(home: Home) -> None:
    content = bytearray(home.catalogue.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    home.catalogue.write_bytes(content)


def without_catalogue(home: Home) -> None:
    home.catalogue.unlink()


@pytest.mark.parametrize(
    "damage", [without_seal, without_vectors, of_another_version, with_a_broken_page, without_catalogue]
)
def test_a_home_that_is_not_in_order_is_whole_afterwards(
    damage: Callable[[Home], None], backup: Path, other: Collection
) -> None:
    damage(other.home)
    restore(other.home, backup, replace=True)
    assert other.texts() == {HARBOUR, SCHOOL}
    assert other.is_consistent()
    assert integrity_problems(other.home.catalogue) == []
