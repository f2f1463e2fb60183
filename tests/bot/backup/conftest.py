"""A home with an index and Slack records, backed up once; tests that change a home make one of their own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from bot.backup.writing import BackupWriter
from bot.commands.progress import NoProgress
from bot.records.database import Database
from bot.records.inbox import Inbox
from bot.records.records import Arrival, Outcome, Surface
from index.embedding import Embedder
from tests.index.collection import Collection

HARBOUR = "The harbour of Arnholt handled 410 ships in May."
SCHOOL = "The school of Corvin has 322 pupils."


def arrival(ts: str) -> Arrival:
    return Arrival("T1", "C1", ts, ts, "U1", Surface.MENTION, "How many ships?")


def fresh(folder: Path, embedder: Embedder) -> Collection:
    """Return a collection in a folder of its own, without an article."""
    folder.mkdir()
    return Collection(folder, embedder)


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Collection:
    """Two articles, one question that was answered, and one that waits; tests only read it."""
    collection = Collection(tmp_path_factory.mktemp("newsroom"), embedder)
    collection.write("harbour.md", HARBOUR, "Harbour")
    collection.write_lines(
        "schools.jsonl", [{"id": "school", "title": "School", "text": SCHOOL, "publisher": "Corvin Post"}]
    )
    collection.reindex()
    with closing(Database(collection.home.folder / "records.sqlite3")) as database:
        inbox = Inbox(database)
        answered = inbox.take("E1", arrival("1.0"), 100.0)
        assert answered is not None
        inbox.compose(answered, Outcome.ANSWERED, [], said="410 ships")
        inbox.finish(answered, Outcome.ANSWERED, 101.0)
        inbox.take("E2", arrival("2.0"), 102.0)
    return collection


@pytest.fixture(scope="session")
def backup(newsroom: Collection) -> Path:
    """A backup of the newsroom; tests only read it."""
    file = newsroom.articles.parent / "monday.backup"
    BackupWriter(newsroom.home, NoProgress()).write(file, overwrite=False)
    return file


@pytest.fixture
def other(tmp_path: Path, embedder: Embedder) -> Collection:
    """A home of its own, with one article that the newsroom does not have."""
    collection = Collection(tmp_path, embedder)
    collection.write("bridge.md", "The bridge of Ostwick is 88 metres long.", "Bridge")
    collection.reindex()
    return collection
