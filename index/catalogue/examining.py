"""Examining a catalogue: whether what it holds fits together. Nothing is changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import CompoundSelect, Connection, Row, Select, func, select

from index.arrays import Vectors, packed_size, unpacked_vectors
from index.catalogue import sqlite
from index.catalogue.records import Served
from index.catalogue.schema import passages, state, texts, versions, words
from index.errors import IndexDamagedError

_UNIT = 1e-2
"""How far the length of a vector may be from one: it is kept in half precision."""


@dataclass(frozen=True, slots=True)
class Misfits:
    """What does not fit together in the index that is served, in rows; all are 0 where all is well.

    `miscounted` are articles with another number of passages than they say, `wordless` passages without the vectors
    of their words, `unvectored` passages whose vector has another length than the index says, `textless` articles
    without their text. Of a sample of passages, `misplaced` lie outside of their article, or have sentences outside of
    them, and `uneven` have a vector that is not of length one.
    """

    miscounted: int
    wordless: int
    unvectored: int
    textless: int
    misplaced: int
    uneven: int


class CatalogueExaminer:
    """Looks into the catalogue at `path`.

    Every method raises what a database that cannot be read does: IndexDamagedError, or another FootnoteError.
    """

    def __init__(self, path: Path, served: Served) -> None:
        self._path = path
        self._served = served
        self._engine = sqlite.connect(path, writing=False)

    def close(self) -> None:
        """Close the database's connections."""
        self._engine.dispose()

    def is_swept(self) -> bool:
        """Tell whether the last writer has cleared up: Chroma holds the live vectors, and no others."""
        with sqlite.errors_translated(self._path), self._engine.begin() as connection:
            return bool(connection.execute(select(state.c.swept)).scalar_one())

    def misfits(self, sample: int) -> Misfits:
        """Return what does not fit together; `sample` is how many passages are looked at closely."""
        with sqlite.errors_translated(self._path), self._engine.begin() as connection:
            counted = (
                select(func.count())
                .where(passages.c.version_id == versions.c.id)
                .correlate(versions)
                .scalar_subquery()
            )
            rows = self._live(versions.c.id)
            held = self._passages(passages.c.id)
            return Misfits(
                miscounted=_count(connection, rows.where(versions.c.passage_count != counted)),
                wordless=_count(
                    connection,
                    held.outerjoin(words, words.c.passage_id == passages.c.id).where(
                        words.c.passage_id.is_(None)
                    ),
                ),
                unvectored=_count(
                    connection,
                    held.where(func.length(passages.c.vector) != packed_size(self._served.dimension)),
                ),
                textless=_count(
                    connection,
                    rows.outerjoin(texts, texts.c.version_id == versions.c.id).where(texts.c.text.is_(None)),
                ),
                misplaced=self._misplaced(connection, sample),
                uneven=self._uneven(connection, sample),
            )

    def full_text_fault(self) -> str | None:
        """Return what is wrong with the full-text table, None: nothing.

        It holds no copy of the texts, so its words are not compared with them: whether it is whole in itself, and has
        an entry for each passage and no other, is what can be told.
        """
        index_id = self._served.index_id
        live = self._passages(passages.c.id)
        try:
            with sqlite.errors_translated(self._path), self._engine.begin() as connection:
                entries = select(sqlite.full_text_entries(index_id).c.passage)
                missing = _count(connection, live.except_(entries))
                surplus = _count(connection, entries.except_(live))
        except IndexDamagedError as error:
            return error.message
        if missing or surplus:
            return f"it lacks {missing:,} passages and holds {surplus:,} that are not there"
        # In a transaction of its own: one that has read before cannot write once another process has.
        with sqlite.errors_translated(self._path), self._engine.begin() as connection:
            return sqlite.full_text_fault(connection, index_id)

    def sample(self, size: int) -> tuple[list[str], Vectors]:
        """Return the keys and vectors of some live passages, spread over all of them."""
        with sqlite.errors_translated(self._path), self._engine.begin() as connection:
            query = self._spread(connection, self._vectors(passages.c.key), size)
            rows = connection.execute(query).all()
        if not rows:
            return [], np.empty((0, self._served.dimension), dtype=np.float32)
        return [row.key for row in rows], unpacked_vectors([row.vector for row in rows])

    def keys(self) -> set[str]:
        """Return the keys of the live passages."""
        with sqlite.errors_translated(self._path), self._engine.begin() as connection:
            return set(connection.execute(self._passages(passages.c.key)).scalars())

    def published_after(self, moment: float) -> int:
        """Return how many live articles are dated after a moment, in seconds since 1970."""
        with sqlite.errors_translated(self._path), self._engine.begin() as connection:
            return _count(connection, self._live(versions.c.id).where(versions.c.published > moment))

    def _misplaced(self, connection: Connection, sample: int) -> int:
        columns = (passages.c.start, passages.c.end, passages.c.sentences, texts.c.text)
        query = self._passages(*columns).join(texts, texts.c.version_id == versions.c.id)
        rows = connection.execute(self._spread(connection, query, sample))
        return sum(not _is_placed(row) for row in rows)

    def _uneven(self, connection: Connection, sample: int) -> int:
        rows = connection.execute(self._spread(connection, self._vectors(), sample))
        lengths = [float(np.linalg.norm(unpacked_vectors([row.vector]))) for row in rows]
        return sum(not abs(length - 1) < _UNIT for length in lengths)  # NaN as well

    def _live(self, *columns: Any) -> Select[Any]:
        return (
            select(*columns)
            .select_from(versions)
            .where(versions.c.index_id == self._served.index_id, versions.c.state == "live")
        )

    def _passages(self, *columns: Any) -> Select[Any]:
        return self._live(*columns).join(passages, passages.c.version_id == versions.c.id)

    def _vectors(self, *columns: Any) -> Select[Any]:
        """Return the query for vectors of the right length; the others are counted elsewhere."""
        right = func.length(passages.c.vector) == packed_size(self._served.dimension)
        return self._passages(*columns, passages.c.vector).where(right)

    def _spread(self, connection: Connection, query: Select[Any], size: int) -> Select[Any]:
        """Return the query for every so many of its passages, so that about `size` are left."""
        total = _count(connection, self._passages(passages.c.id))
        return query.where(passages.c.id % max(1, total // size) == 0)


def _is_placed(row: Row[Any]) -> bool:
    """Tell whether a passage is within its article, and its sentences within the passage."""
    if not 0 <= row.start < row.end <= len(row.text):
        return False
    return all(row.start <= start < end <= row.end for start, end in json.loads(row.sentences))


def _count(connection: Connection, query: Select[Any] | CompoundSelect[Any]) -> int:
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())
