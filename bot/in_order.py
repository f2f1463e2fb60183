"""Several things done at once, their results in the order in which they came."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def in_order(function: Callable[[_Item], _Result], items: Iterable[_Item], at_once: int) -> Iterator[_Result]:
    """Yield what `function` returns for each item, in order, each as soon as it is there, although no other has come.

    At most `at_once` are worked on, and twice as many read ahead. The threads do not outlive the command: nothing waits
    for them when it is stopped.

    Raises:
        Exception: whatever `function`, or reading the items, raises, in its item's turn.
    """
    waiting: queue.Queue[tuple[_Item, Future[_Result]] | None] = queue.Queue()
    begun: queue.Queue[Future[_Result] | None] = queue.Queue(maxsize=2 * at_once)

    def read() -> None:
        try:
            for item in items:
                future: Future[_Result] = Future()
                begun.put(future)
                waiting.put((item, future))
        except BaseException as error:  # raised where the items are waited for
            unread: Future[_Result] = Future()
            unread.set_exception(error)
            begun.put(unread)
        begun.put(None)
        for _ in range(at_once):
            waiting.put(None)

    def work() -> None:
        while (taken := waiting.get()) is not None:
            item, future = taken
            try:
                future.set_result(function(item))
            except BaseException as error:  # raised where the result is waited for
                future.set_exception(error)

    for task in (read, *[work] * at_once):
        threading.Thread(target=task, name="in-order", daemon=True).start()
    while (future := begun.get()) is not None:
        yield future.result()
