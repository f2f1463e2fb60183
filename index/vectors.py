"""The passages' vectors in Chroma: a projection of the catalogue that finds neighbours fast.

How Chroma 1.5 behaves when several processes share a folder shapes this module:

- A client sees the vectors as they were when it opened. A reader therefore remembers at which generation
  it opened, and the retriever takes what was published since from the catalogue (`index.retrieval`)
  until that is so much that opening again is cheaper.
- Clients of one folder in one process share one state; only when the last is closed does the next
  one read the folder again. Opening again therefore waits until no question is under way.
- A client that is behind destroys what others wrote. Only the holder of the writer's lock writes, with a
  client it opened since, in a process that has no reader open.
- The files must not be read while they are rewritten: readers open under a shared lock, each write
  holds it exclusively. Adding and deleting return once the graph's files are written, so nothing is written in between.
- A write that is broken off can leave files that end whoever opens them. So nobody opens them without a seal that fits
  (`index.seal`) or, where something has only touched the files, before another process has tried (`index.probing`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

import numpy as np

from index.arrays import Vectors
from index.errors import FootnoteError, IndexDamagedError
from index.locks import shared_lock, unshared_lock
from index.seal import DATABASE, Condition, Seal
from index.soundness import Soundness, lock_file

if TYPE_CHECKING:
    import chromadb
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration

_NO_SPACE = ("disk is full", "disk I/O error", "No space left", "File too large")
_BATCH = 1000
_SAMPLE = 64
"""Vectors of a collection that are searched for to see whether it can be: each search looks at hundreds."""
_SAME = 1e-3
"""Cosine distance at which a vector is found again."""
_SYNC_THRESHOLD = 1000
"""Records after which Chroma rewrites the graph's files: as many at most have to be caught up with on opening."""
_REWRITES = 8
"""How often the graph is rewritten while many vectors are added; each time costs as much as all that are there."""


def _configuration(threshold: int) -> CreateCollectionConfiguration:
    return {
        "hnsw": {
            "space": "cosine",
            "ef_construction": 200,
            "ef_search": 200,
            "max_neighbors": 16,
            "sync_threshold": threshold,
        }
    }


def collection_name(index_id: int) -> str:
    """Return the name of the collection that holds an index's vectors."""
    return f"passages-{index_id}"


@contextmanager
def _errors_translated(folder: Path) -> Iterator[None]:
    from chromadb.errors import ChromaError, NotFoundError

    try:
        yield
    except (ChromaError, ValueError, AttributeError) as error:  # the last where its database cannot be opened
        if any(sign in str(error) for sign in _NO_SPACE):
            raise FootnoteError(
                f"The disk that holds {folder} is full, or cannot be written ({error}).",
                "Free some space, then run it again.",
            ) from error
        if not isinstance(error, NotFoundError):
            Soundness(folder).note_damage(str(error))
        raise _damaged(folder, str(error)) from error


def _damaged(folder: Path, reason: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"The vectors in {folder} cannot be used ({reason}).",
        "Rebuild them from the catalogue: footnote doctor --fix",
    )


def _open(folder: Path) -> Client:
    # Importing it takes most of a second, which a reindex that finds nothing new can do without.
    import chromadb
    from chromadb.config import Settings

    # Declared as an interface that lacks close().
    settings = Settings(anonymized_telemetry=False)
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The keys nearest to a question's vector, best first, and the generation that Chroma was opened at."""

    keys: list[str]
    generation: int


@dataclass(frozen=True, slots=True)
class View:
    """What a caller sees of the catalogue: which index is served, its generation, and how many passages are live."""

    index_id: int
    generation: int
    passages: int


