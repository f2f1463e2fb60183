from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.metrics.statistics import (
    RESAMPLES,
    RatioOfSums,
    Rows,
    bootstrap,
    mean,
    median,
    percentile,
    resampled,
    share,
)


def column(*values: float) -> Rows:
    return np.array(values, dtype=float).reshape(-1, 1)


def mean_of_rows(rows: Rows) -> float | None:
    return mean(rows[:, 0])


@pytest.mark.parametrize(
    ("values", "expected"), [([3.0, 1.0, 2.0], 2.0), ([4.0, 1.0, 2.0, 3.0], 2.5), ([7.0], 7.0), ([], None)]
)
def test_the_median_is_the_middle_or_between_the_two_middle_ones(
    values: list[float], expected: float | None
) -> None:
    assert median(values) == expected


def test_mean_and_share() -> None:
    assert share([True, False, False, False]) == 0.25
    assert mean([1.0, 2.0, 6.0]) == 3.0
    assert share([]) is None
    assert mean([]) is None


@pytest.mark.parametrize(
    ("values", "part", "expected"),
    [
        ([], 0.95, None),
        ([7], 0.95, 7),
        (range(1, 101), 0.95, 95),
        (range(1, 41), 0.95, 38),
        (range(1, 22), 0.95, 20),
        ([3, 1, 2], 0.95, 3),
        (range(1, 101), 0.07, 7),
        (range(1, 101), 0.0, 1),
        (range(1, 101), 1.0, 100),
        ([5, 5, 5, 9], 0.75, 5),
    ],
)
def test_a_percentile_is_the_smallest_value_that_the_share_does_not_exceed(
    values: list[float], part: float, expected: float | None
) -> None:
    assert percentile(values, part) == expected


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_one_of_the_values_with_that_many_at_or_below_it(
    values: list[float], part: float
) -> None:
    found = percentile(values, part)
    assert found in values
    assert sum(value <= found for value in values) >= part * len(values) - 1e-6


@settings(max_examples=10)
@given(st.floats(-10, 10), st.integers(1, 20))
def test_the_interval_of_a_constant_is_the_constant(value: float, count: int) -> None:
    low, high = bootstrap(mean_of_rows, column(*[value] * count)) or (None, None)
    assert low == pytest.approx(value)
    assert high == pytest.approx(value)


def test_the_interval_is_the_same_each_time() -> None:
    rows = column(*[0, 1] * 20)
    assert bootstrap(mean_of_rows, rows) == bootstrap(mean_of_rows, rows)


def test_the_interval_is_about_as_wide_as_the_normal_one_and_narrows_with_more_cases() -> None:
    def width(count: int) -> float:
        low, high = bootstrap(mean_of_rows, column(*[0, 1] * (count // 2))) or (0.0, 0.0)
        assert low < 0.5 < high
        return high - low

    # Twice 1.96 times the standard error of a share of a half.
    assert width(100) == pytest.approx(2 * 1.96 * 0.5 / 10, rel=0.1)
    assert width(400) == pytest.approx(2 * 1.96 * 0.5 / 20, rel=0.1)


def test_a_lower_level_is_a_narrower_interval() -> None:
    rows = column(*[0, 1] * 20)
    narrow, wide = bootstrap(mean_of_rows, rows, 0.5), bootstrap(mean_of_rows, rows)
    assert narrow is not None
    assert wide is not None
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


@pytest.mark.parametrize("rows", [column(), column(np.nan, np.nan)])
def test_where_nothing_applies_there_is_no_interval(rows: Rows) -> None:
    assert bootstrap(mean_of_rows, rows) is None


def test_cases_to_which_it_does_not_apply_are_drawn_too_and_not_counted() -> None:
    counts = []

    def noting(rows: Rows) -> float | None:
        counts.append(len(rows))
        return mean_of_rows(rows)

    found = resampled(noting, column(*[1] * 3, *[np.nan] * 3))
    assert set(found) == {1.0}
    assert set(counts) == {1, 2, 3, 4, 5, 6}
    # Of six draws all miss the three that count once in 64 times.
    assert RESAMPLES * 0.97 < len(found) < RESAMPLES


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (column(1, 2, 6), 3.0),
        (np.array([[1, 2], [2, 6]], dtype=float), 3 / 8),
        (np.array([[0, 1]], dtype=float), 0.0),
        (np.array([[0, 0]], dtype=float), None),
        (np.empty((0, 2)), None),
        (column(), None),
    ],
)
def test_a_ratio_of_sums_is_of_two_columns_or_a_mean(rows: Rows, expected: float | None) -> None:
    assert RatioOfSums()(rows) == expected


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 1.0, 2.0, np.nan]), st.sampled_from([0.0, 1.0, 2.0])),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=20, deadline=None)
def test_ratios_of_all_resamples_at_once_are_those_of_each(pairs: list[tuple[float, float]]) -> None:
    rows = np.array(pairs)
    ratio = RatioOfSums()
    one_by_one = resampled(lambda drawn: ratio(drawn), rows)
    assert resampled(ratio, rows) == pytest.approx(one_by_one)
    alone = rows[:, :1]
    assert resampled(ratio, alone) == pytest.approx(resampled(mean_of_rows, alone))


def test_the_rows_of_a_case_stay_together() -> None:
    rows = np.array([[1, 10], [2, 20], [3, 30]], dtype=float)
    assert set(resampled(lambda drawn: float((drawn[:, 1] / drawn[:, 0]).max()), rows)) == {10.0}
