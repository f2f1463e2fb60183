"""What grows with the collection: questions and batches must not read through whole tables."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from index.catalogue.reading import CatalogueReader, Snapshot
from index.catalogue.writing import CatalogueWriter
from index.scope import Scope
from tests.index.collection import Collection
from tests.index.embedders import MadeUp

ARTICLES = 60
READ_THROUGH = re.compile(r"SCAN (?!CONSTANT|.*VIRTUAL TABLE|\(|anon_)\w+")
"""A table, or an index of it, from its beginning to its end; a full-text table is only asked for what matches."""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    collection = Collection(tmp_path_factory.mktemp("plans"), MadeUp())
    collection.write_lines(
        "many.jsonl",
        [{"id": f"a{n}", "title": f"Ferry {n}", "text": f"Ferry {n} sank at sea."} for n in range(ARTICLES)],
    )
    collection.reindex()
    return collection.home.catalogue


@contextmanager
def plans(file: Path) -> Iterator[list[str]]:
    """Give the steps in which SQLite carries out the statements of the block, as it explains them itself."""
    steps: list[str] = []
    said: list[tuple[str, Any]] = []

    def listen(_one: object, _two: object, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            said.append((statement, parameters))

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", listen)
    try:
        yield steps
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", listen)
    connection = sqlite3.connect(file)
    for statement, parameters in said:
        steps += [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    connection.close()


def asked(file: Path, ask: Callable[[Snapshot], object]) -> list[str]:
    reader = CatalogueReader(file)
    with reader.snapshot() as snapshot:
        snapshot.count()
        snapshot.article_count(None)
        with plans(file) as steps:
            ask(snapshot)
    reader.close()
    return steps


ALL_LIVE = re.compile(r"SEARCH versions USING (?!INTEGER PRIMARY KEY)")
"""All live versions, each then held against what was asked for."""

KEYS = [f"{number:016x}-0" for number in range(200)]
SCOPE = Scope(publisher="The Gazette")


@pytest.mark.parametrize(
    "ask",
    [
        lambda snapshot: snapshot.locate(KEYS, None),
        lambda snapshot: snapshot.locate(KEYS, SCOPE),
        lambda snapshot: snapshot.candidates([1, 2]),
        lambda snapshot: snapshot.passages([1, 2]),
        lambda snapshot: snapshot.texts([1, 2]),
        lambda snapshot: snapshot.packed_words([1, 2]),
        lambda snapshot: snapshot.copies([1, 2], None),
        lambda snapshot: snapshot.passages_of([1, 2]),
        lambda snapshot: snapshot.articles([1, 2]),
        lambda snapshot: snapshot.lexical(["ferry"], None, 10),
        lambda snapshot: snapshot.lexical(["ferry"], SCOPE, 10),
    ],
    ids=[
        *("locate", "locate in scope", "candidates", "passages", "texts", "words", "copies", "passages of"),
        *("articles", "lexical", "lexical in scope"),
    ],
)
def test_a_question_looks_up_what_it_names(catalogue: Path, ask: Callable[[Snapshot], object]) -> None:
    assert_looked_up(asked(catalogue, ask))


def test_a_word_s_share_of_the_articles_begins_with_those_that_hold_it(catalogue: Path) -> None:
    steps = asked(catalogue, lambda snapshot: snapshot.share_of_articles("ferr"))
    counted = asked(catalogue, lambda snapshot: snapshot.article_count(None))
    assert_looked_up([step for step in steps if step not in counted])


def test_copies_are_looked_for_among_those_that_share_a_band(catalogue: Path) -> None:
    writer = CatalogueWriter(catalogue)
    with plans(catalogue) as steps:
        writer.alike(1, 1, 20)
    writer.close()
    assert_looked_up(steps)


def assert_looked_up(steps: list[str]) -> None:
    assert steps
    assert not [step for step in steps if READ_THROUGH.match(step) or ALL_LIVE.match(step)]
