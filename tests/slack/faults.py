"""What can go wrong with a call on Slack's side, and the queue of what is to go wrong next."""

from __future__ import annotations

import itertools
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswersError:
    """The call is not performed; the answer names an error."""

    error: str


@dataclass(frozen=True, slots=True)
class AnswersStatus:
    """The call is not performed; the answer is a bare HTTP status such as 500 or 503."""

    status: int


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The call is not performed; it may be made again after so many whole seconds."""

    retry_after: int = 1


@dataclass(frozen=True, slots=True)
class Hangs:
    """The call is not performed; the connection is closed after so many seconds without an answer."""

    seconds: float


@dataclass(frozen=True, slots=True)
class LosesReply:
    """The call is performed, but the connection is closed without an answer."""


Fault = AnswersError | AnswersStatus | RateLimits | Hangs | LosesReply


class Faults:
    """Per method, the faults to come, in order; and the methods that the workspace does not have."""

    def __init__(self) -> None:
        self._queues: defaultdict[str, deque[Iterator[Fault]]] = defaultdict(deque)
        self.lacking: set[str] = set()

    def add(self, method: str, faults: tuple[Fault, ...], times: int | None) -> None:
        """Let the next calls go wrong: all the faults in turn, `times` over; None is for ever."""
        turns = itertools.repeat(faults) if times is None else itertools.repeat(faults, times)
        self._queues[method].append(itertools.chain.from_iterable(turns))

    def clear(self, method: str) -> None:
        """Let nothing more go wrong."""
        self._queues.pop(method, None)

    def take(self, method: str) -> Fault | None:
        """Return what goes wrong with this call."""
        queue = self._queues[method]
        while queue:
            fault = next(queue[0], None)
            if fault is not None:
                return fault
            queue.popleft()
        return None
