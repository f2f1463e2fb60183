"""Who may ask, where, and how often."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.records.records import Arrival
from bot.slack.calls import Person, Refused

_KNOWN_FOR = 3600.0
"""Seconds after which Slack is asked again who somebody is."""
MINUTE = 60.0


class Records(Protocol):
    """What admission needs of the inbox."""

    def asked_since(self, workspace: str, person: str, since: float, *, before: int) -> int:
        """Return how many questions a person has asked since then."""

    def waiting(self, up_to: int) -> int:
        """Return how many questions up to this one have no answer yet."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Who is let in: an empty list lets everybody in, 0 lifts a bound.

    Guests, and people of other organisations, are let in where `guests` says so or `users` names them.
    """

    workspaces: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    guests: bool = False
    per_minute: int = 0
    queue: int = 0


class Admission:
    """Tells whether a question is answered, by the policy, who asks, and how much there is to do."""

    def __init__(
        self,
        policy: Policy,
        records: Records,
        person: Callable[[str], Person],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._policy = policy
        self._records = records
        self._look_up = person
        self._clock = clock
        self._known: dict[str, tuple[float, Person]] = {}

    def refusal(self, question_id: int, arrival: Arrival) -> str | None:
        """Return why a question is not answered, as its asker is told; None where it is.

        Raises:
            CallError: who asks could not be found out just now.
        """
        return (
            self._not_here(arrival)
            or self._not_you(arrival)
            or self._too_often(question_id, arrival)
            or self._too_many(question_id)
        )

    def _not_here(self, arrival: Arrival) -> str | None:
        policy = self._policy
        if policy.workspaces and arrival.workspace not in policy.workspaces:
            return "I do not answer questions in this workspace."
        direct = arrival.channel.startswith("D")
        if policy.channels and arrival.channel not in policy.channels and not direct:
            return "I do not answer questions in this channel."
        return None

    def _not_you(self, arrival: Arrival) -> str | None:
        if arrival.person in self._policy.users:
            return None
        if self._policy.users:
            return "I answer only some people's questions. Ask whoever runs me to add you."
        if self._policy.guests:
            return None
        if arrival.guest_of is not None:
            return "I do not answer questions of people from other organisations."
        try:
            person = self._person(arrival.person)
        except Refused:
            # Without the scope it cannot be told, and what is inside must not get outside.
            return "I cannot see whether you are a guest here, and guests may not ask. Tell whoever runs me."
        if arrival.workspace not in person.workspaces:
            return "I do not answer questions of people from other organisations."
        if person.is_guest:
            return "I do not answer guests' questions. Ask whoever runs me to let you in."
        return None

    def _person(self, user: str) -> Person:
        now = self._clock()
        found = self._known.get(user)
        if found is None or now - found[0] > _KNOWN_FOR:
            found = self._known[user] = (now, self._look_up(user))
        return found[1]

    def _too_often(self, question_id: int, arrival: Arrival) -> str | None:
        limit = self._policy.per_minute
        if not limit:
            return None
        since = self._clock() - MINUTE
        asked = self._records.asked_since(arrival.workspace, arrival.person, since, before=question_id)
        if asked < limit:
            return None
        return f"That was more than {limit:,} question{'s' * (limit > 1)} in a minute. Ask again in a moment."

    def _too_many(self, question_id: int) -> str | None:
        limit = self._policy.queue
        # The question itself waits too.
        if not limit or self._records.waiting(question_id) <= limit:
            return None
        return f"More than {limit:,} questions are waiting already. Ask again in a few minutes."
