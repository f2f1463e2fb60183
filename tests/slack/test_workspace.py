"""The workspace as the real clients of Slack's SDK meet it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from tests.slack.faults import AnswersError, AnswersStatus, Hangs, LosesReply, RateLimits
from tests.slack.workspace import Workspace

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "The toll rises."}}


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(retry_delays=(0.1, 0.2), patience=0.3) as running:
        yield running


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    """A client that tries nothing again by itself."""
    return WebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[], timeout=5)


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


# Posting.


def test_a_message_is_posted_updated_and_deleted(workspace: Workspace, client: WebClient) -> None:
    question = workspace.say("U0ANNA", "What is the toll?", "C0NEWS", mention=True)
    posted = client.chat_postMessage(
        channel="C0NEWS", text="Searching", thread_ts=question, unfurl_links=False, blocks=[SECTION]
    )
    client.chat_update(channel="C0NEWS", ts=posted["ts"], text="40 euros")
    asked, answer = workspace.thread("C0NEWS", question)
    assert asked["reply_count"] == 1
    assert (answer["text"], answer["bot_id"], "blocks" in answer) == ("40 euros", workspace.bot_id, False)
    assert [each["ts"] for each in workspace.channel_messages("C0NEWS")] == [question]
    client.chat_delete(channel="C0NEWS", ts=posted["ts"])
    assert len(workspace.thread("C0NEWS", question)) == 1
    assert [call.method for call in workspace.calls] == ["chat.postMessage", "chat.update", "chat.delete"]
    assert workspace.calls[0].arguments["blocks"] == [SECTION]
    assert workspace.warnings == workspace.pings == []


def test_blocks_get_ids_and_markdown_loses_its_own(client: WebClient) -> None:
    blocks: list[dict[str, Any]] = [
        SECTION,
        {**SECTION, "block_id": "mine"},
        {"type": "markdown", "text": "x", "block_id": "lost"},
    ]
    message = client.chat_postMessage(channel="C0NEWS", text="x", blocks=blocks)["message"]
    first, second, third = (block["block_id"] for block in message["blocks"])
    assert first
    assert second == "mine"
    assert third not in ("", "lost")


def test_what_is_refused(workspace: Workspace, client: WebClient) -> None:
    workspace.add_channel("C0OTHER", "other", with_bot=False)
    workspace.add_channel("C0SECRET", "secret", private=True, with_bot=False)
    theirs = workspace.say("U0ANNA", "What is the toll?", "C0NEWS")
    assert error_of(lambda: client.chat_postMessage(channel="C0OTHER", text="x")) == "not_in_channel"
    assert error_of(lambda: client.chat_postMessage(channel="C0SECRET", text="x")) == "channel_not_found"
    assert error_of(lambda: client.api_call("chat.postMessage", json={"channel": "C0NEWS"})) == "no_text"
    assert error_of(lambda: client.chat_update(channel="C0NEWS", ts="1.2", text="x")) == "message_not_found"
    assert (
        error_of(lambda: client.chat_update(channel="C0NEWS", ts=theirs, text="x")) == "cant_update_message"
    )
    assert error_of(lambda: client.chat_delete(channel="C0NEWS", ts=theirs)) == "cant_delete_message"
    assert error_of(lambda: client.chat_postEphemeral(channel="C0NEWS", user="U0X", text="x")) == (
        "user_not_in_channel"
    )
    assert error_of(lambda: client.chat_postMessage(channel="C0NEWS", text="x", thread_ts="1.2")) == (
        "cannot_reply_to_message"
    )
    assert error_of(lambda: client.api_call("chat.postMessage", json={"text": "x"})) == "invalid_arguments"
    assert (
        error_of(lambda: client.chat_postMessage(channel="C0NEWS", text="x", colour=1)) == "invalid_arg_name"
    )
    assert error_of(lambda: client.views_publish(user_id="U0ANNA", view={})) == "unknown_method"
    workspace.lacks("chat.delete")
    assert error_of(lambda: client.chat_delete(channel="C0NEWS", ts=theirs)) == "unknown_method"


def test_who_may_call(workspace: Workspace, client: WebClient) -> None:
    assert client.auth_test(team_id=workspace.team)["bot_id"] == workspace.bot_id
    assert error_of(lambda: client.auth_test(token=workspace.signing_secret)) == "invalid_auth"
    assert error_of(WebClient(base_url=workspace.api_url).auth_test) == "not_authed"
    assert error_of(lambda: client.apps_connections_open(app_token=workspace.bot_token)) == (
        "not_allowed_token_type"
    )
    workspace.scopes.discard("users:read")
    with pytest.raises(SlackApiError) as refused:
        client.users_info(user="U0ANNA")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "users:read"
    assert "users:read" not in refused.value.response["provided"]


def test_a_reply_to_what_was_deleted_lands_in_the_channel(workspace: Workspace, client: WebClient) -> None:
    question = workspace.say("U0ANNA", "What is the toll?", "C0NEWS")
    workspace.delete("C0NEWS", question)
    posted = client.chat_postMessage(channel="C0NEWS", text="x", thread_ts=question, unfurl_links=False)
    assert "thread_ts" not in posted["message"]
    assert [each["text"] for each in workspace.channel_messages("C0NEWS")] == ["x"]
    assert len(workspace.warnings) == 1


def test_a_deleted_root_with_replies_is_a_tombstone(workspace: Workspace, client: WebClient) -> None:
    question = workspace.say("U0ANNA", "What is the toll?", "C0NEWS")
    reply = workspace.say("U0BEN", "Yes, what?", "C0NEWS", thread_ts=question)
    workspace.delete("C0NEWS", question)
    client.chat_postMessage(channel="C0NEWS", text="x", thread_ts=question, unfurl_links=False)
    assert [each["text"] for each in workspace.thread("C0NEWS", question)] == ["Yes, what?", "x"]
    assert workspace.channel_messages("C0NEWS") == []
    workspace.delete("C0NEWS", workspace.thread("C0NEWS", reply)[1]["ts"])
    workspace.delete("C0NEWS", reply)
    assert workspace.message("C0NEWS", question) is None


def test_pings_links_and_previews_are_noticed(workspace: Workspace, client: WebClient) -> None:
    client.chat_postMessage(channel="C0NEWS", text="<!channel> <https://a.example|here>")
    message = workspace.channel_messages("C0NEWS")[0]
    assert workspace.pings == ["<!channel>"]
    assert workspace.links_of(message) == ["https://a.example"]
    assert workspace.warnings == ["chat.postMessage: unfurl_links is not false"]


def test_an_ephemeral_is_seen_by_one(workspace: Workspace, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C0NEWS", user="U0BEN", text="No.")
    assert [each["text"] for each in workspace.ephemerals("U0BEN")] == ["No."]
    assert workspace.ephemerals("U0ANNA") == workspace.channel_messages("C0NEWS") == []


def test_only_direct_conversations_are_read_back(workspace: Workspace, client: WebClient) -> None:
    question = workspace.say("U0ANNA", "What is the toll?", "D0ANNA")
    metadata = {"event_type": "answer", "event_payload": {"id": 1}}
    client.chat_postMessage(channel="D0ANNA", text="40", thread_ts=question, metadata=metadata)
    plain = client.conversations_replies(channel="D0ANNA", ts=question)["messages"]
    full = client.conversations_replies(channel="D0ANNA", ts=question, include_all_metadata=True)["messages"]
    assert ["metadata" in each for each in (*plain, *full)] == [False, False, False, True]
    pages = client.conversations_replies(channel="D0ANNA", ts=question, limit=1)
    assert [page["messages"][0]["text"] for page in pages] == ["What is the toll?", "40"]
    assert [m["ts"] for m in client.conversations_history(channel="D0ANNA")["messages"]] == [question]
    assert error_of(lambda: client.conversations_replies(channel="C0NEWS", ts=question)) == (
        "not_allowed_token_type"
    )


def test_people_and_the_assistant(workspace: Workspace, client: WebClient) -> None:
    workspace.add_user("U0EVE", "eve", stranger=True)
    assert client.users_info(user="U0EVE")["user"]["is_stranger"]
    thread = workspace.start_assistant_thread("U0ANNA")
    prompts = [{"title": "News", "message": "What is new?"}]
    client.assistant_threads_setStatus(channel_id="D0ANNA", thread_ts=thread, status="is searching")
    assert workspace.statuses == {("D0ANNA", thread): "is searching"}
    client.assistant_threads_setSuggestedPrompts(channel_id="D0ANNA", thread_ts=thread, prompts=prompts)
    assert workspace.prompts == {("D0ANNA", thread): prompts}
    assert error_of(
        lambda: client.assistant_threads_setSuggestedPrompts(channel_id="D0ANNA", prompts=prompts * 5)
    ) == ("invalid_arguments")
    question = workspace.say("U0ANNA", "What is new?", "D0ANNA")
    client.assistant_threads_setSuggestedPrompts(channel_id="D0ANNA", thread_ts=question, prompts=prompts)
    assert len(workspace.warnings) == 1
    client.reactions_add(channel="D0ANNA", timestamp=question, name="eyes")
    assert error_of(lambda: client.reactions_add(channel="D0ANNA", timestamp=question, name="eyes")) == (
        "already_reacted"
    )


# What goes wrong.


def test_too_many_posts_are_refused_for_a_second(workspace: Workspace, client: WebClient) -> None:
    workspace.rate_limited = True
    for _ in range(3):
        client.chat_postMessage(channel="C0NEWS", text="x")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0NEWS", text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    client.chat_postMessage(channel="D0ANNA", text="x")
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    client.chat_postMessage(channel="C0NEWS", text="after a while")
    assert workspace.calls[-1].status == 200


def test_faults_come_in_turn_and_then_no_more(workspace: Workspace, client: WebClient) -> None:
    workspace.fail("auth.test", AnswersError("internal_error"), AnswersStatus(503), RateLimits(7))
    workspace.fail("auth.test", Hangs(0.1))
    assert error_of(client.auth_test) == "internal_error"
    for status in (503, 429):
        with pytest.raises(SlackApiError) as refused:
            client.auth_test()
        assert refused.value.response.status_code == status
    with pytest.raises(OSError, match="without response"):
        client.auth_test()
    assert client.auth_test()["ok"]
    workspace.fail("auth.test", AnswersError("fatal_error"), times=None)
    assert {error_of(client.auth_test), error_of(client.auth_test)} == {"fatal_error"}
    workspace.heal("auth.test")
    assert client.auth_test()["ok"]


def test_a_lost_reply_leaves_the_message(workspace: Workspace, client: WebClient) -> None:
    workspace.fail("chat.postMessage", LosesReply())
    with pytest.raises(OSError, match="without response"):
        client.chat_postMessage(channel="C0NEWS", text="x")
    assert [each["text"] for each in workspace.channel_messages("C0NEWS")] == ["x"]
    assert [(call.answered, call.response is None) for call in workspace.calls] == [(False, False)]


def test_the_sdk_posts_twice_when_a_reply_is_lost(workspace: Workspace) -> None:
    workspace.fail("chat.postMessage", LosesReply())
    WebClient(workspace.bot_token, base_url=workspace.api_url).chat_postMessage(channel="C0NEWS", text="x")
    assert [each["text"] for each in workspace.channel_messages("C0NEWS")] == ["x", "x"]


def test_waiting_for_an_answer(workspace: Workspace, client: WebClient) -> None:
    question = workspace.say("U0ANNA", "What is the toll?", "C0NEWS")

    def answer() -> None:
        posted = client.chat_postMessage(channel="C0NEWS", text="Searching", thread_ts=question)
        time.sleep(0.1)
        client.chat_update(channel="C0NEWS", ts=posted["ts"], text="40 euros")

    bot = threading.Thread(target=answer)
    bot.start()
    answers = workspace.wait_for_answer("C0NEWS", question, settled=lambda each: each["text"] != "Searching")
    bot.join()
    assert [each["text"] for each in answers] == ["40 euros"]
    with pytest.raises(TimeoutError):
        workspace.wait_for_answer("C0NEWS", question, 0.1, settled=lambda each: each["text"] == "Searching")
