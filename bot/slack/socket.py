"""Socket Mode: events come over a connection that the bot opens."""

from __future__ import annotations

import logging
import time

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

_PING_SECONDS = 5.0
_DEAF_SECONDS = 4 * _PING_SECONDS
"""Without an answer to a ping for so long, the connection hears nothing, whatever it says of itself."""


class Socket:
    """The connection, which reconnects by itself."""

    def __init__(self, app: App, app_token: str, client: WebClient) -> None:
        logger = logging.getLogger("footnote.socket")
        logger.setLevel(logging.ERROR)
        self._handler = SocketModeHandler(
            app, app_token, logger=logger, web_client=client, ping_interval=_PING_SECONDS
        )
        self._connected_at = 0.0

    def connect(self) -> None:
        """Open the connection; where that fails, it is tried again by itself."""
        self._connected_at = time.time()
        self._handler.client.connect()

    def is_alive(self) -> bool:
        """Tell whether events can arrive: the connection is open, and its pings are answered."""
        client = self._handler.client
        session = client.current_session
        if session is None or not client.is_connected():
            return False
        heard = session.last_ping_pong_time or self._connected_at
        return time.time() - heard < _DEAF_SECONDS

    def close(self) -> None:
        """Close the connection; what Slack sends meanwhile, it sends again later."""
        self._handler.client.close()
