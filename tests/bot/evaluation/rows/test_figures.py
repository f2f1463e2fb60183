from __future__ import annotations

import pytest

from bot.evaluation.rows.figures import Figure, Target, drawn


@pytest.mark.parametrize(
    ("value", "target", "short"),
    [
        (0.5, Target(0.5, 0.9), False),
        (0.4999, Target(0.5, 0.9), True),
        (8, Target(8, 3, low=True), False),
        (8.1, Target(8, 3, low=True), True),
        (0.1, None, False),
        (None, Target(0.5, 0.9), False),
    ],
)
def test_a_figure_is_short_where_it_misses_its_bound(
    value: float | None, target: Target | None, short: bool
) -> None:
    assert Figure(value, target).short is short


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, ""), (1, "a"), (2, "ad"), (3, "ace"), (4, "abde"), (6, "abcdef"), (9, "abcdef")],
)
def test_what_is_drawn_is_spread_evenly(count: int, expected: str) -> None:
    assert drawn("abcdef", count) == tuple(expected)


def test_nothing_can_be_drawn_from_nothing() -> None:
    assert drawn([], 3) == ()
