"""How well a ranking puts the relevant articles first."""

from __future__ import annotations

from collections.abc import Mapping

import ir_measures
from ir_measures import RR, R, Success, nDCG

_MEASURES = {
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "hit@10": Success @ 10,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}

RANKING = tuple(_MEASURES)
"""The names of the figures, in the order in which they are reported."""


def ranking_values(
    run: Mapping[str, Mapping[str, float]], qrels: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """Return how well each query's ranking puts the relevant documents first: 0..1, by query and by name.

    `run` holds each query's documents with their scores, higher is better (of equal scores the one named first
    ranks first); `qrels` the grade of each judged document, 0 for not relevant. A query without a relevant document
    has no values; all of a query without a ranking are 0.

    - "hit@k": whether a relevant document is among the first k.
    - "recall@k": the share of the relevant documents that is among the first k.
    - "mrr@10": one divided by the rank of the first relevant document, 0 where none is among the first ten
      (Voorhees, "The TREC-8 question answering track report", 1999). Its mean is what gives it its name.
    - "ndcg@10": the sum of grade / log2(rank + 1) over the first ten, divided by the best possible sum
      (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002; trec_eval's grades, linear).
    """
    judged = {query: dict(grades) for query, grades in qrels.items() if any(g > 0 for g in grades.values())}
    if not judged:
        return {}
    found: dict[str, dict[str, float]] = {query: {} for query in judged}
    ranked = {query: _by_rank(documents) for query, documents in run.items() if query in judged and documents}
    names = {measure: name for name, measure in _MEASURES.items()}
    for metric in ir_measures.iter_calc(list(names), judged, ranked):
        found[metric.query_id][names[metric.measure]] = float(metric.value)
    return found


def _by_rank(documents: Mapping[str, float]) -> dict[str, float]:
    # trec_eval, which counts, holds scores in single precision and orders equal ones by name.
    ordered = sorted(documents, key=lambda name: -documents[name])
    return {name: -float(rank) for rank, name in enumerate(ordered)}
