"""The figures of an evaluation: what each is called, what it is made of, and whether more of it is better."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation import judging
from bot.evaluation.metrics.agreement import cohens_kappa
from bot.evaluation.metrics.confidence import area_under_risk_coverage, expected_calibration_error
from bot.evaluation.metrics.ranking import RANKING
from bot.evaluation.metrics.statistics import RatioOfSums, Rows, bootstrap, median, percentile
from bot.evaluation.results import CaseResult

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure by the name that it has in JSON and in --fail-under.

    `says` explains it in a few words. `of_case` returns the numbers that a case adds to it, None where it does not
    apply to the case; `over` makes the figure of the cases' numbers (n × k). `better` is "high" or "low", `unit` "" or
    "s". `about` is the heading that it is shown under.
    """

    key: str
    says: str
    of_case: Callable[[CaseResult], Numbers | None]
    over: Callable[[Rows], float | None]
    better: str = "high"
    unit: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's value over so many cases, and the interval that it would lie in for 95 of 100 such sets of cases."""

    measure: Measure
    value: float
    low: float
    high: float
    count: int


def estimates(results: Sequence[CaseResult], measures: Sequence[Measure]) -> Iterator[Estimate]:
    """Give the measures that there is something to measure of."""
    for measure in measures:
        rows = numbers(results, measure)
        applying = rows[~np.isnan(rows[:, 0])]
        value = measure.over(applying) if len(applying) else None
        interval = bootstrap(measure.over, rows)
        if value is not None and interval is not None:
            yield Estimate(measure, value, *interval, len(applying))


def numbers(results: Sequence[CaseResult], measure: Measure) -> Rows:
    """Return what each case adds to a measure (n × k), a row of NaN where it does not apply."""
    found = [measure.of_case(result) for result in results]
    width = max((len(each) for each in found if each is not None), default=1)
    nothing = (float("nan"),) * width
    return np.array([nothing if each is None else each for each in found], dtype=float).reshape(-1, width)


_mean = _ratio = RatioOfSums()


def _of_values(key: str, says: str, about: str) -> Measure:
    """Return the mean of what cases have as the value of this key."""

    def of_case(result: CaseResult) -> Numbers | None:
        value = result.values.get(key)
        return None if value is None else (value,)

    return Measure(key, says, of_case, _mean, about=about)


def _of_ranking(key: str) -> Measure:
    name, _, depth = key.partition("@")
    return _of_values(key, _RANKING_SAYS[name].format(depth), "Search")


def _passed(result: CaseResult) -> Numbers:
    return (float(result.passed),)


def _decline_precision(result: CaseResult) -> Numbers | None:
    return (float(result.case.declines),) if result.declined else None


def _decline_recall(result: CaseResult) -> Numbers | None:
    if result.declined is None or not result.case.declines:
        return None
    return (float(result.declined),)


def _decline_f1(result: CaseResult) -> Numbers | None:
    """Return twice the declined that should be, and how many were declined plus how many should be."""
    if result.declined is None or not (result.declined or result.case.declines):
        return None
    return (2.0 * (result.declined and result.case.declines), float(result.declined + result.case.declines))


def _confidence(result: CaseResult) -> Numbers | None:
    if result.confidence is None or result.right is None:
        return None
    return (result.confidence, float(result.right))


def _judged(result: CaseResult) -> Numbers | None:
    return None if result.judgement is None else (float(result.judgement.is_given),)


def _judged_correct(result: CaseResult) -> Numbers | None:
    return None if result.judgement is None else _known(result.judgement.correct)


def _judged_supported(result: CaseResult) -> Numbers | None:
    return None if result.judgement is None else _known(result.judgement.supported)


def _known(verdict: bool | None) -> Numbers | None:
    return None if verdict is None else (float(verdict),)


def _both(result: CaseResult) -> Numbers | None:
    """Return what the judge says, and what the case's own check does."""
    judged, matched = _judged_correct(result), judging.is_matched(result)
    return None if judged is None or matched is None else (*judged, float(matched))


