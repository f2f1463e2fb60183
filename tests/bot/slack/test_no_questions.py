"""What the bot is told of, and must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bot.slack.asking import README_QUESTION, Asked, Asker, Side
from tests.slack.workspace import Workspace


def by_an_old_integration(workspace: Workspace, channel: str) -> str:
    return workspace.say_as_bot(f"<@{workspace.bot_user}> {README_QUESTION}", channel)


def by_an_app(workspace: Workspace, channel: str) -> str:
    return workspace.say_as_bot(f"<@{workspace.bot_user}> {README_QUESTION}", channel, user="U0OTHERBOT")


@pytest.mark.parametrize("says", [by_an_old_integration, by_an_app])
def test_another_bots_message_is_no_question(side: Side, says: Callable[[Workspace, str], str]) -> None:
    for channel in (side.asker().channel, side.asker().direct):
        asked = Asked(side, channel, says(side.workspace, channel))
        asked.is_no_question()
        assert not asked.said()


def test_what_the_bot_writes_itself_is_no_question(side: Side) -> None:
    asker = side.asker()
    for asked in (asker.mentions(README_QUESTION), asker.writes(README_QUESTION)):
        answer = asked.answer("answered")
        Asked(side, asked.channel, answer["ts"]).is_no_question()
        asked.answer()


def test_talk_in_the_channel_is_no_question(side: Side) -> None:
    asker = side.asker()
    talk = asker.says(README_QUESTION)
    talk.is_no_question()
    assert not talk.said()
    Asked(side, asker.channel, side.workspace.join("U0ANNA", asker.channel)).is_no_question()


def preview(asker: Asker, ts: str) -> None:
    asker.side.workspace.unfurl(asker.channel, ts)


def reply_count(asker: Asker, ts: str) -> None:
    asker.side.workspace.reply_count_changed(asker.channel, ts)
    asker.side.workspace.reply_count_changed(asker.channel, ts, "message_replied")


def edit(asker: Asker, ts: str) -> None:
    asker.side.workspace.edit(asker.channel, ts, f"<@U0BOT> {README_QUESTION} Please!")


@pytest.mark.parametrize("change", [preview, reply_count, edit])
def test_a_changed_question_is_answered_once(side: Side, change: Callable[[Asker, str], None]) -> None:
    asker = side.asker()
    asked = asker.mentions(README_QUESTION)
    asked.answer("answered")
    change(asker, asked.ts)
    fence(asker)
    asked.answer()


def test_an_edit_that_only_then_names_the_bot_is_no_question(side: Side) -> None:
    asker = side.asker()
    talk = asker.says(README_QUESTION)
    edit(asker, talk.ts)
    fence(asker)
    assert not talk.said()


def fence(asker: Asker) -> None:
    """Wait until the bot has been told of all that has happened in the channel, and has done what it does about it."""
    workspace = asker.side.workspace
    told = [each for each in workspace.deliveries if each.payload["event"].get("channel") == asker.channel]
    workspace.wait_for(lambda: all(each.acknowledged for each in told))
    asker.writes(README_QUESTION).answer("answered")
