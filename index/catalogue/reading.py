"""Reading the catalogue: consistent snapshots of what is live."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, inspect, select

from index.arrays import Vectors, unpacked_vectors
from index.articles import Article
from index.catalogue import sqlite
from index.catalogue.records import Candidate, Heading, IndexIdentity, InScope, Served, StoredPassage, Summary
from index.catalogue.schema import SCHEMA_VERSION, copies, indexes, passages, state, texts, versions, words
from index.dates import stored_date
from index.errors import FootnoteError, IndexDamagedError, IndexMismatchError, IndexMissingError
from index.scope import Scope

ANEW = "Build it anew from the articles: footnote reindex --full FOLDER"
NO_INDEX = "Index some articles first: footnote reindex FOLDER"
_CHUNK = 4096
_SMALL = 20_000
"""Up to this many passages, all words are matched: it takes milliseconds."""
_FREQUENT = 10
_MOST_FREQUENCIES = 100_000

Frequencies = dict[tuple[int, str, int], int]
"""How many passages of an index hold a word, by the index, the word, and the binary digits of the collection's size."""


class CatalogueReader:
    """Opens snapshots of the catalogue at `path`; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = sqlite.connect(path, writing=False)
        self._opened: tuple[int, int] | None = None
        self._frequencies: Frequencies = {}

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Give one consistent view of the index, whatever a reindex does meanwhile.

        Raises:
            IndexMissingError: nothing has been indexed here.
            IndexMismatchError: another version of Footnote wrote the catalogue.
            IndexDamagedError: the file is not a catalogue, or is broken.
        """
        self._follow_file()
        with sqlite.errors_translated(self._path), self._engine.begin() as connection:
            yield Snapshot(connection, self._served(connection), self._frequencies)

    def close(self) -> None:
        """Close the database's connections."""
        self._engine.dispose()

    def _follow_file(self) -> None:
        """Let go of the connections to a file that was replaced by another since they were opened."""
        try:
            status = self._path.stat()
        except FileNotFoundError as error:
            raise IndexMissingError(f"There is no index in {self._path.parent}.", NO_INDEX) from error
        except OSError as error:
            raise FootnoteError(
                f"The index in {self._path.parent} cannot be opened: {error.strerror}.",
                "Give this user access to it, or set FOOTNOTE_HOME to another folder.",
            ) from error
        node = (status.st_dev, status.st_ino)
        if node != self._opened or len(self._frequencies) > _MOST_FREQUENCIES:
            self._frequencies = {}
        if node != self._opened:
            self._engine.dispose()
            self._opened = node

    def _served(self, connection: Connection) -> Served:
        if not inspect(connection).has_table(state.name):
            raise IndexDamagedError(
                f"{self._path} is a database, but not Footnote's catalogue.",
                ANEW,
            )
        row = connection.execute(
            select(state, indexes).select_from(state.outerjoin(indexes, state.c.index_id == indexes.c.id))
        ).one_or_none()
        if row is not None and row.schema_version != SCHEMA_VERSION:
            raise schema_mismatch(self._path, row.schema_version)
        if row is None or row.index_id is None:
            raise IndexMissingError(f"The index in {self._path.parent} was never completed.", NO_INDEX)
        return Served(row.index_id, row.generation, identity_of(row), row.dimension)


def schema_mismatch(path: Path, found: int) -> IndexMismatchError:
    """Return the error for a catalogue that another version of Footnote wrote."""
    return IndexMismatchError(
        f"The catalogue {path} has format {found}, this version of Footnote reads format {SCHEMA_VERSION}.",
        ANEW,
    )


def identity_of(row: Row[Any]) -> IndexIdentity:
    """Return the identity that a row of `indexes` holds."""
    return IndexIdentity(row.model, row.model_digest, row.passage_size, row.passage_scheme)


