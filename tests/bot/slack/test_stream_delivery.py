"""Streams in the cases that a workspace can hardly be brought to; the others are in test_streaming.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.records.inbox import Inbox
from bot.records.records import Outcome, PostState, State
from bot.slack import streaming
from bot.slack.calls import NotYet, Refused, Unknown
from bot.slack.delivery import Delivery
from bot.slack.messages import Message
from bot.slack.streaming import LONGEST_STREAM
from tests.bot.records.asked import NOW, arrival, new_inbox, taken
from tests.bot.slack.stand_ins import Kept, Slack

PLACEHOLDER = Message("Searching …")
ANSWER = {"text": "40 euros", "blocks": [{"type": "divider"}]}


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with new_inbox(tmp_path) as opened:
        yield opened


@pytest.fixture
def slack() -> Slack:
    return Slack()


class Asked:
    """A question whose answer is being written, with a placeholder, and a clock that stands still by itself."""

    def __init__(self, inbox: Inbox, slack: Slack) -> None:
        self.inbox = inbox
        self.slack = slack
        self.id = taken(inbox)
        self.now = 0.0
        self.log = Kept()
        assert inbox.admit(self.id)
        self.restart()
        assert self.deliver() is None
        assert slack.texts == ["Searching …"]

    def restart(self) -> None:
        """Forget all that is not written down."""
        self._delivery = Delivery(self.inbox, self.slack, lambda: PLACEHOLDER, self.log, lambda: self.now)

    def tell(self, *sentences: str) -> float | None:
        for each in sentences:
            self._delivery.told(self.id, each)
        return self.deliver()

    def deliver(self) -> float | None:
        question = self.inbox.question(self.id)
        assert question is not None
        return self._delivery.deliver(question)

    def compose(self) -> None:
        assert self.inbox.compose(self.id, Outcome.ANSWERED, [ANSWER])

    def deliver_all(self) -> None:
        """Come back as often as is said."""
        while (wait := self.deliver()) is not None:
            self.now += wait

    def check_answered_once(self) -> None:
        assert self.slack.texts == ["40 euros"]
        assert not self.slack.open
        question = self.inbox.question(self.id)
        assert question is not None
        assert question.state is State.DONE
        assert [post.state for post in self.inbox.posts(self.id)] == [PostState.FILLED]


@pytest.fixture
def asked(inbox: Inbox, slack: Slack) -> Asked:
    return Asked(inbox, slack)


def test_the_stream_takes_the_place_of_the_placeholder_and_the_answer_that_of_the_stream(
    asked: Asked, slack: Slack
) -> None:
    assert asked.tell("One.") is None
    assert slack.texts == ["Searching …\n\nOne. "]
    [ts] = slack.messages
    asked.compose()
    asked.deliver_all()
    asked.check_answered_once()
    assert list(slack.messages) == [ts]


def test_what_is_told_too_soon_waits_and_is_told_at_once(asked: Asked, slack: Slack) -> None:
    assert asked.tell("One.") is None
    assert asked.tell("Two.") == pytest.approx(0.6)
    asked.now += 0.3
    assert asked.tell("Three.") == pytest.approx(0.3)
    asked.now += 0.31
    assert asked.deliver() is None
    assert slack.texts == ["Searching …\n\nOne. Two. Three. "]


def test_streams_are_started_some_time_apart(asked: Asked, inbox: Inbox, slack: Slack) -> None:
    asked.tell("One.")
    second = taken(inbox, arrival("200.5"))
    assert inbox.admit(second)
    asked.id = second
    assert asked.deliver() is None
    assert asked.tell("First.") == pytest.approx(3.0)
    assert slack.texts == ["Searching …\n\nOne. ", "Searching …"]
    asked.now += 3
    assert asked.deliver() is None
    assert slack.texts == ["Searching …\n\nOne. ", "Searching …\n\nFirst. "]


def test_without_a_reply_and_an_echo_the_placeholder_is_filled_and_the_stream_goes_when_it_turns_up(
    asked: Asked, inbox: Inbox, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.failures["start_stream"] = [Unknown("lost")]
    assert asked.tell("One.") == pytest.approx(0.25)
    assert asked.deliver() == pytest.approx(0.25)
    monkeypatch.setattr(streaming, "ECHO_SECONDS", 0.0)
    assert asked.deliver() is None
    asked.compose()
    asked.deliver_all()
    assert slack.texts == ["40 euros", "Searching …"]
    [_, orphan] = slack.messages
    assert inbox.stream_heard_of("T0FOOTNOTE", "C0NEWS", arrival().ts, orphan) == asked.id
    asked.deliver_all()
    asked.check_answered_once()


def test_an_echo_that_was_taken_for_another_stream_is_put_right_by_the_reply(
    asked: Asked, inbox: Inbox, slack: Slack
) -> None:
    inner = slack.start_stream

    def start(channel: str, thread: str, reader: tuple[str, str], text: str) -> str:
        assert inbox.stream_heard_of("T0FOOTNOTE", channel, thread, "77.7") == asked.id
        return inner(channel, thread, reader, text)

    slack.start_stream = start  # type: ignore[method-assign]
    assert asked.tell("One.") is None
    assert slack.texts == ["Searching …\n\nOne. "]


@pytest.mark.parametrize(
    "failure", [Refused("stopped_by_user"), Unknown("HTTP 500"), Unknown("lost")], ids=repr
)
def test_after_a_gap_nothing_more_is_told(asked: Asked, slack: Slack, failure: Unknown | Refused) -> None:
    assert asked.tell("One.") is None
    asked.now += 1
    slack.failures["append_stream"] = [failure]
    assert asked.tell("Two.") is None
    asked.now += 1
    assert asked.tell("Three.") is None
    assert "Three." not in slack.texts[0]
    asked.compose()
    asked.deliver_all()
    asked.check_answered_once()


def test_a_stream_does_not_grow_longer_than_slack_takes(asked: Asked, slack: Slack) -> None:
    assert asked.tell("a" * (LONGEST_STREAM - 10)) is None
    asked.now += 1
    assert asked.tell("Too much.") is None
    asked.now += 1
    assert asked.tell("Ok.") is None
    assert "Too much." not in slack.texts[0]
    assert "Ok." not in slack.texts[0]


def test_what_an_earlier_process_has_told_is_not_told_again(asked: Asked, slack: Slack) -> None:
    assert asked.tell("One.") is None
    asked.restart()
    assert asked.tell("One.") is None
    assert asked.tell("Two.") is None
    assert slack.texts == ["Searching …\n\nOne. "]
    asked.compose()
    asked.deliver_all()
    asked.check_answered_once()


def test_a_stream_that_cannot_be_closed_is_waited_for(asked: Asked, slack: Slack) -> None:
    assert asked.tell("One.") is None
    asked.compose()
    slack.failures["stop_stream"] = [NotYet(7.0, "ratelimited"), Unknown("HTTP 500"), Refused("not_allowed")]
    assert asked.deliver() == pytest.approx(7.0)
    asked.now += 7
    assert asked.deliver() is not None
    assert asked.deliver() == pytest.approx(2.0)
    assert slack.texts == ["Searching …\n\nOne. "]
    asked.deliver_all()
    asked.check_answered_once()


def test_an_answer_to_a_stream_that_was_deleted_is_posted(asked: Asked, slack: Slack) -> None:
    assert asked.tell("One.") is None
    [ts] = slack.messages
    slack.open.clear()
    slack.messages.clear()
    asked.compose()
    slack.failures["update"] = [Refused("message_not_found")]
    asked.deliver_all()
    asked.check_answered_once()
    assert ts not in slack.messages


def test_of_a_withdrawn_question_the_stream_is_stopped_and_deleted(
    asked: Asked, inbox: Inbox, slack: Slack
) -> None:
    assert asked.tell("One.") is None
    assert inbox.withdraw("Ev1", "T0FOOTNOTE", "C0NEWS", arrival().ts, NOW) == asked.id
    slack.failures["stop_stream"] = [Unknown("lost")]
    assert asked.deliver() is not None
    assert asked.tell("Two.") is None
    assert not slack.messages
    assert not inbox.posts(asked.id)
