"""The methods that stream a message: it is started, grows, and is stopped or expires.

While it is open, it is its stream's alone: nobody updates or deletes it. Afterwards it is a message like any other.
"""

from __future__ import annotations

import time
from copy import deepcopy

from tests.slack import chat
from tests.slack.markup import pings_of
from tests.slack.method_site import Arguments, Body, Site
from tests.slack.rules import RefusalError, check_blocks, check_metadata
from tests.slack.state import Channel, Message

LONGEST_CHUNK = 12_000
"""Characters of Markdown in one call."""


def start(site: Site, arguments: Arguments) -> Body:
    """Start a stream in a thread; in a channel it has to say for whom."""
    channel = site.channel(arguments["channel"])
    _check_reader(site, channel, arguments)
    text = _markdown(arguments)
    root = site.thread(channel, arguments["thread_ts"])
    message: Message = {**chat.AUTHOR, **_saying(text)}
    if root is not None:
        message["thread_ts"] = root
    posted = site.feed.post(channel, message)
    site.state.pings.extend(pings_of(posted))
    site.state.streams[channel.id, posted["ts"]] = time.monotonic() + site.state.stream_seconds
    return {"channel": channel.id, "ts": posted["ts"]}


def append(site: Site, arguments: Arguments) -> Body:
    """Let an open stream grow. Nobody is told: the app is, when it is stopped."""
    channel = site.channel(arguments["channel"])
    message = _open_stream(site, channel, arguments)
    text = _markdown(arguments)
    if not text:
        raise RefusalError("no_text")
    message.update(_saying(message["text"] + text))
    site.state.pings.extend(pings_of(message))
    site.state.changed.notify_all()
    return {"channel": channel.id, "ts": message["ts"]}


def stop(site: Site, arguments: Arguments) -> Body:
    """Close a stream; blocks are put under what it says."""
    channel = site.channel(arguments["channel"])
    message = deepcopy(_open_stream(site, channel, arguments))
    check_metadata(arguments.get("metadata"))
    message.update(_saying(message["text"] + _markdown(arguments)))
    if arguments.get("blocks"):
        check_blocks(arguments["blocks"])
        message["blocks"] = [*message.get("blocks", ()), *chat.with_ids(arguments["blocks"])]
    if arguments.get("metadata"):
        message["metadata"] = arguments["metadata"]
    del site.state.streams[channel.id, message["ts"]]
    site.state.pings.extend(pings_of(message))
    site.feed.change(channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": deepcopy(message)}


def _check_reader(site: Site, channel: Channel, arguments: Arguments) -> None:
    for name in ("recipient_team_id", "recipient_user_id"):
        if channel.kind != "im" and not arguments.get(name):
            raise RefusalError(f"missing_{name}")
    person = arguments.get("recipient_user_id")
    if person is None:
        return
    user = site.state.users.get(str(person))
    if user is None or user.id not in channel.members:
        raise RefusalError("user_not_found")
    if arguments.get("recipient_team_id") != user.team_id:
        raise RefusalError("team_not_found")


def _open_stream(site: Site, channel: Channel, arguments: Arguments) -> Message:
    message = chat.own_message(channel, arguments["ts"], "message_not_owned_by_app")
    if not site.state.is_streaming(channel, message["ts"]):
        raise RefusalError("message_not_in_streaming_state")
    return message


def _markdown(arguments: Arguments) -> str:
    text = arguments.get("markdown_text", "")
    if not isinstance(text, str):
        raise RefusalError("invalid_arguments")
    if len(text) > LONGEST_CHUNK:
        raise RefusalError("msg_too_long")
    return text


def _saying(text: str) -> Message:
    """Return what people see of a stream, all of it read as Markdown."""
    return (
        {"text": text, "blocks": chat.with_ids([{"type": "markdown", "text": text}])}
        if text
        else {"text": ""}
    )
