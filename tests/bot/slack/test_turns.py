from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.slack.turns import Turns
from tests.bot.slack.stand_ins import Kept, wait_for


@contextmanager
def turning(do: Callable[[int], None], workers: int = 2, log: Kept | None = None) -> Iterator[Turns]:
    turns = Turns(do, workers, "test", log or Kept())
    turns.start()
    try:
        yield turns
    finally:
        turns.stop(5.0)


def test_everything_that_is_due_is_worked_on_by_several_and_nothing_twice_at_a_time() -> None:
    lock = threading.Lock()
    working: set[int] = set()
    done: list[int] = []
    at_once = [0]

    def do(key: int) -> None:
        with lock:
            assert key not in working
            working.add(key)
            at_once[0] = max(at_once[0], len(working))
        time.sleep(0.002)
        with lock:
            working.discard(key)
            done.append(key)

    log = Kept()
    with turning(do, workers=8, log=log) as turns:

        def ask() -> None:
            for key in range(10):
                turns.due(key)

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wait_for(turns.is_idle)
    assert set(done) == set(range(10))
    assert log.lines == []
    assert 1 < at_once[0] <= 8


def test_what_falls_due_while_it_is_worked_on_is_worked_on_once_more_afterwards() -> None:
    began, may_end = threading.Event(), threading.Event()
    done: list[int] = []

    def do(key: int) -> None:
        began.set()
        assert key == 2 or may_end.wait(5)
        done.append(key)

    with turning(do) as turns:
        turns.due(1)
        assert began.wait(5)
        for key in (1, 1, 1, 2):
            turns.due(key)
        wait_for(lambda: done == [2])
        assert not turns.is_idle()
        may_end.set()
        wait_for(turns.is_idle)
        assert done == [2, 1, 1]


def test_what_is_due_later_waits_for_its_time_and_holds_nothing_else_up() -> None:
    done: list[tuple[int, float]] = []
    began = time.monotonic()
    with turning(lambda key: done.append((key, time.monotonic() - began)), workers=1) as turns:
        turns.due(1, 0.15)
        turns.due(2, 0.05)
        turns.due(3)
        turns.due(4, 60.0)
        wait_for(lambda: len(done) == 3)
        wait_for(turns.is_idle)
    assert [key for key, _ in done] == [3, 2, 1]
    assert done[2][1] >= 0.15
    assert done[1][1] >= 0.05


def test_one_that_takes_long_keeps_nobody_from_the_others() -> None:
    may_end = threading.Event()
    done: Counter[int] = Counter()

    def do(key: int) -> None:
        if key == 0:
            assert may_end.wait(5)
        done[key] += 1

    with turning(do, workers=2) as turns:
        turns.due(0)
        for key in range(1, 50):
            turns.due(key, 0.001 * (key % 3))
        wait_for(lambda: len(done) == 49)
        assert not turns.is_idle()
        may_end.set()
        wait_for(turns.is_idle)
    assert set(done.values()) == {1}


def test_no_wake_up_is_lost_between_threads_that_wait_for_a_time_and_what_is_due_at_once() -> None:
    done: Counter[int] = Counter()
    with turning(lambda key: done.update([key]), workers=4) as turns:
        for round_ in range(200):
            turns.due(round_ * 3, 0.002)
            turns.due(round_ * 3 + 1)
            turns.due(round_ * 3 + 2, 0.001)
        wait_for(turns.is_idle, 2.0)
    assert done == Counter(range(600))


def test_what_raises_is_logged_and_all_goes_on_even_the_same_key() -> None:
    done: list[int] = []

    def do(key: int) -> None:
        done.append(key)
        if key < 5 and done.count(key) == 1:
            raise ValueError(f"{key} is odd")

    log = Kept()
    with turning(do, workers=1, log=log) as turns:
        for key in range(8):
            turns.due(key)
        wait_for(turns.is_idle)
        turns.due(0)
        wait_for(turns.is_idle)
    assert done == [*range(8), 0]
    assert log.said("error") == ["failed"] * 5
    assert log.lines[3][2] == {"turns": "test", "key": 3, "error": "ValueError: 3 is odd"}


def test_stopping_waits_for_what_is_under_way_and_begins_nothing_more() -> None:
    began = threading.Event()
    done: list[int] = []

    def do(key: int) -> None:
        began.set()
        time.sleep(0.1)
        done.append(key)

    turns = Turns(do, 1, "test", Kept())
    turns.start()
    turns.due(1)
    turns.due(2)
    assert began.wait(5)
    turns.stop(5.0)
    assert done == [1]
    turns.due(3)
    time.sleep(0.05)
    assert done == [1]


def test_stopping_waits_no_longer_than_it_is_told() -> None:
    began, may_end = threading.Event(), threading.Event()

    def do(_key: int) -> None:
        began.set()
        assert may_end.wait(5)

    turns = Turns(do, 2, "test", Kept())
    turns.start()
    turns.due(1)
    assert began.wait(5)
    at = time.monotonic()
    turns.stop(0.1)
    assert time.monotonic() - at < 2
    may_end.set()


def test_what_never_began_can_be_stopped() -> None:
    turns = Turns(print, 2, "test", Kept())
    assert turns.is_idle()
    turns.due(1)
    turns.stop(1.0)
    assert not turns.is_idle()
