from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence

import pytest

from bot.records.records import Arrival, Recorded, State
from bot.slack.calls import Refused
from bot.slack.decoration import Decoration
from bot.slack.events import Opened
from tests.bot.records.asked import NOW, arrival
from tests.bot.slack.stand_ins import Kept, wait_for


class Slack:
    """Keeps what is shown, once it may; refuses what it is told to."""

    def __init__(self) -> None:
        self.shown: list[object] = []
        self.refuses = False
        self.may = threading.Event()
        self.may.set()

    def show_status(self, channel: str, thread: str, status: str) -> None:
        self._show((channel, thread, status))

    def suggest(self, channel: str, thread: str | None, prompts: Sequence[Mapping[str, str]]) -> None:
        self._show((channel, thread, len(prompts)))

    def _show(self, what: object) -> None:
        assert self.may.wait(5)
        self.shown.append(what)
        if self.refuses:
            raise Refused("missing_scope")


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def decoration(slack: Slack) -> Iterator[Decoration]:
    begun = Decoration(slack, lambda: "Searching 3 articles …", Kept())
    begun.start()
    yield begun
    slack.may.set()
    begun.stop()


def question(number: int, of: Arrival) -> Recorded:
    return Recorded(number, of, NOW, State.ADMITTED, None, None, (), ())


DIRECT = question(1, arrival("1.0", channel="D0ANNA"))
IN_A_CHANNEL = question(2, arrival("2.0"))


def test_a_status_is_shown_until_the_question_is_dealt_with(slack: Slack, decoration: Decoration) -> None:
    decoration.begun(DIRECT)
    wait_for(lambda: slack.shown == [("D0ANNA", "1.0", "Searching 3 articles …")])
    decoration.ended(DIRECT)
    decoration.ended(DIRECT)
    wait_for(lambda: slack.shown[1:] == [("D0ANNA", "1.0", "")])


def test_in_a_channel_none_is_shown(slack: Slack, decoration: Decoration) -> None:
    decoration.begun(IN_A_CHANNEL)
    decoration.ended(IN_A_CHANNEL)
    decoration.opened(Opened("Ev1", "T0FOOTNOTE", "D0ANNA", "U0ANNA", None))
    wait_for(lambda: slack.shown == [("D0ANNA", None, 1)])


def test_what_is_dealt_with_before_its_turn_comes_is_not_shown(slack: Slack, decoration: Decoration) -> None:
    slack.may.clear()
    decoration.opened(Opened("Ev1", "T0FOOTNOTE", "D0ANNA", "U0ANNA", "9.0"))
    decoration.begun(DIRECT)
    decoration.ended(DIRECT)
    slack.may.set()
    decoration.stop()
    assert slack.shown == [("D0ANNA", "9.0", 1)]


def test_what_slack_refuses_is_no_matter(slack: Slack, decoration: Decoration) -> None:
    slack.refuses = True
    for number in range(3):
        decoration.begun(question(number, arrival(f"{number}.0", channel="D0ANNA")))
    wait_for(lambda: len(slack.shown) == 3)
