"""Speed: rows that hold the product against what cannot be spared, and against bounds of time, memory and disk."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.metrics.statistics import median, percentile
from bot.evaluation.rows.figures import Figure, Row, Target
from bot.evaluation.speed.disk import DiskUse
from bot.evaluation.speed.memory import MemoryUse
from bot.evaluation.speed.pairs import Pair
from bot.evaluation.speed.reindexing import Reindexing
from bot.evaluation.speed.small_files import Changed, Unchanged

_MEGABYTE = 1e6


def reindex_row(found: Reindexing) -> Row:
    """Return the time of a reindex over that of a bare encode; the same of processor time; passages a second."""
    return Row(
        f"Speed, reindex of {found.articles:,} articles over a bare encode of their {found.passages:,} passages: "
        "time / processor time / passages a second",
        (
            Figure(_over(found.reindex.wall, found.bare.wall), _at_most(1.15, 1.05)),
            Figure(_over(found.reindex.processor, found.bare.processor)),
            Figure(_over(found.passages, found.reindex.wall), pattern="{:.1f}"),
        ),
    )


def unchanged_row(found: Unchanged) -> Row:
    """Return the median time of a reindex where nothing changed, and how many libraries it imported in vain."""
    return Row(
        f"Speed, reindex of {found.files:,} unchanged files: time / imports of the model's libraries",
        (
            Figure(median(found.seconds), _at_most(2, 1), "{:.2f} s"),
            Figure(len(found.imported), _at_most(0, 0), "{:.0f}"),
        ),
    )


def changed_row(found: Changed) -> Row:
    """Return the median time that a reindex takes beyond embedding the one file that changed, and both medians."""
    product, beside = _medians(found.pairs)
    return Row(
        f"Speed, reindex of {found.files:,} files, one changed: beyond loading the model and embedding it / both",
        (
            Figure(
                median([each.product - each.beside for each in found.pairs]), _at_most(1, 0.3), "{:+.2f} s"
            ),
            Figure(product, pattern="{:.2f} s"),
            Figure(beside, pattern="{:.2f} s"),
        ),
    )


def ask_row(pairs: Sequence[Pair], passages: int) -> Row:
    """Return the 95th percentile of answers' times over the median of encoding the question alone, and both."""
    slow = percentile([each.product for each in pairs], 0.95)
    encoding = median([each.beside for each in pairs])
    return Row(
        f"Speed, {len(pairs):,} answers over {passages:,} passages: 95th percentile over encoding the question / both",
        (Figure(_over(slow, encoding), _at_most(15, 6)), _milliseconds(slow), _milliseconds(encoding)),
    )


def growth_row(pairs: Sequence[Pair], large: int, small: int) -> Row:
    """Return the 95th percentile of answers over a large index over that over a small one, and both."""
    slow = percentile([each.product for each in pairs], 0.95)
    beside = percentile([each.beside for each in pairs], 0.95)
    return Row(
        f"Speed, {len(pairs):,} answers over {large:,} passages: 95th percentile over that over {small:,} / both",
        (Figure(_over(slow, beside), _at_most(4, 2)), _milliseconds(slow), _milliseconds(beside)),
    )


def cold_row(pairs: Sequence[Pair], passages: int) -> Row:
    """Return the median time of `footnote ask` over that of encoding the question in bare Python, and both."""
    return _processes_row(
        f"Speed, {len(pairs):,} cold `footnote ask` over {passages:,} passages: over encoding in bare Python / both",
        pairs,
        _at_most(1.5, 1.3),
    )


def help_row(pairs: Sequence[Pair]) -> Row:
    """Return the median time of `footnote --help` over that of an app whose commands are empty, and both."""
    return _processes_row(
        f"Speed, {len(pairs):,} times `footnote --help`: over as many empty commands' / both",
        pairs,
        _at_most(1.3, 1.1),
    )


def memory_row(found: MemoryUse) -> Row:
    """Return the megabytes of memory at the peak of a reindex beyond those with the model loaded, and these."""
    return Row(
        f"Speed, reindex of {found.passages:,} passages: peak memory beyond the loaded model / the loaded model",
        (
            Figure((found.peak - found.loaded) / _MEGABYTE, _at_most(400, 200), "{:,.0f} MB"),
            Figure(found.loaded / _MEGABYTE, pattern="{:,.0f} MB"),
        ),
    )


def disk_row(found: DiskUse) -> Row:
    """Return the bytes of an index over those of its passages' text, and megabytes of both."""
    return Row(
        f"Speed, {found.passages:,} passages on disk: over their text / both",
        (
            Figure(_over(found.index, found.text), _at_most(40, 15), "{:.1f}"),
            Figure(found.index / _MEGABYTE, pattern="{:,.1f} MB"),
            Figure(found.text / _MEGABYTE, pattern="{:,.1f} MB"),
        ),
    )


def _processes_row(what: str, pairs: Sequence[Pair], target: Target) -> Row:
    product, beside = _medians(pairs)
    return Row(
        what,
        (
            Figure(_over(product, beside), target),
            Figure(product, pattern="{:.2f} s"),
            Figure(beside, pattern="{:.2f} s"),
        ),
    )


def _medians(pairs: Sequence[Pair]) -> tuple[float | None, float | None]:
    return median([each.product for each in pairs]), median([each.beside for each in pairs])


def _over(value: float | None, other: float | None) -> float | None:
    return value / other if value is not None and other else None


def _at_most(bound: float, aim: float) -> Target:
    return Target(bound, aim, low=True)


def _milliseconds(seconds: float | None) -> Figure:
    return Figure(None if seconds is None else seconds * 1000, pattern="{:.1f} ms")
