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
from index.arrays import unpacked_vectors
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
    chosen = [each.article_id for each in choice.articles]
    return Eraser(collection.home, None, NoProgress(), patience=0.5).withdraw(chosen, "ARTICLE")


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
    query = (
        "SELECT vector FROM passages JOIN versions ON versions.id = version_id WHERE article_id = 'secret'"
    )
    vectors = [vector for (vector,) in connection.execute(query)]
    connection.close()
    # Eight numbers of a vector are nobody else's; the catalogue keeps them in two bytes each, Chroma in four.
    kept, searched = vectors, [unpacked_vectors([vector]).tobytes() for vector in vectors]
    return words + [vector[:16] for vector in kept] + [vector[:32] for vector in searched]


def article(version: int) -> dict[str, str]:
    return {
        "id": "secret",
        "title": f"{TITLE} sinks",
        "publisher": PUBLISHER,
        "text": f"The ferry {WORD} sank with {version} aboard. Nobody of the {WORD} was found. " * 12,
    }


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Collection:
    """An index of a secret in its third version, so that two lie in free pages, with others around it."""
    collection = Collection(tmp_path_factory.mktemp("original"), embedder)
    others = [
        {"id": str(number), "text": f"Story {number} of the harbour is told. " * 30} for number in range(40)
    ]
    for version in (1, 2, 3):
        collection.write_lines("a.jsonl", [*others[:20], article(version), *others[20:]])
        collection.reindex()
    return collection


@pytest.fixture
def filled(original: Collection, collection: Collection) -> Collection:
    """A home of its own, with that index; the articles are the same files."""
    shutil.copytree(original.home.folder, collection.home.folder)
    collection.articles = original.articles
    return collection


def test_no_byte_is_left_of_what_was_withdrawn(filled: Collection) -> None:
    secrets = secrets_of(filled)
    assert {secret for _, secret in hoarded(filled.home, secrets)} == set(secrets)
    assert withdraw(filled, "secret")
    assert hoarded(filled.home, secrets) == []
    assert filled.is_consistent()
    assert len(headings(filled.home)) == 40


@pytest.mark.parametrize("full", [False, True])
def test_it_stays_gone_while_its_file_is_still_there(filled: Collection, *, full: bool) -> None:
    secrets = secrets_of(filled)
    withdraw(filled, "secret")
    report = filled.reindex(full=full)
    assert report.withdrawn == (f"{filled.articles / 'a.jsonl'}:21",)
    assert (report.added, report.removed, report.unchanged, report.problems) == ((), (), 40, ())
    assert hoarded(filled.home, secrets) == []


def test_it_stays_gone_when_the_catalogue_is_made_anew(filled: Collection) -> None:
    secrets = secrets_of(filled)
    withdraw(filled, "secret")
    filled.home.catalogue.unlink()
    shutil.rmtree(filled.home.vectors)
    assert len(filled.reindex().added) == 40
    assert hoarded(filled.home, secrets) == []


def test_a_catalogue_from_before_the_takedown_is_purged_by_the_next_reindex(filled: Collection) -> None:
    secrets = secrets_of(filled)
    before = filled.home.catalogue.read_bytes()
    withdraw(filled, "secret")
    filled.home.catalogue.write_bytes(before)
    assert hoarded(filled.home, secrets)
    report = filled.reindex()
    assert report.unchanged == 40
    assert hoarded(filled.home, secrets) == []
    assert filled.is_consistent()


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


def test_what_a_reader_holds_is_purged_once_it_lets_go(filled: Collection) -> None:
    secrets = secrets_of(filled)
    with reading(filled.home):
        assert not withdraw(filled, "secret")
        (left,) = Tombstones(filled.home.tombstones).all()
        assert left.stage is Stage.ERASED
        # Nobody finds it any more, though its bytes are there.
        assert len(headings(filled.home)) == 40
        filled.reindex()
        (left,) = Tombstones(filled.home.tombstones).all()
        assert left.stage is Stage.ERASED
    filled.reindex()
    (left,) = Tombstones(filled.home.tombstones).all()
    assert left.stage is Stage.PURGED
    assert hoarded(filled.home, secrets) == []


