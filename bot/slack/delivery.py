"""Delivery: what stands in Slack is brought in line with what a question has come to.

A post cannot be looked up afterwards in a channel, so an answer is never posted: a placeholder is, its `ts` is written
down, and `chat.update`, which may be repeated, turns it into the answer. Where it is unknown whether a placeholder
arrived, its echo tells (Slack sends the bot its own messages as events, with the block_id that it was posted with), in
a direct conversation a look at the thread; if neither does within ECHO_SECONDS, another one is posted, and the first,
should it turn up after all, is deleted.

Where Slack does not let the placeholder be changed, the answer is posted after all, and the same is done about it.

An answer that is still being written may be seen in a stream (`bot.slack.streaming`), whose message is a placeholder
like the other, and takes that one's place. It has to be closed before it can be changed or deleted.

Where a source of an answer was withdrawn, the first of its messages is changed to say so, and the others are deleted.
Nothing is posted anew for it; what Slack does not let be changed is written down.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from bot.logs import Log
from bot.records.inbox import Inbox
from bot.records.records import Arrival, Outcome, Post, PostState, Recorded, State
from bot.slack.blocks import notice
from bot.slack.calls import NotYet, Posted, Refused, Unknown
from bot.slack.messages import Message
from bot.slack.pace import Pace
from bot.slack.streaming import ECHO_SECONDS, LOOK_AGAIN, Streams
from bot.slack.words import CANNOT_POST

PATIENCE = 15 * 60
"""Seconds of failing after which a message that cannot be posted is given up."""
_LONGEST_WAIT = 15.0
"""Seconds between two tries, where Slack does not say how many."""

_CANNOT_BE_CHANGED = frozenset((
    "unknown_method", "missing_scope", "cant_update_message", "edit_window_closed", "update_failed",
))  # fmt: skip
_GONE = "message_not_found"
_STILL_OPEN = "streaming_state_conflict"
_STILL_OPEN_SECONDS = 2.0
_NO_PLACE = frozenset((
    "not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission",
    "restricted_action_thread_locked", "thread_locked", "messages_tab_disabled", "cannot_reply_to_message",
    "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "user_not_in_channel",
))  # fmt: skip
"""Where nothing can be said, in whatever shape."""
_NO_THREAD = "thread_not_found"
_AT_ONCE = frozenset((Outcome.EXPLAINED, Outcome.EXPIRED, Outcome.FAILED, Outcome.REFUSED))
"""The bot's own words, which are there at once, and need no placeholder."""
_BEST_FIRST = (
    PostState.FILLED, PostState.SAYING, PostState.STREAMING, PostState.PLACED, PostState.SENDING, PostState.STARTING,
)  # fmt: skip


