"""SciFact: claims, and the abstracts that bear on them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.asking import Searched
from bot.evaluation.metrics import retrieval_figures
from bot.evaluation.rows.figures import Figure, Row, Target


def ranking_row(searched: Sequence[Searched]) -> Row:
    """Return nDCG@10 over abstracts, each ranked where its best passage is."""
    run = {each.question.id: {article.id: score for article, score in each.articles} for each in searched}
    judged = {each.question.id: dict.fromkeys(each.question.sources, 1) for each in searched}
    value = retrieval_figures(run, judged).get("nDCG@10")
    return Row(f"SciFact, {len(searched):,} claims: nDCG@10", (Figure(value, Target(0.745, 0.77)),))
