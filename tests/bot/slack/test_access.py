from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.records.records import Arrival, Surface
from bot.slack.access import Admission, Policy
from bot.slack.calls import CallError, NotYet, Person, Refused, Unknown
from tests.bot.records.asked import NOW, arrival, done, new_inbox, taken
from tests.slack.state import TEAM

MEMBER = Person(is_guest=False, workspaces=frozenset((TEAM,)))
GUEST = Person(is_guest=True, workspaces=frozenset((TEAM,)))
STRANGER = Person(is_guest=False, workspaces=frozenset(("T0ELSEWHERE",)))
COLLEAGUE = Person(is_guest=False, workspaces=frozenset(("E0ORG", "T0OTHER", TEAM)))
DIRECT: dict[str, Any] = {"channel": "D0ANNA", "surface": Surface.DIRECT}


@dataclass(slots=True)
class Counted:
    """Records that say what they are told."""

    asked: int = 0
    waits: int = 0
    since: float = 0.0

    def asked_since(self, workspace: str, person: str, since: float, *, before: int) -> int:
        assert (workspace, person, before) == (TEAM, "U0ANNA", 7)
        self.since = since
        return self.asked

    def waiting(self, up_to: int) -> int:
        assert up_to == 7
        return self.waits


class People:
    """Looks everybody up as the same person, or fails; counts how often it is asked."""

    def __init__(self, said: Person | CallError) -> None:
        self.said = said
        self.asked: list[str] = []

    def __call__(self, user: str) -> Person:
        self.asked.append(user)
        if isinstance(self.said, CallError):
            raise self.said
        return self.said


def refusal(
    policy: Policy,
    of: Arrival | None = None,
    person: Person | CallError = MEMBER,
    counted: Counted | None = None,
) -> str | None:
    admission = Admission(policy, counted or Counted(), People(person), lambda: NOW)
    return admission.refusal(7, of or arrival())


ELSEWHERE, NOT_THERE, NOT_YOU = "in this workspace", "in this channel", "only some people's"
STRANGE, GUESTS, UNSEEN = "other organisations", "answer guests'", "cannot see whether you are a guest"


@pytest.mark.parametrize(
    ("policy", "fields", "person", "reason"),
    [
        pytest.param(Policy(), {}, MEMBER, None, id="a member"),
        pytest.param(Policy(), {}, COLLEAGUE, None, id="a member of several workspaces"),
        pytest.param(Policy(), DIRECT, MEMBER, None, id="directly"),
        pytest.param(Policy(workspaces=(TEAM,)), {}, MEMBER, None, id="an allowed workspace"),
        pytest.param(Policy(workspaces=("T0X",)), {}, MEMBER, ELSEWHERE, id="another workspace"),
        pytest.param(
            Policy(workspaces=("T0X",)), DIRECT, MEMBER, ELSEWHERE, id="another workspace, directly"
        ),
        pytest.param(Policy(channels=("C0X", "C0NEWS")), {}, MEMBER, None, id="an allowed channel"),
        pytest.param(Policy(channels=("C0X",)), {}, MEMBER, NOT_THERE, id="another channel"),
        pytest.param(Policy(channels=("C0X",)), DIRECT, MEMBER, None, id="directly is in no channel"),
        pytest.param(Policy(users=("U0ANNA",)), {}, MEMBER, None, id="a named person"),
        pytest.param(Policy(users=("U0BEN",)), {}, MEMBER, NOT_YOU, id="somebody else"),
        pytest.param(Policy(users=("U0BEN",)), DIRECT, MEMBER, NOT_YOU, id="somebody else, directly"),
        pytest.param(
            Policy(users=("U0BEN",), guests=True), {}, GUEST, NOT_YOU, id="guests, but not this one"
        ),
        pytest.param(Policy(users=("U0ANNA",)), {}, GUEST, None, id="a named guest"),
        pytest.param(Policy(users=("U0ANNA",)), {"guest_of": "T0X"}, STRANGER, None, id="a named stranger"),
        pytest.param(Policy(), {}, GUEST, GUESTS, id="a guest"),
        pytest.param(Policy(), {}, STRANGER, STRANGE, id="a stranger, by Slack's word alone"),
        pytest.param(Policy(), {"guest_of": "T0X"}, MEMBER, STRANGE, id="a stranger, by the event's word"),
        pytest.param(Policy(), {}, Person(False, frozenset()), STRANGE, id="Slack names no workspace"),
        pytest.param(Policy(guests=True), {}, GUEST, None, id="guests are let in"),
        pytest.param(Policy(guests=True), {"guest_of": "T0X"}, STRANGER, None, id="strangers are let in"),
        pytest.param(Policy(), {}, Refused("missing_scope"), UNSEEN, id="who asks cannot be seen"),
        pytest.param(Policy(), {}, Refused("user_not_found"), UNSEEN, id="who asks is not there"),
        pytest.param(Policy(guests=True), {}, Refused("missing_scope"), None, id="nobody needs to know"),
    ],
)
def test_who_may_ask_where(
    policy: Policy, fields: dict[str, Any], person: Person | CallError, reason: str | None
) -> None:
    said = refusal(policy, arrival(**fields), person)
    assert (said is None) == (reason is None)
    assert (reason or "") in (said or "")