def test_a_reader_that_holds_nothing_is_not_in_the_way(filled: Collection) -> None:
    secrets = secrets_of(filled)
    reader = CatalogueReader(filled.home.catalogue)
    with reader.snapshot() as snapshot:
        assert snapshot.article_count(None) == 41
    assert withdraw(filled, "secret")
    assert hoarded(filled.home, secrets) == []
    with reader.snapshot() as snapshot:
        assert snapshot.article_count(None) == 40
        assert snapshot.lexical([WORD.lower()], None, 5) == []
    reader.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.commands.progress import NoProgress
from index.catalogue.writing import CatalogueWriter
from index.home import Home
from index.takedown.erasing import Eraser
from index.takedown.tombstones import Tombstones
import index.takedown.erasing

home, owner, step = sys.argv[1:]
target = {"catalogue": CatalogueWriter, "vectors": index.takedown.erasing, "tombstones": Tombstones}[owner]
whole = getattr(target, step)

def die_after(*arguments, **options):
    whole(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(target, step, die_after)
Eraser(Home(Path(home)), None, NoProgress()).withdraw(["secret"], "ARTICLE")
"""


@pytest.mark.parametrize(
    ("owner", "step", "by"),
    [
        ("tombstones", "add", "reindex"),
        ("tombstones", "add", "removal"),
        ("catalogue", "erase", "removal"),
        ("catalogue", "erase", "reindex"),
        ("catalogue", "rewrite", "removal"),
        ("vectors", "rebuild_apart", "reindex"),
        ("catalogue", "sweep", "removal"),
        ("tombstones", "advance", "reindex"),
        ("catalogue", "empty_log", "removal"),
    ],
)
def test_killed_after_any_step_a_takedown_is_finished_by_what_comes_next(
    filled: Collection, owner: str, step: str, by: str
) -> None:
    secrets = secrets_of(filled)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(filled.home.folder), owner, step], cwd=PROJECT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    if by == "reindex":
        assert filled.reindex().unchanged == 40
    else:
        assert Eraser(filled.home, None, NoProgress()).go_on()
    assert hoarded(filled.home, secrets) == []
    assert filled.is_consistent()
    (left,) = Tombstones(filled.home.tombstones).all()
    assert left.stage is Stage.PURGED


def test_taken_back_it_is_indexed_again(filled: Collection) -> None:
    withdraw(filled, "secret")
    filled.reindex()
    Eraser(filled.home, None, NoProgress()).undo(["secret"])
    report = filled.reindex()
    assert report.added == (f"{filled.articles / 'a.jsonl'}:21",)
    assert report.withdrawn == ()
    assert len(headings(filled.home)) == 41


def test_a_catalogue_that_was_set_aside_goes_as_well(filled: Collection) -> None:
    shutil.copy(filled.home.catalogue, filled.home.aside)
    secrets = secrets_of(filled)
    assert withdraw(filled, "secret")
    assert hoarded(filled.home, secrets) == []


def test_what_has_left_since_it_was_chosen_is_passed_over(filled: Collection) -> None:
    assert Eraser(filled.home, None, NoProgress()).withdraw(["gone", "3"], "ARTICLE")
    assert [each.article_id for each in Tombstones(filled.home.tombstones).all()] == ["3"]


def test_a_takedown_whose_file_is_gone_leaves_nothing_to_report(collection: Collection) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    collection.write("b.md", "The mill burned on Wednesday.")
    collection.reindex()
    withdraw(collection, str(file))
    file.unlink()
    report = collection.reindex()
    assert (report.withdrawn, report.removed, report.unchanged) == ((), (), 1)


def test_a_dry_run_says_what_a_killed_takedown_will_remove(filled: Collection) -> None:
    subprocess.run(
        [sys.executable, "-c", KILLED, str(filled.home.folder), "tombstones", "add"],
        cwd=PROJECT,
        check=False,
    )
    report = filled.reindex(dry_run=True)
    assert report.removed == report.withdrawn == (f"{filled.articles / 'a.jsonl'}:21",)
    assert len(headings(filled.home)) == 41
