"""How events reach an app: Socket Mode with the SDK's real client, and signed requests."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.slack.delivery import signed_headers
from tests.slack.faults import Hangs
from tests.slack.people import MENTION_FIRST
from tests.slack.workspace import Workspace


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(retry_delays=(0.1, 0.2), patience=0.3) as running:
        yield running


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    return WebClient(workspace.bot_token, base_url=workspace.api_url)


class App:
    """An app on Socket Mode: keeps what it gets, and acknowledges it as long as it is `polite`."""

    def __init__(self, workspace: Workspace) -> None:
        self.requests: list[SocketModeRequest] = []
        self.polite = True
        self.client = SocketModeClient(
            app_token=workspace.app_token,
            web_client=WebClient(base_url=workspace.api_url),
            ping_interval=0.2,
        )
        self.client.socket_mode_request_listeners.append(self._take)

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.polite:
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    def close(self) -> None:
        # The client notices only that something arrives, and waits for seconds for it otherwise.
        self.client.closed = True
        self.client.message_queue.put("{}")
        self.client.close()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [request.payload["event"] for request in self.requests]


@contextmanager
def app_of(workspace: Workspace) -> Iterator[App]:
    app = App(workspace)
    app.client.connect()
    try:
        workspace.wait_for(lambda: workspace.connections)
        yield app
    finally:
        app.client.auto_reconnect_enabled = False
        workspace.drop_sockets()
        app.close()


# Events over a socket.


def test_a_mention_in_a_channel_arrives_twice(workspace: Workspace) -> None:
    with app_of(workspace) as app:
        ts = workspace.say("U0ANNA", "What is the toll?", "C0NEWS", mention=True, order=MENTION_FIRST)
        workspace.say("U0ANNA", "and in a direct one", "D0ANNA", mention=True)
        workspace.wait_for(lambda: len(app.requests) == 3)
        workspace.wait_for(lambda: all(each.acknowledged for each in workspace.deliveries))
        about = [each.payload for each in workspace.deliveries_about(ts)]
    assert [payload["event"]["type"] for payload in about] == ["app_mention", "message"]
    assert len({request.payload["event_id"] for request in app.requests}) == 3
    assert about[1]["event"]["text"] == "<@U0BOT> What is the toll?"
    assert about[1]["event"]["channel_type"] == "channel"
    assert {request.retry_attempt for request in app.requests} == {0}


def test_the_bot_hears_itself_and_all_changes(workspace: Workspace, client: WebClient) -> None:
    with app_of(workspace) as app:
        ts = client.chat_postMessage(channel="C0NEWS", text="x", unfurl_links=False)["ts"]
        client.chat_update(channel="C0NEWS", ts=ts, text="y")
        client.chat_delete(channel="C0NEWS", ts=ts)
        said = workspace.say("U0ANNA", "See https://harbour.example.org/ferry", "C0NEWS")
        workspace.unfurl("C0NEWS", said)
        workspace.edit("C0NEWS", said, "<@U0BOT> see")
        workspace.say_as_bot("beep", "C0NEWS")
        workspace.open_home("U0ANNA")
        workspace.wait_for(lambda: len(app.requests) == 9)
    told = {(each["type"], each.get("subtype")) for each in app.events}
    kinds = ("message_changed", "message_deleted", "bot_message", None)
    assert told == {*(("message", kind) for kind in kinds), ("app_mention", None), ("app_home_opened", None)}
    own = next(each for each in app.events if each["ts"] == ts)
    assert (own["bot_id"], own["app_id"], own["channel_type"]) == ("B0BOT", "A0APP", "channel")
    mention = next(each for each in app.events if each["type"] == "app_mention")
    assert mention["edited"]["user"] == "U0ANNA"


def test_what_is_not_acknowledged_comes_three_times_more(workspace: Workspace) -> None:
    with app_of(workspace) as app:
        app.polite = False
        ts = workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
        workspace.wait_for(lambda: workspace.deliveries_about(ts)[0].lost)
        assert [request.retry_attempt for request in app.requests] == [0, 1, 2, 3]
        assert [request.retry_reason for request in app.requests] == ["", *["timeout"] * 3]
        assert len({request.payload["event_id"] for request in app.requests}) == 1
        workspace.resend(app.requests[0].payload["event_id"])
        workspace.wait_for(lambda: len(app.requests) == 5)


def test_events_wait_for_a_connection(workspace: Workspace) -> None:
    workspace.say("U0ANNA", "Is anybody there?", "D0ANNA")
    with app_of(workspace) as app:
        workspace.wait_for(lambda: app.requests)
    assert app.requests[0].retry_attempt == 1


@pytest.mark.parametrize("ending", [Workspace.disconnect, Workspace.drop_sockets])
def test_an_app_connects_again(workspace: Workspace, ending: Callable[[Workspace], None]) -> None:
    with app_of(workspace) as app:
        first = app.client.session_id()
        ending(workspace)
        workspace.wait_for(lambda: app.client.session_id() != first and app.client.is_connected())
        workspace.wait_for(lambda: workspace.connections == 1)
        workspace.say("U0ANNA", "Are you back?", "D0ANNA")
        workspace.wait_for(lambda: app.requests)


def test_a_deaf_connection_looks_open_but_answers_no_pings(workspace: Workspace) -> None:
    with app_of(workspace) as app:
        session = app.client.current_session
        assert session is not None
        workspace.wait_for(lambda: session.last_ping_pong_time is not None)
        workspace.deafen()
        ts = workspace.say("U0ANNA", "Can you hear me?", "D0ANNA")
        workspace.wait_for(lambda: workspace.deliveries_about(ts)[0].lost)
        assert time.time() - float(session.last_ping_pong_time or 0) > 0.5
        assert app.client.is_connected()
        assert app.requests == []
        workspace.drop_sockets()
        workspace.wait_for(lambda: workspace.connections)
        workspace.say("U0ANNA", "And now?", "D0ANNA")
        workspace.wait_for(lambda: app.requests)


def test_only_what_the_app_may_hear_is_sent(workspace: Workspace) -> None:
    workspace.subscriptions.discard("message.channels")
    workspace.scopes.discard("im:history")
    workspace.add_channel("C0OTHER", "other", members=["U0ANNA"], with_bot=False)
    for channel in ("C0NEWS", "D0ANNA", "C0OTHER"):
        workspace.say("U0ANNA", "What is the toll?", channel, mention=True)
    assert [each.payload["event"]["type"] for each in workspace.deliveries] == ["app_mention"]


def test_a_stranger_writes_in_a_shared_channel(workspace: Workspace) -> None:
    workspace.add_user("U0EVE", "eve", stranger=True)
    workspace.add_channel("C0BOTH", "both", members=["U0EVE"], ext_shared=True)
    workspace.say("U0EVE", "What is the toll?", "C0BOTH")
    payload = workspace.deliveries[0].payload
    assert payload["is_ext_shared_channel"]
    assert payload["team_id"] == workspace.team
    assert payload["event"]["user_team"] != workspace.team


# Events over HTTP.


class _Receiver(BaseHTTPRequestHandler):
    server: Receiving

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((dict(self.headers), body))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status == 0:
            time.sleep(0.5)
        self.send_response(status or 200)
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        pass


class Receiving(ThreadingHTTPServer):
    """An app that is sent requests; answers with the `statuses` in turn, then with 200. 0 is an answer too late."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Receiver)
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/slack/events"


