"""A small collection on disk that a test changes and reindexes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.commands.progress import NoProgress
from index.catalogue.reading import CatalogueReader
from index.catalogue.records import StoredPassage
from index.embedding import Embedder
from index.home import Home
from index.reindexing import Reindexer, ReindexReport
from index.vectors import VectorReader, View


class Collection:
    """A folder of articles and an index of it."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.articles = folder / "articles"
        self.articles.mkdir()
        self.home = Home(folder / "home")
        self.reindexer = Reindexer(self.home, embedder, passage_size=800, progress=NoProgress())

    def write(self, name: str, text: str, title: str = "A headline") -> Path:
        """Write one article as Markdown, and return its file."""
        file = self.articles / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {title}\n---\n\n{text}\n")
        return file

    def write_lines(self, name: str, articles: Sequence[dict[str, Any]]) -> Path:
        """Write articles as JSON lines, and return the file."""
        file = self.articles / name
        file.write_text("".join(json.dumps(article) + "\n" for article in articles))
        return file

    def reindex(self, *paths: Path, full: bool = False, dry_run: bool = False) -> ReindexReport:
        """Reindex the paths, or the whole collection."""
        return self.reindexer.run(paths or [self.articles], full=full, dry_run=dry_run)

    def passages(self) -> list[StoredPassage]:
        """Return all live passages."""
        reader = CatalogueReader(self.home.catalogue)
        try:
            with reader.snapshot() as snapshot:
                rows = [row for part, _ in snapshot.vectors(None) for row in part]
                return snapshot.passages(sorted(rows))
        finally:
            reader.close()

    def texts(self) -> set[str]:
        """Return the texts of the live articles."""
        return {passage.article.text for passage in self.passages()}

    def vector_keys(self) -> set[str]:
        """Return the keys that Chroma holds for the served index."""
        reader, vectors = CatalogueReader(self.home.catalogue), VectorReader(self.home.vectors)
        try:
            with reader.snapshot() as snapshot:
                served = snapshot.served
                any_vector = np.ones(served.dimension, dtype=np.float32)
                view = View(served.index_id, served.generation, snapshot.count())
                # More than any test has: what Chroma holds beside the live vectors comes back too.
                return set(vectors.nearest(view, any_vector, 500, bool).keys)
        finally:
            vectors.close()
            reader.close()

    def is_consistent(self) -> bool:
        """Tell whether Chroma holds the vectors of the live passages, and no others."""
        return self.vector_keys() == {passage.key for passage in self.passages()}
