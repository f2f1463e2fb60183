"""How often a method may be called: token buckets, as large as Slack's published rates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls a second on average, and at most `burst` at once; a channel each, or over all of them."""

    per_second: float
    burst: int
    per_channel: bool = False


def _a_minute(calls: int) -> Rate:
    return Rate(calls / 60, calls)


POSTING = "chat.postMessage"
RATES = {
    "chat.update": _a_minute(50),
    "chat.delete": _a_minute(50),
    "chat.postEphemeral": _a_minute(100),
    "conversations.history": _a_minute(50),
    "conversations.replies": _a_minute(50),
    "reactions.add": _a_minute(50),
    "users.info": _a_minute(100),
    "chat.startStream": _a_minute(20),
    "chat.appendStream": _a_minute(100),
    "chat.stopStream": _a_minute(20),
    "assistant.threads.setSuggestedPrompts": _a_minute(100),
}


class _Bucket:
    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = float(rate.burst)
        self._filled = now

    def seconds_to_wait(self, now: float) -> float:
        """Take a token; where there is none, return after how many seconds there will be one."""
        grown = self._tokens + (now - self._filled) * self._rate.per_second
        self._tokens, self._filled = min(grown, self._rate.burst), now
        if self._tokens < 1:
            return (1 - self._tokens) / self._rate.per_second
        self._tokens -= 1
        return 0.0


class Rates:
    """Counts the calls, and says which come too soon. Nothing is limited until `enforced`."""

    def __init__(self, post_burst: int) -> None:
        self._rates = {**RATES, POSTING: Rate(1.0, post_burst, per_channel=True)}
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self.enforced = False

    def retry_after(self, method: str, arguments: Mapping[str, Any], now: float) -> int:
        """Return 0 where a call may go on, else after how many whole seconds to try again."""
        rate = self._rates.get(method)
        if rate is None or not self.enforced:
            return 0
        key = method, str(arguments.get("channel", "")) if rate.per_channel else ""
        if key not in self._buckets:
            self._buckets[key] = _Bucket(rate, now)
        return math.ceil(self._buckets[key].seconds_to_wait(now))
