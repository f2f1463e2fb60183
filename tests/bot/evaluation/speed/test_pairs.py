from __future__ import annotations

from bot.evaluation.speed.pairs import Pair, in_turn
from tests.bot.evaluation.stand_ins import Silent


def test_both_are_done_with_each_item_in_turn_and_the_first_ones_do_not_count() -> None:
    now, done = 0.0, []

    def answer(question: str) -> None:
        nonlocal now
        done.append(f"answer {question}")
        now += 3

    def encode(question: str) -> None:
        nonlocal now
        done.append(f"encode {question}")
        now += 1

    assert in_turn(answer, encode, "abcd", Silent(), warm_ups=2, clock=lambda: now) == [Pair(3, 1)] * 2
    assert done[:4] == ["answer a", "encode a", "answer b", "encode b"]
