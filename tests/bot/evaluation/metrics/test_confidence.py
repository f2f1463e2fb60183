from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.metrics.confidence import (
    ReliabilityRow,
    area_under_risk_coverage,
    auroc,
    expected_calibration_error,
    reliability_table,
    risk_coverage_curve,
)

ANSWERS = st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.booleans()), min_size=1)


@pytest.mark.parametrize(
    ("positives", "negatives", "expected"),
    [
        ([2, 3], [0, 1], 1.0),
        ([0, 1], [2, 3], 0.0),
        ([1], [1], 0.5),
        ([1, 1], [1, 1, 1], 0.5),
        ([3, 1], [2], 0.5),
        ([3, 2], [2, 1], 0.875),
        ([], [1], None),
        ([1], [], None),
    ],
)
def test_auroc_counts_the_pairs_in_order_and_ties_half(
    positives: list[float], negatives: list[float], expected: float | None
) -> None:
    assert auroc(positives, negatives) == expected


def test_the_bins_of_a_reliability_table_are_equally_filled() -> None:
    low, high = reliability_table([0.9, 0.1, 0.2, 0.8, 0.3], [True, False, True, True, False], bins=2)
    assert (low.count, low.confidence, low.right) == pytest.approx((3, 0.2, 1 / 3))
    assert (high.count, high.confidence, high.right) == pytest.approx((2, 0.85, 1.0))


@pytest.mark.parametrize(
    ("confidences", "outcomes", "bins", "expected"),
    [
        pytest.param([0.9, 0.6], [True, False], 10, (0.1 + 0.6) / 2, id="each a bin"),
        pytest.param([0.9, 0.6], [True, False], 1, 0.25, id="over and under in one bin"),
        pytest.param(
            [0.9, 0.1, 0.2, 0.8, 0.3],
            [True, False, True, True, False],
            2,
            (3 * abs(0.2 - 1 / 3) + 2 * abs(0.85 - 1)) / 5,
            id="bins weigh what they hold",
        ),
        pytest.param([1.0, 1.0, 0.0], [True, True, False], 10, 0.0, id="perfect"),
        pytest.param([1.0, 0.0], [False, True], 10, 1.0, id="perfectly wrong"),
    ],
)
def test_the_calibration_error_is_the_mean_distance_of_the_bins(
    confidences: list[float], outcomes: list[bool], bins: int, expected: float
) -> None:
    assert expected_calibration_error(confidences, outcomes, bins) == pytest.approx(expected)


@pytest.mark.parametrize("outcomes", [[True] * 5 + [False] * 5, [False, True] * 5])
def test_equal_confidences_fall_into_bins_without_regard_to_their_order(outcomes: list[bool]) -> None:
    assert expected_calibration_error([0.5] * 10, outcomes) == pytest.approx(0.0)
    assert reliability_table([0.5] * 10, outcomes, bins=2) == (ReliabilityRow(5, 0.5, 0.5),) * 2


def test_with_fewer_answers_than_bins_each_is_a_bin() -> None:
    assert reliability_table([0.75, 0.25], [True, False]) == (
        ReliabilityRow(1, 0.25, 0.0),
        ReliabilityRow(1, 0.75, 1.0),
    )


@pytest.mark.parametrize(
    ("confidences", "outcomes", "risks"),
    [
        pytest.param([0.9, 0.8, 0.7, 0.6], [True, True, False, False], [0, 0, 1 / 3, 1 / 2], id="in order"),
        pytest.param([0.6, 0.9, 0.7, 0.8], [False, True, False, True], [0, 0, 1 / 3, 1 / 2], id="shuffled"),
        pytest.param([0.9, 0.8], [False, True], [1, 1 / 2], id="the surest is wrong"),
        pytest.param([0.5, 0.5], [False, True], [1 / 2, 1 / 2], id="a tie"),
        pytest.param([0.9, 0.5, 0.5], [False, True, False], [1, 3 / 4, 2 / 3], id="a tie below"),
        pytest.param([0.5], [True], [0], id="one"),
    ],
)
def test_the_risk_is_the_share_that_is_wrong_of_the_most_confident(
    confidences: list[float], outcomes: list[bool], risks: list[float]
) -> None:
    curve = risk_coverage_curve(confidences, outcomes)
    count = len(risks)
    assert [coverage for coverage, _ in curve] == pytest.approx([(n + 1) / count for n in range(count)])
    assert [risk for _, risk in curve] == pytest.approx(risks)
    assert area_under_risk_coverage(confidences, outcomes) == pytest.approx(sum(risks) / count)


def test_nothing_to_measure_is_not_zero() -> None:
    assert expected_calibration_error([], []) is None
    assert area_under_risk_coverage([], []) is None
    assert reliability_table([], []) == ()
    assert risk_coverage_curve([], []) == ()


@given(ANSWERS, st.randoms())
def test_the_order_in_which_answers_come_makes_no_difference(
    answers: list[tuple[float, bool]], random: Random
) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)
    for measure in (area_under_risk_coverage, expected_calibration_error):
        one, other = (measure(*map(list, zip(*each, strict=True))) for each in (answers, shuffled))
        assert one == pytest.approx(other)


@given(ANSWERS, st.integers(1, 12))
def test_every_figure_is_from_0_to_1_and_every_answer_is_in_a_bin(
    answers: list[tuple[float, bool]], bins: int
) -> None:
    confidences, outcomes = map(list, zip(*answers, strict=True))
    rows = reliability_table(confidences, outcomes, bins)
    assert sum(row.count for row in rows) == len(answers)
    assert max(row.count for row in rows) - min(row.count for row in rows) <= 1
    assert all(0 <= row.right <= 1 for row in rows)
    assert sum(row.count * row.right for row in rows) == pytest.approx(sum(outcomes))
    area, error = (
        area_under_risk_coverage(confidences, outcomes),
        expected_calibration_error(confidences, outcomes),
    )
    assert area is not None
    assert error is not None
    assert 0 <= area <= 1
    assert 0 <= error <= 1
