"""A folder of many small files, indexed once without the model, and what a reindex of it takes when little changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bot import wiring
from bot.evaluation.scratch import alone, digest_of
from bot.evaluation.speed.bare import bare_process
from bot.evaluation.speed.pairs import Pair, in_turn
from bot.evaluation.speed.processes import COMMAND, environment, output_of, seconds_of
from bot.evaluation.speed.stand_in import StandInEmbedder
from bot.settings import Settings
from index.articles import Draft
from index.planning import Progress

HEAVY = ("torch", "sentence_transformers")
"""What a reindex does not import that has nothing to embed."""

_ROUNDS = 5
_A_FOLDER = 100
_CHARACTERS = (150, 700)
"""How long a paragraph is that makes a file: long enough for an article, short enough for one passage."""
_LONG_AGO = 1_500_000_000
"""A file that has just changed is read again by the next reindex, since its time would not show another change."""

_NAMING_IMPORTS = f"""
import sys
from bot.cli import main
try:
    main()
except SystemExit as ended:
    code = ended.code
print("imported:", *(name for name in {HEAVY!r} if name in sys.modules))
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class SmallFiles:
    """A folder of files, and settings whose home holds an index of them."""

    folder: Path
    count: int
    settings: Settings


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Seconds of reindexes of so many files that had not changed, and what of HEAVY one of them imported."""

    files: int
    seconds: Sequence[float]
    imported: Sequence[str]


@dataclass(frozen=True, slots=True)
class Changed:
    """Reindexes of so many files of which one had changed, each beside embedding that one alone.

    The latter is a process that imports the library, loads the model and encodes the text of the file.
    """

    files: int
    pairs: Sequence[Pair]


def small_files(
    scratch: Path, drafts: Sequence[Draft], count: int, settings: Settings, progress: Progress
) -> SmallFiles:
    """Return `count` small files made of the paragraphs of `drafts`, under `scratch`, with an index of them.

    They are indexed with a stand-in for the model, since what is measured later does not depend on their vectors.

    Raises:
        FootnoteError: they cannot be made.
    """
    texts = list(small_texts(drafts, count))
    with alone(scratch, f"small-files-{digest_of(texts, settings)}") as place:
        found = SmallFiles(place / "files", count, settings.model_copy(update={"home": place / "home"}))
        if not (place / "complete").exists():
            for number, text in enumerate(texts):
                _write(found.folder / f"{number // _A_FOLDER:03}" / f"{number:06}.txt", text, _LONG_AGO)
            embedder = StandInEmbedder(wiring.embedding_model(settings))
            wiring.reindexer(found.settings, progress, embedder).run([found.folder])
            (place / "complete").touch()
    return found


def small_texts(drafts: Iterable[Draft], count: int) -> Iterator[str]:
    """Give `count` texts, each another one, made of the paragraphs of `drafts` that are neither short nor long."""
    shortest, longest = _CHARACTERS
    paragraphs = [
        paragraph
        for draft in drafts
        for paragraph in draft.text.split("\n\n")
        if shortest <= len(paragraph) <= longest
    ]
    for number, paragraph in enumerate(islice(cycle(paragraphs), count)):
        yield f"{paragraph}\n\nFiled under number {number}."


def measure_unchanged(found: SmallFiles, progress: Progress) -> Unchanged:
    """Return what reindexing the files takes, in a process of its own, when nothing has changed.

    Raises:
        EvaluationError: a reindex failed.
    """
    progress.begin("Reindexing unchanged files", _ROUNDS)
    # Brings in line what an earlier measurement changed, and says what is imported where nothing did.
    _reindex(found)
    imported = _imported(found)
    seconds = []
    for _ in range(_ROUNDS):
        seconds.append(_reindex(found))
        progress.advance()
    return Unchanged(found.count, seconds, imported)


def measure_changed(found: SmallFiles, progress: Progress) -> Changed:
    """Return what reindexing the files takes when one of them has changed, beside embedding that one alone.

    Raises:
        EvaluationError: a reindex failed.
    """
    model = wiring.embedding_model(found.settings).files.folder
    file = sorted(found.folder.rglob("*.txt"))[found.count // 2]
    first = int(file.stat().st_mtime) + 1

    def reindex(modified: int) -> None:
        _write(file, _as_of(file, modified), modified)
        _reindex(found)

    def embed(modified: int) -> None:
        bare_process(model, _as_of(file, modified), found.settings.home)

    rounds = range(first, first + _ROUNDS + 1)
    progress.begin("Reindexing one changed file", len(rounds))
    return Changed(found.count, in_turn(reindex, embed, rounds, progress, warm_ups=1))


def _as_of(file: Path, modified: int) -> str:
    """Return the text of a file with another last paragraph for each second."""
    before = file.read_text(encoding="utf-8").rpartition("\n\n")[0]
    return f"{before}\n\nFiled at second {modified}."


def _write(file: Path, text: str, modified: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", encoding="utf-8", errors="backslashreplace")
    os.utime(file, (modified, modified))


def _reindex(found: SmallFiles) -> float:
    home = found.settings.home
    return seconds_of([COMMAND, "reindex", found.folder], home, environment(found.settings))


def _imported(found: SmallFiles) -> list[str]:
    home = found.settings.home
    said = output_of(
        [sys.executable, "-c", _NAMING_IMPORTS, "reindex", found.folder], home, environment(found.settings)
    )
    return said.rpartition("imported:")[2].split()
