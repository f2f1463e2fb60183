from __future__ import annotations

import hashlib
import json
import stat
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.backup.restoring import Restorer
from bot.backup.writing import BackupWriter
from bot.commands.progress import NoProgress
from bot.errors import BackupError
from bot.records.database import Database
from index.embedding import Embedder
from index.errors import FootnoteError, IndexMissingError, WriterBusyError
from index.home import Home
from index.locks import writer_lock
from tests.bot.backup.conftest import fresh
from tests.index.collection import Collection


def write(home: Home, file: Path, *, overwrite: bool = False) -> None:
    BackupWriter(home, NoProgress()).write(file, overwrite=overwrite)


def test_a_backup_says_what_it_holds_and_how_to_check_it(backup: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        said = {each["name"]: (each["bytes"], each["sha256"]) for each in manifest["members"]}
        held = {name: packed.read(name) for name in packed.namelist() if name != "manifest.json"}
    assert set(held) == {"catalogue.sqlite3", "records.sqlite3"}
    assert said == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in held.items()}
    assert manifest["index"]["articles"] == 2
    assert manifest["format_version"] == 1


def test_only_its_owner_can_read_a_backup_and_nothing_is_left_beside_it(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [file.name for file in backup.parent.iterdir() if "partial" in file.name] == []


def test_keys_are_never_in_a_backup(newsroom: Collection, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPENAI_API_KEY=sk-secret-of-ours\n")
    write(newsroom.home, tmp_path / "a.backup")
    assert b"sk-secret-of-ours" not in (tmp_path / "a.backup").read_bytes()


def test_a_file_that_is_there_is_overwritten_only_where_told_so(newsroom: Collection, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    file.write_text("precious")
    with pytest.raises(BackupError, match="--overwrite"):
        write(newsroom.home, file)
    assert file.read_text() == "precious"
    write(newsroom.home, file, overwrite=True)
    assert zipfile.is_zipfile(file)


@pytest.mark.parametrize(("name", "reason"), [(".", "is a folder"), ("gone/a.backup", "does not exist")])
def test_a_place_where_no_file_can_be_is_refused(
    newsroom: Collection, tmp_path: Path, name: str, reason: str
) -> None:
    with pytest.raises(BackupError, match=reason):
        write(newsroom.home, tmp_path / name)


def test_a_home_without_an_index_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        write(Home(tmp_path / "nowhere"), tmp_path / "a.backup")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_catalogue_leaves_no_backup(other: Collection, tmp_path: Path) -> None:
    content = bytearray(other.home.catalogue.read_bytes())
    content[4096 * 3 : 4096 * 60] = bytes(4096 * 57)
    other.home.catalogue.write_bytes(content)
    with pytest.raises(FootnoteError):
        write(other.home, tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()
    assert not (tmp_path / "a.backup.partial").exists()


def test_what_a_killed_backup_left_goes_with_the_next_one(newsroom: Collection, tmp_path: Path) -> None:
    partial = tmp_path / "a.backup.partial"
    partial.mkdir()
    (partial / "catalogue.sqlite3").write_text("half a catalogue")
    write(newsroom.home, tmp_path / "a.backup")
    assert zipfile.is_zipfile(tmp_path / "a.backup")
    assert not partial.exists()


def test_one_process_writes_a_backup_at_a_time(newsroom: Collection, tmp_path: Path) -> None:
    partial = tmp_path / "a.backup.partial"
    partial.mkdir()
    with writer_lock(partial / "lock"), pytest.raises(WriterBusyError, match="writing the backup"):
        write(newsroom.home, tmp_path / "a.backup")


def test_a_backup_is_of_one_moment_while_articles_change_and_the_bot_has_the_records_open(
    tmp_path: Path, embedder: Embedder
) -> None:
    """Two articles always carry the same number; a backup that mixes two moments has two."""
    collection = Collection(tmp_path, embedder)
    done = threading.Event()
    failures: list[BaseException] = []

    def publish(number: int) -> None:
        for name in ("harbour", "school"):
            collection.write(f"{name}.md", f"The {name} counted {number} people on that day.", name)
        collection.reindex()

    def keep_publishing() -> None:
        try:
            number = 1
            while not done.is_set():
                publish(number)
                number += 1
        except BaseException as error:
            failures.append(error)

    publish(0)
    writer = threading.Thread(target=keep_publishing)
    with closing(Database(collection.home.folder / "records.sqlite3")):
        writer.start()
        try:
            for number in range(6):
                write(collection.home, tmp_path / f"{number}.backup")
        finally:
            done.set()
            writer.join()
    assert not failures
    seen = []
    for number in range(6):
        restored = fresh(tmp_path / f"restored-{number}", embedder)
        Restorer(restored.home, tmp_path / "bot.lock", NoProgress()).restore(
            tmp_path / f"{number}.backup", replace=False
        )
        texts = restored.texts()
        assert restored.is_consistent()
        assert len({text.split()[3] for text in texts}) == 1, texts
        seen.append(texts)
    assert len(set(map(frozenset, seen))) > 1, "nothing changed meanwhile"