def _agree(result: CaseResult) -> Numbers | None:
    both = _both(result)
    return None if both is None else (float(both[0] == both[1]),)


def _kappa(rows: Rows) -> float | None:
    return cohens_kappa(rows[:, 0] > 0, rows[:, 1] > 0)


def _seconds(result: CaseResult) -> Numbers | None:
    return None if result.seconds is None else (result.seconds,)


def _calibration(rows: Rows) -> float | None:
    return expected_calibration_error(rows[:, 0], rows[:, 1] > 0)


def _risk_coverage(rows: Rows) -> float | None:
    return area_under_risk_coverage(rows[:, 0], rows[:, 1] > 0)


_RANKING_SAYS = {
    "hit": "an expected article is among the first {}",
    "recall": "expected articles that are among the first {}",
    "mrr": "one over the rank of the first expected article, of {}",
    "ndcg": "expected articles early in the first {}",
}

PASSED = Measure("passed", "cases that are as expected", _passed, _mean, about="Cases")
ANSWERED = _of_values(
    judging.ANSWERED, "answerable ones answered with an expected answer from an expected source", "Cases"
)
DECLINE_RECALL = Measure(
    "decline_recall", "of those to be declined, how many are", _decline_recall, _mean, about="Declining"
)

JUDGE = (
    Measure("judged", "cases that the judge gave a judgement of", _judged, _mean, about="Judge"),
    Measure("judged_correct", "correct, says the judge", _judged_correct, _mean, about="Judge"),
    Measure("judged_supported", "borne out, says the judge", _judged_supported, _mean, about="Judge"),
    Measure(
        "judge_agreement", "where the judge says what the case's own check says", _agree, _mean, about="Judge"
    ),
    Measure(
        "judge_kappa", "the same, beyond what chance would give (Cohen's kappa)", _both, _kappa, about="Judge"
    ),
)
"""What takes a judge."""

MEASURES = (
    PASSED,
    ANSWERED,
    Measure(
        "decline_precision",
        "of the declined, how many should be",
        _decline_precision,
        _mean,
        about="Declining",
    ),
    DECLINE_RECALL,
    Measure("decline_f1", "the harmonic mean of both", _decline_f1, _ratio, about="Declining"),
    _of_values(judging.CONTAINMENT, "answerable ones whose answer is shown, from any source", "Answers"),
    _of_values(judging.EXACT_MATCH, "what is said is the answer and nothing else", "Answers"),
    _of_values(judging.TOKEN_F1, "words in common with the answer (SQuAD's F1)", "Answers"),
    _of_values(judging.CITATION_PRECISION, "citations that are of an expected source", "Citations"),
    _of_values(judging.CITATION_RECALL, "sentences that rest on an expected source", "Citations"),
    _of_values(judging.QUOTES_VERBATIM, "quotes that the article says word for word", "Citations"),
    _of_values(judging.SUPPORTED, "sentences that the passages they cite bear out", "Citations"),
    *JUDGE,
    *(_of_ranking(key) for key in RANKING),
    Measure(
        "ece",
        "how far confidence is from how often it is right",
        _confidence,
        _calibration,
        better="low",
        about="Confidence",
    ),
    Measure(
        "aurc",
        "how often the more confident are wrong (area under risk-coverage)",
        _confidence,
        _risk_coverage,
        better="low",
        about="Confidence",
    ),
    Measure(
        "latency_median",
        "seconds an answer takes",
        _seconds,
        lambda rows: median(rows[:, 0]),
        better="low",
        unit="s",
        about="Time",
    ),
    Measure(
        "latency_p95",
        "seconds within which 95 of 100 answers come",
        _seconds,
        lambda rows: percentile(rows[:, 0], 0.95),
        better="low",
        unit="s",
        about="Time",
    ),
)
"""In the order in which they are reported."""

BY_KEY = {measure.key: measure for measure in MEASURES}
