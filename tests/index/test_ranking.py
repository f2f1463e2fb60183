from __future__ import annotations

import itertools
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking import Contender, Ranked, Weights, fused, rank, timeliness

ASKED = datetime(2024, 5, 20, tzinfo=UTC)
DAY = 86400.0


def contender(
    row: int, cosine: float = 0.5, bm25: float = 1.0, days: float | None = 0, **fields: int
) -> Contender:
    published = None if days is None else ASKED.timestamp() - days * DAY
    return Contender(row, fields.get("version", row), fields.get("ordinal", 0), published, cosine, bm25)


def ranked(contenders: list[Contender], late: list[float] | None = None, query: str = "x") -> list[Ranked]:
    recency, period = timeliness(contenders, lambda: [""] * len(contenders), query, ASKED, Weights())
    matches = np.array(late or [0.5] * len(contenders), dtype=np.float32)
    return rank(contenders, matches, recency, period, Weights())


def rows(found: list[Ranked]) -> list[int]:
    return [each.row for each in found]


@pytest.mark.parametrize(
    ("contenders", "late", "first"),
    [
        pytest.param([contender(1, 0.2), contender(2, 0.9)], None, 2, id="meaning"),
        pytest.param([contender(1, bm25=1), contender(2, bm25=9)], None, 2, id="words"),
        pytest.param([contender(1), contender(2)], [0.3, 0.4], 2, id="late interaction"),
        pytest.param([contender(1, days=90), contender(2, days=1)], None, 2, id="freshness"),
        pytest.param([contender(1, days=None), contender(2, days=1)], None, 2, id="undated is not fresh"),
        pytest.param(
            [contender(1, ordinal=3, version=8), contender(2, ordinal=0, version=9)], None, 2, id="an opening"
        ),
        pytest.param([contender(2), contender(1)], None, 1, id="of equals the earlier row"),
    ],
)
def test_what_comes_first(contenders: list[Contender], late: list[float] | None, first: int) -> None:
    assert rows(ranked(contenders, late))[0] == first


def test_an_article_that_opens_with_the_matter_comes_before_one_that_mentions_it() -> None:
    aside = [contender(1, 0.72, 5, version=1, ordinal=4), contender(2, 0.1, 0, version=1, ordinal=0)]
    report = [contender(3, 0.7, 5, version=2, ordinal=1), contender(4, 0.69, 5, version=2, ordinal=0)]
    assert rows(ranked([*aside, *report]))[0] in (3, 4)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("What was the toll?", 2),
        ("What was the toll in 2021?", 1),
        ("What was the toll in May 2021?", 1),
        ("What will the toll be next year?", 2),
    ],
)
def test_a_period_that_is_named_counts_instead_of_freshness(query: str, first: int) -> None:
    old = contender(1, days=(ASKED - datetime(2021, 5, 20, tzinfo=UTC)).days)
    found = ranked([old, contender(2, days=1)], query=query)
    assert rows(found)[0] == first
    assert len(found) == 2  # nothing is left out
    assert all(each.parts.recency == 0 for each in found) == (first == 1)


def test_a_passage_that_names_the_period_is_near_it_whenever_it_was_published() -> None:
    contenders = [contender(1, days=400), contender(2, days=401)]
    _, period = timeliness(
        contenders, lambda: ["In 2019 it was nine.", "It was nine."], "in 2019?", ASKED, Weights()
    )
    assert period[0] == pytest.approx(0.8)
    assert period[1] < 0.3


def test_without_a_moment_nothing_is_fresh() -> None:
    recency, period = timeliness([contender(1)], lambda: [""], "in 2021", None, Weights())
    assert recency.tolist() == period.tolist() == [0]


numbers = st.floats(-1, 1, width=32)


@given(
    given=st.lists(
        st.tuples(numbers, st.floats(0, 40, width=32), st.integers(0, 2000), numbers), max_size=30
    ),
    compared=st.integers(0, 30),
)
def test_scores_run_from_0_to_1_best_first_and_those_compared_before_the_others(
    given: list[tuple[float, float, int, float]], compared: int
) -> None:
    contenders = [contender(row, cosine, bm25, days) for row, (cosine, bm25, days, _) in enumerate(given)]
    late = np.array([match for *_, match in given], dtype=np.float32)
    late[compared:] = np.nan
    none = np.zeros(len(given), dtype=np.float32)
    found = rank(contenders, late, none, none, Weights())
    assert sorted(rows(found)) == list(range(len(given)))
    assert all(0 <= each.score <= 1 for each in found)
    scores = [each.score for each in found]
    assert all(one >= other - 1e-6 for one, other in itertools.pairwise(scores))
    assert set(rows(found)[:compared]) == set(range(min(compared, len(given))))
    assert len(fused(contenders, 0.4)) == len(given)
