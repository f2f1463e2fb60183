"""The events that Slack tells an app of, as it words them."""

from __future__ import annotations

import secrets
import time
from copy import deepcopy
from typing import Any

from tests.slack.state import APP, BOT_USER, TEAM, Channel, Message

Event = dict[str, Any]

_MESSAGE_KINDS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
_SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
}


def subscription_of(event: Event) -> str:
    """Return what an app must have subscribed to in order to be told of an event."""
    kind = str(event["type"])
    return _MESSAGE_KINDS[event["channel_type"]] if kind == "message" else kind


def scope_of(subscription: str) -> str | None:
    """Return the scope that a subscription needs, None where it needs none."""
    return _SCOPES.get(subscription)


def message_event(channel: Channel, message: Message) -> Event:
    """A message is there."""
    return {
        **_told(message),
        "channel": channel.id,
        "channel_type": channel.kind,
        "event_ts": message["ts"],
    }


def mention_event(channel: Channel, message: Message, at: str) -> Event:
    """A message names the bot; the same message is told of as a message, too."""
    event = {**message_event(channel, message), "type": "app_mention", "event_ts": at}
    return {name: value for name, value in event.items() if name not in ("channel_type", "subtype")}


def changed_event(channel: Channel, new: Message, old: Message, at: str) -> Event:
    """A message is another one than before: edited, unfurled, or only a tombstone now."""
    return {
        **_hidden(channel, "message_changed", at),
        "message": _told(new),
        "previous_message": _told(old),
    }


def replied_event(channel: Channel, root: Message, at: str) -> Event:
    """A message has a reply more or less."""
    return {**_hidden(channel, "message_replied", at), "message": _told(root)}


def deleted_event(channel: Channel, old: Message, at: str) -> Event:
    """A message is gone."""
    return {
        **_hidden(channel, "message_deleted", at),
        "deleted_ts": old["ts"],
        "previous_message": _told(old),
    }


def _told(message: Message) -> Message:
    """Return a message as events have it; an app is not to rely on finding its metadata there."""
    return {name: value for name, value in deepcopy(message).items() if name != "metadata"}


def _hidden(channel: Channel, subtype: str, at: str) -> Event:
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.kind,
        "ts": at,
        "event_ts": at,
    }


def home_event(channel: Channel, user: str, tab: str, at: str) -> Event:
    """Somebody has opened the bot's home."""
    return {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": at}


def assistant_event(channel: Channel, user: str, thread_ts: str, at: str) -> Event:
    """Somebody has begun a conversation in the assistant's pane."""
    thread = {"user_id": user, "context": {}, "channel_id": channel.id, "thread_ts": thread_ts}
    return {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": at}


def callback(event: Event, channel: Channel) -> Event:
    """Return an event in the envelope that the Events API puts it in, with an id of its own."""
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "type": "event_callback",
        "token": "verification-token",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(time.time()),
        "authorizations": [authorization],
        "is_ext_shared_channel": channel.is_ext_shared,
        "event_context": f"4-{secrets.token_hex(12)}",
    }
