"""Memory: what a reindex takes at its peak beyond the loaded model, measured in a process of its own.

    python -m bot.evaluation.speed.memory ARTICLES

reindexes a file into the home that the environment names, and says what it took.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot import wiring
from bot.commands.progress import NoProgress
from bot.errors import EvaluationError
from bot.evaluation.scratch import alone, write_drafts
from bot.evaluation.speed.processes import environment, output_of
from bot.evaluation.speed.stand_in import StandInEmbedder
from bot.evaluation.speed.variants import vocabulary_of
from bot.settings import Settings, load_settings
from index.articles import Draft

_CHECKOUT = Path(__file__).parents[3]
_STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")
_RESET_PEAK = "5"
_FULL_BATCH = 64
_LONG_TEXT = "The harbour of Port Elden took in more ships than ever before. " * 30


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """How many passages were indexed, and bytes of memory: before, with the model loaded, and at the peak."""

    passages: int
    loaded: int
    peak: int


def measure_memory(scratch: Path, drafts: Sequence[Draft], copies: int, settings: Settings) -> MemoryUse:
    """Return what a reindex of `drafts` and variants of them, `copies` of each, takes into a new home.

    A stand-in makes the vectors, of the model's shapes and as many, since the model itself would take half an hour. So
    the model's own working memory is that of a full batch that it encodes before, and counts as a part of it.

    Raises:
        EvaluationError: it could not be measured.
    """
    with alone(scratch, "memory") as place:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        articles = place / "articles.jsonl"
        write_drafts(articles, multiplied(drafts, copies))
        variables = environment(settings.model_copy(update={"home": place / "home"}))
        said = output_of([sys.executable, "-m", __name__, articles], _CHECKOUT, variables)
        shutil.rmtree(place)
    return MemoryUse(**json.loads(said))


def multiplied(drafts: Sequence[Draft], copies: int) -> Iterator[Draft]:
    """Give each of `drafts`, and variants of it, `copies` in all."""
    vocabulary = vocabulary_of(draft.text for draft in drafts)
    yield from drafts
    for number in range(1, copies):
        for draft in drafts:
            yield replace(
                draft,
                id=f"{draft.id}#{number}",
                url=None,
                text=vocabulary.variant(draft.text, number),
            )


def _reindexed(articles: Path) -> MemoryUse:
    settings = load_settings()
    model = wiring.embedding_model(settings)
    model.encode_in_context([_LONG_TEXT] * _FULL_BATCH)
    reindexer = wiring.reindexer(settings, NoProgress(), StandInEmbedder(model))
    try:
        _RESET.write_text(_RESET_PEAK)
        loaded = _bytes("VmRSS")
        report = reindexer.run([articles])
        return MemoryUse(report.passages, loaded, _bytes("VmHWM"))
    except FileNotFoundError as error:
        raise EvaluationError(f"{error.filename} is not there.", "Measure memory on Linux.") from error


def _bytes(name: str) -> int:
    """Return a figure of this process's memory, which the kernel gives in kilobytes."""
    lines = _STATUS.read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_reindexed(Path(sys.argv[1])))))
