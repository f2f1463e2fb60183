from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.metrics.ranking import RANKING, ranking_values

TWELVE = [f"d{rank}" for rank in range(1, 13)]


def values(ranking: list[str], grades: dict[str, int]) -> dict[str, float]:
    """Return the values of one query, whose documents were found in this order."""
    run = {document: -float(rank) for rank, document in enumerate(ranking)}
    return ranking_values({"q": run}, {"q": grades})["q"]


def test_the_names_are_those_that_reports_use() -> None:
    assert RANKING == ("hit@1", "hit@5", "hit@10", "recall@5", "recall@10", "mrr@10", "ndcg@10")


@pytest.mark.parametrize(
    ("ranking", "relevant", "expected"),
    [
        pytest.param(["a"], "a", (1, 1, 1, 1, 1, 1, 1), id="first"),
        pytest.param(["x", "a"], "a", (0, 1, 1, 1, 1, 1 / 2, 1 / log2(3)), id="second"),
        pytest.param(
            ["a", "x", "b"],
            "abz",
            (1, 1, 1, 2 / 3, 2 / 3, 1, (1 + 1 / log2(4)) / (1 + 1 / log2(3) + 1 / log2(4))),
            id="two of three",
        ),
        pytest.param(["x", "y"], "a", (0, 0, 0, 0, 0, 0, 0), id="none"),
        pytest.param([], "a", (0, 0, 0, 0, 0, 0, 0), id="nothing found"),
    ],
)
def test_the_values_of_a_ranking_are_those_of_their_definitions(
    ranking: list[str], relevant: str, expected: tuple[float, ...]
) -> None:
    assert values(ranking, dict.fromkeys(relevant, 1)) == pytest.approx(
        dict(zip(RANKING, expected, strict=True))
    )


@pytest.mark.parametrize(
    ("rank", "hits", "reciprocal"),
    [
        (5, (0, 1, 1), 1 / 5),
        (6, (0, 0, 1), 1 / 6),
        (10, (0, 0, 1), 1 / 10),
        (11, (0, 0, 0), 0),
    ],
)
def test_what_ranks_beyond_the_cutoff_does_not_count(
    rank: int, hits: tuple[int, ...], reciprocal: float
) -> None:
    found = values(TWELVE, {f"d{rank}": 1})
    assert [found[name] for name in ("hit@1", "hit@5", "hit@10")] == list(hits)
    assert [found[name] for name in ("recall@5", "recall@10")] == list(hits[1:])
    assert found["mrr@10"] == pytest.approx(reciprocal)
    assert bool(found["ndcg@10"]) == bool(reciprocal)


def test_of_more_relevant_documents_than_the_cutoff_the_best_order_has_only_so_many() -> None:
    found = values(TWELVE, dict.fromkeys(TWELVE, 1))
    assert (found["recall@5"], found["recall@10"]) == pytest.approx((5 / 12, 10 / 12))
    assert found["ndcg@10"] == pytest.approx(1)


def test_grades_count_in_full_where_gain_does_and_as_relevant_elsewhere() -> None:
    found = values(["a", "b"], {"a": 1, "b": 2, "x": 0})
    assert found["ndcg@10"] == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))
    assert (found["hit@1"], found["mrr@10"], found["recall@5"]) == (1, 1, 1)


def test_a_document_that_was_judged_irrelevant_is_like_one_that_was_not_judged() -> None:
    assert values(["x", "a"], {"x": 0, "a": 1}) == values(["x", "a"], {"a": 1})


@pytest.mark.parametrize("second", [0.5, 0.5 - 1e-12])
@pytest.mark.parametrize(("relevant", "expected"), [("x", 1.0), ("a", 1 / 2), ("z", 1 / 3)])
def test_equal_and_nearly_equal_scores_keep_their_order(
    second: float, relevant: str, expected: float
) -> None:
    run = {"q": {"x": 0.5, "a": second, "z": second}}
    assert ranking_values(run, {"q": {relevant: 1}})["q"]["mrr@10"] == pytest.approx(expected)


def test_each_query_has_its_own_values_and_one_without_a_ranking_has_zeros() -> None:
    run: dict[str, dict[str, float]] = {"p": {"a": 1.0}, "q": {}, "unjudged": {"a": 1.0}}
    found = ranking_values(run, {"p": {"a": 1}, "q": {"a": 1}, "r": {"a": 1}, "s": {"a": 0}})
    assert {query: each["mrr@10"] for query, each in found.items()} == {"p": 1.0, "q": 0.0, "r": 0.0}
    assert all(set(each) == set(RANKING) for each in found.values())


@pytest.mark.parametrize("qrels", [{}, {"q": {}}, {"q": {"a": 0}}])
def test_without_a_relevant_document_there_is_nothing_to_measure(qrels: dict[str, dict[str, int]]) -> None:
    assert ranking_values({"q": {"a": 1.0}}, qrels) == {}


@given(st.permutations("abcdefghijkl"), st.dictionaries(st.sampled_from("abcdxyz"), st.integers(0, 3)))
def test_every_value_is_a_share_and_a_longer_list_holds_no_less(
    ranking: list[str], grades: dict[str, int]
) -> None:
    run = {"q": {document: -float(rank) for rank, document in enumerate(ranking)}}
    for found in ranking_values(run, {"q": grades}).values():
        assert all(0 <= value <= 1 + 1e-9 for value in found.values())
        assert found["hit@1"] <= found["hit@5"] <= found["hit@10"]
        assert found["recall@5"] <= found["recall@10"] <= found["hit@10"]
        assert found["hit@1"] <= found["mrr@10"] <= found["hit@10"]
