from __future__ import annotations

import pytest

from bot.evaluation.rows import speed
from bot.evaluation.rows.figures import Row
from bot.evaluation.speed.disk import DiskUse
from bot.evaluation.speed.memory import MemoryUse
from bot.evaluation.speed.pairs import Pair
from bot.evaluation.speed.reindexing import Reindexing, Spent
from bot.evaluation.speed.small_files import Changed, Unchanged

PAIRS = [Pair(0.3, 0.2), Pair(0.4, 0.1), Pair(9.0, 0.2)]
"""The slowest of three is their 95th percentile."""


@pytest.mark.parametrize(
    ("row", "values"),
    [
        (
            speed.reindex_row(Reindexing(2, 300, Spent(12, 22), Spent(10, 20))),
            [1.2, 1.1, 25.0],
        ),
        (speed.unchanged_row(Unchanged(10, [1.0, 9.0, 1.5], ["torch"])), [1.5, 1]),
        # Paired: the medians of both differ by 0.2.
        (speed.changed_row(Changed(10, PAIRS)), [0.3, 0.4, 0.2]),
        (speed.ask_row(PAIRS, 10), [45.0, 9000, 200]),
        (speed.growth_row(PAIRS, 200, 10), [45.0, 9000, 200]),
        (speed.cold_row(PAIRS, 10), [2.0, 0.4, 0.2]),
        (speed.help_row(PAIRS), [2.0, 0.4, 0.2]),
        (speed.memory_row(MemoryUse(20, 500_000_000, 650_000_000)), [150, 500]),
        (speed.disk_row(DiskUse(20, 1_000_000, 49_000_000)), [49, 49, 1]),
    ],
)
def test_a_row_says_how_much_more_the_product_takes(row: Row, values: list[float]) -> None:
    assert [figure.value for figure in row.figures] == pytest.approx(values)


@pytest.mark.parametrize(
    ("row", "short"),
    [
        (speed.reindex_row(Reindexing(2, 300, Spent(11.5, 20), Spent(10, 20))), False),
        (speed.reindex_row(Reindexing(2, 300, Spent(11.6, 20), Spent(10, 20))), True),
        (speed.unchanged_row(Unchanged(10, [2.0], [])), False),
        (speed.unchanged_row(Unchanged(10, [2.0], ["torch"])), True),
        (speed.unchanged_row(Unchanged(10, [2.1], [])), True),
        (speed.changed_row(Changed(10, [Pair(6.01, 5)])), True),
        (speed.ask_row([Pair(0.16, 0.01)], 10), True),
        (speed.growth_row([Pair(0.41, 0.1)], 200, 10), True),
        (speed.cold_row([Pair(7.51, 5)], 10), True),
        (speed.help_row([Pair(0.27, 0.2)]), True),
        (speed.memory_row(MemoryUse(20, 500_000_000, 901_000_000)), True),
        (speed.disk_row(DiskUse(20, 1_000, 41_000)), True),
    ],
)
def test_a_row_tells_what_takes_too_much(row: Row, short: bool) -> None:
    assert any(figure.short for figure in row.figures) is short


def test_where_nothing_was_timed_there_is_no_ratio() -> None:
    assert [figure.value for figure in speed.ask_row([], 10).figures] == [None, None, None]
    assert [figure.value for figure in speed.help_row([]).figures] == [None, None, None]


def test_a_row_names_what_was_measured() -> None:
    assert "2 articles over a bare encode of their 300 passages" in (
        speed.reindex_row(Reindexing(2, 300, Spent(1, 1), Spent(1, 1))).what
    )
    assert "3 answers over 200,000 passages: 95th percentile over that over 11,275" in (
        speed.growth_row(PAIRS, 200_000, 11_275).what
    )
