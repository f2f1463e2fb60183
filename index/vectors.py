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
  holds it exclusively.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from types import TracebackType
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from index.arrays import Vectors
from index.errors import IndexDamagedError
from index.locks import shared_lock, unshared_lock

_BATCH = 1000
_CONFIGURATION = CreateCollectionConfiguration(
    hnsw={"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 16}
)


def collection_name(index_id: int) -> str:
    """Return the name of the collection that holds an index's vectors."""
    return f"passages-{index_id}"


@contextmanager
def _errors_translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except (ChromaError, ValueError, AttributeError) as error:  # the last where its database cannot be opened
        if not isinstance(error, NotFoundError):
            _mark_damaged(folder)
        raise IndexDamagedError(
            f"The vectors in {folder} cannot be read ({error}).",
            "Rebuild them from the catalogue: footnote reindex",
        ) from error


def _open(folder: Path) -> Client:
    # Declared as an interface that lacks close().
    settings = Settings(anonymized_telemetry=False)
    return cast(Client, chromadb.PersistentClient(path=str(folder), settings=settings))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The keys nearest to a question's vector, best first, and the generation that Chroma was opened at."""

    keys: list[str]
    generation: int


class VectorReader:
    """Finds the nearest vectors; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changed = Condition()
        self._users = 0
        self._client: Client | None = None
        self._index_id = 0
        self._generation = 0
        self._file: tuple[int, int] | None = None

    def nearest(
        self, index_id: int, vector: Vectors, limit: int, generation: int, is_recent: Callable[[int], bool]
    ) -> Neighbours:
        """Return the `limit` nearest keys of an index, dead and unpublished ones among them.

        `generation` is the one that the caller sees; `is_recent` says whether what was opened at an
        earlier one will do.

        Raises:
            IndexDamagedError: Chroma cannot open the folder, or does not hold the collection.
        """
        with (
            self._opened(index_id, generation, is_recent) as (client, opened_at),
            _errors_translated(self._folder),
        ):
            collection = client.get_collection(collection_name(index_id), embedding_function=None)
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
    def _opened(
        self, index_id: int, generation: int, is_recent: Callable[[int], bool]
    ) -> Iterator[tuple[Client, int]]:
        with self._changed:
            self._changed.wait_for(lambda: self._users == 0 or self._serves(index_id, is_recent))
            if not self._serves(index_id, is_recent):
                self._reopen(index_id, generation)
            client = cast(Client, self._client)
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

    def _reopen(self, index_id: int, generation: int) -> None:
        self._close()
        if not self._folder.is_dir():
            raise IndexDamagedError(
                f"The vectors' folder {self._folder} is missing.",
                "Rebuild it from the catalogue: footnote reindex",
            )
        with shared_lock(_lock_file(self._folder)), _errors_translated(self._folder):
            file = _identity(self._folder)
            client = _open(self._folder)
            # The graph is loaded by the first query, not by opening: it has to happen under the lock.
            _load(client, collection_name(index_id))
        self._client, self._index_id, self._generation, self._file = client, index_id, generation, file

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def _load(client: Client, name: str) -> None:
    collection = client.get_collection(name, embedding_function=None)
    sample = collection.get(limit=1, include=["embeddings"])["embeddings"]
    if sample is not None and len(sample):
        collection.query(query_embeddings=np.asarray(sample, dtype=np.float32), n_results=1, include=[])


class VectorWriter:
    """Writes vectors. Open it after taking the writer's lock, in a process without an open reader."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with unshared_lock(_lock_file(folder)), _errors_translated(folder):
            self._client = _open(folder)

    def __enter__(self) -> VectorWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

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
        with self._writing():
            for collection in self._client.list_collections():
                if collection.name not in kept:
                    self._client.delete_collection(collection.name)

    def _collection(self, index_id: int) -> chromadb.Collection:
        try:
            return self._client.get_collection(collection_name(index_id), embedding_function=None)
        except NotFoundError:
            return self._client.create_collection(
                collection_name(index_id), embedding_function=None, configuration=_CONFIGURATION
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with unshared_lock(_lock_file(self._folder)), _errors_translated(self._folder):
            yield


def is_sound(folder: Path) -> bool:
    """Tell whether the folder is there, and nobody has found it damaged."""
    return _database(folder).is_file() and not _damage_mark(folder).exists()


def discard(folder: Path) -> None:
    """Delete the whole folder, to be rebuilt from the catalogue."""
    with unshared_lock(_lock_file(folder)):
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            folder.unlink(missing_ok=True)
        _damage_mark(folder).unlink(missing_ok=True)


def _mark_damaged(folder: Path) -> None:
    # Whoever finds the damage may not write; the next reindex does, and goes by this mark.
    with suppress(OSError):
        _damage_mark(folder).touch()


def _database(folder: Path) -> Path:
    return folder / "chroma.sqlite3"


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return which file Chroma's database is: another one after the folder was deleted and made anew."""
    try:
        status = _database(folder).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _damage_mark(folder: Path) -> Path:
    return folder.with_name(folder.name + ".damaged")


def _lock_file(folder: Path) -> Path:
    return folder.with_name(folder.name + ".lock")
