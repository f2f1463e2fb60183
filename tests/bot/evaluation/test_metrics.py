from __future__ import annotations

from math import log2

import pytest

from bot.evaluation.metrics import (
    ReliabilityRow,
    auroc,
    expected_calibration_error,
    median,
    reliability_table,
    retrieval_figures,
    share,
)

RANKED = {"a": 0.9, "b": 0.8, "c": 0.7}


def test_the_figures_of_a_ranking_are_those_of_their_definitions() -> None:
    figures = retrieval_figures({"q": RANKED}, {"q": {"b": 1, "z": 1}})
    best = 1 / log2(2) + 1 / log2(3)
    assert figures == pytest.approx(
        {"nDCG@10": (1 / log2(3)) / best, "R@100": 0.5, "Success@1": 0.0, "Success@5": 1.0, "RR": 0.5}
    )


def test_figures_are_means_over_queries() -> None:
    figures = retrieval_figures({"p": RANKED, "q": RANKED}, {"p": {"a": 1}, "q": {"c": 1}})
    assert figures["RR"] == pytest.approx((1 + 1 / 3) / 2)
    assert figures["Success@1"] == 0.5


def test_grades_count_in_full() -> None:
    figures = retrieval_figures({"q": RANKED}, {"q": {"a": 1, "b": 2}})
    assert figures["nDCG@10"] == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))


def test_a_query_that_nothing_was_found_for_counts_as_zero() -> None:
    run: dict[str, dict[str, float]] = {"p": RANKED, "q": {}}
    assert retrieval_figures(run, {"p": {"a": 1}, "q": {"a": 1}, "r": {"a": 1}})["RR"] == pytest.approx(1 / 3)


def test_a_query_without_a_relevant_document_is_left_out() -> None:
    run = {"p": RANKED, "q": RANKED, "unjudged": RANKED}
    assert retrieval_figures(run, {"p": {"a": 1}, "q": {"a": 0}})["RR"] == 1.0


def test_no_query_to_judge_is_no_figures() -> None:
    assert retrieval_figures({"q": RANKED}, {}) == {}
    assert retrieval_figures({"q": RANKED}, {"q": {"a": 0}}) == {}


@pytest.mark.parametrize("second", [0.5, 0.5 - 1e-12])
@pytest.mark.parametrize(("relevant", "expected"), [("x", 1.0), ("a", 0.5), ("z", 1 / 3)])
def test_equal_and_nearly_equal_scores_keep_their_order(
    second: float, relevant: str, expected: float
) -> None:
    run = {"q": {"x": 0.5, "a": second, "z": second}}
    assert retrieval_figures(run, {"q": {relevant: 1}})["RR"] == pytest.approx(expected)


def test_what_ranks_beyond_the_cutoff_does_not_count() -> None:
    run = {"q": {f"d{number}": -float(number) for number in range(150)}}
    figures = retrieval_figures(run, {"q": {"d5": 1, "d10": 1, "d99": 1, "d100": 1}})
    assert figures["R@100"] == 0.75
    assert figures["Success@5"] == 0.0
    assert figures["RR"] == pytest.approx(1 / 6)


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
    confidences = [0.9, 0.1, 0.2, 0.8, 0.3]
    outcomes = [True, False, True, True, False]
    low, high = reliability_table(confidences, outcomes, bins=2)
    assert (low.count, high.count) == (3, 2)
    assert (low.confidence, low.right) == pytest.approx((0.2, 1 / 3))
    assert (high.confidence, high.right) == pytest.approx((0.85, 1.0))


def test_the_calibration_error_weighs_each_bin_by_its_size() -> None:
    confidences = [0.9, 0.1, 0.2, 0.8, 0.3]
    outcomes = [True, False, True, True, False]
    expected = (3 * abs(0.2 - 1 / 3) + 2 * abs(0.85 - 1)) / 5
    assert expected_calibration_error(confidences, outcomes, bins=2) == pytest.approx(expected)


@pytest.mark.parametrize("outcomes", [[True] * 5 + [False] * 5, [False, True] * 5])
def test_equal_confidences_fall_into_bins_without_regard_to_their_order(outcomes: list[bool]) -> None:
    assert expected_calibration_error([0.5] * 10, outcomes) == pytest.approx(0.0)
    assert reliability_table([0.5] * 10, outcomes, bins=2) == (ReliabilityRow(5, 0.5, 0.5),) * 2


def test_with_fewer_answers_than_bins_each_is_a_bin() -> None:
    assert reliability_table([0.25, 0.75], [False, True]) == (
        ReliabilityRow(1, 0.25, 0.0),
        ReliabilityRow(1, 0.75, 1.0),
    )
    assert expected_calibration_error([0.25, 0.75], [False, True]) == pytest.approx(0.25)


def test_nothing_to_measure_is_not_zero() -> None:
    assert expected_calibration_error([], []) is None
    assert reliability_table([], []) == ()
    assert share([]) is None
    assert median([]) is None


def test_share_and_median() -> None:
    assert share([True, False, False, False]) == 0.25
    assert median([3.0, 1.0, 2.0]) == 2.0
    assert median([4.0, 1.0, 2.0, 3.0]) == 2.5
