from __future__ import annotations

from bot.evaluation.cases import QuestionCase
from bot.evaluation.rows.near_misses import near_miss_rows
from tests.bot.evaluation.stand_ins import answer


def case(*tags: str, declines: bool = False) -> QuestionCase:
    return QuestionCase("c", "Who led?", None, (), () if declines else ("Rollo",), (), declines, tags)


def test_the_pairs_kept_out_are_counted_apart() -> None:
    right, wrong, declined = answer("Snow.", "Rollo led."), answer("Snow."), answer(first="Rollo led.")
    kept_out, others = near_miss_rows(
        [
            (case("who", "kept-out"), right),
            (case("who", "kept-out", declines=True), wrong),
            (case("who"), wrong),
            (case("who", declines=True), declined),
            (case("who"), declined),
            (case("who", declines=True), right),
        ]
    )
    assert [figure.value for figure in kept_out.figures] == [1.0, 0.0]
    assert [figure.value for figure in others.figures] == [0.0, 0.5]
    assert (kept_out.what[:29], others.what[:27]) == (
        "Near misses, 1 pairs kept out",
        "Near misses, 2 pairs in vie",
    )
