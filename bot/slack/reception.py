"""Reception: an event is written down before it is acknowledged, and work on it begins."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from bot.logs import Log
from bot.records.inbox import Inbox
from bot.slack.events import Asked, Deleted, Echo, Event, Opened, Self, read_event


class Reception:
    """Takes events in; `due` is told each question that there is something to do for, `opened` who came to talk.

    With `follow_threads`, a reply in a thread where the bot has answered is a question without a mention.
    """

    def __init__(
        self,
        bot: Self,
        inbox: Inbox,
        due: Callable[[int], None],
        opened: Callable[[Opened], None],
        log: Log,
        *,
        follow_threads: bool,
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._due = due
        self._opened = opened
        self._log = log
        self._follow_threads = follow_threads
        self._stopped = False

    def receive(self, body: Mapping[str, Any]) -> bool:
        """Write an event down; False where no more are taken. Once it returns True, the event may be acknowledged.

        Raises:
            RecordsError: it could not be written down, and must not be acknowledged.
        """
        if self._stopped:
            return False
        event = read_event(body, self._bot)
        if event is not None:
            self._take(event)
        return True

    def stop(self) -> None:
        """Take nothing more."""
        self._stopped = True

    def _take(self, event: Event) -> None:
        match event:
            case Asked():
                self._asked(event)
            case Deleted():
                self._deleted(event)
            case Echo():
                self._echo(event)
            case Opened():
                if self._inbox.know(event.key, time.time()):
                    self._opened(event)

    def _asked(self, event: Asked) -> None:
        arrival = event.arrival
        if event.only_followed and not self._is_followed(event):
            return
        question = self._inbox.take(event.key, arrival, time.time())
        if question is None:
            self._log.debug("known already", event_id=event.key)
            return
        self._log.info(
            "asked", question=question, event_id=event.key, surface=arrival.surface, channel=arrival.channel
        )
        self._log.debug("question", question=question, text=arrival.text)
        self._due(question)

    def _is_followed(self, event: Asked) -> bool:
        arrival = event.arrival
        return self._follow_threads and self._inbox.has_answered_in(
            arrival.workspace, arrival.channel, arrival.thread
        )

    def _deleted(self, event: Deleted) -> None:
        question = self._inbox.withdraw(event.key, event.workspace, event.channel, event.ts, time.time())
        if question is not None:
            self._log.info("withdrawn", question=question, event_id=event.key)
            self._due(question)

    def _echo(self, event: Echo) -> None:
        known = [post for mark in event.marks if (post := self._inbox.post(mark)) is not None]
        for post in known:
            if post.ts is None:
                self._inbox.placed(post.mark, event.ts)
                self._due(post.question_id)
        if not known and event.thread is not None:
            self._stream_echo(event, event.thread)

    def _stream_echo(self, event: Echo, thread: str) -> None:
        """Take note of what carries no mark, as streams do not."""
        question = self._inbox.stream_heard_of(event.workspace, event.channel, thread, event.ts)
        if question is not None:
            self._due(question)