class Slack(Protocol):
    """What delivery needs of Slack; see `bot.slack.calls`."""

    def post(self, channel: str, thread: str | None, message: Message, mark: str | None = None) -> Posted:
        """Post a message."""

    def update(self, channel: str, ts: str, message: Message, mark: str | None = None) -> None:
        """Replace what a message says."""

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message."""

    def tell_alone(self, channel: str, person: str, thread: str | None, text: str) -> None:
        """Show a message to one person only."""

    def find(self, channel: str, thread: str, mark: str) -> str | None:
        """Return the ts of the message that carries `mark`."""

    def start_stream(self, channel: str, thread: str, reader: tuple[str, str], text: str) -> str:
        """Start a stream; return its ts."""

    def append_stream(self, channel: str, ts: str, text: str) -> None:
        """Add to a stream."""

    def stop_stream(self, channel: str, ts: str) -> None:
        """Close a stream."""


class Delivery:
    """Posts, fills and deletes the bot's messages.

    `placeholder` returns what a message says until it is filled, `patience` how many seconds something may fail.
    """

    def __init__(
        self,
        inbox: Inbox,
        slack: Slack,
        placeholder: Callable[[], Message],
        log: Log,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._inbox = inbox
        self._slack = slack
        self._placeholder = placeholder
        self._log = log
        self._clock = clock
        self._patience = patience
        self._pace = Pace(clock)
        self._streams = Streams(inbox, slack, self._pace, lambda: placeholder().text, log)
        self._failing: dict[int, float] = {}

    def told(self, question_id: int, text: str) -> None:
        """Take what of an answer may be seen already, in Markdown; the next delivery shows it."""
        self._streams.told(question_id, text)

    def deliver(self, question: Recorded) -> float | None:
        """Do what is to be done for a question now; return in how many seconds to come back, None for never."""
        try:
            self._deliver_or_give_up(question)
        except NotYet as error:
            return self._later(question, str(error), error.seconds)
        except Unknown as error:
            return self._later(question, f"unknown: {error}")
        self._failing.pop(question.id, None)
        return None

    def _deliver_or_give_up(self, question: Recorded) -> None:
        try:
            self._deliver(question)
        except Refused as refused:
            self._give_up(question, refused.code)

    def _deliver(self, question: Recorded) -> None:
        if question.state is State.ADMITTED:
            if self._found(question, 0) is None:
                self._post(question, 0, self._placeholder())
            if self._streams.show(question):
                # The placeholder says nothing any longer that the stream does not.
                self._tidy(question, None)
            return
        self._streams.forget(question.id)
        if question.state is State.COMPOSED:
            self._say_what_it_came_to(question)
            self._inbox.finish(question.id, question.outcome, time.time())
        elif question.state is State.DONE:
            # Something turned up late.
            self._clear_away(question)

    def _say_what_it_came_to(self, question: Recorded) -> None:
        if question.outcome is Outcome.WITHDRAWN:
            self._take_back(question)
        elif question.outcome is Outcome.RETRACTED and self._has_said_something(question):
            self._retract(question)
        elif question.outcome is Outcome.REFUSED:
            self._refuse(question)
        else:
            self._say_in_some_shape(question)

    def _say_in_some_shape(self, question: Recorded) -> None:
        rich = [Message.from_json(each) for each in question.messages]
        try:
            self._say(question, rich, anyhow=False)
        except Refused as refused:
            if refused.code in _NO_PLACE or refused.code == _NO_THREAD:
                raise
            self._log.warning("said plainly", question=question.id, error=refused.code)
            plain = [Message.from_json(each) for each in question.plain_messages]
            self._say(question, plain or [Message(each.text) for each in rich], anyhow=True)

    def _say(self, question: Recorded, messages: Sequence[Message], *, anyhow: bool) -> None:
        """Say something; `anyhow` in a new message wherever the placeholder cannot be changed."""
        for part, message in enumerate(messages):
            found = self._found(question, part)
            if found is None and (anyhow or question.outcome in _AT_ONCE):
                self._post(question, part, message, says=True)
            elif found is None or found.state is not PostState.FILLED:
                placed = found or self._post(question, part, self._placeholder())
                self._fill(question, placed, message, anyhow=anyhow)
        self._tidy(question, len(messages))

    # One message

    def _found(self, question: Recorded, part: int) -> Post | None:
        """Return the message of a part that is there, the one that says what it should before a placeholder.

        Raises:
            NotYet: of one it is unknown whether it arrived, and its echo may still tell.
        """
        own = [post for post in self._inbox.posts(question.id) if post.part == part]
        for post in sorted(own, key=lambda each: _BEST_FIRST.index(each.state)):
            found = post if post.ts is not None else self._look_for(question, post)
            if found is not None:
                return found
        return None

    def _look_for(self, question: Recorded, post: Post) -> Post | None:
        """Return a message of which it is unknown whether it arrived, if it did.

        Raises:
            NotYet: its echo may still tell.
        """
        arrival = question.arrival
        if _is_direct(arrival):
            with suppress(Refused):
                ts = self._slack.find(arrival.channel, arrival.thread, post.mark)
                if ts is None:
                    return None
                self._inbox.placed(post.mark, ts)
                return self._inbox.post(post.mark)
        if time.time() - post.sent_at < ECHO_SECONDS:
            raise NotYet(LOOK_AGAIN, "waiting for its echo")
        return None

    def _post(self, question: Recorded, part: int, message: Message, *, says: bool = False) -> Post:
        """Post a message, one that `says` what it should or a placeholder."""
        arrival = question.arrival
        with self._pace.kept(f"posts in {arrival.channel}"):
            mark = f"q{question.id}.{part}.{secrets.token_hex(4)}"
            self._inbox.sending(mark, question.id, part, time.time(), says=says)
            try:
                posted = self._slack.post(arrival.channel, arrival.thread, message, mark)
            except (Refused, NotYet):
                self._inbox.gone(mark)
                raise
        self._inbox.placed(mark, posted.ts)
        if posted.thread != arrival.thread:
            # The question was deleted, and the post stands at the channel's top level, where nobody asked anything.
            self._inbox.withdraw(
                f"{mark} has no thread", arrival.workspace, arrival.channel, arrival.ts, time.time()
            )
            raise NotYet(0.0, "the question is gone")
        state = PostState.FILLED if says else PostState.PLACED
        return Post(mark, question.id, part, posted.ts, state, time.time())

    def _fill(self, question: Recorded, post: Post, message: Message, *, anyhow: bool) -> None:
        if post.ts is None:
            raise NotYet(LOOK_AGAIN, "not placed yet")
        if post.state is PostState.STREAMING:
            self._streams.stop(question, post.ts)
        try:
            with self._pace.kept("updates"):
                self._slack.update(question.arrival.channel, post.ts, message, post.mark)
        except Refused as refused:
            if refused.code == _STILL_OPEN:
                # It could not be closed; Slack does so itself after some minutes.
                raise NotYet(_STILL_OPEN_SECONDS, "its stream is open") from refused
            if refused.code == _GONE:
                # Somebody deleted the placeholder.
                self._inbox.gone(post.mark)
            elif refused.code not in _CANNOT_BE_CHANGED and not anyhow:
                raise
            self._log.warning("posted anew", question=question.id, error=refused.code)
            self._post(question, post.part, message, says=True)
        else:
            self._inbox.filled(post.mark)

    def _remove(self, question: Recorded, post: Post) -> None:
        if post.ts is not None:
            if post.state is PostState.STREAMING:
                self._streams.stop(question, post.ts)
            try:
                with self._pace.kept("deletions"):
                    self._slack.delete(question.arrival.channel, post.ts)
            except Refused as refused:
                self._log.warning("not deleted", question=question.id, error=refused.code)
        self._inbox.gone(post.mark)

    def _tidy(self, question: Recorded, parts: int | None) -> None:
        """Delete placeholders that were not filled: those that turned up late, and those of parts there are not."""
        kept: set[int] = set()
        posts = sorted(self._inbox.posts(question.id), key=lambda each: _BEST_FIRST.index(each.state))
        for post in posts:
            superfluous = post.part in kept or (parts is not None and post.part >= parts)
            if post.ts is not None and superfluous:
                self._remove(question, post)
            elif post.ts is not None:
                kept.add(post.part)

    # Other ends

    def _clear_away(self, question: Recorded) -> None:
        if question.outcome is Outcome.WITHDRAWN:
            self._take_back(question)
        elif question.outcome is Outcome.RETRACTED:
            self._retract(question)
        else:
            self._tidy(question, None)

    def _take_back(self, question: Recorded) -> None:
        posts = self._inbox.posts(question.id)
        for post in sorted(posts, key=lambda each: each.ts is None):
            found = post if post.ts is not None else self._look_for(question, post)
            if found is not None:
                self._remove(question, found)

    def _has_said_something(self, question: Recorded) -> bool:
        said = (PostState.FILLED, PostState.SAYING, PostState.STREAMING)
        return any(post.state in said for post in self._inbox.posts(question.id))

    def _retract(self, question: Recorded) -> None:
        """Have one message say that a source was withdrawn, and delete the others."""
        message, said = Message.from_json(question.messages[0]), False
        posts = self._inbox.posts(question.id)
        for post in sorted(posts, key=lambda each: (each.part, _BEST_FIRST.index(each.state))):
            found = post if post.ts is not None else self._look_for(question, post)
            if found is None or found.ts is None:
                continue
            if found.state is PostState.STREAMING:
                self._streams.stop(question, found.ts)
            if not (said and self._is_deleted(question, found)):
                said = self._is_changed(question, found, message) or said

    def _is_changed(self, question: Recorded, post: Post, message: Message) -> bool:
        """Change a message to a retraction, if it is still there and Slack lets it."""
        channel, ts = question.arrival.channel, post.ts or ""
        try:
            with self._pace.kept("updates"):
                self._slack.update(channel, ts, message, post.mark)
        except Refused as refused:
            if refused.code == _STILL_OPEN:
                raise NotYet(_STILL_OPEN_SECONDS, "its stream is open") from refused
            if refused.code == _GONE:
                self._inbox.gone(post.mark)
            else:
                self._log.warning(
                    "not changed", question=question.id, channel=channel, ts=ts, error=refused.code
                )
                self._inbox.not_changed(post.mark, refused.code, time.time())
            return False
        self._inbox.filled(post.mark)
        return True

    def _is_deleted(self, question: Recorded, post: Post) -> bool:
        try:
            with self._pace.kept("deletions"):
                self._slack.delete(question.arrival.channel, post.ts or "")
        except Refused:
            return False
        self._inbox.gone(post.mark)
        return True

    def _refuse(self, question: Recorded) -> None:
        """Tell the asker alone; twice, where it is unknown whether it arrived."""
        arrival = question.arrival
        if _is_direct(arrival):
            self._say_in_some_shape(question)
            return
        for message in map(Message.from_json, question.messages):
            thread = arrival.thread if arrival.in_thread else None
            try:
                self._slack.tell_alone(arrival.channel, arrival.person, thread, message.text)
            except Refused as refused:
                self._log.warning("told in private", question=question.id, error=refused.code)
                self._say_in_private(question, message)

    def _give_up(self, question: Recorded, code: str) -> None:
        self._log.warning("not posted", question=question.id, error=code)
        placeholder_only = question.state is State.ADMITTED
        if placeholder_only and code not in _NO_PLACE and code != _NO_THREAD:
            # The answer may have more luck.
            return
        if code != _NO_THREAD and not _is_direct(question.arrival):
            self._say_in_private(question, notice(CANNOT_POST))
        outcome = question.outcome
        if placeholder_only:
            # Without its thread, the question was deleted.
            outcome = Outcome.WITHDRAWN if code == _NO_THREAD else Outcome.FAILED
            self._inbox.compose(question.id, outcome, ())
        self._inbox.finish(question.id, outcome, time.time())

    def _say_in_private(self, question: Recorded, message: Message) -> None:
        """Tell the asker directly, who would hear nothing otherwise."""
        try:
            self._slack.post(question.arrival.person, None, message)
        except Refused as refused:
            self._log.warning("not told in private either", question=question.id, error=refused.code)

    def _later(self, question: Recorded, why: str, seconds: float | None = None) -> float | None:
        """Return when to come back: after so many seconds, or after longer and longer."""
        failing = self._clock() - self._failing.setdefault(question.id, self._clock())
        if failing > self._patience and question.state is State.COMPOSED:
            self._log.error("given up", question=question.id, error=why)
            if question.outcome is Outcome.RETRACTED:
                for post in self._inbox.posts(question.id):
                    self._inbox.not_changed(post.mark, why, time.time())
            self._failing.pop(question.id, None)
            self._inbox.finish(question.id, question.outcome, time.time())
            return None
        wait = max(LOOK_AGAIN, min(_LONGEST_WAIT, failing / 4)) if seconds is None else seconds
        self._log.debug("later", question=question.id, seconds=round(wait, 2), why=why)
        return wait


def _is_direct(arrival: Arrival) -> bool:
    return arrival.channel.startswith("D")
