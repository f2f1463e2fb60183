"""A collection that goes through changes, and processes that reindex it; what comes of it can be compared."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.commands.progress import NoProgress
from index.catalogue.reading import CatalogueReader
from index.embedding import Embedder
from index.home import Home
from index.ranking import Weights
from index.reindexing import Reindexer
from index.retrieval import Retriever
from index.scope import Scope
from index.seal import Condition, Seal
from index.vectors import VectorReader, VectorWriter, View
from tests.index.embedders import Recording
from tests.slack.nursery import Forked, Nursery

Articles = Mapping[str, str]
"""The texts of articles, by their names."""

Shown = tuple[tuple[int, int, int, str], ...]
"""An article's passages: ordinal, start, end, text."""

QUESTIONS = ("How many ships came to the harbour?", "Who opened the mill of Arn7?", "What burned in May?")


@dataclass(frozen=True, slots=True)
class Seen:
    """What an index shows: passages by article, what Chroma holds, and what questions find."""

    articles: Mapping[str, Shown]
    vectors: frozenset[str]
    found: tuple[tuple[tuple[str, float], ...], ...]


class Stage:
    """One folder of articles, and homes beside it, whose indexes are made by processes that may be killed."""

    def __init__(self, folder: Path, embedder: Embedder, nursery: Nursery) -> None:
        self.folder = folder
        self.articles = folder / "articles"
        self._recording = Recording(embedder)
        self._vectors = folder / "vectors"
        self._nursery = nursery

    def write(self, articles: Articles) -> None:
        """Make the folder hold these articles and no others; half of them are lines of one file."""
        shutil.rmtree(self.articles, ignore_errors=True)
        self.articles.mkdir()
        lines = []
        for place, (name, text) in enumerate(sorted(articles.items())):
            if place % 2:
                lines.append(json.dumps({"id": name, "title": name, "text": text}))
            else:
                said = f"---\nid: {name}\ntitle: {name}\n---\n\n{text}\n"
                (self.articles / f"{name}.md").write_text(said)
        (self.articles / "lines.jsonl").write_text("\n".join(lines) + "\n")

    def learn(self, articles: Articles) -> None:
        """Have the real model read articles, for the processes that do without it."""
        self.write(articles)
        home = Home(self.folder / "learning")
        Reindexer(home, self._recording, passage_size=800, progress=NoProgress()).run([self.articles])
        shutil.rmtree(home.folder)
        self._recording.save(self._vectors)

    def begin(self, home: Path, *, full: bool = False, point: str = "", vectors: str = "") -> Forked:
        """Start a reindex in a process of its own, which dies at a point that has a name, or does not."""
        return self._start(home, vectors or str(self._vectors), "full" if full else "", point)

    def reindex_on_a_full_disk(self, home: Path, most: int) -> tuple[int, str]:
        """Reindex where no file can grow beyond `most` bytes; return the exit code and what was said."""
        code = self._start(home, str(self._vectors), str(most), entry="on_a_full_disk").wait()
        return code, (self.folder / "log").read_text()

    def _start(self, home: Path, *arguments: str, entry: str = "main") -> Forked:
        log = self.folder / "log"
        log.write_text("")
        given = [str(home), str(self.articles), *arguments]
        return self._nursery.start(given, dict(os.environ), log, entry=f"tests.index.killed:{entry}")

    def reindex(self, home: Path, *, full: bool = False) -> None:
        """Reindex, to the end."""
        code = self.begin(home, full=full).wait()
        assert code == 0, (self.folder / "log").read_text()

    def kill(self, home: Path, point: str, *, full: bool = False, vectors: str = "") -> None:
        """Reindex, to a point."""
        code = self.begin(home, full=full, point=point, vectors=vectors).wait()
        assert code == -signal.SIGKILL, (code, (self.folder / "log").read_text())

    def copy(self, home: Path, name: str) -> Path:
        """Return a copy of a home."""
        copied = self.folder / name
        shutil.rmtree(copied, ignore_errors=True)
        shutil.copytree(home, copied)
        return copied

    def shown(self, home: Path) -> dict[str, Shown]:
        """Return the passages of each live article."""
        found: dict[str, list[tuple[int, int, int, str]]] = {}
        reader = CatalogueReader(Home(home).catalogue)
        with reader.snapshot() as snapshot:
            rows = [row for part, _ in snapshot.vectors(None) for row in part]
            for each in snapshot.passages(sorted(rows)):
                assert each.article.text[each.start : each.end] == each.text
                found.setdefault(each.article.id, []).append((each.ordinal, each.start, each.end, each.text))
        reader.close()
        return {name: tuple(sorted(passages)) for name, passages in found.items()}

    def found(
        self, home: Path, questions: Sequence[str] = QUESTIONS
    ) -> tuple[tuple[tuple[str, float], ...], ...]:
        """Return what questions find: articles and scores, whatever state the vectors are in."""
        reader, vectors = CatalogueReader(Home(home).catalogue), VectorReader(Home(home).vectors)
        retriever = Retriever(reader, vectors, self._recording, Weights())
        found = [retriever.retrieve(question, Scope(), limit=5).passages for question in questions]
        vectors.close()
        reader.close()
        return tuple(
            tuple((each.passage.id, round(each.score, 4)) for each in passages) for passages in found
        )

    def seen(self, home: Path, questions: Sequence[str] = QUESTIONS) -> Seen:
        """Return all that an index shows; its vectors have to be sealed, and be those of the live passages."""
        assert Seal(Home(home).vectors).condition() is Condition.SEALED
        held = self._held(home)
        return Seen(self.shown(home), held, self.found(home, questions))

    def _held(self, home: Path) -> frozenset[str]:
        """Return the keys that Chroma holds, by its own account and by what it finds."""
        reader, vectors = CatalogueReader(Home(home).catalogue), VectorReader(Home(home).vectors)
        with reader.snapshot() as snapshot:
            served, count = snapshot.served, snapshot.count()
        view = View(served.index_id, served.generation, count)
        nearest = vectors.nearest(view, np.ones(served.dimension, dtype=np.float32), count + 100, bool)
        vectors.close()
        reader.close()
        with VectorWriter(Home(home).vectors) as writer:
            held = writer.keys(served.index_id)
        assert held == set(nearest.keys)
        return frozenset(held)


def story(number: int, turn: int) -> str:
    """Return a text that is the same each time, of one to four passages."""
    chance = random.Random(1_000 * turn + number)
    sentences = [
        f"The mill of Arn{number} was opened by Ida Brandt in year {1900 + turn}.",
        f"In May the harbour of Arn{number} took {100 + 7 * number + turn} ships.",
        f"A barn near Arn{number} burned for {number + turn + 2} hours, and nobody was hurt.",
        f"The council of Arn{number} met {turn + 3} times to speak of the bridge.",
    ]
    return " ".join(chance.choice(sentences) for _ in range(chance.choice((2, 6, 20))))
