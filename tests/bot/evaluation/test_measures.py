from __future__ import annotations

import time

import pytest

from bot.evaluation.cases import QuestionCase
from bot.evaluation.measures import BY_KEY, MEASURES, Measure, estimates, numbers
from bot.evaluation.metrics.ranking import RANKING
from bot.evaluation.results import CaseResult, Judgement
from tests.bot.evaluation.stand_ins import impossible, labelled, result

KEYS = [
    "passed",
    "answered",
    "decline_precision",
    "decline_recall",
    "decline_f1",
    "containment",
    "exact_match",
    "token_f1",
    "citation_precision",
    "citation_recall",
    "quotes_verbatim",
    "supported",
    "judged",
    "judged_correct",
    "judged_supported",
    "judge_agreement",
    "judge_kappa",
    "hit@1",
    "hit@5",
    "hit@10",
    "recall@5",
    "recall@10",
    "mrr@10",
    "ndcg@10",
    "ece",
    "aurc",
    "latency_median",
    "latency_p95",
]
LOWER_IS_BETTER = {"ece", "aurc", "latency_median", "latency_p95"}


def valued(name: str, *values: float | None) -> list[CaseResult]:
    return [result(values={} if value is None else {name: value}) for value in values]


def sure(*answers: tuple[float, bool]) -> list[CaseResult]:
    return [result(confidence=confidence, right=right) for confidence, right in answers]


def searched_only(case: QuestionCase | None = None) -> list[CaseResult]:
    return [result(case, **dict.fromkeys(("declined", "confidence", "right", "seconds")))]


def outcomes(hits: int, wrong_declines: int, missed: int, answered: int) -> list[CaseResult]:
    """Return cases to be declined that are and are not, and others that are declined and answered."""
    return [
        *[result(impossible(), declined=True) for _ in range(hits)],
        *[result(labelled(), declined=True) for _ in range(wrong_declines)],
        *[result(impossible(), declined=False) for _ in range(missed)],
        *[result(labelled(), declined=False) for _ in range(answered)],
    ]


def figures(results: list[CaseResult]) -> dict[str, float]:
    return {each.measure.key: each.value for each in estimates(results, MEASURES)}


def test_the_keys_are_those_that_are_documented() -> None:
    assert [measure.key for measure in MEASURES] == list(BY_KEY) == KEYS
    assert {measure.key for measure in MEASURES if measure.better == "low"} == LOWER_IS_BETTER
    assert {measure.key for measure in MEASURES if measure.unit} == {"latency_median", "latency_p95"}
    assert all(measure.says and measure.about for measure in MEASURES)


def test_measures_with_one_heading_stand_together() -> None:
    headings = list(dict.fromkeys(measure.about for measure in MEASURES))
    assert [measure.about for measure in MEASURES] == sorted(
        (measure.about for measure in MEASURES), key=headings.index
    )


@pytest.mark.parametrize(
    ("results", "precision", "recall", "f1"),
    [
        pytest.param(outcomes(3, 1, 2, 4), 3 / 4, 3 / 5, 2 * 3 / (4 + 5), id="some of each"),
        pytest.param(outcomes(2, 0, 0, 3), 1, 1, 1, id="perfect"),
        pytest.param(outcomes(0, 2, 0, 1), 0, None, 0, id="none was to be declined"),
        pytest.param(outcomes(0, 0, 2, 1), None, 0, 0, id="none is declined"),
        pytest.param(outcomes(0, 0, 0, 3), None, None, None, id="neither"),
        pytest.param([], None, None, None, id="no cases"),
        pytest.param(searched_only(), None, None, None, id="only searched for"),
        pytest.param(searched_only(impossible()), None, None, None, id="only searched for in vain"),
    ],
)
def test_declines_are_counted(
    results: list[CaseResult], precision: float | None, recall: float | None, f1: float | None
) -> None:
    found = figures(results)
    keys = ("decline_precision", "decline_recall", "decline_f1")
    assert [found.get(key) for key in keys] == pytest.approx([precision, recall, f1])


@pytest.mark.parametrize(
    ("results", "counts"),
    [
        (outcomes(3, 1, 2, 4), {"decline_precision": 4, "decline_recall": 5, "decline_f1": 6}),
        (outcomes(0, 2, 0, 1), {"decline_precision": 2, "decline_f1": 2}),
    ],
)
def test_a_figure_counts_the_cases_that_it_is_over(results: list[CaseResult], counts: dict[str, int]) -> None:
    found = {each.measure.key: each.count for each in estimates(results, MEASURES)}
    assert {key: count for key, count in found.items() if key.startswith("decline")} == counts
    assert found["passed"] == len(results)


