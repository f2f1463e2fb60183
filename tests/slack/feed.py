"""What happens to messages, whoever does it: posted, changed, deleted; and the app is told of it."""

from __future__ import annotations

from collections.abc import Callable

from tests.slack import events
from tests.slack.events import Event
from tests.slack.state import Channel, Message, State, is_tombstone


class Feed:
    """Keeps the messages of the channels. Its callers hold the state's lock."""

    def __init__(self, state: State, tell: Callable[[Event], None]) -> None:
        self._tell_app = tell
        self.state = state

    def post(self, channel: Channel, message: Message, *, silently: bool = False) -> Message:
        """Put a new message into a channel, and into its thread where it names one."""
        ts = self.state.clock.next()
        posted = {"type": "message", **message, "ts": ts}
        channel.messages[ts] = posted
        channel.once.add(ts)
        if "thread_ts" in posted:
            posted["parent_user_id"] = channel.messages[posted["thread_ts"]].get("user")
            self._count_replies(channel, posted["thread_ts"])
        if not silently:
            self.tell(channel, events.message_event(channel, posted))
        return posted

    def change(self, channel: Channel, new: Message) -> None:
        """Put a message in the place of the one with its ts."""
        old = channel.messages[new["ts"]]
        channel.messages[new["ts"]] = new
        self.tell(channel, events.changed_event(channel, new, old, self.state.clock.next()))

    def delete(self, channel: Channel, ts: str) -> None:
        """Take a message away. A root with replies leaves a tombstone, which goes with the last of them."""
        old = channel.messages[ts]
        if channel.replies(ts):
            self.change(channel, _tombstone(old))
            return
        self._remove(channel, old)
        root = old.get("thread_ts", ts)
        if root == ts or root not in channel.messages:
            return
        self._count_replies(channel, root)
        if is_tombstone(channel.messages[root]) and not channel.replies(root):
            self._remove(channel, channel.messages[root])

    def _remove(self, channel: Channel, message: Message) -> None:
        del channel.messages[message["ts"]]
        self.tell(channel, events.deleted_event(channel, message, self.state.clock.next()))

    def _count_replies(self, channel: Channel, root_ts: str) -> None:
        replies = channel.replies(root_ts)
        root = channel.messages[root_ts]
        root.update(
            thread_ts=root_ts,
            reply_count=len(replies),
            reply_users=sorted({str(reply.get("user")) for reply in replies}),
            latest_reply=replies[-1]["ts"] if replies else "0000000000.000000",
        )

    def tell(self, channel: Channel, event: Event) -> None:
        """Tell the app of an event, if it is a member, has subscribed to the kind, and has the scope for it."""
        subscription = events.subscription_of(event)
        needed = events.scope_of(subscription)
        allowed = needed is None or needed in self.state.scopes
        if channel.has_bot and allowed and subscription in self.state.subscriptions:
            self._tell_app(events.callback(event, channel))
        self.state.changed.notify_all()


def _tombstone(old: Message) -> Message:
    kept = {name: old[name] for name in ("ts", "thread_ts", "reply_count", "reply_users", "latest_reply")}
    return {
        "type": "message",
        "subtype": "tombstone",
        "text": "This message was deleted.",
        "user": "USLACKBOT",
        "hidden": True,
        **kept,
    }
