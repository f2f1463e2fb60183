"""The methods that post, change and delete messages."""

from __future__ import annotations

import secrets
from copy import deepcopy
from typing import Any

from tests.slack.markup import pings_of
from tests.slack.method_site import Arguments, Body, Site
from tests.slack.rules import (
    Content,
    RefusalError,
    check_metadata,
    checked_post,
    checked_update,
    unfurl_warning,
)
from tests.slack.state import APP, BOT, BOT_USER, TEAM, Channel, Message, is_own

AUTHOR = {"user": BOT_USER, "bot_id": BOT, "app_id": APP, "team": TEAM}


def post_message(site: Site, arguments: Arguments) -> Body:
    """Post a message into a channel or a thread, or to a person."""
    channel = site.conversation(arguments["channel"])
    check_metadata(arguments.get("metadata"))
    content = checked_post(arguments)
    root = site.thread(channel, arguments.get("thread_ts"))
    site.warn(*unfurl_warning(arguments))
    message = _message(site, content)
    if arguments.get("metadata"):
        message["metadata"] = arguments["metadata"]
    if root is not None:
        message["thread_ts"] = root
        if arguments.get("reply_broadcast"):
            message["subtype"] = "thread_broadcast"
    posted = site.feed.post(channel, message)
    site.state.statuses.pop((channel.id, str(root)), None)
    return {"channel": channel.id, "ts": posted["ts"], "message": deepcopy(posted), **_cut_warning(content)}


def post_ephemeral(site: Site, arguments: Arguments) -> Body:
    """Show somebody in a channel a message that nobody else sees and that cannot be changed."""
    channel = site.channel(arguments["channel"])
    user = str(arguments["user"])
    if user not in channel.members:
        raise RefusalError("user_not_in_channel")
    content = checked_post(arguments)
    root = site.thread(channel, arguments.get("thread_ts"))
    message = {**_message(site, content), "ts": site.state.clock.next(), "channel": channel.id}
    if root is not None:
        message["thread_ts"] = root
    site.state.ephemerals.setdefault(user, []).append(message)
    return {"message_ts": message["ts"], **_cut_warning(content)}


def update(site: Site, arguments: Arguments) -> Body:
    """Give one of the bot's own messages another content.

    A text without blocks takes the place of the blocks, too; blocks alone leave the text as it was.
    """
    channel = site.channel(arguments["channel"])
    old = own_message(channel, arguments["ts"], "cant_update_message")
    if site.state.is_streaming(channel, old["ts"]):
        raise RefusalError("streaming_state_conflict")
    check_metadata(arguments.get("metadata"))
    content = checked_update(arguments)
    site.warn(*content.warnings)
    new = deepcopy(old)
    if "text" in arguments:
        new["text"] = content.text
    new.pop("blocks", None)
    if content.blocks:
        new["blocks"] = with_ids(content.blocks)
    else:
        new["edited"] = {"user": BOT_USER, "ts": site.state.clock.next()}
    if "metadata" in arguments:
        new["metadata"] = arguments["metadata"]
    site.state.pings.extend(pings_of(new))
    site.feed.change(channel, new)
    return {"channel": channel.id, "ts": new["ts"], "text": new["text"], "message": deepcopy(new)}


def delete(site: Site, arguments: Arguments) -> Body:
    """Delete one of the bot's own messages."""
    channel = site.channel(arguments["channel"])
    message = own_message(channel, arguments["ts"], "cant_delete_message")
    if site.state.is_streaming(channel, message["ts"]):
        raise RefusalError("cant_delete_message")
    site.feed.delete(channel, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


def own_message(channel: Channel, ts: object, otherwise: str) -> Message:
    """Return one of the bot's own messages, or raise RefusalError, `otherwise` where it is somebody else's."""
    message = channel.messages.get(str(ts))
    if message is None:
        raise RefusalError("message_not_found")
    if not is_own(message):
        raise RefusalError(otherwise)
    return message


def _message(site: Site, content: Content) -> Message:
    site.warn(*content.warnings)
    message: Message = {**AUTHOR, "text": content.text}
    if content.blocks:
        message["blocks"] = with_ids(content.blocks)
    site.state.pings.extend(pings_of(message))
    return message


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks as Slack keeps them: those without an id get one, and markdown blocks lose their own."""
    return [
        {**block, "block_id": secrets.token_urlsafe(4)}
        if block["type"] == "markdown"
        else {"block_id": secrets.token_urlsafe(4), **block}
        for block in deepcopy(blocks)
    ]


def _cut_warning(content: Content) -> Body:
    if not content.was_cut:
        return {}
    warning = "[WARN] Your message was truncated but still posted."
    return {"response_metadata": {"warnings": ["message_truncated"], "messages": [warning]}}
