"""Where the marks of each chart stand, in the units of its drawing, worked out from the figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.measures import Estimate
from bot.evaluation.metrics.confidence import ReliabilityRow
from bot.evaluation.metrics.statistics import median, percentile

_MOST_POINTS = 200
"""A curve of more looks the same, and makes the file larger."""
_WIDTH = 408
_LEFT, _RIGHT = 52.0, 380.0
"""Between these the axes run, with room for the labels at their ends."""
_TOP, _BOTTOM = 32.0, 320.0
_TOP_OF_BARS, _BOTTOM_OF_BARS = 70.0, 240.0
_BEYOND = 60.0
"""What the bar without an end takes of the axis, with the space before it."""
_LARGEST_CIRCLE = 9.0
_SHORTEST = 0.001
"""Seconds that the axis has at least."""
_BARS = 16
_LABEL = 125.0
"""As wide as the median's label gets."""
_TAIL = 2.0
"""Answers that take longer than this many times the 95th percentile are drawn in a bar of their own."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Puts values from 0 to `top` between `start` and `end`; what lies beyond goes to the nearer of both."""

    top: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where `value` stands."""
        share = min(max(value / self.top, 0.0), 1.0)
        return round(self.start + share * (self.end - self.start), 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing of `width` × `height`, and its two axes, which may go on to `right`; y grows downwards."""

    width: int
    height: int
    right: float
    x: Scale
    y: Scale
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """A group of answers: where it stands and how large it is drawn, and where the diagonal is below or above it."""

    x: float
    y: float
    radius: float
    diagonal: float
    row: ReliabilityRow


@dataclass(frozen=True, slots=True)
class ReliabilityChart:
    """Mean confidence (x) against the share that is right (y), a circle for each group."""

    frame: Frame
    circles: tuple[Circle, ...]


@dataclass(frozen=True, slots=True)
class RiskChart:
    """The share of answers taken (x) against the share of them that is wrong (y), from the first point to the last.

    `overall` is the share of all that is wrong, `half` that of the more confident half.
    """

    frame: Frame
    points: tuple[tuple[float, float], ...]
    overall: float
    half: float


@dataclass(frozen=True, slots=True)
class Bar:
    """So many answers took from `low` to `high` seconds; the last bar's `high` is None where it has no end."""

    x: float
    y: float
    width: float
    height: float
    low: float
    high: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A value marked in a chart; its label goes to the right of its line, or to the left."""

    x: float
    value: float
    leftwards: bool


@dataclass(frozen=True, slots=True)
class LatencyChart:
    """How many answers (y) took how long (x, in seconds)."""

    frame: Frame
    bars: tuple[Bar, ...]
    median: Marker
    most: Marker


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure from 0 to 1 and its interval on a line."""

    low: float
    value: float
    high: float


def interval(estimate: Estimate, scale: Scale) -> Interval | None:
    """Return where a figure and its interval stand; None for one that has a unit, and so no end."""
    if estimate.measure.unit:
        return None
    return Interval(scale(estimate.low), scale(estimate.value), scale(estimate.high))


def reliability_chart(rows: Sequence[ReliabilityRow]) -> ReliabilityChart | None:
    """Return the reliability diagram; None without rows. A circle's area says how many answers it is of."""
    if not rows:
        return None
    x, y = Scale(1, _LEFT, _RIGHT), Scale(1, _BOTTOM, _TOP)
    largest = max(row.count for row in rows)
    circles = tuple(
        Circle(
            x(row.confidence),
            y(row.right),
            round(_LARGEST_CIRCLE * math.sqrt(row.count / largest), 1),
            y(row.confidence),
            row,
        )
        for row in rows
    )
    return ReliabilityChart(Frame(_WIDTH, 368, _RIGHT, x, y, _ticks(x, 0.25), _ticks(y, 0.25)), circles)