@pytest.mark.parametrize("key", [*KEYS[1:2], *KEYS[5:12], *RANKING])
@pytest.mark.parametrize(
    ("values", "expected"),
    [([1.0, 0.0, 0.5], 0.5), ([None, 0.25, None], 0.25), ([0.0], 0.0), ([None, None], None)],
)
def test_a_value_s_figure_is_its_mean_over_the_cases_that_have_it(
    key: str, values: list[float | None], expected: float | None
) -> None:
    assert figures(valued(key, *values)).get(key) == expected


def test_what_passed_is_what_has_no_fault() -> None:
    results = [result(), result(labelled(), "a fault"), result(labelled(), "one", "two"), result()]
    assert figures(results)["passed"] == 0.5
    assert figures(searched_only())["passed"] == 1


def test_confidence_is_held_against_what_is_right() -> None:
    found = figures(sure((0.9, True), (0.8, False), (0.4, True)))
    assert found["ece"] == pytest.approx((0.1 + 0.8 + 0.6) / 3)
    assert found["aurc"] == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


def judged(correct: bool | None, matched: bool, supported: bool | None = None) -> CaseResult:
    """Return a case with a judgement, and whether its own check says that it is answered."""
    return result(values={"containment": float(matched)}, judgement=Judgement(correct, supported, ""))


def test_a_judge_s_figures_stand_beside_how_far_it_agrees_with_the_cases() -> None:
    results = [
        *[judged(True, True, supported=True)] * 5,
        *[judged(True, False, supported=False)] * 2,
        judged(False, True),
        *[judged(False, False)] * 2,
        judged(None, True),
        result(),
    ]
    found = figures(results)
    assert found["judged"] == pytest.approx(10 / 11)
    assert found["judged_correct"] == 0.7
    assert found["judged_supported"] == pytest.approx(5 / 7)
    assert found["judge_agreement"] == 0.7
    # By chance 0.7 * 0.6 + 0.3 * 0.4 = 0.54.
    assert found["judge_kappa"] == pytest.approx((0.7 - 0.54) / (1 - 0.54))
    counts = {each.measure.key: each.count for each in estimates(results, MEASURES)}
    keys = ("judged", "judged_correct", "judged_supported", "judge_agreement", "judge_kappa")
    assert [counts[key] for key in keys] == [11, 10, 7, 10, 10]


def test_where_nothing_is_judged_there_are_no_figures_of_a_judge_but_that() -> None:
    assert not any(key.startswith("judge") for key in figures([result()]))
    assert [key for key in figures([judged(None, True)]) if key.startswith("judge")] == ["judged"]


def test_time_is_a_median_and_a_95th_percentile() -> None:
    found = figures([result(seconds=float(seconds)) for seconds in range(1, 101)])
    assert (found["latency_median"], found["latency_p95"]) == (50.5, 95)


def test_what_does_not_apply_is_absent_and_not_zero() -> None:
    assert set(figures(searched_only())) == {"passed"}
    assert figures([]) == {}


def test_an_interval_holds_its_value_and_is_the_same_each_time() -> None:
    results = outcomes(9, 3, 5, 13) + sure((0.9, True), (0.3, False))
    first, second = list(estimates(results, MEASURES)), list(estimates(results, MEASURES))
    assert first == second
    assert all(each.low <= each.high for each in first)
    assert all(each.low <= each.value <= each.high for each in first if each.measure.key != "ece")


def test_an_interval_of_perfection_is_a_point() -> None:
    [perfect] = estimates([result()] * 30, [BY_KEY["passed"]])
    assert (perfect.value, perfect.low, perfect.high, perfect.count) == (1, 1, 1, 30)


def test_the_numbers_of_a_case_to_which_a_measure_does_not_apply_are_missing() -> None:
    rows = numbers(outcomes(1, 0, 0, 1), BY_KEY["decline_f1"])
    assert rows.shape == (2, 2)
    assert rows[0].tolist() == [2, 2]
    assert rows[1].tolist() != rows[1].tolist()
    assert numbers([], BY_KEY["decline_f1"]).shape == (0, 1)


def test_a_measure_of_nothing_at_all_gives_no_estimate() -> None:
    never = Measure("never", "", lambda _: None, lambda rows: float(len(rows)))
    assert list(estimates([result()], [never])) == []


def test_thousands_of_cases_are_estimated_in_seconds() -> None:
    results = [
        result(
            impossible() if number % 3 == 0 else labelled(),
            values=dict.fromkeys((*KEYS[1:2], *KEYS[5:12], *RANKING), float(number % 7 < 5)),
            declined=number % 5 == 0,
            confidence=number * 0.61803 % 1,
            right=number % 2 == 0,
            seconds=number % 89 / 100,
            judgement=Judgement(number % 4 > 0, number % 9 > 0, ""),
        )
        for number in range(2000)
    ]
    began = time.process_time()
    assert len(list(estimates(results, MEASURES))) == len(KEYS)
    assert time.process_time() - began < 10
