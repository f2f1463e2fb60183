from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from bot.slack.calls import CallError, Calls, NotYet, Person, Posted, Refused, Unknown
from bot.slack.messages import Message
from tests.slack.faults import AnswersError, AnswersStatus, Fault, Hangs, LosesReply, RateLimits
from tests.slack.workspace import Workspace

BLOCKS: tuple[dict[str, Any], ...] = (
    {"type": "section", "text": {"type": "mrkdwn", "text": "The toll rises."}},
    {"type": "divider"},
)
RICH, PLAIN = Message("The toll rises.", BLOCKS), Message("The toll rises.")
Outcome = tuple[type[CallError], str, float | None]


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(retry_delays=(0.1, 0.2), patience=0.3) as running:
        yield running
        assert not running.warnings


@pytest.fixture
def calls(workspace: Workspace) -> Calls:
    return Calls(workspace.bot_token, workspace.api_url, timeout=10)


def outcome(call: Callable[[], object]) -> Outcome:
    """Return how a call fails: the kind, the reason, and after how many seconds it may be tried again."""
    with pytest.raises(CallError) as error:
        call()
    failure = error.value
    return type(failure), str(failure), failure.seconds if isinstance(failure, NotYet) else None


# What each call does.


@pytest.mark.parametrize("in_thread", [True, False])
def test_a_message_is_posted_with_its_mark_and_says_where_it_landed(
    workspace: Workspace, calls: Calls, in_thread: bool
) -> None:
    root = workspace.say("U0ANNA", "What is the toll?", "C0NEWS", mention=True)
    thread = root if in_thread else None
    posted = calls.post("C0NEWS", thread, RICH, "q1.0.ab")
    assert posted.thread == thread
    message = workspace.message("C0NEWS", posted.ts)
    assert message is not None
    assert message["text"] == "The toll rises."
    assert [block["type"] for block in message["blocks"]] == ["section", "divider"]
    assert message["blocks"][0]["block_id"] == "q1.0.ab"
    assert message["blocks"][1]["block_id"] != "q1.0.ab"
    (call,) = workspace.calls_of("chat.postMessage")
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
    assert call.arguments["parse"] == "none"
    assert "block_id" not in BLOCKS[0], "what is given is left as it is"


def test_a_message_without_blocks_has_no_mark(workspace: Workspace, calls: Calls) -> None:
    message = workspace.message("C0NEWS", calls.post("C0NEWS", None, PLAIN, "q1.0.ab").ts)
    assert message is not None
    assert "blocks" not in message


def test_what_is_posted_under_a_deleted_message_says_that_it_stands_elsewhere(
    workspace: Workspace, calls: Calls
) -> None:
    root = workspace.say("U0ANNA", "What is the toll?", "C0NEWS", mention=True)
    workspace.delete("C0NEWS", root)
    assert calls.post("C0NEWS", root, RICH, "q1.0.ab").thread is None
    assert workspace.warnings.pop().startswith("chat.postMessage: the thread's root is gone")


def test_a_message_is_changed_as_often_as_it_takes(workspace: Workspace, calls: Calls) -> None:
    ts = calls.post("C0NEWS", None, PLAIN).ts
    for message in (RICH, RICH, PLAIN):
        calls.update("C0NEWS", ts, message, "q1.0.ab")
        found = workspace.message("C0NEWS", ts)
        assert found is not None
        assert [block["type"] for block in found.get("blocks", ())] == [
            each["type"] for each in message.blocks
        ]
        assert not message.blocks or found["blocks"][0]["block_id"] == "q1.0.ab"


def test_a_message_is_deleted_and_one_that_is_not_there_is_no_error(
    workspace: Workspace, calls: Calls
) -> None:
    ts = calls.post("C0NEWS", None, PLAIN).ts
    calls.delete("C0NEWS", ts)
    calls.delete("C0NEWS", ts)
    assert workspace.message("C0NEWS", ts) is None
    theirs = workspace.say("U0ANNA", "hello", "C0NEWS")
    assert outcome(lambda: calls.delete("C0NEWS", theirs)) == (Refused, "cant_delete_message", None)


