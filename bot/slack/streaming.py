"""Streaming: while an answer is being written, its sentences are seen as they come, in a stream of Slack's.

A stream's message takes the place of the placeholder: it begins with the same words, and the whole answer replaces it
as it would replace the placeholder. Nothing depends on it. Where Slack refuses a stream, or one breaks, no more is
added, and the answer comes as one message; nothing is ever sent twice for want of a reply. What an earlier process had
begun to stream is not gone on with: the answer, composed anew, completes it.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.logs import Log
from bot.records.inbox import Inbox
from bot.records.records import Arrival, Post, PostState, Recorded
from bot.slack.calls import NotYet, Refused, Unknown
from bot.slack.pace import Pace

ECHO_SECONDS = 4.0
"""How long a message may take to be heard of that may have arrived or not."""
LOOK_AGAIN = 0.25
LONGEST_STREAM = 12_000
"""Characters that Slack takes in one call; no stream is let grow longer."""
_STARTS_APART = 3.0
"""Seconds. Slack lets about twenty streams a minute be started, and as many be stopped."""
_APPENDS_APART = 0.6
"""Seconds, over all streams: Slack takes about a hundred a minute."""


class Slack(Protocol):
    """What streaming needs of Slack; see `bot.slack.calls`."""

    def start_stream(self, channel: str, thread: str, reader: tuple[str, str], text: str) -> str:
        """Start a stream; return its ts."""

    def append_stream(self, channel: str, ts: str, text: str) -> None:
        """Add to a stream."""

    def stop_stream(self, channel: str, ts: str) -> None:
        """Close a stream."""


@dataclass(slots=True)
class _Stream:
    """One answer under way: what of it is not seen yet, and how much is; `mark` is its message's, once begun."""

    unseen: list[str] = field(default_factory=list)
    seen: int = 0
    mark: str | None = None
    ended: bool = False


class Streams:
    """Shows what is told of answers. `opening` returns what a stream begins with.

    Anybody may tell; all else about one question is done by one thread at a time.
    """

    def __init__(self, inbox: Inbox, slack: Slack, pace: Pace, opening: Callable[[], str], log: Log) -> None:
        self._inbox = inbox
        self._slack = slack
        self._pace = pace
        self._opening = opening
        self._log = log
        self._lock = threading.Lock()
        self._streams: dict[int, _Stream] = {}

    def told(self, question_id: int, text: str) -> None:
        """Take what is to be seen next of an answer, in Markdown."""
        with self._lock:
            self._streams.setdefault(question_id, _Stream()).unseen.append(text)

    def forget(self, question_id: int) -> None:
        """Show nothing more of an answer: it is there, or not wanted any longer."""
        with self._lock:
            self._streams.pop(question_id, None)

    def show(self, question: Recorded) -> bool:
        """Show what is not seen yet; tell whether there is a stream.

        Raises:
            NotYet: not now.
            Unknown: nobody knows whether the stream has begun; its echo may tell.
        """
        stream = self._streams.get(question.id)
        if stream is None:
            return False
        post = None if stream.ended else self._begun(question, stream)
        if post is None or post.ts is None:
            return False
        self._append(question, stream, post.ts)
        return True

    def stop(self, question: Recorded, ts: str) -> None:
        """Close a stream, if it is open, so that its message can be changed.

        Raises:
            NotYet: not now.
            Unknown: nobody knows whether it is closed; stopping it twice does no harm.
        """
        try:
            with self._pace.kept("streams stopped"):
                self._slack.stop_stream(question.arrival.channel, ts)
        except Refused as refused:
            self._log.debug("not stopped", question=question.id, error=refused.code)

    def _begun(self, question: Recorded, stream: _Stream) -> Post | None:
        """Return the message of a stream, begun where it is not; None where there will be none."""
        if stream.mark is None:
            self._begin(question, stream)
        post = None if stream.mark is None else self._inbox.post(stream.mark)
        if post is not None and post.ts is None:
            if time.time() - post.sent_at < ECHO_SECONDS:
                raise NotYet(LOOK_AGAIN, "waiting for its echo")
            post = None
        stream.ended = post is None
        return post

    def _begin(self, question: Recorded, stream: _Stream) -> None:
        if any(_is_stream(post) for post in self._inbox.posts(question.id)):
            # An earlier process's, which says part of this answer already.
            return
        try:
            with self._pace.kept("streams started", _STARTS_APART):
                self._start(question, stream)
        except Refused as refused:
            self._log.info("not streamed", question=question.id, error=refused.code)

    def _start(self, question: Recorded, stream: _Stream) -> None:
        arrival = question.arrival
        mark = f"q{question.id}.stream.{secrets.token_hex(4)}"
        self._inbox.starting(mark, question.id, time.time())
        try:
            ts = self._slack.start_stream(arrival.channel, arrival.thread, _reader(arrival), self._opening())
        except (Refused, NotYet):
            self._inbox.gone(mark)
            raise
        except Unknown:
            stream.mark = mark
            raise
        stream.mark = mark
        self._inbox.started(mark, ts)

    def _append(self, question: Recorded, stream: _Stream, ts: str) -> None:
        with self._lock:
            texts = tuple(stream.unseen)
        if not texts:
            return
        text = ("" if stream.seen else "\n\n") + "".join(f"{each} " for each in texts)
        if stream.seen + len(text) > LONGEST_STREAM:
            stream.ended = True
            return
        try:
            with self._pace.kept("appends", _APPENDS_APART):
                self._slack.append_stream(question.arrival.channel, ts, text)
        except (Refused, Unknown) as error:
            # After a gap, or twice, the sentences would say something else.
            self._log.info("streamed no further", question=question.id, error=str(error))
            stream.ended = True
        else:
            stream.seen += len(text)
            with self._lock:
                del stream.unseen[: len(texts)]


def _is_stream(post: Post) -> bool:
    return post.state in (PostState.STARTING, PostState.STREAMING)


def _reader(arrival: Arrival) -> tuple[str, str]:
    return arrival.guest_of or arrival.workspace, arrival.person
