from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import RecordsError
from bot.records.inbox import Inbox
from bot.records.records import Outcome, PostState, State
from bot.slack.events import Opened, Self
from bot.slack.reception import Reception
from tests.bot.records.asked import new_inbox
from tests.bot.slack.stand_ins import Kept
from tests.slack.state import BOT, BOT_USER, TEAM

TS, ROOT = "1700000000.000100", "1699999999.000100"
MESSAGE: dict[str, Any] = {
    "type": "message",
    "channel": "C0NEWS",
    "channel_type": "channel",
    "ts": TS,
    "user": "U0ANNA",
    "text": f"<@{BOT_USER}> What is the toll?",
}
REPLY: dict[str, Any] = {**MESSAGE, "thread_ts": ROOT, "text": "And in 2021?"}
DELETED: dict[str, Any] = {
    "type": "message",
    "subtype": "message_deleted",
    "channel": "C0NEWS",
    "ts": "9.9",
    "deleted_ts": TS,
}
OWN: dict[str, Any] = {**MESSAGE, "ts": "1700000001.000100", "user": BOT_USER, "bot_id": BOT}
HOME: dict[str, Any] = {"type": "app_home_opened", "tab": "messages", "channel": "D0ANNA", "user": "U0ANNA"}


def told(event: dict[str, Any], key: str = "Ev1") -> dict[str, Any]:
    return {"type": "event_callback", "team_id": TEAM, "event_id": key, "event": event}


