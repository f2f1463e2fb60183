"""Socket Mode: the connections of the app, and the events that go over them."""

from __future__ import annotations

import json
import secrets
import socket
import struct
import threading
from collections.abc import Callable
from typing import Any, Protocol

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

from tests.slack.delivery import Attempt, Receipt
from tests.slack.events import Event
from tests.slack.state import APP, State

MOST_CONNECTIONS = 10


class Incoming(Protocol):
    """What a connection still has to say."""

    def read1(self, size: int, /) -> bytes:
        """Return some bytes as soon as there are any; none at the end."""


class Link:
    """One connection of the app, a WebSocket."""

    def __init__(self, connection: socket.socket, heard: Callable[[str], None]) -> None:
        self._connection = connection
        self._heard = heard
        self._protocol = ServerProtocol()
        self._lock = threading.Lock()
        self._open = True
        self.is_deaf = False

    @property
    def is_open(self) -> bool:
        """Whether something sent over it may arrive."""
        return self._open

    def shake_hands(self, request: bytes) -> None:
        """Answer the app's wish to connect."""
        with self._lock:
            self._protocol.receive_data(request)
            for event in self._protocol.events_received():
                if isinstance(event, Request):
                    self._protocol.send_response(self._protocol.accept(event))
            self._flush()

    def listen(self, incoming: Incoming) -> None:
        """Hear what the app says until the connection ends. Pings are answered on the way."""
        while data := self._read(incoming):
            with self._lock:
                self._protocol.receive_data(data)
                frames = [each for each in self._protocol.events_received() if isinstance(each, Frame)]
                self._flush()
            for frame in frames:
                if frame.opcode is Opcode.TEXT:
                    self._heard(bytes(frame.data).decode())
        self._open = False

    def _read(self, incoming: Incoming) -> bytes:
        if self._protocol.close_expected():
            return b""
        try:
            return incoming.read1(65536)
        except (OSError, ValueError):
            return b""

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        with self._lock:
            if self._open:
                self._protocol.send_text(json.dumps(message).encode())
                self._flush()

    def close(self) -> None:
        """End the connection as one should: with a close frame."""
        with self._lock:
            if self._open:
                self._open = False
                self._protocol.send_close(1000)
                self._flush()
        self._shut(socket.SHUT_WR)

    def cut(self) -> None:
        """End the connection as a failing network does: it is reset, without a word."""
        self._open = False
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._shut(socket.SHUT_RD)

    def _shut(self, how: int) -> None:
        try:
            self._connection.shutdown(how)
        except OSError:
            self._open = False

    def _flush(self) -> None:
        data = b"".join(self._protocol.data_to_send())
        if self.is_deaf or not data:
            return
        try:
            self._connection.sendall(data)
        except OSError:
            self._open = False


class SocketMode:
    """The way of events over whichever connection's turn it is."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._tickets: set[str] = set()
        self._links: list[Link] = []
        self._acknowledged: set[str] = set()
        self.address = ""

    @property
    def open_links(self) -> list[Link]:
        """The connections that are open, the one whose turn it is first."""
        return [link for link in self._links if link.is_open]

    def new_url(self) -> str | None:
        """Return where to connect, once; None where the app has as many connections as it may."""
        if len(self.open_links) >= MOST_CONNECTIONS:
            return None
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return f"{self.address}?ticket={ticket}&app_id={APP}"

    def serve(self, ticket: str, request: bytes, connection: socket.socket, incoming: Incoming) -> None:
        """Serve a connection until it ends; one without a ticket of ours ends at once."""
        with self._state.changed:
            if ticket not in self._tickets:
                return
            self._tickets.discard(ticket)
        link = Link(connection, self._hear)
        link.shake_hands(request)
        with self._state.changed:
            link.send(self._hello())
            self._links.append(link)
            self._state.changed.notify_all()
        link.listen(incoming)
        with self._state.changed:
            self._links.remove(link)
            self._state.changed.notify_all()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.open_links) + 1,
            "debug_info": {"host": "applink-tests", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP},
        }

    def _hear(self, text: str) -> None:
        said = json.loads(text)
        with self._state.changed:
            self._acknowledged.add(str(said.get("envelope_id")))
            self._state.changed.notify_all()

    def wait_until_open(self) -> None:
        """Return once the app is connected, or the workspace stops."""
        with self._state.changed:
            self._state.changed.wait_for(lambda: self.open_links or self._state.stopping.is_set())

    def send(self, payload: Event, attempt: Attempt) -> Receipt | None:
        """Send an event over the next connection; None where there is none."""
        envelope_id = secrets.token_hex(8)
        with self._state.changed:
            links = self.open_links
            if not links:
                return None
            self._links.remove(links[0])
            self._links.append(links[0])
        links[0].send(
            {
                "type": "events_api",
                "envelope_id": envelope_id,
                "payload": payload,
                "accepts_response_payload": False,
                "retry_attempt": attempt.number,
                "retry_reason": attempt.reason,
            }
        )
        return _Sent(self._state, self._acknowledged, envelope_id)

    def disconnect(self) -> None:
        """Ask the app to connect anew, and close what it has."""
        for link in self._taken():
            link.send({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
            link.close()

    def cut(self) -> None:
        """Reset all connections."""
        for link in self._taken():
            link.cut()

    def deafen(self) -> None:
        """Keep the connections there are, but send nothing more over them, not even answers to pings."""
        for link in self._taken():
            link.is_deaf = True

    def _taken(self) -> list[Link]:
        with self._state.changed:
            return self.open_links


class _Sent:
    def __init__(self, state: State, acknowledged: set[str], envelope_id: str) -> None:
        self._state = state
        self._acknowledged = acknowledged
        self._envelope_id = envelope_id

    def wait(self, seconds: float) -> str:
        with self._state.changed:
            self._state.changed.wait_for(self._is_over, seconds)
            return "" if self._envelope_id in self._acknowledged else "timeout"

    def _is_over(self) -> bool:
        return self._envelope_id in self._acknowledged or self._state.stopping.is_set()
