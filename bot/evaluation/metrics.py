"""How good results are, in figures. What is not applicable, because there is nothing to measure, is None, not 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG

_RETRIEVAL = (nDCG @ 10, R @ 100, Success @ 1, Success @ 5, RR)


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """Answers of like confidence: how many, their mean confidence, and the share of them that is right."""

    count: int
    confidence: float
    right: float


def retrieval_figures(
    run: Mapping[str, Mapping[str, float]], qrels: Mapping[str, Mapping[str, int]]
) -> dict[str, float]:
    """Return how well rankings put the relevant documents first, as means over the queries, by name.

    `run` holds each query's documents with their scores, higher is better (of equal scores the one named first
    ranks first); `qrels` the grade of each judged document, 0 for not relevant. A query without a relevant
    document is left out, a query without a ranking counts as 0. No figures come back where no query is left.

    - "nDCG@10": the sum of grade / log2(rank + 1) over the first ten, divided by the best possible sum
      (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002; trec_eval's grades,
      linear).
    - "R@100": the share of the relevant documents among the first hundred.
    - "Success@1", "Success@5": whether a relevant document is among the first so many.
    - "RR": one divided by the rank of the first relevant document (Voorhees, "The TREC-8 question answering
      track report", 1999).
    """
    judged = {query: dict(grades) for query, grades in qrels.items() if any(g > 0 for g in grades.values())}
    if not judged:
        return {}
    ranked = {query: _by_rank(documents) for query, documents in run.items() if query in judged}
    found = ir_measures.calc_aggregate(_RETRIEVAL, judged, ranked)
    return {str(measure): float(found[measure]) for measure in _RETRIEVAL}


def _by_rank(documents: Mapping[str, float]) -> dict[str, float]:
    # trec_eval, which counts, holds scores in single precision and orders equal ones by name.
    ordered = sorted(documents, key=lambda name: -documents[name])
    return {name: -float(rank) for rank, name in enumerate(ordered)}


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


def expected_calibration_error(
    confidences: Sequence[float], outcomes: Sequence[bool], bins: int = 10
) -> float | None:
    """Return how far confidence and the share that is right lie apart, as a mean over equally filled bins.

    Each bin's distance |mean confidence - share right| counts by how many it holds; 0 is best. None without
    outcomes. (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning",
    2015; equally filled as in Nixon and others, "Measuring calibration in deep learning", 2019.)
    """
    rows = reliability_table(confidences, outcomes, bins)
    if not rows:
        return None
    return sum(row.count * abs(row.confidence - row.right) for row in rows) / len(confidences)


def reliability_table(
    confidences: Sequence[float], outcomes: Sequence[bool], bins: int = 10
) -> tuple[ReliabilityRow, ...]:
    """Return the answers in `bins` groups of like confidence, as equal in size as can be, lowest first.

    Where a group's bound falls among equal confidences, each of these counts as right as they are on average, so
    that the order in which they come does not matter. Fewer answers than bins are a group each. (Niculescu-Mizil and
    Caruana, "Predicting good probabilities with supervised learning", 2005.)
    """
    levels, level_of = np.unique(np.asarray(confidences, dtype=float), return_inverse=True)
    counts = np.bincount(level_of, minlength=len(levels))
    right = np.bincount(level_of, weights=np.asarray(outcomes, dtype=float), minlength=len(levels))
    ordered = np.sort(level_of)
    groups = np.array_split(ordered, min(bins, len(ordered))) if len(ordered) else []
    return tuple(
        ReliabilityRow(len(group), float(levels[group].mean()), float((right / counts)[group].mean()))
        for group in groups
    )


def share(outcomes: Sequence[bool]) -> float | None:
    """Return the share of `outcomes` that is true; None without outcomes."""
    return float(np.mean(outcomes)) if len(outcomes) else None


def median(values: Sequence[float]) -> float | None:
    """Return the value that as many lie above as below, of two in the middle their mean; None without values."""
    return float(np.median(values)) if len(values) else None