@pytest.mark.parametrize("failure", [NotYet(3.0, "ratelimited"), Unknown("HTTP 500")])
def test_as_long_as_slack_does_not_say_who_asks_it_is_not_decided(failure: CallError) -> None:
    people = People(failure)
    admission = Admission(Policy(), Counted(), people, lambda: NOW)
    with pytest.raises(type(failure)):
        admission.refusal(7, arrival())
    people.said = MEMBER
    assert admission.refusal(7, arrival()) is None


def test_slack_is_asked_once_an_hour_who_somebody_is_and_not_where_it_does_not_matter() -> None:
    now = [NOW]
    people = People(MEMBER)
    admission = Admission(Policy(channels=("C0NEWS",)), Counted(), people, lambda: now[0])
    assert admission.refusal(7, arrival(channel="C0X"))
    assert admission.refusal(7, arrival(guest_of="T0X"))
    assert people.asked == []
    for _ in range(3):
        assert admission.refusal(7, arrival()) is None
    assert people.asked == ["U0ANNA"]
    now[0] += 3_601
    people.said = GUEST
    assert admission.refusal(7, arrival())
    assert people.asked == ["U0ANNA"] * 2


@pytest.mark.parametrize(
    ("limit", "asked", "said"),
    [
        (0, 1_000, None),
        (3, 2, None),
        (3, 3, "more than 3 questions in a minute"),
        (1, 1, "more than 1 question in a minute"),
        (1_000, 1_000, "more than 1,000 questions"),
    ],
)
def test_nobody_asks_too_often(limit: int, asked: int, said: str | None) -> None:
    counted = Counted(asked=asked)
    found = refusal(Policy(per_minute=limit), counted=counted)
    assert (said or "") in (found or "")
    assert (found is None) == (said is None)
    assert counted.since == (NOW - 60 if limit else 0)


@pytest.mark.parametrize(
    ("limit", "waits", "said"),
    [(0, 1_000, None), (2, 2, None), (2, 3, "More than 2 questions are waiting"), (1, 1, None)],
)
def test_not_too_many_wait(limit: int, waits: int, said: str | None) -> None:
    found = refusal(Policy(queue=limit), counted=Counted(waits=waits))
    assert (said or "") in (found or "")
    assert (found is None) == (said is None)


def test_who_may_not_ask_is_told_so_and_not_that_it_was_too_often() -> None:
    policy = Policy(channels=("C0X",), users=("U0BEN",), per_minute=1, queue=1)
    assert NOT_THERE in str(refusal(policy, counted=Counted(asked=9, waits=9)))
    assert "in a minute" in str(refusal(Policy(per_minute=1, queue=1), counted=Counted(asked=9, waits=9)))


def test_the_real_inbox_counts_what_was_asked_within_the_minute(tmp_path: Path) -> None:
    with new_inbox(tmp_path) as inbox:
        now = [NOW]
        admission = Admission(Policy(per_minute=2, queue=3), inbox, lambda _: MEMBER, lambda: now[0])

        def ask(ts: str, **fields: Any) -> str | None:
            question = taken(inbox, arrival(ts, **fields), now[0])
            said = admission.refusal(question, arrival(ts, **fields))
            if said is not None:
                inbox.finish(question, None, now[0])
            return said

        done(inbox, arrival("1.0"))
        assert ask("2.0") is None
        assert "in a minute" in str(ask("3.0"))
        assert ask("4.0", person="U0BEN") is None
        assert "waiting already" in str(ask("5.0", person="U0EVE"))
        now[0] += 61
        assert "waiting already" in str(ask("6.0"))
