"""A sentence held against passages, as the checks get it."""

from __future__ import annotations

from functools import lru_cache

from bot.verifying.alignment import Alignment, readings_of
from bot.verifying.reading import read
from bot.verifying.sources import Source, source_from_text
from index.embedding import Embedder
from tests.bot.verifying.telling import teller


@lru_cache(maxsize=256)
def source(embedder: Embedder, text: str) -> Source:
    """Return a passage with its words in context; many sentences are held against the same one."""
    return source_from_text(text, embedder)


def aligned(embedder: Embedder, sentence: str, *passages: str | Source) -> Alignment:
    """Return a sentence held against passages, each a text or what was made of one with its title and date."""
    words = embedder.encode_in_context([sentence])[0].words
    sources = [each if isinstance(each, Source) else source(embedder, each) for each in passages]
    reading = read(sentence)
    return Alignment(reading, words, sources, lambda: teller().told([reading, *readings_of(sources)]))