class VectorReader:
    """Finds the nearest vectors; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._soundness = Soundness(folder)
        self._changed = threading.Condition()
        self._users = 0
        self._client: Client | None = None
        self._index_id = 0
        self._generation = 0
        self._file: tuple[int, int] | None = None

    def nearest(
        self, view: View, vector: Vectors, limit: int, is_recent: Callable[[int], bool]
    ) -> Neighbours:
        """Return the `limit` nearest keys of an index, dead and unpublished ones among them.

        `is_recent` says whether what was opened at an earlier generation than the view's will do.

        Raises:
            IndexDamagedError: Chroma cannot open the folder, or does not hold the collection, or not all of it.
        """
        with (
            self._opened(view, is_recent) as (client, opened_at),
            _errors_translated(self._folder),
        ):
            collection = client.get_collection(collection_name(view.index_id), embedding_function=None)
            found = collection.query(
                query_embeddings=vector[np.newaxis, :].astype(np.float32), n_results=limit, include=[]
            )
        return Neighbours(list(found["ids"][0]), opened_at)

    def close(self) -> None:
        """Close the client, once no question is under way."""
        with self._changed:
            self._changed.wait_for(lambda: self._users == 0)
            self._close()

    @contextmanager
    def _opened(self, view: View, is_recent: Callable[[int], bool]) -> Iterator[tuple[Client, int]]:
        with self._changed:
            self._changed.wait_for(lambda: self._users == 0 or self._serves(view.index_id, is_recent))
            if not self._serves(view.index_id, is_recent):
                self._reopen(view)
            client = cast("Client", self._client)
            opened_at = self._generation
            self._users += 1
        try:
            yield client, opened_at
        finally:
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    def _serves(self, index_id: int, is_recent: Callable[[int], bool]) -> bool:
        return (
            self._client is not None
            and self._index_id == index_id
            and self._file == _identity(self._folder)
            and is_recent(self._generation)
        )

    def _reopen(self, view: View) -> None:
        self._close()
        with shared_lock(lock_file(self._folder)):
            fault = self._soundness.fault()
            if fault is not None:
                raise _damaged(self._folder, fault)
            file = _identity(self._folder)
            with _errors_translated(self._folder):
                client = _open(self._folder)
                # The graph is loaded by the first query, not by opening: it has to happen under the lock.
                held = _load(client, collection_name(view.index_id))
            if held < view.passages:
                client.close()
                fault = f"it holds {held:,} vectors of {view.passages:,}"
                self._soundness.note_damage(fault)
                raise _damaged(self._folder, fault)
        self._client, self._index_id, self._generation, self._file = (
            client,
            view.index_id,
            view.generation,
            file,
        )

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def _load(client: Client, name: str) -> int:
    """Load a collection's graph; return how many vectors it holds."""
    collection = client.get_collection(name, embedding_function=None)
    sample = collection.get(limit=1, include=["embeddings"])["embeddings"]
    if sample is not None and len(sample):
        collection.query(query_embeddings=np.asarray(sample, dtype=np.float32), n_results=1, include=[])
    return collection.count()


