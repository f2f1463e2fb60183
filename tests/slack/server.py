"""The HTTP server that the app talks to, on this machine only."""

from __future__ import annotations

import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.slack.socket_mode import SocketMode
from tests.slack.web_api import Reply, WebApi

_API = "/api/"
_LINK = "/link"


class Server:
    """Serves the Web API and Socket Mode on a port of 127.0.0.1 that the system chooses."""

    def __init__(self, api: WebApi, sockets: SocketMode) -> None:
        self._server = _Listener(api, sockets)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.02},
            name="slack-server",
            daemon=True,
        )
        sockets.address = f"ws://127.0.0.1:{self.port}{_LINK}"

    @property
    def api_url(self) -> str:
        """The base of the Web API's addresses."""
        return f"http://127.0.0.1:{self.port}{_API}"

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, api: WebApi, sockets: SocketMode) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.api = api
        self.sockets = sockets

    def shutdown_request(self, request: Any) -> None:
        # The inherited one says goodbye first, and a connection that is cut does not.
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of an app that went away; all else is a mistake of ours and shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    connection: socket.socket
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        received = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        if not path.startswith(_API):
            self.send_error(404)
            return
        reply = self.server.api.answer(
            path.removeprefix(_API),
            self.headers.get("Authorization", ""),
            self.headers.get("Content-Type", ""),
            received,
        )
        if reply is not None:
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        plain = reply.body is None
        body = b"upstream failure" if plain else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "text/plain" if plain else "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path != _LINK:
            self.send_error(404)
            return
        ticket = parse_qs(address.query).get("ticket", [""])[0]
        lines = [self.requestline, *(f"{name}: {value}" for name, value in self.headers.items()), "", ""]
        self.server.sockets.serve(ticket, "\r\n".join(lines).encode(), self.connection, self.rfile)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        """Log nothing: the calls are kept."""
