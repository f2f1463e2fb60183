"""Answers in Slack whose source was withdrawn: what becomes of their messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.records.inbox import Inbox
from bot.records.records import Outcome, State
from bot.records.retractions import Retractions
from bot.slack.blocks import retraction
from bot.slack.calls import CallError, NotYet, Refused, Unknown
from bot.slack.delivery import Delivery
from bot.slack.messages import Message
from tests.bot.records.asked import NOW, new_inbox, open_retractions, taken
from tests.bot.slack.stand_ins import Kept, Slack

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
WITHDRAWN = "Withdrawn on 26 November 2026"


class Case:
    """An answer of some parts in Slack, and what delivers what it has become."""

    def __init__(self, inbox: Inbox, retractions: Retractions, parts: int) -> None:
        self.inbox = inbox
        self.retractions = retractions
        self.slack = Slack()
        self.now = 0.0
        self.log = Kept()
        self._delivery = Delivery(
            inbox, self.slack, lambda: Message("Searching …"), self.log, lambda: self.now, patience=60
        )
        self.id = taken(inbox)
        assert inbox.admit(self.id)
        messages = [{"text": f"part {part}", "blocks": []} for part in range(parts)]
        assert inbox.compose(self.id, Outcome.ANSWERED, messages, said="40 euros", cited={"toll"})

    def deliver(self) -> float | None:
        question = self.inbox.question(self.id)
        assert question is not None
        return self._delivery.deliver(question)

    def withdraw(self) -> None:
        self.retractions.withdraw(["toll"], [], AT)

    @property
    def is_done(self) -> bool:
        question = self.inbox.question(self.id)
        assert question is not None
        return (question.state, question.outcome) == (State.DONE, Outcome.RETRACTED)

    @property
    def unchanged(self) -> list[tuple[str, str]]:
        return [(each.ts, each.reason) for each in self.retractions.unchanged()]


@pytest.fixture
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Case]:
    """An answer that was delivered, of one part unless the test says otherwise."""
    with new_inbox(tmp_path) as inbox, open_retractions(tmp_path / "records.sqlite3") as retractions:
        made = Case(inbox, retractions, getattr(request, "param", 1))
        assert made.deliver() is None
        yield made


in_three_parts = pytest.mark.parametrize("case", [3], indirect=True)


def test_the_notice_says_when_the_source_was_withdrawn() -> None:
    assert retraction(AT).text == (
        "A source of this answer was withdrawn on 26 November 2026, so the answer is no longer shown."
    )


@in_three_parts
def test_the_first_message_says_so_and_the_others_go(case: Case) -> None:
    assert case.slack.texts == ["part 0", "part 1", "part 2"]
    case.withdraw()
    assert case.deliver() is None
    assert case.slack.texts == [WITHDRAWN]
    assert case.is_done
    assert case.unchanged == []
    # Somebody says that there may be something to do.
    assert case.deliver() is None
    assert case.slack.texts == [WITHDRAWN]


@in_three_parts
def test_the_next_one_says_so_where_the_first_was_deleted(case: Case) -> None:
    case.withdraw()
    case.slack.failures["update"] = [Refused("message_not_found")]
    assert case.deliver() is None
    assert case.slack.texts == ["part 0", WITHDRAWN]
    assert case.unchanged == []
    assert case.is_done


def test_nothing_is_posted_for_an_answer_that_was_deleted(case: Case) -> None:
    case.withdraw()
    case.slack.failures["update"] = [Refused("message_not_found")]
    case.slack.failures["post"] = [AssertionError()]  # type: ignore[list-item]
    assert case.deliver() is None
    assert case.unchanged == []
    assert case.is_done


@in_three_parts
def test_a_message_that_may_not_be_deleted_says_so_instead(case: Case) -> None:
    case.withdraw()
    case.slack.failures["delete"] = [
        Refused("cant_delete_message"),
        Refused("compliance_exports_prevent_deletion"),
    ]
    assert case.deliver() is None
    assert case.slack.texts == [WITHDRAWN] * 3


@pytest.mark.parametrize(
    "code", ["cant_update_message", "not_in_channel", "edit_window_closed", "token_revoked"]
)
def test_what_slack_does_not_let_be_changed_is_listed_and_tried_again_later(case: Case, code: str) -> None:
    case.withdraw()
    case.slack.failures["update"] = [Refused(code)]
    case.slack.failures["post"] = [AssertionError()]  # type: ignore[list-item]
    assert case.deliver() is None
    assert case.is_done
    (ts,) = case.slack.messages
    assert case.unchanged == [(ts, code)]
    case.retractions.try_again()
    assert case.deliver() is None
    assert case.slack.texts == [WITHDRAWN]
    assert case.unchanged == []


@pytest.mark.parametrize("failure", [NotYet(3.0, "ratelimited"), Unknown("HTTP 500"), Unknown("lost")])
def test_a_call_that_fails_for_now_is_made_again(case: Case, failure: CallError) -> None:
    case.withdraw()
    case.slack.failures["update"] = [failure]
    wait = case.deliver()
    assert wait is not None
    assert not case.is_done
    case.now += wait
    assert case.deliver() is None
    assert case.slack.texts == [WITHDRAWN]
    assert case.is_done


def test_given_up_it_is_listed(case: Case) -> None:
    case.withdraw()
    case.slack.failures["update"] = [Unknown("HTTP 500")] * 2
    assert case.deliver() is not None
    case.now += 61
    assert case.deliver() is None
    assert case.is_done
    assert [reason for _, reason in case.unchanged] == ["unknown: HTTP 500"]


def test_an_open_stream_is_closed_first(tmp_path: Path) -> None:
    with new_inbox(tmp_path) as inbox, open_retractions(tmp_path / "records.sqlite3") as retractions:
        case = Case(inbox, retractions, 1)
        ts = case.slack.start_stream("C0NEWS", "100.000001", ("T", "U"), "It is 40 euros")
        inbox.starting("m", case.id, NOW)
        inbox.started("m", ts)
        case.withdraw()
        assert case.deliver() is None
        assert case.slack.texts == [WITHDRAWN]
        assert case.is_done


def test_a_stream_that_cannot_be_closed_yet_is_waited_for(tmp_path: Path) -> None:
    with new_inbox(tmp_path) as inbox, open_retractions(tmp_path / "records.sqlite3") as retractions:
        case = Case(inbox, retractions, 1)
        ts = case.slack.start_stream("C0NEWS", "100.000001", ("T", "U"), "It is 40 euros")
        inbox.starting("m", case.id, NOW)
        inbox.started("m", ts)
        case.withdraw()
        case.slack.failures["stop_stream"] = [Refused("internal")]
        assert case.deliver() == 2.0
        assert case.deliver() is None
        assert case.slack.texts == [WITHDRAWN]


def test_where_nothing_was_said_yet_the_placeholder_says_so(tmp_path: Path) -> None:
    with new_inbox(tmp_path) as inbox, open_retractions(tmp_path / "records.sqlite3") as retractions:
        case = Case(inbox, retractions, 1)
        case.withdraw()
        assert case.deliver() is None
        assert case.slack.texts == [WITHDRAWN]
        assert case.is_done


def test_an_answer_that_turns_up_late_is_taken_back_as_well(case: Case) -> None:
    case.inbox.sending("late", case.id, 0, NOW, says=True)
    case.withdraw()
    assert case.deliver() is None
    assert case.slack.texts == [WITHDRAWN]
    late = case.slack.post("C0NEWS", "100.000001", Message("part 0"), "late")
    case.inbox.placed("late", late.ts)
    assert case.deliver() is None
    assert case.slack.texts == [WITHDRAWN]
