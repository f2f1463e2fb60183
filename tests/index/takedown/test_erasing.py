"""Takedowns: gone from every byte under the home, and gone for good."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.commands.progress import NoProgress
from index.catalogue.reading import CatalogueReader
from index.catalogue.records import Heading
from index.embedding import Embedder
from index.home import Home
from index.takedown.choosing import Wanted, choose
from index.takedown.erasing import Eraser
from index.takedown.tombstones import Stage, Tombstones
from tests.conftest import PROJECT
from tests.index.collection import Collection

# Each begins as no other word does, so that no index shortens it to what sets it apart from the one before.
TITLE, WORD, PUBLISHER = "Quembrastovalentia", "Xylophantarkistrode", "Zworbelpfannengazette"
UNUSUAL = (TITLE, WORD, PUBLISHER)


@pytest.fixture
def collection(tmp_path: Path, embedder: Embedder) -> Collection:
    return Collection(tmp_path, embedder)


def headings(home: Home) -> list[Heading]:
    reader = CatalogueReader(home.catalogue)
    try:
        with reader.snapshot() as snapshot:
            return snapshot.headings()
    finally:
        reader.close()


def withdraw(collection: Collection, *names: str) -> bool:
    """Take the articles of these names down; return whether all is purged."""
    choice = choose(Wanted(names), headings(collection.home))
    assert not choice.unknown
    return Eraser(collection.home, None, NoProgress()).withdraw(choice.articles, "ARTICLE")


def hoarded(home: Home, secrets: Sequence[bytes]) -> list[tuple[str, bytes]]:
    """Return which files under the home hold which secrets, in capital letters or small ones."""
    found = []
    for file in sorted(home.folder.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            found += [
                (file.name, each) for each in secrets if each in content or each.lower() in content.lower()
            ]
    return found


def secrets_of(collection: Collection) -> list[bytes]:
    """Return the unusual words, in what of them two spellings have in common, and the vectors of their passages."""
    words = [word[1:-2].encode() for word in UNUSUAL]
    connection = sqlite3.connect(collection.home.catalogue)
    vectors = connection.execute("SELECT vector FROM passages WHERE text LIKE ?", [f"%{WORD}%"]).fetchall()
    connection.close()
    # Eight numbers of a vector are nobody else's.
    return words + [vector[:32] for (vector,) in vectors]


def article(version: int) -> dict[str, str]:
    return {
        "id": "secret",
        "title": f"{TITLE} sinks",
        "publisher": PUBLISHER,
        "text": f"The ferry {WORD} sank with {version} aboard. Nobody of the {WORD} was found. " * 12,
    }


def filled(collection: Collection) -> Path:
    """Index a secret in three versions, so that the two before lie in free pages, and others around it."""
    others = [
        {"id": str(number), "text": f"Story {number} of the harbour is told. " * 30} for number in range(40)
    ]
    for version in (1, 2, 3):
        file = collection.write_lines("a.jsonl", [*others[:20], article(version), *others[20:]])
        collection.reindex()
    return file


def test_no_byte_is_left_of_what_was_withdrawn(collection: Collection) -> None:
    filled(collection)
    secrets = secrets_of(collection)
    assert {secret for _, secret in hoarded(collection.home, secrets)} == set(secrets)
    assert withdraw(collection, "secret")
    assert hoarded(collection.home, secrets) == []
    assert collection.is_consistent()
    assert len(headings(collection.home)) == 40


@pytest.mark.parametrize("full", [False, True])
def test_it_stays_gone_while_its_file_is_still_there(collection: Collection, *, full: bool) -> None:
    filled(collection)
    secrets = secrets_of(collection)
    withdraw(collection, "secret")
    report = collection.reindex(full=full)
    assert report.withdrawn == (f"{collection.articles / 'a.jsonl'}:21",)
    assert (report.added, report.removed, report.unchanged, report.problems) == ((), (), 40, ())
    assert hoarded(collection.home, secrets) == []


def test_it_stays_gone_when_the_catalogue_is_made_anew(collection: Collection) -> None:
    filled(collection)
    secrets = secrets_of(collection)
    withdraw(collection, "secret")
    collection.home.catalogue.unlink()
    shutil.rmtree(collection.home.vectors)
    assert len(collection.reindex().added) == 40
    assert hoarded(collection.home, secrets) == []


def test_a_catalogue_from_before_the_takedown_is_purged_by_the_next_reindex(collection: Collection) -> None:
    filled(collection)
    secrets = secrets_of(collection)
    before = collection.home.catalogue.read_bytes()
    withdraw(collection, "secret")
    collection.home.catalogue.write_bytes(before)
    assert hoarded(collection.home, secrets)
    report = collection.reindex()
    assert report.unchanged == 40
    assert hoarded(collection.home, secrets) == []
    assert collection.is_consistent()


@contextmanager
def reading(home: Home) -> Iterator[None]:
    """Have another process hold an old state of the catalogue."""
    code = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN')\n"
        "connection.execute('SELECT count(*) FROM versions').fetchone()\n"
        "print('reading', flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(home.catalogue)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "reading\n"
        yield
    finally:
        process.communicate()


def test_what_a_reader_holds_is_purged_once_it_lets_go(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.takedown.erasing.READERS_SECONDS", 0.2)
    monkeypatch.setattr("index.reindexing._READERS_SECONDS", 0.2)
    filled(collection)
    secrets = secrets_of(collection)
    with reading(collection.home):
        assert not withdraw(collection, "secret")
        (left,) = Tombstones(collection.home.tombstones).all()
        assert left.stage is Stage.ERASED
        # Nobody finds it any more, though its bytes are there.
        assert len(headings(collection.home)) == 40
        collection.reindex()
        (left,) = Tombstones(collection.home.tombstones).all()
        assert left.stage is Stage.ERASED
    collection.reindex()
    (left,) = Tombstones(collection.home.tombstones).all()
    assert left.stage is Stage.PURGED
    assert hoarded(collection.home, secrets) == []


def test_a_reader_that_holds_nothing_is_not_in_the_way(collection: Collection) -> None:
    filled(collection)
    secrets = secrets_of(collection)
    reader = CatalogueReader(collection.home.catalogue)
    with reader.snapshot() as snapshot:
        assert snapshot.article_count(None) == 41
    assert withdraw(collection, "secret")
    assert hoarded(collection.home, secrets) == []
    with reader.snapshot() as snapshot:
        assert snapshot.article_count(None) == 40
        assert snapshot.lexical([WORD.lower()], None, 5) == []
    reader.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.commands.progress import NoProgress
from index.catalogue.reading import CatalogueReader
from index.catalogue.writing import CatalogueWriter
from index.home import Home
from index.takedown.choosing import Wanted, choose
from index.takedown.erasing import Eraser
from index.takedown.tombstones import Tombstones
import index.takedown.erasing

home, owner, step = sys.argv[1:]
target = {"catalogue": CatalogueWriter, "vectors": index.takedown.erasing, "tombstones": Tombstones}[owner]
whole = getattr(target, step)

def die_after(*arguments, **options):
    whole(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)

reader = CatalogueReader(Home(Path(home)).catalogue)
with reader.snapshot() as snapshot:
    chosen = choose(Wanted(("secret",)), snapshot.headings())
reader.close()
setattr(target, step, die_after)
Eraser(Home(Path(home)), None, NoProgress()).withdraw(chosen.articles, "ARTICLE")
"""


