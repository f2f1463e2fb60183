"""What the methods of the Web API work on, and what several of them look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.slack.feed import Feed
from tests.slack.people import direct_id
from tests.slack.rules import RefusalError
from tests.slack.state import Channel, State

Arguments = dict[str, Any]
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """The workspace as a method sees it; `method` is the method's own name."""

    method: str
    state: State
    feed: Feed
    new_socket_url: Callable[[], str | None]

    def channel(self, channel_id: object) -> Channel:
        """Return a channel that the bot can see and is a member of, or raise RefusalError."""
        channel = self.state.channels.get(str(channel_id))
        if channel is None or (channel.kind == "group" and not channel.has_bot):
            raise RefusalError("channel_not_found")
        if not channel.has_bot:
            raise RefusalError("not_in_channel")
        return channel

    def conversation(self, target: object) -> Channel:
        """Return a channel, or with a person's id the direct conversation with them; or raise RefusalError."""
        return self.channel(direct_id(str(target)) if target in self.state.users else target)

    def thread(self, channel: Channel, thread_ts: object) -> str | None:
        """Return the root that a post with this thread_ts goes under, None where it lands in the channel itself.

        That is where it lands, without an error, when the root has been deleted. What never was a message is
        refused.
        """
        if thread_ts is None:
            return None
        if not isinstance(thread_ts, str):
            raise RefusalError(
                "invalid_arguments", response_metadata={"messages": ["thread_ts must be a string"]}
            )
        if thread_ts not in channel.once:
            raise RefusalError("cannot_reply_to_message")
        if thread_ts not in channel.messages:
            self.warn("the thread's root is gone, the message stands in the channel itself")
            return None
        root = channel.root_of(thread_ts)
        if root != thread_ts:
            self.warn("thread_ts is a reply's, not its root's")
        return root if root in channel.messages else None

    def warn(self, *warnings: str) -> None:
        """Note what Slack lets pass but a bot should not do."""
        self.state.warnings.extend(f"{self.method}: {warning}" for warning in warnings)
