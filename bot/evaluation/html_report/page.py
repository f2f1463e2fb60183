"""The page: what it shows of a report, and the templates that write it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.evaluation import judging
from bot.evaluation.html_report.case_view import CaseView, case_view
from bot.evaluation.html_report.charts import (
    Interval,
    LatencyChart,
    ReliabilityChart,
    RiskChart,
    Scale,
    interval,
    latency_chart,
    reliability_chart,
    risk_chart,
)
from bot.evaluation.html_report.safe_text import shown
from bot.evaluation.measures import PASSED, Estimate
from bot.evaluation.report import Report, TagRow

WHOLE_CASES = 300
"""Beyond so many, those that passed are shown without passages and what was found, or the page grows too long."""

_KEY_FIGURES = (
    PASSED.key,
    judging.ANSWERED,
    "decline_precision",
    "decline_recall",
    "hit@1",
    "hit@5",
    "recall@10",
)
_KEY_FIGURES_SHOWN = 4
_TAGS_SHOWN = 20
_FILTERS = 12
_LINE = Scale(1, 8, 192)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure, and where it and its interval stand on a line from 0 to 1."""

    estimate: Estimate
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows; what there is nothing of is None or empty, and left out."""

    report: Report
    files: tuple[str, ...]
    figures: tuple[FigureView, ...]
    tags: tuple[TagRow, ...]
    reliability: ReliabilityChart | None
    risk: RiskChart | None
    latency: LatencyChart | None

    @property
    def key_figures(self) -> list[FigureView]:
        """The figures to look at first."""
        known = {each.estimate.measure.key: each for each in self.figures}
        return [known[key] for key in _KEY_FIGURES if key in known][:_KEY_FIGURES_SHOWN]

    @property
    def first_tags(self) -> Sequence[TagRow]:
        """The tags that most cases have."""
        return self.tags[:_TAGS_SHOWN]

    @property
    def other_tags(self) -> Sequence[TagRow]:
        """The rest of them."""
        return self.tags[_TAGS_SHOWN:]

    @property
    def filters(self) -> Sequence[TagRow]:
        """The tags that the cases can be filtered by."""
        return self.tags[:_FILTERS]

    @property
    def failed(self) -> int:
        """How many cases are not as expected."""
        return sum(not result.passed for result in self.report.results)

    @property
    def shortened(self) -> int:
        """How many cases are shown without passages and what was found."""
        return max(0, len(self.report.results) - max(WHOLE_CASES, self.failed))

    def cases(self) -> Iterator[CaseView]:
        """Give the cases: those that are not as expected first, otherwise in their order."""
        tags = {row.tag: place for place, row in enumerate(self.filters)}
        for number, result in enumerate(sorted(self.report.results, key=lambda each: each.passed), 1):
            yield case_view(number, result, tags, short=result.passed and number > WHOLE_CASES)


def render_html(report: Report) -> str:
    """Return the report as one HTML file that needs no other, and runs no script."""
    return written(page_of(report, report.estimates()))


def page_of(report: Report, estimates: Sequence[Estimate]) -> Page:
    """Return the page of a report, whose figures are given, since working them out takes long."""
    return Page(
        report=report,
        files=tuple(dict.fromkeys(result.file for result in report.results)),
        figures=tuple(FigureView(each, interval(each, _LINE)) for each in estimates),
        tags=tuple(report.tags()),
        reliability=reliability_chart(report.reliability()),
        risk=risk_chart(report.risk_coverage()),
        latency=latency_chart(report.seconds()),
    )


def written(page: Page) -> str:
    """Return the page as HTML."""
    return _template().render(page=page)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("bot.evaluation.html_report"),
        autoescape=True,
        undefined=StrictUndefined,
        # Every value passes through, so that none can be forgotten.
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        counted=_counted, figure=_figure, number=_number, percent=_percent, seconds=_seconds
    )
    return environment.get_template("report.html")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _figure(value: float, unit: str = "", decimals: int = 3) -> str:
    return f"{value:.{decimals}f}{unit and ' ' + unit}"


def _number(count: int) -> str:
    return f"{count:,}"


def _percent(share: float, decimals: int = 0) -> str:
    return f"{share:.{decimals}%}"


def _seconds(value: float) -> str:
    decimals = 3 if value < 1 else 2 if value < 100 else 0
    return f"{value:,.{decimals}f} s"