class Desk:
    """A reception over a real inbox, and what it has told."""

    def __init__(self, inbox: Inbox, *, follow_threads: bool = False) -> None:
        self.inbox = inbox
        self.due: list[int] = []
        self.opened: list[Opened] = []
        self.log = Kept()
        me = Self(user=BOT_USER, bot=BOT)
        self.reception = Reception(
            me, inbox, self.due.append, self.opened.append, self.log, follow_threads=follow_threads
        )

    def told(self, event: dict[str, Any], key: str = "Ev1") -> bool:
        return self.reception.receive(told(event, key))

    def answered(self, event: dict[str, Any]) -> int:
        """Take a question in and answer it; return its id."""
        assert self.told(event, f"Ev-{event['ts']}")
        question = self.due.pop()
        self.inbox.compose(question, Outcome.ANSWERED, [])
        self.inbox.finish(question, Outcome.ANSWERED, 0.0)
        return question


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with new_inbox(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(inbox: Inbox) -> Desk:
    return Desk(inbox)


def test_a_question_is_written_down_before_anybody_is_told(inbox: Inbox) -> None:
    found: list[State] = []

    def due(question_id: int) -> None:
        question = inbox.question(question_id)
        assert question is not None
        found.append(question.state)

    me = Self(user=BOT_USER, bot=BOT)
    reception = Reception(me, inbox, due, lambda _: None, Kept(), follow_threads=False)
    assert reception.receive(told(MESSAGE))
    assert found == [State.ARRIVED]


@pytest.mark.parametrize("kinds", [("message", "app_mention"), ("app_mention", "message")])
def test_a_mention_that_comes_as_two_events_several_times_each_is_one_question(
    desk: Desk, kinds: tuple[str, str]
) -> None:
    for _ in range(2):
        for kind in kinds:
            assert desk.told({**MESSAGE, "type": kind}, f"Ev-{kind}")
    assert desk.due == [1]
    assert desk.inbox.unfinished() == [1]


def test_the_two_events_may_come_at_once(desk: Desk) -> None:
    begin = threading.Barrier(2)

    def tell(kind: str) -> None:
        begin.wait()
        assert desk.told({**MESSAGE, "type": kind}, f"Ev-{kind}")

    threads = [threading.Thread(target=tell, args=(kind,)) for kind in ("message", "app_mention")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.due == [1]


@pytest.mark.parametrize(
    "event",
    [
        {**MESSAGE, "text": "Good morning"},
        {**MESSAGE, "bot_id": "B0OTHER"},
        {**MESSAGE, "subtype": "channel_join"},
        REPLY,
        {"type": "reaction_added"},
    ],
)
def test_what_asks_nothing_is_acknowledged_and_nothing_is_done(desk: Desk, event: dict[str, Any]) -> None:
    assert desk.told(event)
    assert (desk.due, desk.opened, desk.inbox.unfinished()) == ([], [], [])


# Threads.


def test_a_reply_is_a_question_where_the_bot_has_answered_and_threads_are_followed(inbox: Inbox) -> None:
    desk = Desk(inbox, follow_threads=True)
    assert desk.told(REPLY, "Ev-before")
    assert desk.due == []
    desk.answered({**MESSAGE, "ts": ROOT})
    assert desk.told({**REPLY, "thread_ts": "1.0", "ts": "2.0"}, "Ev-other-thread")
    assert desk.told({**REPLY, "channel": "C0OTHER", "ts": "3.0"}, "Ev-other-channel")
    assert desk.due == []
    assert desk.told(REPLY, "Ev-after")
    assert desk.told(REPLY, "Ev-after")
    assert desk.due == [2]


def test_a_reply_is_no_question_where_threads_are_not_followed_unless_it_mentions_the_bot(desk: Desk) -> None:
    desk.answered({**MESSAGE, "ts": ROOT})
    assert desk.told(REPLY, "Ev-reply")
    assert desk.due == []
    assert desk.told({**REPLY, "text": f"<@{BOT_USER}> And in 2021?"}, "Ev-mention")
    assert desk.due == [2]


# Deletion.


def test_a_deleted_question_is_to_be_taken_back_once(desk: Desk) -> None:
    question = desk.answered(MESSAGE)
    for _ in range(2):
        assert desk.told(DELETED, "Ev-gone")
    assert desk.due == [question]
    found = desk.inbox.question(question)
    assert found is not None
    assert found.outcome is Outcome.WITHDRAWN


def test_a_question_that_is_deleted_before_it_arrives_is_not_taken_in(desk: Desk) -> None:
    assert desk.told(DELETED, "Ev-gone")
    assert desk.told(MESSAGE)
    assert desk.due == []


def test_that_the_bots_own_message_is_deleted_asks_for_nothing(desk: Desk) -> None:
    question = desk.answered(MESSAGE)
    desk.inbox.sending("mark", question, 0, 0.0)
    desk.inbox.placed("mark", OWN["ts"])
    assert desk.told({**DELETED, "deleted_ts": OWN["ts"], "previous_message": OWN}, "Ev-gone")
    assert desk.due == []
    assert desk.inbox.unfinished() == []


# The bot's own messages.


def test_an_echo_tells_that_a_message_is_there_and_what_waited_for_that_goes_on(desk: Desk) -> None:
    assert desk.told(MESSAGE)
    desk.inbox.sending("mark", desk.due.pop(), 0, 0.0)
    for _ in range(2):
        assert desk.told({**OWN, "blocks": [{"block_id": "other"}, {"block_id": "mark"}]}, "Ev-echo")
    post = desk.inbox.post("mark")
    assert post is not None
    assert (post.ts, post.state) == (OWN["ts"], PostState.PLACED)
    assert desk.due == [1]


def test_an_echo_without_a_mark_tells_of_the_stream_that_is_being_started_in_its_thread(desk: Desk) -> None:
    assert desk.told(MESSAGE)
    question = desk.due.pop()
    desk.inbox.starting("mark", question, 0.0)
    assert desk.told({**OWN, "thread_ts": ROOT}, "Ev-elsewhere")
    assert desk.told(OWN, "Ev-outside")
    assert desk.due == []
    for _ in range(2):
        assert desk.told({**OWN, "thread_ts": TS, "blocks": [{"block_id": "other"}]}, "Ev-echo")
    post = desk.inbox.post("mark")
    assert post is not None
    assert (post.ts, post.state) == (OWN["ts"], PostState.STREAMING)
    assert desk.due == [question]


@pytest.mark.parametrize("blocks", [[{"block_id": "mark"}], [{"block_id": "unheard"}], [], None])
def test_an_echo_of_what_is_known_to_be_there_or_of_nothing_known_says_nothing(
    desk: Desk, blocks: object
) -> None:
    question = desk.answered(MESSAGE)
    desk.inbox.sending("mark", question, 0, 0.0)
    desk.inbox.placed("mark", "1.0")
    assert desk.told({**OWN, "blocks": blocks}, "Ev-echo")
    post = desk.inbox.post("mark")
    assert post is not None
    assert post.ts == "1.0"
    assert desk.due == []


# The rest.


def test_who_comes_to_talk_is_told_of_once_an_event(desk: Desk) -> None:
    for key in ("Ev1", "Ev1", "Ev2"):
        assert desk.told(HOME, key)
    assert [each.key for each in desk.opened] == ["Ev1", "Ev2"]


def test_nothing_is_taken_once_it_is_told_to_stop(desk: Desk) -> None:
    desk.reception.stop()
    assert not desk.told(MESSAGE)
    assert not desk.told(HOME, "Ev2")
    assert (desk.due, desk.opened, desk.inbox.unfinished()) == ([], [], [])


@pytest.mark.parametrize("event", [MESSAGE, DELETED, HOME])
def test_what_cannot_be_written_down_is_not_acknowledged(
    tmp_path: Path, desk: Desk, event: dict[str, Any]
) -> None:
    with sqlite3.connect(tmp_path / "records.sqlite3") as connection:
        connection.execute("DROP TABLE events")
    connection.close()
    with pytest.raises(RecordsError):
        desk.told(event)
    assert (desk.due, desk.opened) == ([], [])


@pytest.mark.parametrize("say", [Kept.info, Kept.warning, Kept.error])
def test_what_is_asked_is_logged_at_the_debug_level_alone(desk: Desk, say: Callable[..., None]) -> None:
    desk.told(MESSAGE)
    desk.told(MESSAGE)
    desk.told(DELETED, "Ev-gone")
    level = say.__name__
    assert not any("toll" in str(values) for at, _, values in desk.log.lines if at == level)
    assert ("debug", "question", {"question": 1, "text": "What is the toll?"}) in desk.log.lines
