from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from bot.in_order import in_order


def test_results_come_in_the_order_of_the_items_whichever_is_done_first() -> None:
    second_is_done = threading.Event()

    def done(item: int) -> int:
        if item == 1:
            assert second_is_done.wait(10)
        else:
            second_is_done.set()
        return item * 10

    assert list(in_order(done, [1, 2, 3], 2)) == [10, 20, 30]


def test_a_result_comes_although_no_other_item_has() -> None:
    more = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        assert more.wait(10)
        yield 2

    results = in_order(str, items(), 4)
    assert next(results) == "1"
    more.set()
    assert list(results) == ["2"]


def test_an_error_is_raised_in_its_items_turn() -> None:
    results = in_order(lambda item: 1 // item, [1, 0], 2)
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_what_breaks_reading_is_raised_behind_what_was_read() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("unreadable")

    results = in_order(str, items(), 2)
    assert next(results) == "1"
    with pytest.raises(OSError, match="unreadable"):
        next(results)


def test_no_thread_is_left_when_all_is_done() -> None:
    assert list(in_order(str, [1, 2, 3], 2)) == ["1", "2", "3"]
    for thread in threading.enumerate():
        if thread.name == "in-order":
            thread.join(10)
            assert not thread.is_alive()
