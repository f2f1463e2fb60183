"""Socket Mode: events come over a connection that the bot opens."""

from __future__ import annotations

import logging
import socket
import threading
import time
from contextlib import suppress
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.logs import Log
from bot.slack.bot import persistently

_PING_SECONDS = 2.0
_DEAF_SECONDS = 3 * _PING_SECONDS
"""Without an answer to a ping for so long, the connection hears nothing, whatever it says of itself."""
_WATCH_SECONDS = 1.0
_OPENS_WITHIN = 5.0
_CLOSES_WITHIN = 2.0


class Socket:
    """The connection, which reconnects by itself."""

    def __init__(self, app: App, app_token: str, client: WebClient, log: Log) -> None:
        # What it logs as errors are connections that end, as they do every few hours, and it connects anew.
        logger = logging.getLogger("footnote.socket")
        logger.setLevel(logging.CRITICAL)
        handler = SocketModeHandler(
            app, app_token, logger=logger, web_client=client, ping_interval=_PING_SECONDS
        )
        self._log = log
        self._client = handler.client
        self._client.message_listeners.append(self._heard)
        self._client.on_error_listeners.append(self._failed)
        self._closed = threading.Event()
        self._watching = threading.Thread(target=self._watch, name="socket", daemon=True)

    def connect(self) -> None:
        """Open the connection.

        Raises:
            SlackError: Slack does not accept the token, or cannot be reached.
        """
        persistently(self._open, "SLACK_APP_TOKEN", self._client.web_client.base_url, self._log)
        self._watching.start()

    def is_alive(self) -> bool:
        """Tell whether events can arrive: the connection is open, and its pings are answered."""
        session = self._client.current_session
        if session is None or not session.is_active() or session.last_ping_pong_time is None:
            return False
        return bool(time.time() - session.last_ping_pong_time < _DEAF_SECONDS)

    def close(self) -> None:
        """Close the connection; what Slack sends meanwhile, it sends again later."""
        client = self._client
        self._closed.set()
        client.closed = True
        client.auto_reconnect_enabled = False
        client.current_session_state.terminated = True
        if client.current_session is not None:
            _wake_reader(client.current_session)
        # What waits for the queue does so for a second otherwise.
        client.message_queue.put("")
        # It may be connecting anew, and that takes as long as it takes.
        closing = threading.Thread(target=client.close, name="closing", daemon=True)
        closing.start()
        closing.join(_CLOSES_WITHIN)

    def _open(self) -> None:
        self._client.connect_to_new_endpoint()
        until = time.monotonic() + _OPENS_WITHIN
        while not self.is_alive():
            if time.monotonic() > until or not self._client.is_connected():
                raise ConnectionError("the connection was not opened")
            time.sleep(0.01)

    def _watch(self) -> None:
        """End a connection that hears nothing, or whose pings cannot be sent; the client then connects anew.

        By itself it would do so after several times as long.
        """
        watched, since = None, 0.0
        while not self._closed.wait(_WATCH_SECONDS):
            session = self._client.current_session
            if session is None or not session.is_active():
                continue
            if session is not watched:
                watched, since = session, time.time()
            heard = max(since, session.last_ping_pong_time or 0.0)
            if session.consecutive_check_state_error_count or time.time() - heard > _DEAF_SECONDS:
                self._log.warning("connection hears nothing")
                _wake_reader(session)
                session.disconnect()

    def _heard(self, _client: object, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") == "hello":
            self._log.info("connected", connections=message.get("num_connections"))
        elif message.get("type") == "disconnect":
            self._log.info("asked to connect anew", reason=message.get("reason"))

    def _failed(self, error: Exception) -> None:
        if not self._client.closed:
            self._log.warning("connection lost", error=f"{type(error).__name__}: {error}")


def _wake_reader(session: Connection) -> None:
    """End a connection's waiting for something to read, during which it cannot be closed."""
    if session.sock is not None:
        with suppress(OSError):
            session.sock.shutdown(socket.SHUT_RDWR)
