"""Told to stop, the bot finishes what is under way, and leaves the rest for its next start."""

from __future__ import annotations

import sqlite3
import time

from bot.slack.words import TOO_LATE
from tests.bot.slack.asking import README_QUESTION, Asked, Side
from tests.slack.running_bot import is_settled

MANY = 25
STOPS_WITHIN = 5.0
"""Seconds; one on a machine that has nothing else to do."""


def test_what_is_under_way_is_finished_and_the_rest_answered_after_the_next_start(http_bot: Side) -> None:
    workspace, bot = http_bot.workspace, http_bot.bot
    asked = [http_bot.asker().mentions(README_QUESTION) for _ in range(MANY)]
    workspace.wait_for(lambda: any(map(is_answered_once, asked)), 10)
    began = time.monotonic()
    code = bot.stop()
    took = time.monotonic() - began
    late = http_bot.asker().mentions(README_QUESTION)
    taken_in = [each for each in asked if each.number is not None]
    left = [each for each in taken_in if not is_answered_once(each)]
    for each in left[:1]:
        age(each)
    bot.start()
    assert (code, took < STOPS_WITHIN) == (0, True)
    assert left, "all were answered before it stopped; ask more"
    assert f"event=stopped left={len(left)}" in bot.log

    # What it has not taken in, Slack sends again, later than anybody here waits.
    for delivery in workspace.deliveries:
        if not delivery.acknowledged:
            workspace.resend(delivery.event_id)
    answered = [late, *(each for each in asked if each is not left[0])]
    workspace.wait_for(lambda: all(map(is_answered_once, answered)), 30)
    workspace.wait_for(lambda: [each["text"] for each in left[0].said()] == [TOO_LATE], 30)


def is_answered_once(asked: Asked) -> bool:
    said = asked.said()
    return len(said) == 1 and is_settled(said[0]) and "6,500" in said[0]["text"]


def age(asked: Asked) -> None:
    """Make a question older than any that is answered after a start."""
    records = sqlite3.connect(asked.side.home / "records.sqlite3")
    with records:
        older = "UPDATE questions SET received_at = received_at - 1000 WHERE ts = ?"
        assert records.execute(older, [asked.ts]).rowcount == 1
    records.close()
