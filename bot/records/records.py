"""What the records hold: questions, how far each is, and the messages that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Surface(StrEnum):
    """Where a question was asked."""

    MENTION = "mention"
    DIRECT = "direct"
    THREAD = "thread"
    """A reply in a thread that is followed, without a mention."""


class State(StrEnum):
    """How far a question is. Only what is not DONE is ever taken up again."""

    ARRIVED = "arrived"
    """Written down; whether its asker may ask is not yet known."""
    ADMITTED = "admitted"
    """To be answered."""
    COMPOSED = "composed"
    """What to say is written down, and not yet all posted."""
    DONE = "done"


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    DECLINED = "declined"
    EXPLAINED = "explained"
    """No question: told how to ask."""
    REFUSED = "refused"
    """The asker may not ask, or not now; told so alone."""
    EXPIRED = "expired"
    """Too old after a restart; apologised for."""
    FAILED = "failed"
    """It could not be answered; told so."""
    WITHDRAWN = "withdrawn"
    """The question was deleted."""
    RETRACTED = "retracted"
    """A source of its answer was withdrawn, and the answer with it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that asks something.

    `ts` names it in its channel, `thread` is the message that its thread hangs from, itself where it begins one.
    `guest_of` is the other workspace that its author belongs to, None where it is this one.
    """

    workspace: str
    channel: str
    ts: str
    thread: str
    person: str
    surface: Surface
    text: str
    guest_of: str | None = None

    @property
    def in_thread(self) -> bool:
        """Whether it is a reply."""
        return self.thread != self.ts


@dataclass(frozen=True, slots=True)
class Recorded:
    """A question in the records, taken in at `received_at` (seconds since 1970).

    `messages` and `plain_messages` are there while it is composed.
    """

    id: int
    arrival: Arrival
    received_at: float
    state: State
    outcome: Outcome | None
    said: str | None
    messages: tuple[Mapping[str, Any], ...]
    plain_messages: tuple[Mapping[str, Any], ...]


class PostState(StrEnum):
    """How far a message of the bot is."""

    SENDING = "sending"
    """It may be there or not, saying that the answer is on its way: no reply has come."""
    SAYING = "saying"
    """It may be there or not, saying what it should: no reply has come."""
    PLACED = "placed"
    """It is there, and says that the answer is on its way."""
    FILLED = "filled"
    """It says what it should."""
    STARTING = "starting"
    """A stream that may be there or not: no reply has come."""
    STREAMING = "streaming"
    """It is there, says what of the answer is written already, and may still be open."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot, the `part`-th (from 0) of what it says to a question; `mark` is its block_id."""

    mark: str
    question_id: int
    part: int
    ts: str | None
    state: PostState
    sent_at: float