class Snapshot:
    """What is live in the served index, at one moment."""

    def __init__(self, connection: Connection, served: Served, frequencies: Frequencies) -> None:
        self._connection = connection
        self._frequencies = frequencies
        self._counts: dict[Scope | None, int] = {}
        self.served = served

    def count(self, scope: Scope | None = None) -> int:
        """Return how many passages are live, in `scope` or in all."""
        if scope not in self._counts:
            query = self._live(func.coalesce(func.sum(versions.c.passage_count), 0), scope)
            self._counts[scope] = int(self._connection.execute(query).scalar_one())
        return self._counts[scope]

    def require_articles(self) -> None:
        """Raise IndexMissingError where no article is live."""
        if not self.count():
            raise IndexMissingError("The index holds no article.", NO_INDEX)

    def lexical(self, words: Sequence[str], scope: Scope | None, limit: int) -> list[tuple[int, float]]:
        """Return the best passages that hold any of the words: (passage, BM25 score > 0), best first.

        In a large collection, words that a tenth of all passages hold are left out where there are others: they say
        least, and looking at each of these passages takes longest.
        """
        if not words:
            return []
        hits = sqlite.full_text_hits(self.served.index_id, self._telling(words))
        query = (
            select(hits.c.passage, hits.c.score).order_by(hits.c.score.desc(), hits.c.passage).limit(limit)
        )
        if scope is not None:
            query = (
                query.join(passages, passages.c.id == hits.c.passage)
                .join(versions)
                .where(*_conditions(scope))
            )
        return [(row.passage, row.score) for row in self._connection.execute(query)]

    def _telling(self, words: Sequence[str]) -> Sequence[str]:
        total = self.count()
        if total <= _SMALL:
            return words
        most = total // _FREQUENT
        counts = {word: self._frequency(word, total, most) for word in words}
        rare = [word for word in words if counts[word] <= most]
        return rare or [min(words, key=lambda word: counts[word])]

    def _frequency(self, word: str, total: int, most: int) -> int:
        """Return how many passages hold a word, at most one more than `most`, at about this size of the collection."""
        key = (self.served.index_id, word, total.bit_length())
        if key not in self._frequencies:
            count = sqlite.full_text_count(self.served.index_id, word, most + 1)
            self._frequencies[key] = int(self._connection.execute(count).scalar_one())
        return self._frequencies[key]

    def share_of_articles(self, beginning: str) -> float:
        """Return the share (0..1) of the live articles that hold a word with this beginning, 0 where there are none."""
        holders = sqlite.full_text_holders(self.served.index_id, beginning)
        query = (
            select(func.count(versions.c.id.distinct()))
            .select_from(holders.join(passages, passages.c.id == holders.c.passage))
            .join(versions, passages.c.version_id == versions.c.id)
            # As in `locate`.
            .where(versions.c.index_id + 0 == self.served.index_id, versions.c.state == "live")
        )
        articles = self.article_count(None)
        return self._connection.execute(query).scalar_one() / articles if articles else 0.0

    def vectors(self, scope: Scope | None, after: int = 0) -> Iterator[tuple[list[int], Vectors]]:
        """Give the passages in scope with their vectors, some thousands at a time.

        `after` leaves out what was published in that generation or before.
        """
        query = self._live(passages.c.id, scope).add_columns(passages.c.vector)
        query = query.join(passages, passages.c.version_id == versions.c.id)
        if after:
            query = query.where(versions.c.generation > after)
        for rows in self._connection.execute(query).partitions(_CHUNK):
            yield [row.id for row in rows], unpacked_vectors([row.vector for row in rows])

    def count_after(self, generation: int) -> int:
        """Return how many live passages were published after `generation`."""
        query = self._live(func.coalesce(func.sum(versions.c.passage_count), 0), None)
        return int(self._connection.execute(query.where(versions.c.generation > generation)).scalar_one())

    def locate(self, keys: Sequence[str], scope: Scope | None) -> list[int | None]:
        """Return, for each passage key, its row where it is live and in scope."""
        query = (
            select(passages.c.id, passages.c.key)
            .join(versions, passages.c.version_id == versions.c.id)
            # A bare column would have SQLite begin with all live versions, and look at each of their passages.
            .where(versions.c.index_id + 0 == self.served.index_id, versions.c.state == "live")
        )
        if scope is not None:
            query = query.where(*_conditions(scope))
        found: dict[str, int] = {}
        for start in range(0, len(keys), _CHUNK):
            part = query.where(passages.c.key.in_(keys[start : start + _CHUNK]))
            found.update((row.key, row.id) for row in self._connection.execute(part))
        return [found.get(key) for key in keys]

    def candidates(self, rows: Sequence[int]) -> list[Candidate]:
        """Return what ranking needs of these passages."""
        return self._candidates(passages.c.id.in_(rows))

    def _candidates(self, condition: ColumnElement[bool]) -> list[Candidate]:
        query = (
            select(
                passages.c.id,
                passages.c.ordinal,
                passages.c.vector,
                versions.c.id.label("version"),
                versions.c.published,
            )
            .join(versions, passages.c.version_id == versions.c.id)
            .where(condition)
        )
        return [
            Candidate(row.id, row.version, row.ordinal, row.published, unpacked_vectors([row.vector])[0])
            for row in self._connection.execute(query)
        ]

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return these passages with their articles, in the order of `rows`."""
        query = (
            select(passages, versions.c.id.label("version"))
            .join(versions, passages.c.version_id == versions.c.id)
            .where(passages.c.id.in_(rows))
        )
        found = {row.id: row for row in self._connection.execute(query)}
        articles = self._articles({row.version for row in found.values()})
        return [
            StoredPassage(
                row.key,
                row.ordinal,
                articles[row.version].text[row.start : row.end],
                row.start,
                row.end,
                articles[row.version],
                tuple((start, end) for start, end in json.loads(row.sentences)),
            )
            for row in (found[number] for number in rows)
        ]

    def texts(self, rows: Sequence[int]) -> list[str]:
        """Return the texts of these passages, in the order of `rows`."""
        query = select(passages.c.id, passages.c.version_id, passages.c.start, passages.c.end).where(
            passages.c.id.in_(rows)
        )
        places = {row.id: row for row in self._connection.execute(query)}
        articles = select(texts).where(texts.c.version_id.in_({row.version_id for row in places.values()}))
        whole = {row.version_id: row.text for row in self._connection.execute(articles)}
        return [whole[place.version_id][place.start : place.end] for place in (places[row] for row in rows)]

    def packed_words(self, rows: Sequence[int]) -> list[bytes]:
        """Return the words of these passages in context, packed, in the order of `rows`.

        Spans are counted from the beginning of the passage's text.
        """
        query = select(words).where(words.c.passage_id.in_(rows))
        found = {row.passage_id: row.packed for row in self._connection.execute(query)}
        return [found[number] for number in rows]

    def copies(self, version_ids: Iterable[int], scope: Scope | None) -> list[tuple[InScope, InScope]]:
        """Return the pairs of live versions in scope that are one text, of which these versions are a part."""
        given = list(version_ids)
        pairs = {
            (row.version_id, row.other_id)
            for column in (copies.c.version_id, copies.c.other_id)
            for row in self._connection.execute(select(copies).where(column.in_(given)))
        }
        if not pairs:
            return []
        concerned = {version_id for pair in pairs for version_id in pair}
        query = self._live(versions.c.id, scope).add_columns(versions.c.published)
        found = {
            row.id: InScope(row.id, row.published)
            for row in self._connection.execute(query.where(versions.c.id.in_(concerned)))
        }
        return [(found[one], found[other]) for one, other in sorted(pairs) if one in found and other in found]

    def passages_of(self, version_ids: Iterable[int]) -> list[Candidate]:
        """Return all passages of these versions."""
        return self._candidates(passages.c.version_id.in_(list(version_ids)))

    def articles(self, version_ids: Iterable[int]) -> dict[int, Article]:
        """Return the articles of these versions."""
        return self._articles(set(version_ids))

    def every_article(self) -> Iterator[Article]:
        """Give all live articles, in the order in which they were indexed."""
        query = self._live(versions, None).add_columns(texts.c.text).join(texts).order_by(versions.c.id)
        for row in self._connection.execute(query):
            yield article_of(row)

    def headings(self) -> list[Heading]:
        """Return all live articles without their texts, in the order in which they were indexed."""
        rows = self._connection.execute(self._live(versions, None).order_by(versions.c.id))
        return [
            Heading(
                row.id,
                row.article_id,
                row.digest,
                row.title,
                row.url,
                row.publisher,
                row.published,
                row.origin,
            )
            for row in rows
        ]

    def every_pair_of_copies(self) -> list[tuple[str, str]]:
        """Return the ids of each two live articles that are one text."""
        live = self._live(versions.c.id, None).add_columns(versions.c.article_id)
        ids = {row.id: row.article_id for row in self._connection.execute(live)}
        return [
            (ids[row.version_id], ids[row.other_id])
            for row in self._connection.execute(select(copies))
            if row.version_id in ids and row.other_id in ids
        ]

    def newest(self, scope: Scope | None) -> datetime | None:
        """Return when the newest article in scope was published; None where none is dated."""
        value = self._connection.execute(self._live(func.max(versions.c.published), scope)).scalar_one()
        return None if value is None else datetime.fromtimestamp(value, UTC)

    def article_count(self, scope: Scope | None) -> int:
        """Return how many articles are in scope."""
        return int(self._connection.execute(self._live(func.count(), scope)).scalar_one())

    def summary(self) -> Summary:
        """Return the index in figures."""
        publishers = self._connection.execute(
            self._live(versions.c.publisher, None)
            .add_columns(func.count().label("articles"))
            .where(versions.c.publisher.is_not(None))
            .group_by(versions.c.publisher)
            .order_by(func.count().desc(), versions.c.publisher)
        )
        dates = self._connection.execute(
            self._live(func.count(), None).add_columns(
                func.count(versions.c.published).label("dated"),
                func.min(versions.c.published).label("oldest"),
                func.max(versions.c.published).label("newest"),
            )
        ).one()
        reindexed = self._connection.execute(select(state.c.reindexed_at)).scalar_one()
        return Summary(
            articles=int(dates[0]),
            passages=self.count(),
            publishers=tuple((row.publisher, row.articles) for row in publishers),
            undated=int(dates[0]) - int(dates.dated),
            oldest=_moment(dates.oldest),
            newest=_moment(dates.newest),
            reindexed_at=_moment(reindexed),
        )

    def _live(self, column: Any, scope: Scope | None) -> Select[Any]:
        conditions: list[ColumnElement[bool]] = [
            versions.c.index_id == self.served.index_id,
            versions.c.state == "live",
        ]
        if scope is not None:
            conditions += _conditions(scope)
        return select(column).select_from(versions).where(*conditions)

    def _articles(self, version_ids: set[int]) -> dict[int, Article]:
        query = select(versions, texts.c.text).join(texts).where(versions.c.id.in_(version_ids))
        return {row.id: article_of(row) for row in self._connection.execute(query)}


def article_of(row: Row[Any]) -> Article:
    """Return the article that a row of `versions`, joined with its text, holds."""
    return Article(
        id=row.article_id,
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        authors=tuple(json.loads(row.authors)),
        published_at=stored_date(row.published_at),
        updated_at=stored_date(row.updated_at),
        language=row.language,
        text=row.text,
        origin=row.origin,
    )


def _conditions(scope: Scope) -> Iterator[ColumnElement[bool]]:
    if scope.as_of is not None:
        yield versions.c.published.is_(None) | (versions.c.published <= scope.as_of.timestamp())
    if scope.since is not None:
        yield versions.c.published >= scope.since.timestamp()
    if scope.until is not None:
        yield versions.c.published <= scope.until.timestamp()
    if scope.publisher is not None:
        yield versions.c.publisher_key == scope.publisher.casefold()


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
