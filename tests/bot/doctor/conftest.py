"""A home that is well, made once, of which each test damages a copy of its own."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor.patient import Patient
from bot.records.database import Database
from bot.settings import Settings
from index.embedding import Embedder
from index.home import Home
from tests.index.collection import Collection


@pytest.fixture(scope="session")
def _well(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    collection = Collection(tmp_path_factory.mktemp("well"), embedder)
    for number in range(3):
        paragraphs = [f"Paragraph {part} of article {number} counts {part} ships. " * 8 for part in range(4)]
        collection.write(f"{number}.md", "\n\n".join(paragraphs), f"Article {number}")
    collection.reindex()
    with closing(Database(collection.home.folder / "records.sqlite3")):
        pass
    return collection.home.folder


@pytest.fixture
def home(_well: Path, tmp_path: Path) -> Home:
    """A copy of it."""
    return Home(shutil.copytree(_well, tmp_path / "home"))


@pytest.fixture
def patient(home: Home) -> Patient:
    return Patient(Settings(home=home.folder), home, datetime.now(UTC))
