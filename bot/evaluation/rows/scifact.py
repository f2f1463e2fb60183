"""SciFact: claims, and the abstracts that bear on them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.asking import Searched
from bot.evaluation.metrics.ranking import ranking_values
from bot.evaluation.metrics.statistics import mean
from bot.evaluation.rows.figures import Figure, Row, Target


def ranking_row(searched: Sequence[Searched]) -> Row:
    """Return nDCG@10 over abstracts, each ranked where its best passage is."""
    run = {each.case.id: {article.id: score for article, score in each.articles} for each in searched}
    judged = {each.case.id: dict.fromkeys(each.case.sources, 1) for each in searched}
    value = mean([figures["ndcg@10"] for figures in ranking_values(run, judged).values()])
    return Row(f"SciFact, {len(searched):,} claims: nDCG@10", (Figure(value, Target(0.745, 0.77)),))
