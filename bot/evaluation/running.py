"""Running the parts of the benchmark one after another; one that cannot be measured does not stop the others."""

from __future__ import annotations

import time
from collections.abc import Iterable

from bot.evaluation.bench import Bench
from bot.evaluation.metrics.confidence import ReliabilityRow
from bot.evaluation.parts import PARTS
from bot.evaluation.rows.figures import Measured, Row
from index.errors import FootnoteError


def measure(names: Iterable[str], bench: Bench) -> tuple[Measured, bool]:
    """Return what measuring the parts of these names gave, and whether one of them failed.

    A part whose data is not there is skipped, which is no failure. `bench.say` is told of both.
    """
    rows: list[Row] = []
    reliability: tuple[ReliabilityRow, ...] = ()
    failed = False
    for name in names:
        needed = PARTS[name].needs(bench.data)
        if not needed.exists():
            bench.say(f"{name}: skipped, {needed} is not there.")
            continue
        began = time.monotonic()
        try:
            measured = PARTS[name].measure(bench)
        except FootnoteError as error:
            bench.say(f"{name}: failed. {error}")
            failed = True
            continue
        bench.say(f"{name}: done in {time.monotonic() - began:.0f} s.")
        rows += measured.rows
        reliability += measured.reliability
    return Measured(tuple(rows), reliability), failed
