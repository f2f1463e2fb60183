"""What the workspace is made of: people, channels, messages, and who the bot is."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Literal

Message = dict[str, Any]
Kind = Literal["channel", "group", "im"]
"""A public channel, a private one, a direct conversation with the bot."""

TEAM = "T0FOOTNOTE"
BOT_USER = "U0BOT"
BOT = "B0BOT"
APP = "A0APP"
BOT_TOKEN = "xoxb-footnote-tests"
APP_TOKEN = "xapp-footnote-tests"
SIGNING_SECRET = "signing-secret-of-the-tests"
ELSEWHERE = "T0ELSEWHERE"
"""The workspace of the strangers."""

SCOPES = frozenset(
    "app_mentions:read assistant:write channels:history chat:write groups:history im:history"
    " reactions:write users:read".split()
)
SUBSCRIPTIONS = frozenset(
    "app_home_opened app_mention assistant_thread_context_changed assistant_thread_started message.channels"
    " message.groups message.im".split()
)


@dataclass(slots=True)
class User:
    """Somebody; a stranger is of another workspace and met in a shared channel only."""

    id: str
    name: str
    team_id: str = TEAM
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False


@dataclass(slots=True)
class Channel:
    """A conversation; its messages by their ts, oldest first. `once` has the ts of every message it ever had."""

    id: str
    name: str
    kind: Kind = "channel"
    is_ext_shared: bool = False
    members: set[str] = field(default_factory=set)
    messages: dict[str, Message] = field(default_factory=dict)
    once: set[str] = field(default_factory=set)

    @property
    def has_bot(self) -> bool:
        """Whether the bot is a member."""
        return BOT_USER in self.members

    def root_of(self, ts: str) -> str:
        """Return the ts of the thread that a message is in or would begin."""
        message = self.messages.get(ts, {})
        return str(message.get("thread_ts", ts))

    def replies(self, root: str) -> list[Message]:
        """Return a thread's messages but for its root, oldest first."""
        return [m for ts, m in self.messages.items() if m.get("thread_ts") == root and ts != root]

    def thread(self, root: str) -> list[Message]:
        """Return a thread as people see it, oldest first; a deleted root is not seen."""
        first = self.messages.get(root)
        return [first, *self.replies(root)] if first and not is_tombstone(first) else self.replies(root)

    def top_level(self) -> list[Message]:
        """Return what stands in the channel itself, oldest first."""
        return [m for m in self.messages.values() if not is_tombstone(m) and _stands_outside(m)]


def is_tombstone(message: Message) -> bool:
    """Return whether only the place of a deleted root is left."""
    return message.get("subtype") == "tombstone"


def is_own(message: Message) -> bool:
    """Return whether the bot posted a message itself."""
    return message.get("bot_id") == BOT and message.get("subtype") != "assistant_app_thread"


def _stands_outside(message: Message) -> bool:
    in_thread = message.get("thread_ts", message["ts"]) != message["ts"]
    return not in_thread or message.get("subtype") == "thread_broadcast"


class Clock:
    """Gives out timestamps as Slack writes them: of now, no two alike, in order."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        """Return the next timestamp, seconds with six decimals."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


@dataclass(slots=True)
class State:
    """All that is remembered. Whoever touches it holds `changed`, and notifies when something has changed."""

    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    subscriptions: set[str] = field(default_factory=lambda: set(SUBSCRIPTIONS))
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    ephemerals: dict[str, list[Message]] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    prompts: dict[tuple[str, str], list[Message]] = field(default_factory=dict)
    assistant_threads: set[tuple[str, str]] = field(default_factory=set)
    streams: dict[tuple[str, str], float] = field(default_factory=dict)
    """The streams that were not stopped, by channel and ts: when each expires, in monotonic seconds."""
    stream_seconds: float = 300.0
    pings: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    changed: threading.Condition = field(default_factory=threading.Condition)
    stopping: threading.Event = field(default_factory=threading.Event)

    def is_streaming(self, channel: Channel, ts: str) -> bool:
        """Return whether a message is a stream that is still open."""
        return self.streams.get((channel.id, ts), 0.0) > time.monotonic()
