"""Is confidence what it says? How well it tells right from wrong, and how far it is from how often it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.metrics.statistics import Numbers

Outcomes = Sequence[bool] | NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """Answers of like confidence: how many, their mean confidence, and the share of them that is right."""

    count: int
    confidence: float
    right: float


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Return the area under the ROC curve: how often a positive scores above a negative, a tie counting half.

    0.5 is chance, 1 tells them apart perfectly. None without positives or without negatives. (Hanley and McNeil,
    "The meaning and use of the area under a receiver operating characteristic (ROC) curve", 1982.)
    """
    if not len(positives) or not len(negatives):
        return None
    ordered = np.sort(np.asarray(negatives, dtype=float))
    below = np.searchsorted(ordered, positives, side="left")
    not_above = np.searchsorted(ordered, positives, side="right")
    return float((below + not_above).mean() / 2 / len(ordered))


def expected_calibration_error(confidences: Numbers, outcomes: Outcomes, bins: int = 10) -> float | None:
    """Return how far confidence and the share that is right lie apart, as a mean over equally filled bins.

    Each bin's distance |mean confidence - share right| counts by how many it holds; 0 is best. None without
    outcomes. (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning",
    2015; equally filled as in Nixon and others, "Measuring calibration in deep learning", 2019.)
    """
    if not len(confidences):
        return None
    counts, confident, right = _binned(confidences, outcomes, bins)
    return float(np.abs(confident - right) @ counts / len(confidences))


def reliability_table(confidences: Numbers, outcomes: Outcomes, bins: int = 10) -> tuple[ReliabilityRow, ...]:
    """Return the answers in `bins` groups of like confidence, as equal in size as can be, lowest first.

    Where a group's bound falls among equal confidences, each of these counts as right as they are on average, so
    that the order in which they come does not matter. Fewer answers than bins are a group each. (Niculescu-Mizil and
    Caruana, "Predicting good probabilities with supervised learning", 2005.)
    """
    if not len(confidences):
        return ()
    columns = (column.tolist() for column in _binned(confidences, outcomes, bins))
    return tuple(ReliabilityRow(*row) for row in zip(*columns, strict=True))


def risk_coverage_curve(confidences: Numbers, outcomes: Outcomes) -> tuple[tuple[float, float], ...]:
    """Return, for the 1, 2, … most confident answers, their share of all and the share of them that is wrong.

    Among equal confidences each counts as wrong as they are on average, so that the order in which they come does not
    matter. (El-Yaniv and Wiener, "On the foundations of noise-free selective classification", 2010.)
    """
    risk = _risk(confidences, outcomes)
    coverage = np.arange(1, len(risk) + 1) / max(len(risk), 1)
    return tuple(zip(coverage.tolist(), risk.tolist(), strict=True))


def area_under_risk_coverage(confidences: Numbers, outcomes: Outcomes) -> float | None:
    """Return the mean share of wrong answers over all coverages, 0..1, lower is better; None without outcomes.

    (AURC: Geifman, Uziel and El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers", 2019.)
    """
    return float(_risk(confidences, outcomes).mean()) if len(confidences) else None


def _risk(confidences: Numbers, outcomes: Outcomes) -> NDArray[np.float64]:
    _, right = _by_confidence(confidences, outcomes)
    return np.cumsum(1 - right[::-1]) / np.arange(1, len(right) + 1)


def _binned(
    confidences: Numbers, outcomes: Outcomes, bins: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return how many answers each bin holds, their mean confidence, and the share of them that is right."""
    ordered, right = _by_confidence(confidences, outcomes)
    bins = min(bins, len(ordered))
    counts = len(ordered) // bins + (np.arange(bins) < len(ordered) % bins)
    starts = np.cumsum(counts) - counts
    return counts, np.add.reduceat(ordered, starts) / counts, np.add.reduceat(right, starts) / counts


def _by_confidence(
    confidences: Numbers, outcomes: Outcomes
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the confidences, lowest first, and how often those equal to each are right."""
    order = np.argsort(np.asarray(confidences, dtype=float))
    ordered = np.asarray(confidences, dtype=float)[order]
    right = np.asarray(outcomes, dtype=float)[order]
    if not len(ordered):
        return ordered, right
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    counts = np.diff(np.append(starts, len(ordered)))
    return ordered, np.repeat(np.add.reduceat(right, starts) / counts, counts)
