"""Reindexing beside a bare encode: what the product adds to the time that the model itself takes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot import wiring
from bot.evaluation.scratch import alone, write_drafts
from bot.evaluation.speed.bare import bare_encode
from bot.settings import Settings
from index.articles import Article, Draft
from index.embedding import Embedder
from index.passages import PassageSplitter, embedded_text
from index.planning import Progress

_Result = TypeVar("_Result")

_WARM_UP = 64


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of all processors together, which other processes on the machine leave alone."""

    wall: float
    processor: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.processor + other.processor)


@dataclass(frozen=True, slots=True)
class Reindexing:
    """What a reindex of so many articles took, and a bare encode of the texts of their passages."""

    articles: int
    passages: int
    reindex: Spent
    bare: Spent


def measure_reindexing(
    scratch: Path, drafts: Sequence[Draft], settings: Settings, progress: Progress
) -> Reindexing:
    """Return what a reindex of `drafts` into a new home takes, and encoding the same texts in the same process.

    Both have their model loaded. Every other text is encoded before the reindex and the rest after it, so that both
    meet the same machine, each half sorted by length, which wastes least.

    Raises:
        FootnoteError: they cannot be indexed.
    """
    embedder = wiring.embedding_model(settings)
    encode = bare_encode(embedder.files.folder)
    texts = sorted(embedded_texts(drafts, embedder), key=len, reverse=True)
    with alone(scratch, "reindexed") as place:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        articles = place / "articles.jsonl"
        write_drafts(articles, drafts)
        reindexer = wiring.reindexer(settings.model_copy(update={"home": place / "home"}), progress, embedder)
        for warm_up in (embedder.encode_in_context, encode):
            warm_up(texts[:_WARM_UP])
        before = _bare(encode, texts[::2], progress)
        report, reindex = _spending(lambda: reindexer.run([articles]))
        after = _bare(encode, texts[1::2], progress)
        shutil.rmtree(place)
    return Reindexing(report.articles, report.passages, reindex, before + after)


def embedded_texts(drafts: Iterable[Draft], embedder: Embedder) -> list[str]:
    """Return what the model is given of each passage of `drafts`."""
    splitter = PassageSplitter(embedder.count_tokens, embedder.window, wiring.PASSAGE_SIZE)
    return [
        embedded_text(splitter.heading_of(article), passage.text)
        for article in map(_article, drafts)
        for passage in splitter.split_article(article)
    ]


def _article(draft: Draft) -> Article:
    return Article(
        draft.id or "",
        draft.title,
        draft.url,
        draft.publisher,
        draft.authors,
        draft.published_at,
        draft.updated_at,
        draft.language,
        draft.text,
        origin="",
    )


def _bare(encode: Callable[[Sequence[str]], object], texts: Sequence[str], progress: Progress) -> Spent:
    progress.begin(f"Encoding {len(texts):,} texts", 1)
    _, spent = _spending(lambda: encode(texts))
    progress.advance(1, len(texts))
    return spent


def _spending(work: Callable[[], _Result]) -> tuple[_Result, Spent]:
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Spent(time.perf_counter() - wall, time.process_time() - processor)
