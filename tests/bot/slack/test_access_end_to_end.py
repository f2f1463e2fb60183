"""Who is answered, where, and how often; everybody else is told so alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.slack.asking import README_QUESTION, Asked, Asker, Side
from tests.bot.slack.conftest import NewHome
from tests.slack.faults import AnswersStatus, LosesReply
from tests.slack.running_bot import RunningBot, Start
from tests.slack.workspace import Workspace

CHANNELS = [f"C0OPEN{number}" for number in range(20)]
PER_MINUTE, QUEUE = 2, 3


@pytest.fixture(scope="module")
def careful_bot(born: Start, new_home: NewHome) -> Iterator[Side]:
    """A bot that answers in some channels, few questions a minute, and lets few wait; Slack was unwell at its start."""
    home = new_home("careful")
    settings = {
        "FOOTNOTE_ALLOWED_WORKSPACES": Workspace.team,
        "FOOTNOTE_ALLOWED_CHANNELS": ",".join(CHANNELS),
        "FOOTNOTE_QUESTIONS_PER_MINUTE": str(PER_MINUTE),
        "FOOTNOTE_QUEUE": str(QUEUE),
    }
    with Workspace(retry_delays=(0.5, 1.0)) as workspace:
        workspace.fail("auth.test", AnswersStatus(503))
        workspace.fail("apps.connections.open", LosesReply())
        with RunningBot(workspace, home, begin=born, **settings) as bot:
            yield Side(workspace, bot, home, "")
            assert not workspace.pings
            assert not workspace.warnings


@pytest.fixture
def rooms(careful_bot: Side) -> Iterator[str]:
    """Channels in which the bot answers, each handed out once."""
    return (each for each in CHANNELS if each not in careful_bot.workspace.channels)


def test_where_slack_was_unwell_at_the_start_it_was_asked_again(careful_bot: Side) -> None:
    assert careful_bot.bot.log.count('event="Slack does not answer" attempt=1') == 2
    assert careful_bot.workspace.connections == 1


def asker_in(side: Side, channel: str, *, ext_shared: bool = False, **kind: bool) -> Asker:
    asker = side.asker(**kind)
    side.workspace.add_channel(channel, channel.lower(), members=[asker.user], ext_shared=ext_shared)
    return Asker(side, asker.user, channel, asker.direct)


def check_refused_alone(asker: Asker, asked: Asked, reason: str) -> None:
    assert not asked.done("refused")
    [told] = asker.is_told()
    assert reason in told
    workspace = asked.side.workspace
    assert [each["ts"] for each in workspace.channel_messages(asked.channel)] == [asked.ts]


def test_members_are_answered_in_the_channels_that_are_allowed(
    careful_bot: Side, rooms: Iterator[str]
) -> None:
    asker_in(careful_bot, next(rooms)).mentions(README_QUESTION).answer("answered")


def test_in_other_channels_the_asker_is_told_alone(careful_bot: Side) -> None:
    asker = careful_bot.asker()
    check_refused_alone(asker, asker.mentions(README_QUESTION), "I do not answer questions in this channel.")


def test_directly_is_no_channel(careful_bot: Side) -> None:
    careful_bot.asker().writes(README_QUESTION).answer("answered")


@pytest.mark.parametrize("kind", ["guest", "single_channel"])
def test_guests_are_refused(careful_bot: Side, rooms: Iterator[str], kind: str) -> None:
    asker = asker_in(careful_bot, next(rooms), **{kind: True})
    check_refused_alone(asker, asker.mentions(README_QUESTION), "guests' questions")


def test_in_a_shared_channel_members_are_answered_and_strangers_refused(
    careful_bot: Side, rooms: Iterator[str]
) -> None:
    shared = next(rooms)
    stranger = asker_in(careful_bot, shared, ext_shared=True, stranger=True)
    check_refused_alone(stranger, stranger.mentions(README_QUESTION), "people from other organisations")
    member = careful_bot.asker()
    careful_bot.workspace.channels[shared].members.add(member.user)
    Asker(careful_bot, member.user, shared, member.direct).mentions(README_QUESTION).answer("answered")


def test_a_refused_person_is_told_in_the_thread_and_directly(careful_bot: Side, rooms: Iterator[str]) -> None:
    asker = asker_in(careful_bot, next(rooms), guest=True)
    root = asker.says("Something else")
    assert not asker.mentions(README_QUESTION, thread_ts=root.ts).done("refused")
    asker.is_told()
    assert careful_bot.workspace.ephemerals(asker.user)[0]["thread_ts"] == root.ts
    assert "guests' questions" in asker.writes(README_QUESTION).answer("refused")["text"]


def test_more_questions_in_a_minute_than_allowed_are_refused(careful_bot: Side, rooms: Iterator[str]) -> None:
    asker = asker_in(careful_bot, next(rooms))
    for _ in range(PER_MINUTE):
        asker.mentions(README_QUESTION).answer("answered")
    assert not asker.mentions(README_QUESTION).done("refused")
    assert asker.is_told() == [
        f"That was more than {PER_MINUTE} questions in a minute. Ask again in a moment."
    ]
    # Nobody else is held up by it.
    careful_bot.asker().writes(README_QUESTION).answer("answered")


def test_when_too_many_wait_the_rest_are_told_so(careful_bot: Side, rooms: Iterator[str]) -> None:
    askers = [asker_in(careful_bot, channel) for _, channel in zip(range(8), rooms, strict=False)]
    asked = [asker.mentions(README_QUESTION) for asker in askers for _ in range(PER_MINUTE)]
    said = [each.done() for each in asked]
    full = f"More than {QUEUE} questions are waiting already. Ask again in a few minutes."
    workspace = careful_bot.workspace
    told = [each["text"] for asker in askers for each in workspace.ephemerals(asker.user)]
    assert told
    assert set(told) == {full}
    assert len(told) + sum(map(len, said)) == len(asked)
    assert sum(map(len, said)) >= QUEUE
    careful_bot.asker().writes(README_QUESTION).answer("answered")


def test_where_slack_does_not_say_who_somebody_is_nothing_is_let_out(
    careful_bot: Side, rooms: Iterator[str]
) -> None:
    asker = asker_in(careful_bot, next(rooms))
    careful_bot.workspace.scopes.discard("users:read")
    try:
        asked = asker.mentions(README_QUESTION)
        check_refused_alone(asker, asked, "I cannot see whether you are a guest here")
    finally:
        careful_bot.workspace.scopes.add("users:read")
