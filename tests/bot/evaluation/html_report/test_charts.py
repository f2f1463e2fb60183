from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.html_report.charts import (
    Frame,
    Interval,
    Scale,
    histogram,
    interval,
    latency_chart,
    nice_step,
    reliability_chart,
    risk_chart,
    thinned,
)
from bot.evaluation.measures import BY_KEY, Estimate
from bot.evaluation.metrics.confidence import ReliabilityRow, risk_coverage_curve
from bot.evaluation.metrics.statistics import percentile

TIMES = st.lists(st.floats(0, 1e4), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("value", "at"), [(0, 10), (1, 60), (2, 110), (2.5, 110), (-1, 10), (0.333, 26.7)], ids=str
)
def test_a_scale_puts_a_value_between_its_ends(value: float, at: float) -> None:
    assert Scale(2, 10, 110)(value) == at


@pytest.mark.parametrize(
    ("top", "about", "step"),
    [
        (1, 4, 0.5),
        (10, 5, 2),
        (10, 10, 1),
        (7, 4, 2),
        (0.138, 16, 0.01),
        (6000, 4, 2000),
        (3, 1, 5),
        (0.3, 3, 0.1),
    ],
)
def test_ticks_come_in_ones_twos_and_fives(top: float, about: int, step: float) -> None:
    assert nice_step(top, about) == pytest.approx(step)


@given(st.floats(1e-6, 1e9), st.integers(1, 20))
def test_there_are_no_more_steps_than_asked_for_and_not_far_fewer(top: float, about: int) -> None:
    steps = top / nice_step(top, about)
    assert about / 2.51 <= steps <= about * (1 + 1e-6)


def test_a_circle_stands_where_confidence_and_share_right_meet_and_is_as_large_as_its_group() -> None:
    chart = reliability_chart([ReliabilityRow(4, 0.25, 0.5), ReliabilityRow(1, 1.0, 0.0)])
    assert chart is not None
    first, second = chart.circles
    assert (first.x, first.y, first.diagonal) == (134, 176, 248)
    assert (second.x, second.y, second.diagonal) == (380, 320, 32)
    assert first.radius == 2 * second.radius
    assert [tick.label for tick in chart.frame.x_ticks] == ["0.00", "0.25", "0.50", "0.75", "1.00"]


def test_the_risk_curve_runs_to_all_answers_and_says_what_the_better_half_has() -> None:
    chart = risk_chart([(0.25, 0.0), (0.5, 0.0), (0.75, 1 / 3), (1.0, 0.5)])
    assert chart is not None
    assert list(chart.points) == [(134, 320), (216, 320), (298, 160), (380, 80)]
    assert [chart.half, chart.overall] == [0.0, 0.5]
    assert [tick.label for tick in chart.frame.y_ticks] == ["0%", "20%", "40%", "60%"]


@pytest.mark.parametrize(
    ("risk", "labels"),
    [
        (0.0, ["0%", "50%", "100%"]),
        (1.0, ["0%", "50%", "100%"]),
        (0.004, ["0.0%", "0.1%", "0.2%", "0.3%", "0.4%"]),
    ],
)
def test_the_risk_axis_fits_what_is_on_it(risk: float, labels: list[str]) -> None:
    chart = risk_chart([(1.0, risk)])
    assert chart is not None
    assert [tick.label for tick in chart.frame.y_ticks] == labels


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    curve = [(place / 6000, 0.5) for place in range(1, 6001)]
    few = thinned(curve)
    assert len(few) == 200
    assert (few[0], few[-1]) == (curve[0], curve[-1])
    assert thinned(curve[:200]) == curve[:200]


@pytest.mark.parametrize(
    ("seconds", "step", "counts", "beyond"),
    [
        ([0.5, 1.0, 2.0, 4.0], 0.5, [0, 1, 1, 0, 1, 0, 0, 1], 0),
        ([0.05] * 19 + [30.0], 0.01, [0, 0, 0, 0, 0, 19, 0, 0, 0, 0], 1),
        ([0.0], 0.0001, [1] + [0] * 9, 0),
        ([2.0], 0.2, [0] * 9 + [1], 0),
    ],
    ids=["all", "one far away", "no time at all", "one"],
)
def test_answers_are_counted_by_how_long_they_took(
    seconds: list[float], step: float, counts: list[int], beyond: int
) -> None:
    most = percentile(seconds, 0.95)
    assert most is not None
    width, *rest = histogram(seconds, most)
    assert width == pytest.approx(step)
    assert rest == [counts, beyond]


def test_the_bar_of_the_longest_has_no_end_and_stands_apart() -> None:
    chart = latency_chart([0.05] * 19 + [30.0])
    assert chart is not None
    *bars, last = chart.bars
    assert last.high is None
    assert last.x > bars[-1].x + bars[-1].width + 20
    assert (chart.median.value, chart.most.value) == (0.05, 0.05)


@given(TIMES)
def test_every_answer_is_in_a_bar_and_every_bar_in_the_drawing(seconds: list[float]) -> None:
    chart = latency_chart(seconds)
    assert chart is not None
    assert sum(bar.count for bar in chart.bars) == len(seconds)
    for bar in chart.bars:
        assert chart.frame.x.start <= bar.x <= bar.x + bar.width <= 380
        assert chart.frame.y.end <= bar.y <= bar.y + bar.height <= 240.05
    for marker in (chart.median, chart.most):
        assert chart.frame.x.start <= marker.x <= 380
    _assert_ticks_apart(chart.frame)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_a_curve_stays_in_its_drawing(answers: list[tuple[float, bool]]) -> None:
    chart = risk_chart(risk_coverage_curve(*zip(*answers, strict=True)))
    assert chart is not None
    assert all(52 <= x <= 380 and 32 <= y <= 320 for x, y in chart.points)
    _assert_ticks_apart(chart.frame)


def _assert_ticks_apart(frame: Frame) -> None:
    assert 2 <= len(frame.x_ticks) <= 6
    assert 2 <= len(frame.y_ticks) <= 6
    for ticks in (frame.x_ticks, frame.y_ticks):
        assert len({tick.label for tick in ticks}) == len(ticks)
        assert all(math.isfinite(tick.at) for tick in ticks)


def test_without_answers_there_are_no_charts() -> None:
    assert reliability_chart([]) is None
    assert risk_chart([]) is None
    assert latency_chart([]) is None


@pytest.mark.parametrize(
    ("key", "line"), [("passed", Interval(20, 50, 100)), ("latency_median", None)], ids=["share", "seconds"]
)
def test_a_figure_from_0_to_1_has_a_line(key: str, line: Interval | None) -> None:
    assert interval(Estimate(BY_KEY[key], 0.5, 0.2, 1.0, 10), Scale(1, 0, 100)) == line