def test_one_person_is_told_alone(workspace: Workspace, calls: Calls) -> None:
    root = workspace.say("U0ANNA", "What is the toll?", "C0NEWS", mention=True)
    calls.tell_alone("C0NEWS", "U0ANNA", None, "Not here.")
    calls.tell_alone("C0NEWS", "U0ANNA", root, "Not here.")
    assert [each.get("thread_ts") for each in workspace.ephemerals("U0ANNA")] == [None, root]
    assert workspace.ephemerals("U0BEN") == []


def test_a_message_is_found_by_its_mark_in_a_thread_however_long_it_is(
    workspace: Workspace, calls: Calls
) -> None:
    root = workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
    first = calls.post("D0ANNA", root, RICH, "q1.0.ab")
    assert calls.find("D0ANNA", root, "q1.0.ab") == first.ts
    assert calls.find("D0ANNA", root, "q1.0.cd") is None
    for number in range(205):
        workspace.say("U0ANNA", f"{number}", "D0ANNA", thread_ts=root)
    last = calls.post("D0ANNA", root, RICH, "q2.0.ef")
    assert calls.find("D0ANNA", root, "q2.0.ef") == last.ts
    assert calls.find("D0ANNA", root, "q1.0.cd") is None
    in_channel = workspace.say("U0ANNA", "What is the toll?", "C0NEWS")
    assert outcome(lambda: calls.find("C0NEWS", in_channel, "x")) == (Refused, "not_allowed_token_type", None)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ({}, Person(False, frozenset(["T0FOOTNOTE"]))),
        ({"guest": True}, Person(True, frozenset(["T0FOOTNOTE"]))),
        ({"single_channel": True}, Person(True, frozenset(["T0FOOTNOTE"]))),
        ({"stranger": True}, Person(False, frozenset(["T0ELSEWHERE"]))),
    ],
)
def test_who_somebody_is(workspace: Workspace, calls: Calls, kind: dict[str, bool], expected: Person) -> None:
    workspace.add_user("U0EVE", "eve", **kind)
    assert calls.person("U0EVE") == expected
    assert outcome(lambda: calls.person("U0NOBODY")) == (Refused, "user_not_found", None)
    workspace.scopes.discard("users:read")
    assert outcome(lambda: calls.person("U0EVE")) == (Refused, "missing_scope", None)


def test_the_pane_shows_what_is_done_and_what_can_be_asked(workspace: Workspace, calls: Calls) -> None:
    root = workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
    calls.show_status("D0ANNA", root, "Searching …")
    assert workspace.statuses["D0ANNA", root] == "Searching …"
    prompts = [{"title": "How do I ask?", "message": "How do I ask?"}]
    thread = workspace.start_assistant_thread("U0ANNA")
    for where in (None, thread):
        calls.suggest("D0ANNA", where, prompts)
        assert workspace.prompts["D0ANNA", where or ""] == prompts
    workspace.lacks("assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts")
    assert outcome(lambda: calls.show_status("D0ANNA", root, "")) == (Refused, "unknown_method", None)
    assert outcome(lambda: calls.suggest("D0ANNA", None, prompts)) == (Refused, "unknown_method", None)


def test_a_stream_grows_until_it_is_stopped_and_is_updated_after_that(
    workspace: Workspace, calls: Calls
) -> None:
    root = workspace.say("U0ANNA", "What is the toll?", "C0NEWS", mention=True)
    ts = calls.start_stream("C0NEWS", root, ("T0FOOTNOTE", "U0ANNA"), "Searching")
    calls.append_stream("C0NEWS", ts, " on")
    assert workspace.thread("C0NEWS", root)[1]["text"] == "Searching on"
    assert outcome(lambda: calls.update("C0NEWS", ts, RICH)) == (Refused, "streaming_state_conflict", None)
    calls.stop_stream("C0NEWS", ts)
    assert outcome(lambda: calls.stop_stream("C0NEWS", ts)) == (
        Refused,
        "message_not_in_streaming_state",
        None,
    )
    calls.update("C0NEWS", ts, RICH)
    assert workspace.thread("C0NEWS", root)[1]["text"] == "The toll rises."


