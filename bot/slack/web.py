"""Over HTTP: Slack's signed events where they come that way, the bot's health, and its figures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import SlackError

EVENTS_PATH = "/slack/events"
LARGEST_REQUEST = 1_000_000
"""Bytes; an event is a few thousand."""
_SLOWEST_REQUEST = 10.0
_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def web_app(
    checks: Mapping[str, Callable[[], bool]],
    degraded: Callable[[], str | None],
    exposition: Callable[[], bytes],
    app: App | None,
) -> Starlette:
    """Return what is served: /healthz, /readyz (all `checks`), /metrics, and with an `app` Slack's events.

    What is `degraded` is said by the first two, and no reason to take the bot for dead or busy: it answers.
    """

    def healthy(_request: Request) -> Response:
        fault = degraded()
        return PlainTextResponse(f"alive, but {fault}\n" if fault else "alive\n")

    def ready(_request: Request) -> Response:
        found = {name: check() for name, check in checks.items()}
        fault = degraded()
        said = {**found, "degraded": fault} if fault else found
        return JSONResponse(said, status_code=200 if all(found.values()) else 503)

    def metrics(_request: Request) -> Response:
        return Response(exposition(), media_type=_METRICS_TYPE)

    routes = [Route("/healthz", healthy), Route("/readyz", ready), Route("/metrics", metrics)]
    if app is not None:
        bolt = app

        async def events(request: Request) -> Response:
            body = await _body(request)
            if body is None:
                return PlainTextResponse("too large\n", status_code=413)
            try:
                asked = to_bolt_request(request, body)
            except (ValueError, AttributeError, TypeError):
                # Bolt reads it before it looks whether Slack has signed it.
                return PlainTextResponse("not an event\n", status_code=400)
            # Not in the event loop: it waits for the disk.
            return to_starlette_response(await run_in_threadpool(bolt.dispatch, asked))

        routes.append(Route(EVENTS_PATH, events, methods=["POST"]))
    return Starlette(routes=routes)


async def _body(request: Request) -> bytes | None:
    """Return a request's body; None where it is larger than any event."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_REQUEST:
            return None
    return bytes(body)


class WebServer:
    """Serves an app in a thread of its own."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        self._host, self._port = host, port
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=200,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=5,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Begin to serve.

        Raises:
            SlackError: the address cannot be listened on.
        """
        self._thread.start()
        until = time.monotonic() + _SLOWEST_REQUEST
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                raise SlackError(
                    f"{self._host}:{self._port} cannot be listened on.",
                    "Another process may hold the port; name another one with --http or --health.",
                )
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop, after the requests under way."""
        self._server.should_exit = True
        self._thread.join(_SLOWEST_REQUEST)
