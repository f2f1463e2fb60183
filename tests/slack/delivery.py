"""Events on their way to the app: sent in order, and sent again until the app acknowledges them."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from tests.slack.events import Event
from tests.slack.state import SIGNING_SECRET, State


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sending of an event: when (monotonic), which retry it was (0: the first), and why it was one."""

    at: float
    number: int
    reason: str


@dataclass(slots=True)
class Delivery:
    """An event and what became of it. `lost`: given up after the last retry."""

    payload: Event
    attempts: list[Attempt] = field(default_factory=list)
    acknowledged: bool = False
    lost: bool = False

    @property
    def event_id(self) -> str:
        """What an app tells events apart by."""
        return str(self.payload["event_id"])


class Receipt(Protocol):
    """An event was sent."""

    def wait(self, seconds: float) -> str:
        """Return once it is acknowledged: nothing, or Slack's word for why it was not in that time."""


class Way(Protocol):
    """A way for events to reach the app."""

    def wait_until_open(self) -> None:
        """Return once something can be sent, or the workspace stops."""

    def send(self, payload: Event, attempt: Attempt) -> Receipt | None:
        """Send an event; None where nobody is there to get it."""


class Courier:
    """Sends every event once, in order; and then, each by itself, again as long as it is not acknowledged."""

    def __init__(self, state: State, way: Way, delays: Sequence[float], patience: float) -> None:
        self._state = state
        self._delays = (0.0, *delays)
        self._patience = patience
        self._queue: queue.SimpleQueue[Delivery | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="slack-courier", daemon=True)
        self.way = way
        self.deliveries: list[Delivery] = []

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self) -> None:
        """Send no more. The state is stopping already."""
        self._queue.put(None)
        self._thread.join(timeout=self._patience + 1)

    def take(self, payload: Event) -> None:
        """Take an event to be sent. The caller holds the state's lock."""
        delivery = Delivery(payload)
        self.deliveries.append(delivery)
        self._queue.put(delivery)

    def send_again(self, event_id: str) -> None:
        """Send an event once more, as a retry, acknowledged or not."""
        delivery = next(each for each in self.deliveries if each.event_id == event_id)
        self._send(delivery, len(delivery.attempts), "timeout")

    def _run(self) -> None:
        while (delivery := self._queue.get()) is not None and not self._state.stopping.is_set():
            receipt = self._send(delivery, 0, "")
            threading.Thread(target=self._follow_up, args=(delivery, receipt), daemon=True).start()

    def _follow_up(self, delivery: Delivery, receipt: Receipt | None) -> None:
        for number, delay in enumerate(self._delays, start=1):
            reason = self._outcome(delivery, receipt)
            if not reason or self._state.stopping.wait(delay):
                return
            self.way.wait_until_open()
            receipt = self._send(delivery, number, reason)
        if self._outcome(delivery, receipt):
            delivery.lost = True

    def _send(self, delivery: Delivery, number: int, reason: str) -> Receipt | None:
        if self._state.stopping.is_set():
            return None
        attempt = Attempt(time.monotonic(), number, reason)
        receipt = self.way.send(delivery.payload, attempt)
        if receipt is not None:
            with self._state.changed:
                delivery.attempts.append(attempt)
                self._state.changed.notify_all()
        return receipt

    def _outcome(self, delivery: Delivery, receipt: Receipt | None) -> str:
        reason = receipt.wait(self._patience) if receipt else "timeout"
        if not reason:
            with self._state.changed:
                delivery.acknowledged = True
                self._state.changed.notify_all()
        return reason


def signed_headers(body: bytes, at: float | None = None, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Return the headers by which an app knows that a request is Slack's, of a time in seconds (now)."""
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }


class SignedHttp:
    """Posts events to the app's URL."""

    def __init__(self, url: str, patience: float) -> None:
        self._url = urlsplit(url)
        self._patience = patience

    def wait_until_open(self) -> None:
        """Return at once: whether an app listens shows when it is sent something."""

    def send(self, payload: Event, attempt: Attempt) -> Receipt:
        """Post an event."""
        body = json.dumps(payload).encode()
        target = f"{self._url.path or '/'}?{self._url.query}".rstrip("?")
        headers = signed_headers(body)
        if attempt.number:
            headers |= {
                "X-Slack-Retry-Num": str(attempt.number),
                "X-Slack-Retry-Reason": attempt.reason,
            }
        connection = http.client.HTTPConnection(
            str(self._url.hostname), self._url.port, timeout=self._patience
        )
        try:
            connection.request("POST", target, body, headers)
        except OSError:
            connection.close()
            return _NobodyThere()
        return _Posted(connection)


class _NobodyThere:
    def wait(self, _seconds: float) -> str:
        return "connection_failed"


class _Posted:
    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection

    def wait(self, _seconds: float) -> str:
        try:
            status = self._connection.getresponse().status
        except TimeoutError:
            return "http_timeout"
        except (OSError, http.client.HTTPException):
            return "connection_failed"
        finally:
            self._connection.close()
        return "" if 200 <= status < 300 else "http_error"
