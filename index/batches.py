"""Batches of articles on their way into the index: cut into passages, then embedded in threads of their own.

While the model works on one batch, the thread that asked for it cuts the next one and stores the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass

from index.arrays import rounded
from index.articles import Article
from index.catalogue.records import Embedded
from index.embedding import Embedder
from index.late_interaction import pack
from index.passages import Passage, embedded_text, sentence_spans
from index.planning import Progress

_SLICE = 16
"""Passages that one thread embeds at a time: as many as the model reads at once."""


@dataclass(frozen=True, slots=True)
class Cut:
    """An article cut into passages, with its content digest and the heading they are embedded under."""

    article: Article
    digest: str
    passages: Sequence[Passage]
    heading: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A passage to embed, its place in its batch, and the heading it is embedded under."""

    place: int
    passage: Passage
    heading: str


class Embedding:
    """A batch that is being embedded."""

    def __init__(self, batch: Sequence[Cut], slices: Sequence[Future[dict[int, Embedded]]]) -> None:
        self.batch = batch
        self._slices = slices

    def result(self, progress: Progress) -> list[Embedded]:
        """Wait for the batch, and return its passages in their order; what fails in a thread is raised here."""
        count = sum(len(cut.passages) for cut in self.batch)
        embedded: dict[int, Embedded] = {}
        for each in self._slices:
            found = each.result()
            embedded |= found
            progress.advance(len(self.batch) * len(found) / count, len(found))
        return [embedded[place] for place in range(count)]


class BatchEmbedder:
    """Embeds batches in threads that `embedder` gives; `running` opens it."""

    def __init__(self, embedder: Embedder, threads: Executor) -> None:
        self._embedder = embedder
        self._threads = threads

    def start(self, batch: Sequence[Cut]) -> Embedding:
        """Begin to embed a batch, in slices of texts of like length, which waste least."""
        passages = [(passage, cut.heading) for cut in batch for passage in cut.passages]
        units = sorted(
            (_Unit(place, passage, heading) for place, (passage, heading) in enumerate(passages)),
            key=lambda unit: -len(unit.passage.text),
        )
        slices = [
            self._threads.submit(self._embed, units[start : start + _SLICE])
            for start in range(0, len(units), _SLICE)
        ]
        return Embedding(batch, slices)

    def _embed(self, units: Sequence[_Unit]) -> dict[int, Embedded]:
        texts = [embedded_text(unit.heading, unit.passage.text) for unit in units]
        found = self._embedder.encode_in_context(texts)
        return {
            unit.place: Embedded(
                unit.passage,
                # As the catalogue keeps it: Chroma must hold the same, or rebuilding it would change what is near.
                rounded(encoded.vector),
                # The words of the heading stand before the passage.
                pack(encoded.words.moved(len(unit.passage.text) - len(text))),
                sentence_spans(unit.passage),
            )
            for unit, text, encoded in zip(units, texts, found, strict=True)
        }


@contextmanager
def running(embedder: Embedder) -> Iterator[BatchEmbedder]:
    """Give an embedder of batches; what it has begun is dropped when the block is left."""
    with embedder.side_by_side() as threads:
        try:
            yield BatchEmbedder(embedder, threads)
        finally:
            threads.shutdown(cancel_futures=True)
