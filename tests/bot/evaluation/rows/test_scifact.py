from __future__ import annotations

from math import log2

import pytest

from bot.evaluation.rows.scifact import ranking_row
from tests.bot.evaluation.stand_ins import labelled, searched


def test_abstracts_are_ranked_as_they_were_found() -> None:
    row = ranking_row(
        [
            searched("x", "a", question=labelled("1")),
            searched("a", question=labelled("2")),
            searched("x", question=labelled("3")),
        ]
    )
    assert row.what == "SciFact, 3 claims: nDCG@10"
    assert row.figures[0].value == pytest.approx((1 / log2(3) + 1 + 0) / 3)