@pytest.mark.parametrize("by", ["reindex", "removal"])
@pytest.mark.parametrize(
    ("owner", "step"),
    [
        ("tombstones", "add"),
        ("catalogue", "erase"),
        ("catalogue", "rewrite"),
        ("vectors", "rebuild_apart"),
        ("catalogue", "sweep"),
        ("tombstones", "advance"),
        ("catalogue", "empty_log"),
    ],
)
def test_killed_after_any_step_a_takedown_is_finished_by_what_comes_next(
    collection: Collection, owner: str, step: str, by: str
) -> None:
    filled(collection)
    secrets = secrets_of(collection)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(collection.home.folder), owner, step], cwd=PROJECT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    if by == "reindex":
        assert collection.reindex().unchanged == 40
    else:
        assert Eraser(collection.home, None, NoProgress()).go_on()
    assert hoarded(collection.home, secrets) == []
    assert collection.is_consistent()
    (left,) = Tombstones(collection.home.tombstones).all()
    assert left.stage is Stage.PURGED


def test_taken_back_it_is_indexed_again(collection: Collection) -> None:
    filled(collection)
    withdraw(collection, "secret")
    collection.reindex()
    Eraser(collection.home, None, NoProgress()).undo(["secret"])
    report = collection.reindex()
    assert report.added == (f"{collection.articles / 'a.jsonl'}:21",)
    assert report.withdrawn == ()
    assert len(headings(collection.home)) == 41


def test_a_takedown_whose_file_is_gone_leaves_nothing_to_report(collection: Collection) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    collection.write("b.md", "The mill burned on Wednesday.")
    collection.reindex()
    withdraw(collection, str(file))
    file.unlink()
    report = collection.reindex()
    assert (report.withdrawn, report.removed, report.unchanged) == ((), (), 1)


def test_a_dry_run_says_what_a_killed_takedown_will_remove(collection: Collection) -> None:
    filled(collection)
    subprocess.run(
        [sys.executable, "-c", KILLED, str(collection.home.folder), "tombstones", "add"],
        cwd=PROJECT,
        check=False,
    )
    report = collection.reindex(dry_run=True)
    assert report.removed == report.withdrawn == (f"{collection.articles / 'a.jsonl'}:21",)
    assert len(headings(collection.home)) == 41
