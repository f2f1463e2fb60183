from __future__ import annotations

import pytest

from bot.verifying.figures import undated_figures
from bot.verifying.pointing import only_points
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

PASSAGE = "Seven soldiers and two civilians died. The envoy urged both sides to talk."


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        ("The envoy urged the two parties to talk.", True),
        ("One condition is that both sides talk.", True),
        ("Talks come first, said the envoy.", True),
        ("The two soldiers died.", False),
        ("Two parties were urged to talk.", False),
        ("One soldier died.", False),
        ("One in two soldiers died.", False),
        ("The 2 parties were urged to talk.", False),
        ("The five parties were urged to talk.", False),
    ],
)
def test_a_small_number_only_points_unless_the_sources_count_it_otherwise(
    embedder: Embedder, sentence: str, points: bool
) -> None:
    alignment = aligned(embedder, sentence, PASSAGE)
    assert only_points(alignment, undated_figures(alignment.sentence)[0]) is points
