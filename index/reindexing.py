"""Bringing the index in line with the files: plan, embed, store, publish, sweep.

A batch of articles is stored in the catalogue as pending, its vectors are added to Chroma, then one catalogue
transaction makes it live in the place of the earlier versions. What left, where files lie and, after a
rebuild, which index is served, is settled in a last transaction. Killed anywhere, the index serves each article's
old or new version, whole, and the next reindex clears up first (`index.repairing`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index.articles import Article, Draft
from index.batches import Cut, Embedding, running
from index.catalogue.records import Entry, IndexIdentity, Served, ToStore
from index.catalogue.writing import CatalogueWriter
from index.discovery import Problem, discover
from index.embedding import Embedder
from index.errors import IndexDamagedError, IndexMismatchError
from index.home import Home
from index.likeness import are_copies, band_keys, sketch
from index.locks import writer_lock
from index.passages import PASSAGE_SCHEME, PassageSplitter
from index.planning import Known, Plan, Planner, Progress, ToIndex
from index.repairing import bring_in_line
from index.spool import DraftSpool
from index.takedown.erasing import Eraser, Quotes
from index.takedown.tombstones import Tombstones
from index.takedown.withdrawn import Withdrawn
from index.vectors import VectorWriter

_BATCH_PASSAGES = 512
"""Passages published together. At 50 a second this is 10 seconds of work; a kill can cost that of two batches."""

_READERS_SECONDS = 2.0
"""How long a reindex waits for readers to let go of what a takedown left in the logs; the next one tries again."""

_MOST_ALIKE = 20
"""Versions that a new one is compared with, those first that share most: the same notice can stand in thousands."""


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What a reindex did: articles by what became of them, and what it could not read.

    `added`, `changed` and `removed` are places, `unchanged` a count. `passages` is how many are served now,
    `embedded` how many of them are new. `superseded` pairs places that claim one identity: (passed over,
    taken). `withdrawn` are the places of articles that were withdrawn and stay away. `ignored` counts files of
    other kinds by their ending.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    passages: int
    embedded: int
    seconds: float
    problems: tuple[Problem, ...]
    superseded: tuple[tuple[str, str], ...]
    withdrawn: tuple[str, ...]
    ignored: tuple[tuple[str, int], ...]
    rebuilt: bool
    dry_run: bool

    @property
    def failed(self) -> int:
        """How many files, and lines of files, could not be read."""
        return len(self.problems)

    @property
    def articles(self) -> int:
        """How many articles are served now."""
        return len(self.added) + len(self.changed) + self.unchanged


class Reindexer:
    """Reindexes one home with one embedding model; one process does at a time.

    `quotes` is what goes with an article whose takedown was begun and has to be finished. `clock` tells what the
    present is, which no article can be later than.
    """

    def __init__(
        self,
        home: Home,
        embedder: Embedder,
        *,
        passage_size: int,
        progress: Progress,
        quotes: Quotes | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._home = home
        self._eraser = Eraser(home, quotes, progress, _READERS_SECONDS)
        self._embedder = embedder
        self._passage_size = passage_size
        self._progress = progress
        self._clock = clock
        self._identity = IndexIdentity(
            embedder.files.name, embedder.files.digest, passage_size, PASSAGE_SCHEME
        )

    def run(self, paths: Sequence[Path], *, full: bool = False, dry_run: bool = False) -> ReindexReport:
        """Bring the index in line with the files under `paths`; what came from elsewhere stays.

        `full` reads and embeds everything anew, beside the served index, and switches to it at the end; so does a
        run with another embedding model than the index was built with. A catalogue that cannot be read is set aside
        by `full`. `dry_run` changes nothing.

        Raises:
            WriterBusyError: another process is reindexing.
            ModelError: the embedding model cannot be loaded.
            IndexDamagedError: the catalogue cannot be read.
        """
        began = time.monotonic()
        if dry_run:
            report = self._dry_run(paths, full=full)
        else:
            with writer_lock(self._home.writer_lock):
                report = self._reindex(paths, full=full)
        return replace(report, seconds=time.monotonic() - began)

    def _dry_run(self, paths: Sequence[Path], *, full: bool) -> ReindexReport:
        known, served = Known({}, (), {}), None
        if self._home.catalogue.exists():
            catalogue = CatalogueWriter(self._home.catalogue)
            served = catalogue.served()
            known = _known(catalogue, served)
            catalogue.close()
        rebuild = self._must_rebuild(served, full=full)
        with DraftSpool() as spool:
            plan, ignored = self._plan(paths, known, spool, full=full, rebuild=rebuild)
        return _report(plan, ignored, rebuilt=rebuild and served is not None, dry_run=True)

    def _reindex(self, paths: Sequence[Path], *, full: bool) -> ReindexReport:
        catalogue = self._opened_anew(paths) if full else CatalogueWriter(self._home.catalogue)
        try:
            self._eraser.finish(catalogue)
            bring_in_line(catalogue, self._home.vectors, self._progress)
            served = catalogue.served()
            rebuild = self._must_rebuild(served, full=full)
            with DraftSpool() as spool:
                plan, ignored = self._plan(
                    paths, _known(catalogue, served), spool, full=full, rebuild=rebuild
                )
                embedded = self._carry_out(catalogue, served, plan, spool, rebuild=rebuild)
            after = catalogue.served()
            report = _report(plan, ignored, rebuilt=rebuild and served is not None, dry_run=False)
            return replace(
                report, passages=catalogue.passage_count(after.index_id) if after else 0, embedded=embedded
            )
        finally:
            catalogue.close()

    def _opened_anew(self, paths: Sequence[Path]) -> CatalogueWriter:
        """Open the catalogue for everything to be indexed anew; one that cannot be read is set aside for that.

        Not where there are no paths to read articles from instead.
        """
        path = self._home.catalogue
        catalogue = None
        try:
            catalogue = CatalogueWriter(path)
            catalogue.check()
        except (IndexDamagedError, IndexMismatchError):
            if catalogue is not None:
                catalogue.close()
            if not paths:
                raise
            self._home.set_catalogue_aside()
            return CatalogueWriter(path)
        return catalogue

    def _must_rebuild(self, served: Served | None, *, full: bool) -> bool:
        return full or served is None or not served.identity.is_compatible(self._identity)

    def _plan(
        self, paths: Sequence[Path], known: Known, spool: DraftSpool, *, full: bool, rebuild: bool
    ) -> tuple[Plan, tuple[tuple[str, int], ...]]:
        discovery = discover(paths, frozenset(known.files))
        withdrawn = Withdrawn(Tombstones(self._home.tombstones).all(), known.entries)
        planner = Planner(known, withdrawn, spool, self._progress, now=self._clock(), reread=full)
        plan = planner.plan(discovery, rebuild=rebuild)
        return plan, tuple(sorted(discovery.ignored.items()))

    def _carry_out(
        self,
        catalogue: CatalogueWriter,
        served: Served | None,
        plan: Plan,
        spool: DraftSpool,
        *,
        rebuild: bool,
    ) -> int:
        if served is None and not plan.to_index:
            return 0
        if served is not None and not rebuild:
            index_id = served.index_id
            if not plan.to_index and not plan.removed:
                _finish(catalogue, index_id, plan, rebuild=False)
                return 0
        else:
            self._progress.begin("Loading the model", 1)
            # The first index is served while it grows; another one takes the place of the served one when it is whole.
            index_id = catalogue.create_index(self._identity, self._embedder.dimension, serve=served is None)
        self._progress.begin("Indexing", len(plan.to_index))
        embedded = 0
        with _opened_meanwhile(self._home.vectors, index_id) as vectors:
            if plan.to_index:
                with closing(self._embedded(catalogue, plan.to_index, spool)) as batches:
                    embedded = sum(self._publish(catalogue, vectors, index_id, batch) for batch in batches)
            _finish(catalogue, index_id, plan, rebuild=rebuild)
            vectors().keep_only([index_id])
            vectors().delete(index_id, catalogue.unserved_keys(index_id))
        catalogue.sweep(index_id)
        return embedded

    def _embedded(
        self, catalogue: CatalogueWriter, to_index: Sequence[ToIndex], spool: DraftSpool
    ) -> Generator[Embedding]:
        """Give the articles in batches that are being embedded, each when the next one is cut and begun."""
        splitter = PassageSplitter(self._embedder.count_tokens, self._embedder.window, self._passage_size)
        cut = (_cut(splitter, _article(catalogue, each, spool), each.entry.digest) for each in to_index)
        with running(self._embedder) as embedder:
            begun: Embedding | None = None
            for batch in _batches(cut):
                last, begun = begun, embedder.start(batch)
                if last is not None:
                    yield last
            if begun is not None:
                yield begun

    def _publish(
        self,
        catalogue: CatalogueWriter,
        vectors: Callable[[], VectorWriter],
        index_id: int,
        embedding: Embedding,
    ) -> int:
        """Store and publish a batch once it is embedded; return how many passages it has."""
        bands = [band_keys(sketch(cut.article.text)) for cut in embedding.batch]
        embedded = embedding.result(self._progress)
        stored, at = [], 0
        for cut, own in zip(embedding.batch, bands, strict=True):
            stored.append(ToStore(cut.article, cut.digest, embedded[at : at + len(cut.passages)], own))
            at += len(cut.passages)
        version_ids = catalogue.store(index_id, stored)
        _note_copies(catalogue, index_id, version_ids)
        keys = [each.passage.id for each in embedded]
        vectors().add(index_id, keys, np.stack([each.vector for each in embedded]))
        catalogue.publish(index_id, version_ids)
        return at


@contextmanager
def _opened_meanwhile(folder: Path, index_id: int) -> Iterator[Callable[[], VectorWriter]]:
    """Give what returns a writer of the vectors, which another thread opens while the model is being loaded.

    Importing Chroma and loading a graph of 10,000 vectors takes a second, much of it outside of Python.
    """

    def opened() -> VectorWriter:
        writer = VectorWriter(folder)
        writer.load(index_id)
        return writer

    with ThreadPoolExecutor(1) as threads, ExitStack() as stack:
        opening = threads.submit(opened)
        stack.push(lambda *error: opening.result().__exit__(*error))
        yield opening.result


def _batches(articles: Iterable[Cut]) -> Iterator[list[Cut]]:
    batch: list[Cut] = []
    waiting = 0
    for article in articles:
        batch.append(article)
        waiting += len(article.passages)
        if waiting >= _BATCH_PASSAGES:
            yield batch
            batch, waiting = [], 0
    if batch:
        yield batch


def _cut(splitter: PassageSplitter, article: Article, digest: str) -> Cut:
    return Cut(article, digest, splitter.split_article(article), splitter.heading_of(article))


def _finish(catalogue: CatalogueWriter, index_id: int, plan: Plan, *, rebuild: bool) -> None:
    catalogue.finish(
        index_id,
        removed=() if rebuild else [version.version_id for version in plan.removed],
        origins={} if rebuild else plan.origins,
        file_records=plan.files,
        all_entries=plan.entries,
    )


def _note_copies(catalogue: CatalogueWriter, index_id: int, version_ids: Sequence[int]) -> None:
    """Note which versions carry the text of another, each version held against the few most like it."""
    pairs = {
        (min(pair), max(pair))
        for version_id in version_ids
        for pair in ((version_id, other) for other in catalogue.alike(index_id, version_id, _MOST_ALIKE))
    }
    articles = {number: catalogue.article(number) for number in {number for pair in pairs for number in pair}}
    catalogue.store_copies(
        [pair for pair in sorted(pairs) if are_copies(articles[pair[0]], articles[pair[1]])]
    )


def _known(catalogue: CatalogueWriter, served: Served | None) -> Known:
    if served is None:
        return Known({}, (), {})
    return Known(catalogue.files(), catalogue.entries(), catalogue.live(served.index_id))


def _report(
    plan: Plan, ignored: tuple[tuple[str, int], ...], *, rebuilt: bool, dry_run: bool
) -> ReindexReport:
    return ReindexReport(
        added=tuple(plan.added),
        changed=tuple(plan.changed),
        removed=tuple(version.origin for version in plan.removed),
        unchanged=plan.unchanged,
        passages=0,
        embedded=0,
        seconds=0.0,
        problems=tuple(plan.problems),
        superseded=tuple(plan.superseded),
        withdrawn=tuple(plan.withdrawn),
        ignored=ignored,
        rebuilt=rebuilt,
        dry_run=dry_run,
    )


def _article(catalogue: CatalogueWriter, each: ToIndex, spool: DraftSpool) -> Article:
    if each.handle is None:
        assert each.version_id is not None  # noqa: S101 - ToIndex has one of the two
        return replace(catalogue.article(each.version_id), origin=each.origin)
    return _identified(spool.get(each.handle), each.entry, each.origin)


def _identified(draft: Draft, entry: Entry, origin: str) -> Article:
    return Article(
        id=entry.article_id,
        title=draft.title,
        url=draft.url,
        publisher=draft.publisher,
        authors=draft.authors,
        published_at=draft.published_at,
        updated_at=draft.updated_at,
        language=draft.language,
        text=draft.text,
        origin=origin,
    )