@pytest.fixture
def receiving() -> Iterator[Receiving]:
    with Receiving() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_signed_requests_and_their_retries(workspace: Workspace, receiving: Receiving) -> None:
    workspace.deliver_to(receiving.url)
    receiving.statuses = [500, 0, 404]
    workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
    workspace.wait_for(lambda: workspace.deliveries[0].acknowledged)
    retries = [
        (headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason"))
        for headers, _ in receiving.received
    ]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_timeout"), ("3", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in receiving.received}) == 1
    verifier = SignatureVerifier(workspace.signing_secret)
    assert all(verifier.is_valid_request(body, headers) for headers, body in receiving.received)
    assert not verifier.is_valid_request(b"{}", signed_headers(b"{}", secret=workspace.app_token))
    assert not verifier.is_valid_request(b"{}", signed_headers(b"{}", at=time.time() - 600))


def test_an_app_that_does_not_listen_is_tried_again(workspace: Workspace) -> None:
    with Receiving() as gone:
        url = gone.url
    workspace.deliver_to(url)
    workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
    workspace.wait_for(lambda: workspace.deliveries[0].lost)
    assert [attempt.reason for attempt in workspace.deliveries[0].attempts] == [
        "",
        *["connection_failed"] * 3,
    ]


def test_it_stops_at_once_and_leaves_nothing_listening() -> None:
    errors: list[Exception] = []
    with Workspace() as workspace:
        client = WebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        app = App(workspace)
        app.client.connect()

        def call() -> None:
            try:
                client.auth_test()
            except OSError as error:
                errors.append(error)

        workspace.fail("auth.test", Hangs(60))
        caller = threading.Thread(target=call)
        caller.start()
        workspace.wait_for(lambda: workspace.calls_of("auth.test"))
        app.client.auto_reconnect_enabled = False
        began = time.monotonic()
    assert time.monotonic() - began < 1
    caller.join()
    app.close()
    assert len(errors) == 1
    with pytest.raises(OSError, match="refused"):
        client.auth_test()
