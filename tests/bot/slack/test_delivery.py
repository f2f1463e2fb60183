"""Delivery in the cases that a workspace can hardly be brought to; the others are in test_delivery_faults.py."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.records.inbox import Inbox
from bot.records.records import Outcome, State
from bot.slack import delivery
from bot.slack.calls import NotYet, Refused, Unknown
from bot.slack.delivery import Delivery
from bot.slack.messages import Message
from bot.slack.words import CANNOT_POST
from tests.bot.records.asked import NOW, arrival, composed, new_inbox, taken
from tests.bot.slack.stand_ins import Kept, Slack

THREAD = arrival().ts
PLACEHOLDER = Message("Searching …", ({"type": "divider"},))
ANSWER = {"text": "40 euros", "blocks": [{"type": "divider"}]}


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with new_inbox(tmp_path) as opened:
        yield opened


@pytest.fixture
def slack() -> Slack:
    return Slack()


class Delivered:
    """A question, and what delivers its answer."""

    def __init__(
        self, inbox: Inbox, slack: Slack, question: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.inbox = inbox
        self.id = question
        self.log = Kept()
        self._delivery = Delivery(inbox, slack, lambda: PLACEHOLDER, self.log, clock)

    def deliver(self) -> float | None:
        question = self.inbox.question(self.id)
        assert question is not None
        return self._delivery.deliver(question)

    @property
    def state(self) -> State:
        question = self.inbox.question(self.id)
        assert question is not None
        return question.state


def answered(inbox: Inbox, slack: Slack, **fields: Any) -> Delivered:
    """Return a question that is answered, with nothing posted yet."""
    question = taken(inbox, arrival(**fields))
    assert inbox.admit(question)
    assert inbox.compose(question, Outcome.ANSWERED, [ANSWER])
    return Delivered(inbox, slack, question)


def test_the_answer_takes_the_place_of_the_placeholder(inbox: Inbox, slack: Slack) -> None:
    question = taken(inbox)
    assert inbox.admit(question)
    delivered = Delivered(inbox, slack, question)
    assert delivered.deliver() is None
    assert slack.texts == ["Searching …"]
    assert inbox.compose(question, Outcome.ANSWERED, [ANSWER])
    assert delivered.deliver() is None
    assert slack.messages == {"1.0": ("C0NEWS", THREAD, Message.from_json(ANSWER))}
    assert delivered.state is State.DONE
    # Somebody says that there may be something to do, and there is not.
    assert delivered.deliver() is None
    assert slack.texts == ["40 euros"]


def test_a_lost_placeholder_is_waited_for_until_its_echo_comes(inbox: Inbox, slack: Slack) -> None:
    delivered = answered(inbox, slack)
    slack.failures["post"] = [Unknown("lost")]
    assert delivered.deliver() == pytest.approx(0.25)
    assert delivered.deliver() == pytest.approx(0.25)
    [(mark, ts)] = slack.marks.items()
    inbox.placed(mark, ts)
    assert delivered.deliver() is None
    assert slack.texts == ["40 euros"]


def test_without_an_echo_another_is_posted_and_the_first_deleted_when_it_turns_up(
    inbox: Inbox, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "ECHO_SECONDS", 0.0)
    delivered = answered(inbox, slack)
    slack.failures["post"] = [Unknown("lost")]
    assert delivered.deliver() is not None
    assert delivered.deliver() is None
    assert slack.texts == ["Searching …", "40 euros"]
    inbox.placed(*next(iter(slack.marks.items())))
    slack.failures["delete"] = [Unknown("HTTP 500"), NotYet(3.0, "ratelimited")]
    assert [delivered.deliver() for _ in range(3)] == [0.25, 3.0, pytest.approx(3.0, abs=0.1)]
    assert slack.texts == ["Searching …", "40 euros"]


def test_in_a_direct_conversation_a_lost_post_is_looked_for(inbox: Inbox, slack: Slack) -> None:
    delivered = answered(inbox, slack, channel="D0ANNA")
    slack.failures["post"] = [Unknown("HTTP 500"), Unknown("lost")]
    slack.failures["find"] = [None, NotYet(2.0, "ratelimited")]
    assert [delivered.deliver() for _ in range(4)] == [0.25, 0.25, 2.0, None]
    assert slack.texts == ["40 euros"]


@pytest.mark.parametrize("code", ["missing_scope", "message_not_found", "edit_window_closed"])
def test_an_answer_posted_anew_is_the_only_one_whatever_becomes_of_the_placeholder(
    inbox: Inbox, slack: Slack, code: str
) -> None:
    delivered = answered(inbox, slack)
    slack.failures["update"] = [Refused(code)] * 9
    slack.failures["delete"] = [Unknown("HTTP 500"), Refused("cant_delete_message")]
    while delivered.deliver() is not None:
        assert slack.texts.count("40 euros") == 1
    assert slack.texts.count("40 euros") == 1
    assert delivered.state is State.DONE


def test_slack_is_asked_less_and_less_often_and_given_up_in_the_end(inbox: Inbox, slack: Slack) -> None:
    now = [0.0]
    delivered = Delivered(inbox, slack, composed(inbox), lambda: now[0])
    slack.failures["update"] = [Unknown("HTTP 500")] * 1_000
    waits = []
    while (wait := delivered.deliver()) is not None:
        waits.append(wait)
        now[0] += wait
    assert waits[0] == pytest.approx(0.25)
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(15)
    assert sum(waits) == pytest.approx(15 * 60, abs=20)
    assert delivered.log.said("error") == ["given up"]


def test_a_limit_of_one_channel_is_kept_there_and_not_elsewhere(inbox: Inbox, slack: Slack) -> None:
    busy = [taken(inbox, arrival(f"{number}.5")) for number in range(2)]
    quiet = taken(inbox, arrival("3.5", channel="C0QUIET"))
    for question in (*busy, quiet):
        assert inbox.admit(question)
    both = Delivery(inbox, slack, lambda: PLACEHOLDER, Kept())
    slack.failures["post"] = [NotYet(30.0, "ratelimited")]
    waits = [both.deliver(found) for each in (*busy, quiet) if (found := inbox.question(each))]
    assert waits == [30.0, pytest.approx(30.0, abs=0.5), None]
    assert [channel for channel, _, _ in slack.messages.values()] == ["C0QUIET"]


def test_where_nothing_can_be_said_the_asker_is_told_directly(inbox: Inbox, slack: Slack) -> None:
    delivered = answered(inbox, slack)
    slack.failures["post"] = [
        Refused("is_archived"),
        NotYet(1.0, "ratelimited"),
        Refused("is_archived"),
        None,
    ]
    assert [delivered.deliver() for _ in range(2)] == [1.0, None]
    assert [(channel, message.text) for channel, _, message in slack.messages.values()] == [
        ("U0ANNA", CANNOT_POST)
    ]
    assert delivered.state is State.DONE


def test_a_refusal_that_slack_does_not_show_is_told_directly(inbox: Inbox, slack: Slack) -> None:
    delivered = Delivered(inbox, slack, composed(inbox, outcome=Outcome.REFUSED))
    slack.failures["tell_alone"] = [Unknown("HTTP 500"), Refused("unknown_method")]
    assert [delivered.deliver() for _ in range(2)] == [0.25, None]
    assert (slack.told, slack.texts) == ([], ["40 euros"])
    assert next(iter(slack.messages.values()))[0] == "U0ANNA"


def test_of_a_withdrawn_question_all_is_deleted_even_what_turns_up_late(
    inbox: Inbox, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "ECHO_SECONDS", 0.0)
    delivered = answered(inbox, slack)
    slack.failures["post"] = [Unknown("lost")]
    assert delivered.deliver() is not None
    assert delivered.deliver() is None
    assert inbox.withdraw("Ev1", "T0FOOTNOTE", "C0NEWS", THREAD, NOW) == delivered.id
    assert delivered.deliver() is None
    assert slack.texts == ["Searching …"]
    inbox.placed(*next(iter(slack.marks.items())))
    assert delivered.deliver() is None
    assert slack.texts == []
