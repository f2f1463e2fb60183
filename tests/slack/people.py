"""What people, other bots and Slack itself do in the workspace, and the bot hears of."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, Literal

from tests.slack import events
from tests.slack.feed import Feed
from tests.slack.state import BOT, BOT_USER, TEAM, Channel, Message, State

MENTION = f"<@{BOT_USER}>"
Order = tuple[Literal["message", "app_mention"], ...]
MESSAGE_FIRST: Order = ("message", "app_mention")
MENTION_FIRST: Order = ("app_mention", "message")


class People:
    """Acts in the workspace. Every method returns the ts of the message that it is about."""

    def __init__(self, state: State, feed: Feed) -> None:
        self._state = state
        self._feed = feed

    def say(
        self,
        user: str,
        text: str,
        channel: str,
        *,
        thread_ts: str | None = None,
        files: Sequence[dict[str, Any]] | None = None,
        broadcast: bool = False,
        mention: bool = False,
        order: Order = MESSAGE_FIRST,
    ) -> str:
        """Let somebody write; `mention` puts the bot's name before the text.

        In a channel, a text that names the bot arrives as two events, in this order. `broadcast` shows a reply in
        the channel, too.
        """
        text = f"{MENTION} {text}" if mention else text
        message: Message = {"client_msg_id": str(uuid.uuid4()), "text": text, "blocks": _typed(text)}
        message |= self._author(user)
        if thread_ts is not None:
            message["thread_ts"] = thread_ts
        if files:
            message |= {"subtype": "file_share", "files": list(files), "upload": False}
        elif broadcast:
            message["subtype"] = "thread_broadcast"
        return self._post(channel, user, message, order)

    def say_as_bot(
        self,
        text: str,
        channel: str,
        *,
        bot_id: str = "B0OTHER",
        user: str | None = None,
        thread_ts: str | None = None,
        order: Order = MESSAGE_FIRST,
    ) -> str:
        """Let another bot write: an old integration, or with a `user` id an app as they are today."""
        message: Message = {"text": text, "bot_id": bot_id}
        message |= {"subtype": "bot_message"} if user is None else {"user": user, "team": TEAM}
        if thread_ts is not None:
            message["thread_ts"] = thread_ts
        return self._post(channel, None, message, order)

    def join(self, user: str, channel: str) -> str:
        """Let somebody join a channel, which Slack says in a message."""
        text = f"<@{user}> has joined the channel"
        with self._state.changed:
            self._state.channels[channel].members.add(user)
            message = {"subtype": "channel_join", "user": user, "text": text}
            return str(self._feed.post(self._state.channels[channel], message)["ts"])

    def _author(self, user: str) -> Message:
        team = self._state.users[user].team_id
        foreign = {} if team == TEAM else {"user_team": team, "source_team": team}
        return {"user": user, "team": team, **foreign}

    def _post(self, channel_id: str, user: str | None, message: Message, order: Order) -> str:
        with self._state.changed:
            channel = self._state.channels[channel_id]
            assert user is None or user in channel.members, f"{user} is not in {channel_id}"
            if "thread_ts" in message:
                message["thread_ts"] = channel.root_of(message["thread_ts"])
            posted = self._feed.post(channel, message, silently=True)
            for kind in order:
                if kind == "message":
                    self._feed.tell(channel, events.message_event(channel, posted))
                else:
                    self._tell_of_mention(channel, posted)
            return str(posted["ts"])

    def _tell_of_mention(self, channel: Channel, message: Message) -> None:
        if MENTION in message["text"] and channel.kind != "im":
            self._feed.tell(channel, events.mention_event(channel, message, self._state.clock.next()))

    def edit(self, channel: str, ts: str, text: str) -> str:
        """Let the author change the text. One that names the bot arrives as app_mention once more."""

        def changed(message: Message) -> None:
            edited = {"user": message.get("user"), "ts": self._state.clock.next()}
            message.update(text=text, blocks=_typed(text), edited=edited)

        self._change(channel, ts, changed)
        with self._state.changed:
            found = self._state.channels[channel]
            self._tell_of_mention(found, found.messages[ts])
        return ts

    def unfurl(self, channel: str, ts: str, url: str = "https://harbour.example.org/ferry") -> str:
        """Let Slack put the preview of a link under a message."""
        preview = {"from_url": url, "original_url": url, "id": 1, "title": "Harbour Post", "fallback": url}
        return self._change(channel, ts, lambda message: message.update(attachments=[preview]))

    def reply_count_changed(
        self,
        channel: str,
        ts: str,
        subtype: Literal["message_changed", "message_replied"] = "message_changed",
    ) -> str:
        """Let Slack tell of a message in which nothing has changed but the number of its replies."""
        if subtype == "message_changed":
            return self._change(channel, ts, lambda message: message.setdefault("reply_count", 0))
        with self._state.changed:
            found = self._state.channels[channel]
            event = events.replied_event(found, found.messages[ts], self._state.clock.next())
            self._feed.tell(found, event)
        return ts

    def _change(self, channel: str, ts: str, change: Callable[[Message], object]) -> str:
        with self._state.changed:
            found = self._state.channels[channel]
            message = deepcopy(found.messages[ts])
            change(message)
            self._feed.change(found, message)
        return ts

    def delete(self, channel: str, ts: str) -> str:
        """Let somebody delete a message; a root with replies leaves a tombstone, and its thread stays."""
        with self._state.changed:
            self._feed.delete(self._state.channels[channel], ts)
        return ts

    def open_home(self, user: str, tab: Literal["messages", "home"] = "messages") -> str:
        """Let somebody open the conversation with the bot; returns the event's ts."""
        with self._state.changed:
            at = self._state.clock.next()
            direct = self._state.channels[direct_id(user)]
            self._feed.tell(direct, events.home_event(direct, user, tab, at))
        return at

    def start_assistant_thread(self, user: str) -> str:
        """Let somebody open the assistant's pane, the older way; returns the new thread's root."""
        root = {
            "subtype": "assistant_app_thread",
            "user": BOT_USER,
            "bot_id": BOT,
            "text": "New Assistant Thread",
        }
        with self._state.changed:
            direct = self._state.channels[direct_id(user)]
            ts = str(self._feed.post(direct, root, silently=True)["ts"])
            self._state.assistant_threads.add((direct.id, ts))
            self._feed.tell(direct, events.assistant_event(direct, user, ts, self._state.clock.next()))
        return ts


def direct_id(user: str) -> str:
    """Return the id of somebody's direct conversation with the bot."""
    return "D" + user[1:]


def _typed(text: str) -> list[dict[str, Any]]:
    """Return the blocks that Slack's own composer adds to a typed text."""
    parts: list[dict[str, Any]] = []
    for at, piece in enumerate(text.split(MENTION)):
        parts += [{"type": "user", "user_id": BOT_USER}] if at else []
        parts += [{"type": "text", "text": piece}] if piece else []
    section = {"type": "rich_text_section", "elements": parts}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]
