"""Questions that are deleted: unanswered before, and with their answers afterwards."""

from __future__ import annotations

import time

import pytest

from tests.bot.slack.asking import README_QUESTION, Side
from tests.slack.faults import AnswersStatus, Fault, LosesReply, RateLimits
from tests.slack.workspace import Workspace


def is_empty(workspace: Workspace, channel: str) -> bool:
    return not any(workspace.channels[channel].messages.values())


def test_a_question_that_is_deleted_before_its_answer_gets_none(side: Side) -> None:
    workspace, asker = side.workspace, side.asker()
    workspace.fail("chat.postMessage", RateLimits(1))
    asked = asker.mentions(README_QUESTION)
    workspace.wait_for(lambda: asked.number)
    workspace.delete(asker.channel, asked.ts)
    assert not asked.done("withdrawn")
    # It would have been posted by now.
    time.sleep(1.2)
    assert is_empty(workspace, asker.channel)


def test_a_question_that_is_deleted_while_it_is_looked_up_gets_no_answer(socket_bot: Side) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    workspace.fail("chat.update", RateLimits(1))
    asked = asker.mentions(README_QUESTION)
    workspace.wait_for(asked.said)
    workspace.delete(asker.channel, asked.ts)
    assert not asked.done("withdrawn")
    assert is_empty(workspace, asker.channel)


def test_without_being_told_of_the_deletion_nothing_stays_at_the_channels_top_level(socket_bot: Side) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    workspace.subscriptions.discard("message.channels")
    try:
        workspace.fail("chat.delete", AnswersStatus(503))
        workspace.fail("chat.postMessage", RateLimits(1))
        asked = asker.mentions(README_QUESTION)
        workspace.wait_for(lambda: asked.number)
        workspace.delete(asker.channel, asked.ts)
        assert not asked.done("withdrawn")
        assert is_empty(workspace, asker.channel)
    finally:
        workspace.subscriptions.add("message.channels")
        # It did stand there for a moment.
        workspace.warnings.clear()


@pytest.mark.parametrize("direct", [False, True], ids=["channel", "direct"])
def test_the_answer_to_a_question_that_is_deleted_later_is_deleted(side: Side, direct: bool) -> None:
    workspace, asker = side.workspace, side.asker()
    asked = asker.writes(README_QUESTION) if direct else asker.mentions(README_QUESTION)
    asked.answer("answered")
    workspace.delete(asked.channel, asked.ts)
    workspace.wait_for(lambda: is_empty(workspace, asked.channel))


@pytest.mark.parametrize("fault", [AnswersStatus(500), RateLimits(1), LosesReply()], ids=str)
def test_the_answer_is_deleted_even_if_slack_is_unwell(socket_bot: Side, fault: Fault) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    asked = asker.mentions(README_QUESTION)
    asked.answer("answered")
    workspace.fail("chat.delete", fault)
    workspace.delete(asker.channel, asked.ts)
    workspace.wait_for(lambda: is_empty(workspace, asker.channel))


def test_a_deleted_follow_up_takes_only_its_own_answer_along(side: Side) -> None:
    workspace, asker = side.workspace, side.asker()
    first = asker.mentions(README_QUESTION)
    kept = first.answer("answered")
    second = asker.mentions("and along which border?", thread_ts=first.ts)
    second.answer("answered")
    workspace.delete(asker.channel, second.ts)
    workspace.wait_for(lambda: list(workspace.channels[asker.channel].messages) == [first.ts, kept["ts"]])
    again = asker.mentions("and along which border?", thread_ts=first.ts)
    assert "southern border of Tajikistan" in again.answer("answered")["text"]
