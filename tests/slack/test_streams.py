"""Streams in the workspace, as the SDK's real client meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack.faults import AnswersError, LosesReply
from tests.slack.workspace import Workspace

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "The toll rises."}}
READER = {"recipient_team_id": "T0FOOTNOTE", "recipient_user_id": "U0ANNA"}


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(retry_delays=(0.1, 0.2), patience=0.3) as running:
        yield running


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    """A client that tries nothing again by itself."""
    return WebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[], timeout=5)


class Streaming:
    """A question in a channel, and the stream under it."""

    def __init__(self, workspace: Workspace, client: WebClient) -> None:
        self.workspace = workspace
        self.client = client
        self.question = workspace.say("U0ANNA", "What is the toll?", "C0NEWS", mention=True)
        self.ts = self.start(markdown_text="Searching")

    def start(self, **arguments: Any) -> str:
        channel = arguments.pop("channel", "C0NEWS")
        thread = arguments.pop("thread_ts", self.question)
        asked = {"channel": channel, "thread_ts": thread, **READER, **arguments}
        return str(self.client.api_call("chat.startStream", json=asked)["ts"])

    def append(self, text: str = " on", channel: str = "C0NEWS", ts: str | None = None) -> None:
        self.client.chat_appendStream(channel=channel, ts=ts or self.ts, markdown_text=text)

    def stop(self, **arguments: Any) -> None:
        self.client.chat_stopStream(channel="C0NEWS", ts=self.ts, **arguments)

    def update(self) -> None:
        self.client.chat_update(channel="C0NEWS", ts=self.ts, text="40 euros", blocks=[SECTION])

    def delete(self) -> None:
        self.client.chat_delete(channel="C0NEWS", ts=self.ts)

    @property
    def text(self) -> str:
        return str(self.workspace.thread("C0NEWS", self.question)[1]["text"])


@pytest.fixture
def streaming(workspace: Workspace, client: WebClient) -> Streaming:
    return Streaming(workspace, client)


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


def test_people_see_it_grow_and_what_is_put_under_it_in_the_end(streaming: Streaming) -> None:
    assert streaming.text == "Searching"
    streaming.append()
    streaming.append(" and on")
    assert streaming.text == "Searching on and on"
    assert streaming.workspace.is_streaming("C0NEWS", streaming.ts)
    streaming.stop(markdown_text=".", blocks=[SECTION])
    [_, answer] = streaming.workspace.thread("C0NEWS", streaming.question)
    assert [block["type"] for block in answer["blocks"]] == ["markdown", "section"]
    assert answer["text"] == answer["blocks"][0]["text"] == "Searching on and on."
    assert not streaming.workspace.is_streaming("C0NEWS", streaming.ts)


def test_the_sdks_own_helper_is_understood_as_far_as_it_sends_text(
    workspace: Workspace, client: WebClient
) -> None:
    ts = workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
    started = client.chat_startStream(channel="D0ANNA", thread_ts=ts)
    client.chat_stopStream(channel="D0ANNA", ts=started["ts"], markdown_text="40 euros")
    assert [each["text"] for each in workspace.thread("D0ANNA", ts)] == ["What is the toll?", "40 euros"]


def test_an_open_stream_is_changed_by_nobody_and_a_closed_one_like_any_message(streaming: Streaming) -> None:
    assert error_of(streaming.update) == "streaming_state_conflict"
    assert error_of(streaming.delete) == "cant_delete_message"
    streaming.stop()
    assert error_of(streaming.append) == error_of(streaming.stop) == "message_not_in_streaming_state"
    streaming.update()
    assert streaming.text == "40 euros"
    streaming.delete()
    assert len(streaming.workspace.thread("C0NEWS", streaming.question)) == 1


@pytest.mark.parametrize("at_once", [True, False])
def test_a_stream_expires(at_once: bool) -> None:
    with Workspace(stream_seconds=0.05) as workspace:
        client = WebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[], timeout=5)
        streaming = Streaming(workspace, client)
        if at_once:
            workspace.expire_streams()
        else:
            workspace.wait_for(lambda: not workspace.is_streaming("C0NEWS", streaming.ts))
        assert error_of(streaming.append) == error_of(streaming.stop) == "message_not_in_streaming_state"
        streaming.update()
        assert streaming.text == "40 euros"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({"recipient_user_id": ""}, "missing_recipient_user_id", id="for nobody"),
        pytest.param({"recipient_team_id": ""}, "missing_recipient_team_id", id="of nowhere"),
        pytest.param({"recipient_team_id": "T0ELSEWHERE"}, "team_not_found", id="of elsewhere"),
        pytest.param({"recipient_user_id": "U0EVE"}, "user_not_found", id="for somebody unknown"),
        pytest.param({"thread_ts": "1.2"}, "cannot_reply_to_message", id="under nothing"),
        pytest.param({"channel": "C0OTHER"}, "channel_not_found", id="in no channel"),
        pytest.param({"markdown_text": "a" * 12_001}, "msg_too_long", id="too long"),
        pytest.param({"blocks": [SECTION]}, "invalid_arg_name", id="with blocks"),
    ],
)
def test_what_is_no_start(streaming: Streaming, arguments: dict[str, Any], error: str) -> None:
    assert error_of(lambda: streaming.start(**arguments)) == error


def test_a_stream_has_to_be_in_a_thread(client: WebClient) -> None:
    assert error_of(lambda: client.api_call("chat.startStream", json={"channel": "C0NEWS", **READER})) == (
        "invalid_arguments"
    )


def test_what_is_no_append(streaming: Streaming, workspace: Workspace) -> None:
    theirs = workspace.say("U0BEN", "Yes, what?", "C0NEWS", thread_ts=streaming.question)
    assert error_of(lambda: streaming.append(ts="1.2")) == "message_not_found"
    assert error_of(lambda: streaming.append(ts=theirs)) == "message_not_owned_by_app"
    assert error_of(lambda: streaming.append("")) == "no_text"
    assert error_of(lambda: streaming.append("a" * 12_001)) == "msg_too_long"


def test_what_is_live_in_a_stream_is_noticed_however_it_came(
    streaming: Streaming, workspace: Workspace
) -> None:
    streaming.append("<!chan")
    assert workspace.pings == []
    streaming.append("nel> and [a](https://a.example)")
    assert "<!channel>" in workspace.pings
    assert "https://a.example" in workspace.links_of(workspace.thread("C0NEWS", streaming.question)[1])


def test_the_app_is_told_that_a_stream_is_there_and_what_it_came_to(
    streaming: Streaming, workspace: Workspace
) -> None:
    streaming.append()
    streaming.stop()
    about = [each.payload["event"] for each in workspace.deliveries]
    [begun] = [each for each in about if each.get("ts") == streaming.ts]
    assert (begun["bot_id"], begun["thread_ts"]) == (workspace.bot_id, streaming.question)
    changed = [each for each in about if each.get("subtype") == "message_changed"]
    assert [each["message"]["text"] for each in changed] == ["Searching on"]


def test_streams_go_wrong_like_everything_else(streaming: Streaming, workspace: Workspace) -> None:
    workspace.fail("chat.appendStream", AnswersError("message_not_in_streaming_state"), LosesReply())
    assert error_of(streaming.append) == "message_not_in_streaming_state"
    with pytest.raises(Exception, match=r"without response|disconnected"):
        streaming.append()
    assert streaming.text == "Searching on"


def test_streams_are_started_and_stopped_twenty_times_a_minute(
    streaming: Streaming, workspace: Workspace
) -> None:
    workspace.rate_limited = True
    for _ in range(20):
        streaming.start()
    assert error_of(streaming.start) == "ratelimited"
    for _ in range(100):
        streaming.append()
    assert error_of(streaming.append) == "ratelimited"