# How they fail.

MADE: dict[str, Callable[[Calls, str], object]] = {
    "chat.postMessage": lambda calls, ts: calls.post("D0ANNA", ts, RICH, "q1.0.ab"),
    "chat.update": lambda calls, ts: calls.update("D0ANNA", ts, RICH),
    "chat.delete": lambda calls, ts: calls.delete("D0ANNA", ts),
    "chat.postEphemeral": lambda calls, ts: calls.tell_alone("D0ANNA", "U0ANNA", ts, "Not you."),
    "chat.startStream": lambda calls, ts: calls.start_stream("D0ANNA", ts, ("T0FOOTNOTE", "U0ANNA"), "…"),
    "chat.appendStream": lambda calls, ts: calls.append_stream("D0ANNA", ts, "…"),
    "chat.stopStream": lambda calls, ts: calls.stop_stream("D0ANNA", ts),
    "conversations.replies": lambda calls, ts: calls.find("D0ANNA", ts, "q1.0.ab"),
    "users.info": lambda calls, _: calls.person("U0ANNA"),
    "assistant.threads.setStatus": lambda calls, ts: calls.show_status("D0ANNA", ts, "…"),
    "assistant.threads.setSuggestedPrompts": lambda calls, _: calls.suggest("D0ANNA", None, []),
}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        pytest.param(AnswersError("not_in_channel"), (Refused, "not_in_channel", None), id="refused"),
        pytest.param(AnswersError("msg_too_long"), (Refused, "msg_too_long", None), id="too long"),
        pytest.param(
            AnswersError("ratelimited"), (NotYet, "ratelimited", 1.0), id="too often, says the body"
        ),
        pytest.param(RateLimits(7), (NotYet, "ratelimited", 7.0), id="too often"),
        pytest.param(
            AnswersStatus(429), (NotYet, "ratelimited", 1.0), id="too often, says somebody on the way"
        ),
        pytest.param(AnswersError("internal_error"), (Unknown, "internal_error", None), id="at a loss"),
        pytest.param(AnswersError("fatal_error"), (Unknown, "fatal_error", None), id="more at a loss"),
        pytest.param(AnswersError(""), (Unknown, "HTTP 200", None), id="no reason"),
        pytest.param(AnswersStatus(500), (Unknown, "HTTP 500", None), id="HTTP 500"),
        pytest.param(AnswersStatus(503), (Unknown, "HTTP 503", None), id="HTTP 503"),
        pytest.param(AnswersStatus(403), (Unknown, "HTTP 403", None), id="HTTP 403 from somebody on the way"),
        pytest.param(AnswersStatus(200), (Unknown, "HTTP 200", None), id="a page from somebody on the way"),
    ],
)
def test_what_is_known_after_a_call_has_failed(
    workspace: Workspace, calls: Calls, fault: Fault, expected: Outcome
) -> None:
    ts = workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
    for method, call in MADE.items():
        workspace.fail(method, fault)
        assert outcome(partial(call, calls, ts)) == expected, method
        assert len(workspace.calls_of(method)) == 1, "nothing is tried again behind our back"


@pytest.mark.parametrize("fault", [Hangs(0.05), LosesReply()], ids=["not done", "done"])
def test_a_call_that_is_not_answered_may_have_been_carried_out_or_not(
    workspace: Workspace, calls: Calls, fault: Fault
) -> None:
    ts = workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
    for method, call in MADE.items():
        workspace.fail(method, fault)
        kind, why, _ = outcome(partial(call, calls, ts))
        assert (kind, "RemoteDisconnected" in why) == (Unknown, True), method
        assert len(workspace.calls_of(method)) == 1
    assert len(workspace.thread("D0ANNA", ts)) == (3 if isinstance(fault, LosesReply) else 1)