class VectorWriter:
    """Writes vectors. Open it after taking the writer's lock, in a process without an open reader.

    `expected` is how many vectors will be added, where that is known: the graph is then rewritten a few times only.

    Raises:
        IndexDamagedError: the folder cannot be opened, or may not be (see `index.seal`); rebuild it first.
    """

    def __init__(self, folder: Path, expected: int = 0) -> None:
        self._folder = folder
        self._seal = Seal(folder)
        self._threshold = max(_SYNC_THRESHOLD, expected // _REWRITES)
        with unshared_lock(lock_file(folder)), _errors_translated(folder):
            condition = self._seal.condition()
            if condition is Condition.MISSING:
                with self._seal.broken():
                    self._client = _open(folder)
            elif condition is Condition.SEALED:
                self._client = _open(folder)
            else:
                raise _damaged(folder, condition.value)

    def __enter__(self) -> VectorWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._threshold > _SYNC_THRESHOLD:
                self._write_out()
        finally:
            self._client.close()
        with unshared_lock(lock_file(self._folder)):
            if self._seal.condition() is Condition.SEALED:
                self._seal.set(durable=True)

    def _write_out(self) -> None:
        """Have the graph written to its files, where adding has put it off; else whoever opens it has to catch up."""
        with self._writing():
            for collection in self._client.list_collections():
                collection.modify(configuration={"hnsw": {"sync_threshold": _SYNC_THRESHOLD}})
            self._client.close()
            self._client = _open(self._folder)
            for collection in self._client.list_collections():
                _load(self._client, collection.name)

    def load(self, index_id: int) -> None:
        """Load the graph of an index, if there is one, which the first write would do."""
        name = collection_name(index_id)
        if any(collection.name == name for collection in self._client.list_collections()):
            # What it has to catch up with may have it written out.
            with self._writing():
                _load(self._client, name)

    def add(self, index_id: int, keys: Sequence[str], vectors: Vectors) -> None:
        """Add vectors under their keys; a key that is there already stays as it is."""
        for start in range(0, len(keys), _BATCH):
            with self._writing():
                self._collection(index_id).add(
                    ids=list(keys[start : start + _BATCH]), embeddings=vectors[start : start + _BATCH]
                )

    def delete(self, index_id: int, keys: Sequence[str]) -> None:
        """Delete the vectors of these keys; keys that are not there are passed over."""
        for start in range(0, len(keys), _BATCH):
            with self._writing():
                self._collection(index_id).delete(ids=list(keys[start : start + _BATCH]))

    def keys(self, index_id: int) -> set[str]:
        """Return the keys of all vectors of an index."""
        with _errors_translated(self._folder):
            return set(self._collection(index_id).get(include=[])["ids"])

    def keep_only(self, index_ids: Iterable[int]) -> None:
        """Drop the collections of all other indexes."""
        kept = {collection_name(index_id) for index_id in index_ids}
        for collection in self._client.list_collections():
            if collection.name not in kept:
                with self._writing():
                    self._client.delete_collection(collection.name)

    def _collection(self, index_id: int) -> chromadb.Collection:
        from chromadb.errors import NotFoundError

        try:
            return self._client.get_collection(collection_name(index_id), embedding_function=None)
        except NotFoundError:
            return self._client.create_collection(
                collection_name(index_id),
                embedding_function=None,
                configuration=_configuration(self._threshold),
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with unshared_lock(lock_file(self._folder)), _errors_translated(self._folder), self._seal.broken():
            yield


def fault_of(folder: Path) -> str | None:
    """Open the folder and search each of its collections; return what is wrong, None: nothing.

    Whoever calls it may die of what it finds: it is what `index.probing` runs in a process of its own.
    """
    try:
        client = _open(folder)
        faults = [_fault_of_collection(collection) for collection in client.list_collections()]
        client.close()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return next((fault for fault in faults if fault), None)


def held_vectors(
    folder: Path, index_id: int, sample: Sequence[str]
) -> tuple[list[str], dict[str, list[float]]]:
    """Return the keys of all vectors of an index, and the vectors of a sample of keys, as far as they are there.

    As with `fault_of`, the process may die of it.

    Raises:
        ChromaError: there is no such collection.
    """
    client = _open(folder)
    collection = client.get_collection(collection_name(index_id), embedding_function=None)
    keys = collection.get(include=[])["ids"]
    # Asked for no keys, Chroma returns all.
    found = collection.get(ids=list(sample), include=["embeddings"]) if sample else None
    vectors = [] if found is None or found["embeddings"] is None else found["embeddings"]
    numbers = [[float(number) for number in vector] for vector in vectors]
    named = dict(zip(found["ids"] if found else [], numbers, strict=True))
    client.close()
    return keys, named


def _fault_of_collection(collection: chromadb.Collection) -> str | None:
    count = collection.count()
    for offset in range(0, count, max(1, count // _SAMPLE)):
        sample = collection.get(limit=1, offset=offset, include=["embeddings"])["embeddings"]
        if sample is None or not len(sample):
            return f"{collection.name} lacks vectors that it counts"
        found = collection.query(
            query_embeddings=np.asarray(sample, dtype=np.float32), n_results=1, include=["distances"]
        )["distances"]
        if not found or not found[0] or found[0][0] > _SAME:
            return f"{collection.name} does not find vectors that it holds"
    return None


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return which file Chroma's database is: another one after the folder was deleted and made anew."""
    try:
        status = (folder / DATABASE).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
