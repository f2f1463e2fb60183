"""Answers that a language model writes, seen as they come: over real sockets, with a scripted writer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.questions import Question
from bot.slack.blocks import answer_messages
from bot.slack.calls import Calls
from tests.bot.records.asked import new_inbox
from tests.bot.slack.scripted import (
    QUESTION,
    SENTENCES,
    Killable,
    Writer,
    bot_with,
    said,
    whole_answer,
    written,
)
from tests.bot.slack.stand_ins import Kept
from tests.slack.faults import AnswersError, AnswersStatus, Fault, Hangs, LosesReply, RateLimits
from tests.slack.nursery import Nursery
from tests.slack.state import Message
from tests.slack.workspace import Workspace


@dataclass(slots=True)
class Held:
    """Keeps a writer waiting after its first sentence, until it `may_go_on`; `wrote` tells that there is one."""

    may_go_on: threading.Event = field(default_factory=threading.Event)
    wrote: threading.Event = field(default_factory=threading.Event)
    questions: list[str] = field(default_factory=list)

    def __call__(self, question: str) -> None:
        self.questions.append(question)
        self.wrote.set()
        assert self.may_go_on.wait(10)


@dataclass(slots=True)
class Talk:
    """A workspace, the bot in it, its log, and what holds its writer."""

    workspace: Workspace
    log: Kept
    held: Held

    def ask(self, channel: str = "C0NEWS", user: str = "U0ANNA", text: str = QUESTION, **how: Any) -> str:
        return self.workspace.say(user, text, channel, mention=not channel.startswith("D"), **how)

    def seen(self, channel: str, ts: str, *sentences: str) -> Message:
        """Return the only message, once it shows the sentences while the answer is still being written."""

        def shows() -> bool:
            found = said(self.workspace, channel, ts)
            return len(found) == 1 and all(each in found[0]["text"] for each in sentences)

        self.workspace.wait_for(shows)
        return said(self.workspace, channel, ts)[0]

    def is_answered(self, channel: str, ts: str) -> Message:
        """Return the answer, which is what one that was not streamed would be."""
        answer = whole_answer(self.workspace, channel, ts)
        check_whole(answer)
        return answer


def check_whole(answer: Message) -> None:
    """Check that a message is the whole answer, with nothing of its stream left."""
    (expected,) = answer_messages(written(Question(QUESTION, datetime.now(UTC))))
    assert answer["text"] == expected.text
    blocks = [{key: value for key, value in block.items() if key != "block_id"} for block in answer["blocks"]]
    assert blocks == list(expected.blocks)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(retry_delays=(0.3, 0.6)) as running:
        yield running
        assert not running.pings
        assert not running.warnings


@pytest.fixture
def talk(workspace: Workspace, tmp_path: Path) -> Iterator[Talk]:
    held = Held()
    with bot_with(Writer(held), workspace, tmp_path) as log:
        yield Talk(workspace, log, held)
        held.may_go_on.set()


# As it should be.


@pytest.mark.parametrize("channel", ["C0NEWS", "D0ANNA"])
def test_a_sentence_is_seen_while_the_next_is_being_written_and_the_answer_replaces_it(
    talk: Talk, channel: str
) -> None:
    ts = talk.ask(channel)
    early = talk.seen(channel, ts, SENTENCES[0])
    assert early["text"].startswith("Searching the articles …")
    assert SENTENCES[1] not in early["text"]
    assert talk.workspace.is_streaming(channel, early["ts"])
    talk.held.may_go_on.set()
    answer = talk.is_answered(channel, ts)
    assert answer["ts"] == early["ts"]
    [start] = talk.workspace.calls_of("chat.startStream")
    assert (start.arguments["recipient_team_id"], start.arguments["recipient_user_id"]) == (
        "T0FOOTNOTE",
        "U0ANNA",
    )


def test_what_nobody_had_to_wait_for_is_told_in_few_calls(talk: Talk) -> None:
    talk.held.may_go_on.set()
    talk.is_answered("C0NEWS", talk.ask())
    assert len(talk.workspace.calls_of("chat.appendStream")) <= 2


def test_several_are_written_at_once_and_each_is_answered_once(talk: Talk) -> None:
    asked = [talk.ask(text=f"What is toll {number}?") for number in range(5)]
    talk.workspace.wait_for(lambda: len(talk.held.questions) == 4)
    assert len(set(talk.held.questions)) == 4
    talk.held.may_go_on.set()
    for ts in asked:
        talk.is_answered("C0NEWS", ts)
    assert len(talk.held.questions) == 5 * len(SENTENCES)


def test_a_follow_up_is_begun_once_what_it_leans_on_is_answered(talk: Talk) -> None:
    first = talk.ask("D0ANNA")
    assert talk.held.wrote.wait(5)
    second = talk.ask("D0ANNA", text="And before?")
    other = talk.ask("D0BEN", "U0BEN", text="What is Ben's toll?")
    talk.seen("D0BEN", other, "Searching")
    talk.workspace.wait_for(lambda: len(talk.held.questions) == 2)
    talk.held.may_go_on.set()
    for channel, ts in (("D0ANNA", first), ("D0ANNA", second), ("D0BEN", other)):
        talk.is_answered(channel, ts)


def test_within_slacks_limits_every_answer_comes_and_nothing_is_asked_too_often(talk: Talk) -> None:
    talk.workspace.rate_limited = True
    talk.held.may_go_on.set()
    for ts in [talk.ask(text=f"What is toll {number}?") for number in range(3)]:
        talk.is_answered("C0NEWS", ts)
    streaming = ("chat.startStream", "chat.appendStream", "chat.stopStream")
    assert not [each for each in talk.workspace.calls if each.method in streaming and each.status == 429]


def test_a_stranger_in_a_shared_channel_is_told_of_as_one(talk: Talk) -> None:
    talk.workspace.add_user("U0EVE", "eve", stranger=True)
    talk.workspace.add_channel("C0BOTH", "both", members=["U0EVE"], ext_shared=True)
    talk.held.may_go_on.set()
    talk.is_answered("C0BOTH", talk.ask("C0BOTH", "U0EVE"))
    [start] = talk.workspace.calls_of("chat.startStream")
    assert start.arguments["recipient_team_id"] == "T0ELSEWHERE"


# As it goes wrong.


@pytest.mark.parametrize(
    "fault",
    [
        AnswersError("missing_scope"),
        AnswersError("channel_type_not_supported"),
        AnswersStatus(500),
        Hangs(0.1),
    ],
    ids=str,
)
def test_where_no_stream_can_be_started_the_answer_is_one_message(talk: Talk, fault: Fault) -> None:
    talk.workspace.fail("chat.startStream", fault, times=None)
    ts = talk.ask()
    talk.workspace.wait_for(lambda: talk.workspace.calls_of("chat.startStream"))
    talk.held.may_go_on.set()
    talk.is_answered("C0NEWS", ts)
    assert len(talk.workspace.calls_of("chat.startStream")) == 1
    assert not talk.workspace.calls_of("chat.delete")


def test_where_slack_has_no_streams_the_answer_is_one_message(talk: Talk) -> None:
    talk.workspace.lacks("chat.startStream", "chat.appendStream", "chat.stopStream")
    talk.held.may_go_on.set()
    talk.is_answered("C0NEWS", talk.ask())
    talk.is_answered("D0ANNA", talk.ask("D0ANNA"))


@pytest.mark.parametrize(
    "method", ["chat.startStream", "chat.appendStream", "chat.stopStream", "chat.delete"]
)
def test_a_stream_that_is_to_wait_goes_on_later(talk: Talk, method: str) -> None:
    talk.workspace.fail(method, RateLimits(1))
    ts = talk.ask()
    talk.seen("C0NEWS", ts, SENTENCES[0])
    talk.held.may_go_on.set()
    talk.is_answered("C0NEWS", ts)


@pytest.mark.parametrize(
    "fault",
    [
        AnswersError("message_not_in_streaming_state"),
        AnswersError("stopped_by_user"),
        AnswersStatus(503),
        Hangs(0.1),
        LosesReply(),
    ],
    ids=str,
)
def test_a_stream_that_breaks_is_left_as_it_is_until_the_answer_replaces_it(talk: Talk, fault: Fault) -> None:
    ts = talk.ask()
    talk.seen("C0NEWS", ts, SENTENCES[0])
    talk.workspace.fail("chat.appendStream", fault, times=None)
    talk.held.may_go_on.set()
    talk.is_answered("C0NEWS", ts)


@pytest.mark.parametrize(
    "fault", [AnswersStatus(500), Hangs(0.1), LosesReply(), AnswersError("internal_error")], ids=str
)
def test_a_stream_is_stopped_in_the_end_whatever_goes_wrong_with_that(talk: Talk, fault: Fault) -> None:
    talk.workspace.fail("chat.stopStream", fault)
    ts = talk.ask()
    talk.seen("C0NEWS", ts, SENTENCES[0])
    talk.held.may_go_on.set()
    talk.is_answered("C0NEWS", ts)


def test_an_expired_stream_is_completed_in_its_place(talk: Talk) -> None:
    ts = talk.ask()
    early = talk.seen("C0NEWS", ts, SENTENCES[0])
    talk.workspace.expire_streams()
    talk.held.may_go_on.set()
    assert talk.is_answered("C0NEWS", ts)["ts"] == early["ts"]


def test_where_a_stream_cannot_be_stopped_the_answer_comes_once_it_has_expired(talk: Talk) -> None:
    talk.workspace.fail("chat.stopStream", AnswersError("not_allowed"), times=None)
    ts = talk.ask()
    talk.seen("C0NEWS", ts, SENTENCES[0])
    talk.held.may_go_on.set()
    talk.workspace.wait_for(lambda: talk.workspace.calls_of("chat.update"))
    assert len(said(talk.workspace, "C0NEWS", ts)) == 1
    talk.workspace.expire_streams()
    talk.is_answered("C0NEWS", ts)


@pytest.mark.parametrize("channel", ["C0NEWS", "D0ANNA"])
def test_a_stream_whose_start_was_not_answered_is_found_by_its_echo(talk: Talk, channel: str) -> None:
    talk.workspace.fail("chat.startStream", LosesReply())
    ts = talk.ask(channel)
    talk.seen(channel, ts, SENTENCES[0])
    talk.held.may_go_on.set()
    talk.is_answered(channel, ts)


def test_of_a_question_that_is_deleted_meanwhile_nothing_stays(talk: Talk) -> None:
    workspace = talk.workspace
    ts = talk.ask()
    talk.seen("C0NEWS", ts, SENTENCES[0])
    workspace.delete("C0NEWS", ts)
    workspace.wait_for(lambda: not workspace.channels["C0NEWS"].messages)
    talk.held.may_go_on.set()
    workspace.wait_for(lambda: not talk.held.questions[3:] and len(talk.held.questions) == 3)
    time.sleep(0.2)
    assert not workspace.channels["C0NEWS"].messages


# Killed.


def shows(workspace: Workspace, ts: str, sentence: str) -> bool:
    return any(sentence in each["text"] for each in said(workspace, "C0NEWS", ts))


@pytest.mark.parametrize("expired", [False, True])
def test_killed_while_it_streams_it_completes_the_same_message(
    nursery: Nursery, workspace: Workspace, tmp_path: Path, expired: bool
) -> None:
    with new_inbox(tmp_path), Killable(nursery, workspace, tmp_path) as bot:
        bot.hold.touch()
        ts = workspace.say("U0ANNA", QUESTION, "C0NEWS", mention=True)
        workspace.wait_for(lambda: shows(workspace, ts, SENTENCES[0]))
        workspace.wait_for(lambda: len(said(workspace, "C0NEWS", ts)) == 1)
        bot.kill()
        [early] = said(workspace, "C0NEWS", ts)
        if expired:
            workspace.expire_streams()
        bot.hold.unlink()
        bot.start()
        answer = whole_answer(workspace, "C0NEWS", ts)
        check_whole(answer)
        assert answer["ts"] == early["ts"]


def test_killed_at_one_call_after_another_it_answers_every_question_once(
    nursery: Nursery, workspace: Workspace, tmp_path: Path
) -> None:
    asked = []
    with new_inbox(tmp_path), Killable(nursery, workspace, tmp_path) as bot:
        for method in (
            "chat.startStream",
            "chat.appendStream",
            "chat.delete",
            "chat.stopStream",
            "chat.update",
        ):
            called = len(workspace.calls_of(method))
            asked.append(workspace.say("U0ANNA", QUESTION, "C0NEWS", mention=True))
            workspace.wait_for(lambda: len(workspace.calls_of(method)) > called, 10)  # noqa: B023
            bot.kill()
            bot.start()
        for ts in asked:
            check_whole(whole_answer(workspace, "C0NEWS", ts))


def test_what_turned_up_just_before_it_was_killed_is_cleared_away_at_the_next_start(
    nursery: Nursery, workspace: Workspace, tmp_path: Path
) -> None:
    with new_inbox(tmp_path) as inbox, Killable(nursery, workspace, tmp_path) as bot:
        ts = workspace.say("U0ANNA", QUESTION, "C0NEWS", mention=True)
        whole_answer(workspace, "C0NEWS", ts)
        workspace.wait_for(lambda: not inbox.unfinished())
        bot.kill()
        late = Calls(workspace.bot_token, workspace.api_url).start_stream(
            "C0NEWS", ts, (workspace.team, "U0ANNA"), "Searching"
        )
        inbox.starting("late", 1, time.time())
        assert inbox.stream_heard_of(workspace.team, "C0NEWS", ts, late) == 1
        bot.start()
        check_whole(whole_answer(workspace, "C0NEWS", ts))
