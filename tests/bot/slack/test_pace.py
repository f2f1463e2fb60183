from __future__ import annotations

import pytest

from bot.slack.calls import NotYet
from bot.slack.pace import Pace


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def wait(pace: Pace, limited: str, apart: float = 0.0) -> float:
    """Return in how many seconds a call may be made; 0 where it has been."""
    try:
        with pace.kept(limited, apart):
            return 0.0
    except NotYet as error:
        return error.seconds


def test_after_slack_has_asked_to_wait_nothing_is_tried_before() -> None:
    clock = Clock()
    pace = Pace(clock)
    with pytest.raises(NotYet), pace.kept("updates"):
        raise NotYet(3.0, "ratelimited")
    clock.now += 1
    assert wait(pace, "updates") == pytest.approx(2.0)
    assert wait(pace, "posts") == 0
    clock.now += 2
    assert wait(pace, "updates") == 0


def test_calls_are_made_as_far_apart_as_is_said() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert wait(pace, "appends", 0.6) == 0
    assert wait(pace, "appends", 0.6) == pytest.approx(0.6)
    clock.now += 0.5
    assert wait(pace, "appends", 0.6) == pytest.approx(0.1)
    clock.now += 0.11
    assert wait(pace, "appends", 0.6) == 0
    assert wait(pace, "appends", 0.6) == pytest.approx(0.6)


def test_slack_has_the_last_word() -> None:
    clock = Clock()
    pace = Pace(clock)
    with pytest.raises(NotYet), pace.kept("appends", 0.6):
        raise NotYet(7.0, "ratelimited")
    clock.now += 1
    assert wait(pace, "appends", 0.6) == pytest.approx(6.0)