def test_slack_is_not_waited_for_longer_than_it_is_given(workspace: Workspace) -> None:
    calls = Calls(workspace.bot_token, workspace.api_url, timeout=1)
    workspace.fail("chat.postMessage", Hangs(5))
    assert outcome(lambda: calls.post("C0NEWS", None, RICH)) == (Unknown, "TimeoutError: timed out", None)


def test_where_nobody_listens_nothing_was_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    calls = Calls("xoxb-secret", f"http://127.0.0.1:{port}/api/", timeout=1)
    kind, why, seconds = outcome(lambda: calls.post("C0NEWS", None, RICH))
    assert (kind, "refused" in why, seconds) == (NotYet, True, 1.0)
    assert "xoxb" not in why


@contextmanager
def answering(sent: bytes) -> Iterator[Calls]:
    """Let a server send these bytes to whoever calls, and close the connection."""

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                connection.sendall(sent)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield Calls("xoxb-secret", f"http://127.0.0.1:{server.getsockname()[1]}/api/", timeout=1)
        server.shutdown(socket.SHUT_RDWR)
    thread.join(1)


def http(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "Content-Type: application/json", "", ""]).encode() + body


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(http(b'{"ok": true}'), id="no ts"),
        pytest.param(http(b""), id="nothing"),
        pytest.param(http(b"[1]"), id="a list"),
        pytest.param(http(b'"posted"'), id="a text"),
        pytest.param(http(b"7"), id="a number"),
        pytest.param(http(b'{"ok": false, "error": {"code": 7}}'), id="an odd reason"),
        pytest.param(http(b'{"ok": false, "error": "<html>no</html>"}'), id="no word for a reason"),
        pytest.param(http(b'{"ok": tr', length=12), id="half an answer"),
        pytest.param(http(b"\xff\xfe\xfd"), id="no UTF-8"),
        pytest.param(b"220 mail.example ESMTP\r\n", id="another protocol"),
        pytest.param(b"", id="a closed door"),
    ],
)
def test_what_makes_no_sense_leaves_it_unknown(sent: bytes) -> None:
    with answering(sent) as calls:
        kind, why, _ = outcome(lambda: calls.post("C0NEWS", None, RICH))
    assert kind is Unknown
    assert "xoxb" not in why


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Retry-After: 30", 30.0),
        ("retry-after: 2.5", 2.5),
        ("Retry-After: 0", 0.1),
        ("Retry-After: -3", 0.1),
        ("Retry-After: inf", 3_600.0),
        ("Retry-After: nan", 0.1),
        ("Retry-After: soon", 1.0),
        ("Retry-After: Wed, 21 Oct 2026 07:28:00 GMT", 1.0),
        ("X-Other: 1", 1.0),
    ],
)
@pytest.mark.parametrize("body", [b'{"ok": false, "error": "ratelimited"}', b"", b"Too many requests"])
def test_slack_says_when_to_come_back(header: str, seconds: float, body: bytes) -> None:
    with answering(http(body, "429 Too Many Requests", header)) as calls:
        assert outcome(lambda: calls.post("C0NEWS", None, RICH)) == (NotYet, "ratelimited", seconds)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"team_id": "E0ORG", "enterprise_user": {"id": "U0EVE", "teams": ["T0FOOTNOTE", "T0OTHER"]}},
            Person(False, frozenset(["E0ORG", "T0FOOTNOTE", "T0OTHER"])),
        ),
        ({"team_id": "T0OTHER", "is_stranger": False}, Person(False, frozenset(["T0OTHER"]))),
        ({"enterprise_user": {}, "is_restricted": True}, Person(True, frozenset())),
        ({"team_id": None, "enterprise_user": None}, Person(False, frozenset())),
        (None, Person(False, frozenset())),
    ],
)
def test_in_large_companies_people_belong_to_several_workspaces(said: object, expected: Person) -> None:
    with answering(http(json.dumps({"ok": True, "user": said}).encode())) as calls:
        assert calls.person("U0EVE") == expected


def test_a_post_says_where_it_landed_even_where_slack_does_not() -> None:
    with answering(http(b'{"ok": true, "ts": "1.2"}')) as calls:
        assert calls.post("C0NEWS", None, RICH) == Posted("1.2", None)