def risk_chart(curve: Sequence[tuple[float, float]]) -> RiskChart | None:
    """Return the risk-coverage curve; None without points."""
    if not curve:
        return None
    riskiest = max(risk for _, risk in curve) or 1.0
    step = nice_step(riskiest, 4)
    x, y = Scale(1, _LEFT, _RIGHT), Scale(_steps(riskiest, step) * step, _BOTTOM, _TOP)
    frame = Frame(_WIDTH, 368, _RIGHT, x, y, _ticks(x, 0.25, percent=True), _ticks(y, step, percent=True))
    half = curve[(len(curve) - 1) // 2][1]
    return RiskChart(frame, tuple((x(one), y(other)) for one, other in thinned(curve)), curve[-1][1], half)


def thinned(curve: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return at most some hundred points of a curve, the first and the last among them."""
    if len(curve) <= _MOST_POINTS:
        return list(curve)
    step = (len(curve) - 1) / (_MOST_POINTS - 1)
    return [curve[round(place * step)] for place in range(_MOST_POINTS)]


def latency_chart(seconds: Sequence[float]) -> LatencyChart | None:
    """Return how long answers took, as bars; None without answers."""
    middle, most = median(seconds), percentile(seconds, 0.95)
    if middle is None or most is None:
        return None
    step, counts, beyond = histogram(seconds, most)
    largest = max(*counts, beyond)
    step_up = max(1.0, nice_step(largest, 4))
    reach = step * len(counts)
    x = Scale(reach, _LEFT, _RIGHT - _BEYOND if beyond else _RIGHT)
    y = Scale(_steps(largest, step_up) * step_up, _BOTTOM_OF_BARS, _TOP_OF_BARS)
    bars = [_bar(x, y, place * step, (place + 1) * step, count) for place, count in enumerate(counts)]
    if beyond:
        width = _BEYOND / 2
        bars.append(Bar(_RIGHT - width, y(beyond), width, round(y(0) - y(beyond), 1), reach, None, beyond))
    frame = Frame(_WIDTH, 288, _RIGHT, x, y, _ticks(x, nice_step(reach, 4)), _ticks(y, step_up))
    return LatencyChart(
        frame,
        tuple(bars),
        Marker(x(middle), middle, leftwards=x(middle) >= _LABEL),
        Marker(x(most), most, leftwards=x(most) > (x.start + x.end) / 2),
    )


def histogram(seconds: Sequence[float], most: float) -> tuple[float, list[int], int]:
    """Return the width of the bars, how many answers each holds, and how many took longer than the last one's end.

    `most` is the 95th percentile: bars reach to the longest, unless that is far from it.
    """
    longest = max(seconds)
    tailed = longest > _TAIL * most
    reach = max(_TAIL * most if tailed else longest, _SHORTEST)
    step = nice_step(reach, _BARS)
    bars = _steps(reach, step)
    counts = [0] * bars
    for each in seconds:
        if each <= step * bars or not tailed:
            counts[min(int(each / step), bars - 1)] += 1
    return step, counts, len(seconds) - sum(counts)


def nice_step(top: float, about: int) -> float:
    """Return the smallest of 1, 2, 5, 10, … and their tenths that takes at most `about` steps to `top`."""
    power = 10.0 ** math.floor(math.log10(top / about))
    return next(
        step for step in (power, 2 * power, 5 * power, 10 * power) if step * about >= top * (1 - 1e-9)
    )


def _steps(reach: float, step: float) -> int:
    """Return how many steps it takes to reach that far, whatever floats make of the division."""
    return math.ceil(round(reach / step, 6))


def _bar(x: Scale, y: Scale, low: float, high: float, count: int) -> Bar:
    return Bar(
        round(x(low) + 0.5, 1),
        y(count),
        round(x(high) - x(low) - 1, 1),
        round(y(0) - y(count), 1),
        low,
        high,
        count,
    )


def _ticks(scale: Scale, step: float, *, percent: bool = False) -> tuple[Tick, ...]:
    decimals = _decimals(100 * step if percent else step)
    values = [place * step for place in range(_steps(scale.top, step) + 1)]
    return tuple(
        Tick(scale(value), f"{value:.{decimals}%}" if percent else f"{value:,.{decimals}f}")
        for value in values
        if value <= scale.top * (1 + 1e-6)
    )


def _decimals(step: float) -> int:
    return len(f"{step:.9f}".rstrip("0").partition(".")[2])
