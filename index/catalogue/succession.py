"""A catalogue that is to take the place of another, made ready for it.

Each counts publications and indexes for itself, so the numbers by which readers tell them apart mean one thing here and
another there. What takes over counts on from where the other was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, update

from index.catalogue import sqlite
from index.catalogue.schema import SCHEMA_VERSION, indexes, state, versions
from index.errors import FootnoteError


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What has to be known of a catalogue whose place is taken.

    Its generation, the highest number that an index of it ever had, how many articles it serves, and whether Chroma is
    known to hold what it should.
    """

    generation: int
    highest_index: int
    articles: int
    is_swept: bool


def predecessor(path: Path) -> Predecessor | None:
    """Return what has to be known of the catalogue at `path`; None where there is none that can be read."""
    if not path.is_file():
        return None
    try:
        with _transaction(path) as connection:
            row = connection.execute(select(state)).one_or_none()
            if row is None or row.schema_version != SCHEMA_VERSION:
                return None
            live = select(func.count()).where(versions.c.index_id == row.index_id, versions.c.state == "live")
            return Predecessor(
                row.generation,
                sqlite.highest_number(connection, indexes.name),
                connection.execute(live).scalar_one(),
                bool(row.swept),
            )
    except FootnoteError:
        return None


def take_over(path: Path, before: Predecessor) -> None:
    """Have the swept catalogue at `path` count its served index and its generation on from the catalogue before it.

    Readers then open the vectors anew, and those of both indexes can be in Chroma at once. The catalogue is unswept
    until the former ones are gone.
    """
    with _transaction(path) as connection:
        row = connection.execute(select(state)).one()
        number = max(before.highest_index, row.index_id) + 1
        columns = [column for column in indexes.c if column.name != "id"]
        old = select(number, *columns).where(indexes.c.id == row.index_id)
        connection.execute(insert(indexes).from_select([indexes.c.id, *columns], old))
        connection.execute(update(versions).values(index_id=number))
        connection.execute(delete(indexes).where(indexes.c.id == row.index_id))
        sqlite.rename_full_text(connection, row.index_id, number)
        generation = max(before.generation, row.generation) + 1
        connection.execute(update(state).values(index_id=number, generation=generation, swept=False))


@contextmanager
def _transaction(path: Path) -> Iterator[Connection]:
    engine = sqlite.connect(path, writing=False)
    try:
        with sqlite.errors_translated(path), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
