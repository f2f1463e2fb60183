"""An index many times as large as another one, made of variants of its articles without embedding anything."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot import wiring
from bot.evaluation.scratch import alone, digest_of
from bot.evaluation.speed.stand_in import unit_vectors
from bot.evaluation.speed.variants import Vocabulary, vocabulary_of
from bot.settings import Settings
from index.arrays import Vectors
from index.articles import Article
from index.catalogue.reading import CatalogueReader, Snapshot
from index.catalogue.records import Embedded, StoredPassage, ToStore
from index.catalogue.writing import CatalogueWriter
from index.late_interaction import ContextWords, pack, unpack
from index.passages import Passage, passage_digest
from index.planning import Progress
from index.vectors import VectorWriter

_ARTICLES_AT_ONCE = 64
_STRAY = 0.5
"""How far a variant's vectors stray, as a part of their length: their cosine with the original's is about 0.9."""
_NOISE = 4096
_STEP = 131
"""Prime, so that variants take their noise from other places."""


@dataclass(frozen=True, slots=True)
class _Original:
    """A passage of the index that is enlarged, with its vector and its words in context."""

    stored: StoredPassage
    vector: Vectors
    words: ContextWords


def enlarged_index(scratch: Path, settings: Settings, passages: int, progress: Progress) -> Settings:
    """Return settings whose home, under `scratch`, holds at least `passages` passages: those of an index, and variants.

    `settings` name the index. A variant has other words in the place of a fifth of its own, and vectors near to the
    original's, so that a question finds what it found, and more. It is written by what writes any index, and takes
    minutes; one that was broken off is made anew.

    Raises:
        FootnoteError: the index cannot be read, or the new one written.
    """
    name = f"enlarged-{digest_of([str(settings.home.absolute()), str(passages)], settings)}"
    with alone(scratch, name) as home:
        made = settings.model_copy(update={"home": home})
        if not (home / "complete").exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            _enlarge(wiring.catalogue(settings), made, passages, progress)
            (home / "complete").touch()
    return made


def _enlarge(original: CatalogueReader, made: Settings, passages: int, progress: Progress) -> None:
    place = wiring.home(made)
    catalogue = CatalogueWriter(place.catalogue)
    with original.snapshot() as snapshot, VectorWriter(place.vectors) as vectors:
        served = snapshot.served
        index_id = catalogue.create_index(served.identity, served.dimension, serve=True)
        vocabulary = vocabulary_of(article.text for article in snapshot.every_article())
        copies = -(-passages // snapshot.count())
        progress.begin("Enlarging the index", snapshot.article_count(None) * copies)
        noise = unit_vectors(_NOISE, served.dimension) * np.float32(_STRAY)
        for originals in _originals(snapshot):
            for number in range(copies):
                batch = [_variant(each, number, vocabulary, noise) for each in originals]
                _publish(catalogue, vectors, index_id, batch)
                progress.advance(len(batch), sum(len(each.passages) for each in batch))
        catalogue.finish(index_id, removed=(), origins={}, file_records=(), all_entries=())
        catalogue.sweep(index_id)
    catalogue.close()
    original.close()


def _publish(
    catalogue: CatalogueWriter, vectors: VectorWriter, index_id: int, batch: Sequence[ToStore]
) -> None:
    version_ids = catalogue.store(index_id, batch)
    embedded = [passage for article in batch for passage in article.passages]
    vectors.add(
        index_id, [each.passage.id for each in embedded], np.stack([each.vector for each in embedded])
    )
    catalogue.publish(index_id, version_ids)


def _originals(snapshot: Snapshot) -> Iterator[list[list[_Original]]]:
    """Give the passages of the index by article, those of some articles at a time."""
    by_article: dict[str, list[tuple[int, StoredPassage, Vectors]]] = defaultdict(list)
    for rows, matrix in snapshot.vectors(None):
        for row, stored, vector in zip(rows, snapshot.passages(rows), matrix, strict=True):
            by_article[stored.article.id].append((row, stored, vector))
    articles = list(by_article.values())
    for start in range(0, len(articles), _ARTICLES_AT_ONCE):
        yield [_with_words(snapshot, each) for each in articles[start : start + _ARTICLES_AT_ONCE]]


def _with_words(
    snapshot: Snapshot, passages: Sequence[tuple[int, StoredPassage, Vectors]]
) -> list[_Original]:
    packed = snapshot.packed_words([row for row, _, _ in passages])
    return [
        _Original(stored, vector, unpack(words, snapshot.served.dimension))
        for (_, stored, vector), words in zip(passages, packed, strict=True)
    ]


def _variant(originals: Sequence[_Original], number: int, vocabulary: Vocabulary, noise: Vectors) -> ToStore:
    """Return a variant of an article; number 0 is the article itself."""
    article = originals[0].stored.article
    if number:
        article = replace(
            article,
            id=f"{article.id}#{number}",
            url=article.url and f"{article.url}#{number}",
            text=vocabulary.variant(article.text, number),
        )
    digest = passage_digest(article)
    passages = [_embedded(each, article, digest, number, noise) for each in originals]
    return ToStore(article, digest, passages, bands=())


def _embedded(original: _Original, article: Article, digest: str, number: int, noise: Vectors) -> Embedded:
    stored, words = original.stored, original.words
    passage = Passage(
        f"{digest}-{stored.ordinal}",
        article.id,
        stored.ordinal,
        article.text[stored.start : stored.end],
        stored.start,
        stored.end,
    )
    if not number:
        return Embedded(passage, original.vector, pack(words), stored.sentences)
    strays = noise[(number * _STEP + stored.start + np.arange(len(words.vectors) + 1)) % len(noise)]
    moved = ContextWords(words.spans, _unit(words.vectors + strays[1:]))
    return Embedded(passage, _unit(original.vector + strays[0]), pack(moved), stored.sentences)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)
