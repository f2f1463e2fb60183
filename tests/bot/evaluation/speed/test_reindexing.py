from __future__ import annotations

from pathlib import Path

from bot.commands.progress import NoProgress
from bot.evaluation.speed.reindexing import embedded_texts, measure_reindexing
from bot.settings import Settings
from index.articles import Draft
from index.embedding import Embedder

DRAFTS = [
    Draft("The toll rose to nine crowns.", title="Tolls", id="toll"),
    Draft("\n\n".join(["Snow fell in May, and two roads were shut. " * 15] * 3), id="snow"),
]


def test_the_texts_are_those_that_a_reindex_embeds(embedder: Embedder) -> None:
    texts = embedded_texts(DRAFTS, embedder)
    assert texts[0] == "Tolls\nThe toll rose to nine crowns."
    assert len(texts) == 4


def test_a_reindex_and_a_bare_encode_are_of_the_same_passages(tmp_path: Path) -> None:
    found = measure_reindexing(tmp_path, DRAFTS, Settings(), NoProgress())
    assert (found.articles, found.passages) == (2, 4)
    assert min(found.reindex.wall, found.bare.wall, found.reindex.processor, found.bare.processor) > 0
    assert not (tmp_path / "reindexed").exists()
