"""Writing the catalogue. Only the holder of the writer's lock does."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from index.arrays import Vectors, packed_vector, unpacked_vectors
from index.articles import Article
from index.catalogue import sqlite
from index.catalogue.reading import article_of, identity_of, schema_mismatch
from index.catalogue.records import Entry, FileRecord, IndexIdentity, LiveVersion, Served, ToStore
from index.catalogue.schema import (
    SCHEMA_VERSION,
    bands,
    copies,
    entries,
    files,
    indexes,
    metadata,
    passages,
    state,
    texts,
    versions,
    words,
)
from index.dates import format_date

_CHUNK = 4096


class CatalogueWriter:
    """The catalogue at `path`, created where it is missing.

    A version is stored (`store`), then made live (`publish`), and what it replaced is swept (`sweep`).
    Killed between any two of these, the next writer's `sweep` puts things right.

    Raises:
        IndexMismatchError: another version of Footnote wrote the catalogue.
        IndexDamagedError: the file is not a catalogue, or is broken.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = sqlite.connect(path, writing=True)
        with self._transaction() as connection:
            metadata.create_all(connection)
            found = connection.execute(select(state.c.schema_version)).scalar_one_or_none()
            if found is None:
                connection.execute(
                    insert(state).values(id=1, schema_version=SCHEMA_VERSION, generation=0, swept=True)
                )
            elif found != SCHEMA_VERSION:
                raise schema_mismatch(path, found)

    def close(self) -> None:
        """Close the database's connections."""
        self._engine.dispose()

    def check(self) -> None:
        """Read all pages of the database.

        Raises:
            IndexDamagedError: some of them are not what they should be.
        """
        with self._transaction() as connection:
            fault = sqlite.check(connection)
        if fault is not None:
            raise sqlite.damaged(self._path, fault)

    def served(self) -> Served | None:
        """Return the index that readers are served from, if there is one."""
        with self._transaction() as connection:
            row = connection.execute(
                select(state.c.generation, indexes).join(indexes, state.c.index_id == indexes.c.id)
            ).one_or_none()
        return Served(row.id, row.generation, identity_of(row), row.dimension) if row else None

    def is_swept(self) -> bool:
        """Tell whether Chroma is known to hold the live vectors and no others."""
        with self._transaction() as connection:
            return bool(connection.execute(select(state.c.swept)).scalar_one())

    def files(self) -> dict[str, FileRecord]:
        """Return the files that the last reindex read, by path."""
        with self._transaction() as connection:
            rows = connection.execute(select(files)).all()
        return {
            row.path: FileRecord(row.path, row.size, row.modified_ns, row.digest, row.reader_version)
            for row in rows
        }

    def entries(self) -> list[Entry]:
        """Return which article each place holds."""
        with self._transaction() as connection:
            rows = connection.execute(select(entries)).all()
        return [
            Entry(row.path, row.line, row.article_id, row.claimed, row.digest, row.updated) for row in rows
        ]

    def live(self, index_id: int) -> dict[str, LiveVersion]:
        """Return what is live in an index, by article."""
        query = select(versions.c.id, versions.c.article_id, versions.c.digest, versions.c.origin).where(
            versions.c.index_id == index_id, versions.c.state == "live"
        )
        with self._transaction() as connection:
            rows = connection.execute(query).all()
        return {row.article_id: LiveVersion(row.id, row.article_id, row.digest, row.origin) for row in rows}

    def article(self, version_id: int) -> Article:
        """Return the article of a version."""
        query = select(versions, texts.c.text).join(texts).where(versions.c.id == version_id)
        with self._transaction() as connection:
            return article_of(connection.execute(query).one())

    def passage_count(self, index_id: int) -> int:
        """Return how many passages are live in an index."""
        query = select(func.coalesce(func.sum(versions.c.passage_count), 0)).where(
            versions.c.index_id == index_id, versions.c.state == "live"
        )
        with self._transaction() as connection:
            return int(connection.execute(query).scalar_one())

    def create_index(self, identity: IndexIdentity, dimension: int, *, serve: bool) -> int:
        """Start an index, beside the served one or, with `serve`, as the one that is served; return its row."""
        values = {
            "model": identity.model,
            "model_digest": identity.model_digest,
            "dimension": dimension,
            "passage_size": identity.passage_size,
            "passage_scheme": identity.passage_scheme,
            "created_at": time.time(),
        }
        with self._transaction() as connection:
            index_id = _new_row(connection.execute(insert(indexes).values(values)).inserted_primary_key)
            sqlite.create_full_text(connection, index_id)
            connection.execute(update(state).values(swept=False))
            if serve:
                connection.execute(update(state).values(index_id=index_id))
            return index_id

    def store(self, index_id: int, articles: Sequence[ToStore]) -> list[int]:
        """Store articles unpublished; return their versions."""
        with self._transaction() as connection:
            connection.execute(update(state).values(swept=False))
            return [_store(connection, index_id, each) for each in articles]

    def alike(self, index_id: int, version_id: int, limit: int) -> list[int]:
        """Return the other versions of an index, dead ones left out, that share most bands with this one."""
        own = select(bands.c.band).where(bands.c.version_id == version_id)
        query = (
            select(bands.c.version_id)
            .join(versions)
            .where(
                bands.c.band.in_(own),
                bands.c.version_id != version_id,
                # A bare column would have SQLite begin with all versions of the index, each held against all bands.
                versions.c.index_id + 0 == index_id,
                versions.c.state != "dead",
            )
            .group_by(bands.c.version_id)
            .order_by(func.count().desc(), bands.c.version_id)
            .limit(limit)
        )
        with self._transaction() as connection:
            return list(connection.execute(query).scalars())

    def store_copies(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Note which versions are one text, each pair once."""
        if pairs:
            rows = [{"version_id": min(pair), "other_id": max(pair)} for pair in dict.fromkeys(pairs)]
            with self._transaction() as connection:
                connection.execute(insert(copies), rows)

    def publish(self, index_id: int, version_ids: Sequence[int]) -> None:
        """Make these versions live, in the place of earlier ones of the same articles, in one transaction."""
        with self._transaction() as connection:
            generation = _next_generation(connection)
            chosen = select(versions.c.article_id).where(versions.c.id.in_(version_ids))
            replaced = connection.execute(
                select(versions.c.id).where(
                    versions.c.index_id == index_id,
                    versions.c.state == "live",
                    versions.c.article_id.in_(chosen),
                )
            ).scalars()
            _retire(connection, index_id, list(replaced))
            connection.execute(
                update(versions)
                .where(versions.c.id.in_(version_ids))
                .values(state="live", generation=generation)
            )
            sqlite.add_to_full_text(connection, index_id, version_ids)

    def finish(
        self,
        index_id: int,
        *,
        removed: Sequence[int],
        origins: dict[int, str],
        file_records: Sequence[FileRecord],
        all_entries: Sequence[Entry],
    ) -> None:
        """Complete a reindex in one transaction: what left, where things lie now, and which index is served.

        `removed` are versions of `index_id` whose articles are gone, `origins` the new places of versions
        that moved; `file_records` and `all_entries` replace what was known of files.
        """
        with self._transaction() as connection:
            switched = connection.execute(select(state.c.index_id)).scalar_one() != index_id
            if removed or switched:
                connection.execute(update(state).values(swept=False))
                _next_generation(connection)
            _retire(connection, index_id, removed)
            for version_id, origin in origins.items():
                connection.execute(update(versions).where(versions.c.id == version_id).values(origin=origin))
            _replace(connection, file_records, all_entries)
            connection.execute(update(state).values(index_id=index_id, reindexed_at=time.time()))

    def unserved_keys(self, index_id: int) -> list[str]:
        """Return the keys of passages in an index that are pending or dead, and of no live version either.

        A version that differs in what is neither embedded nor shown has the keys of the one it replaced.
        """
        keys = select(passages.c.key).join(versions).where(versions.c.index_id == index_id)
        query = keys.where(versions.c.state != "live").except_(keys.where(versions.c.state == "live"))
        with self._transaction() as connection:
            return list(connection.execute(query).scalars())

    def live_keys(self, index_id: int) -> set[str]:
        """Return the keys of the live passages of an index."""
        query = (
            select(passages.c.key)
            .join(versions)
            .where(versions.c.index_id == index_id, versions.c.state == "live")
        )
        with self._transaction() as connection:
            return set(connection.execute(query).scalars())

    def live_vectors(self, index_id: int) -> Iterator[tuple[list[str], Vectors]]:
        """Give the keys and vectors of the live passages of an index, some thousands at a time."""
        query = (
            select(passages.c.key, passages.c.vector)
            .join(versions)
            .where(versions.c.index_id == index_id, versions.c.state == "live")
        )
        with self._transaction() as connection:
            for rows in connection.execute(query).partitions(_CHUNK):
                yield [row.key for row in rows], unpacked_vectors([row.vector for row in rows])

    def sweep(self, index_id: int | None) -> None:
        """Delete what is not live, once Chroma no longer holds it: other indexes, dead and pending versions."""
        with self._transaction() as connection:
            for other in connection.execute(select(indexes.c.id)).scalars().all():
                if other != index_id:
                    sqlite.drop_full_text(connection, other)
                    connection.execute(delete(indexes).where(indexes.c.id == other))
            connection.execute(delete(versions).where(versions.c.state != "live"))
            connection.execute(update(state).values(swept=True))

    def make_full_text_anew(self, index_id: int) -> None:
        """Make the full-text table of an index from its live passages."""
        with self._transaction() as connection:
            _make_full_text_anew(connection, index_id)

    def versions_of(self, article_ids: Sequence[str], digests: Sequence[str]) -> list[tuple[int, str, str]]:
        """Return the versions, in whatever state, of these articles or contents: (version, article, digest)."""
        columns = (versions.c.article_id, article_ids), (versions.c.digest, digests)
        found: set[tuple[int, str, str]] = set()
        with self._transaction() as connection:
            for column, values in columns:
                for start in range(0, len(values), _CHUNK):
                    query = select(versions.c.id, versions.c.article_id, versions.c.digest)
                    rows = connection.execute(query.where(column.in_(values[start : start + _CHUNK])))
                    found.update((row.id, row.article_id, row.digest) for row in rows)
        return sorted(found)

    def erase(self, version_ids: Sequence[int]) -> Served | None:
        """Delete versions, in whatever state, and make the served index's full-text table anew; return that index.

        Told to forget something, the table would keep its words until it merges the parts that it consists of. The
        database's free pages hold what was deleted until it is rewritten.
        """
        with self._transaction() as connection:
            connection.execute(update(state).values(swept=False))
            _next_generation(connection)
            for start in range(0, len(version_ids), _CHUNK):
                part = version_ids[start : start + _CHUNK]
                connection.execute(delete(versions).where(versions.c.id.in_(part)))
            index_id = connection.execute(select(state.c.index_id)).scalar_one()
            if index_id is not None:
                _make_full_text_anew(connection, index_id)
        return self.served()

    def rewrite(self) -> None:
        """Rewrite the database, so that nothing stays of what was deleted, but in its log."""
        with sqlite.errors_translated(self._path):
            sqlite.rewrite(self._engine)

    def empty_log(self, seconds: float) -> bool:
        """Empty the write-ahead log; False where a reader of an older state kept it for so many seconds."""
        with sqlite.errors_translated(self._path):
            return sqlite.empty_log(self._engine, seconds)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with sqlite.errors_translated(self._path), self._engine.begin() as connection:
            yield connection


def _new_row(key: Sequence[int] | None) -> int:
    assert key is not None  # noqa: S101 - an INSERT of one row into a table with an integer key
    return int(key[0])


def _next_generation(connection: Connection) -> int:
    connection.execute(update(state).values(generation=state.c.generation + 1))
    return int(connection.execute(select(state.c.generation)).scalar_one())


def _store(connection: Connection, index_id: int, given: ToStore) -> int:
    article = given.article
    published, updated = article.published_at, article.updated_at
    values = {
        "index_id": index_id,
        "state": "pending",
        "generation": 0,
        "article_id": article.id,
        "digest": given.digest,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "publisher_key": article.publisher and article.publisher.casefold(),
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "published_at": published and format_date(published),
        "published": published and published.timestamp(),
        "updated_at": updated and format_date(updated),
        "language": article.language,
        "origin": article.origin,
        "passage_count": len(given.passages),
    }
    version_id = _new_row(connection.execute(insert(versions).values(values)).inserted_primary_key)
    connection.execute(insert(texts).values(version_id=version_id, text=article.text))
    rows = [
        {
            "version_id": version_id,
            "key": each.passage.id,
            "ordinal": each.passage.ordinal,
            "start": each.passage.start,
            "end": each.passage.end,
            "sentences": json.dumps(each.sentences),
            "vector": packed_vector(each.vector),
        }
        for each in given.passages
    ]
    if rows:
        numbered = insert(passages).returning(passages.c.id, sort_by_parameter_order=True)
        numbers = connection.execute(numbered, rows).scalars()
        packed = [
            {"passage_id": number, "packed": each.words}
            for number, each in zip(numbers, given.passages, strict=True)
        ]
        connection.execute(insert(words), packed)
    if given.bands:
        connection.execute(insert(bands), [{"band": band, "version_id": version_id} for band in given.bands])
    return version_id


def _retire(connection: Connection, index_id: int, version_ids: Sequence[int]) -> None:
    for start in range(0, len(version_ids), _CHUNK):
        part = version_ids[start : start + _CHUNK]
        sqlite.remove_from_full_text(connection, index_id, part)
        connection.execute(update(versions).where(versions.c.id.in_(part)).values(state="dead"))


def _make_full_text_anew(connection: Connection, index_id: int) -> None:
    sqlite.drop_full_text(connection, index_id)
    sqlite.create_full_text(connection, index_id)
    query = select(versions.c.id).where(versions.c.index_id == index_id, versions.c.state == "live")
    for rows in connection.execute(query.order_by(versions.c.id)).scalars().partitions(_CHUNK):
        sqlite.add_to_full_text(connection, index_id, rows)


def _replace(
    connection: Connection, file_records: Sequence[FileRecord], all_entries: Sequence[Entry]
) -> None:
    """Bring what is recorded of files in line with these, path by path: of ten thousand, mostly one has changed."""
    _replace_rows(connection, files, [astuple(record) for record in file_records])
    _replace_rows(connection, entries, [astuple(entry) for entry in all_entries])


def _replace_rows(connection: Connection, table: Table, wanted: Sequence[tuple[Any, ...]]) -> None:
    """Make a table hold these rows, which have its columns in their order, the first of them a path."""
    there = Counter(map(tuple, connection.execute(select(table))))
    changed = {row[0] for row in (there - Counter(wanted)) + (Counter(wanted) - there)}
    paths = sorted(changed)
    for start in range(0, len(paths), _CHUNK):
        connection.execute(delete(table).where(table.c.path.in_(paths[start : start + _CHUNK])))
    names = [column.name for column in table.columns]
    new = [dict(zip(names, row, strict=True)) for row in wanted if row[0] in changed]
    if new:
        connection.execute(insert(table), new)
