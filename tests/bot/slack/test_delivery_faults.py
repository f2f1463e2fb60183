"""Whatever goes wrong while an answer is posted, there is one, and one only, with its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.slack.streaming import ECHO_SECONDS
from bot.slack.web import EVENTS_PATH
from bot.slack.words import CANNOT_POST
from tests.bot.slack.asking import BORDER, README_QUESTION, Asked, Asker, Side
from tests.slack.faults import AnswersError, AnswersStatus, Fault, Hangs, LosesReply, RateLimits
from tests.slack.running_bot import is_settled
from tests.slack.workspace import Workspace

ELSEWHERE = "http://127.0.0.1:9/"
"""Where nobody listens."""


def in_a_channel(asker: Asker) -> Asked:
    return asker.mentions(README_QUESTION)


def directly(asker: Asker) -> Asked:
    return asker.writes(README_QUESTION)


everywhere = pytest.mark.parametrize("ask", [in_a_channel, directly])


def check_answered_once(asked: Asked) -> None:
    """Check that there is the one answer, with its source and a link to it, and no trace of what went wrong."""
    answer = asked.answer("answered")
    assert "had up to 6,500 fighters" in answer["text"]
    assert "CSTO draft would reinforce the Tajik–Afghan frontier" in answer["text"]
    assert BORDER in Workspace.links_of(answer)


@contextmanager
def failing(workspace: Workspace, method: str, *faults: Fault) -> Iterator[None]:
    """Let all calls of a method go wrong."""
    workspace.fail(method, *faults, times=None)
    try:
        yield
    finally:
        workspace.heal(method)


PASSING: list[Fault] = [
    RateLimits(1),
    AnswersStatus(500),
    AnswersStatus(503),
    AnswersError("internal_error"),
    Hangs(0.1),
    LosesReply(),
]


@everywhere
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
def test_whichever_way_a_call_goes_wrong_it_is_made_again_until_there_is_one_answer(
    socket_bot: Side, method: str, ask: Callable[[Asker], Asked]
) -> None:
    socket_bot.workspace.fail(method, *PASSING)
    for asked in [ask(socket_bot.asker()) for _ in PASSING]:
        check_answered_once(asked)


def test_one_thing_after_another_goes_wrong_and_there_is_one_answer(socket_bot: Side) -> None:
    workspace = socket_bot.workspace
    workspace.fail("chat.postMessage", RateLimits(1), LosesReply())
    workspace.fail("chat.update", LosesReply(), AnswersStatus(502), Hangs(0.1), LosesReply())
    check_answered_once(socket_bot.asker().mentions(README_QUESTION))


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
def test_slack_is_asked_again_no_sooner_than_it_says(socket_bot: Side, method: str) -> None:
    workspace = socket_bot.workspace
    workspace.fail(method, RateLimits(1))
    check_answered_once(socket_bot.asker().mentions(README_QUESTION))
    refused, then = workspace.calls_of(method)[-2:]
    assert refused.status == 429
    assert 1 <= then.at - refused.at < 2


def test_one_channel_that_is_rate_limited_does_not_hold_up_another(socket_bot: Side) -> None:
    workspace, busy, quiet = socket_bot.workspace, socket_bot.asker(), socket_bot.asker()
    workspace.rate_limited = True
    try:
        many = [busy.mentions(README_QUESTION) for _ in range(6)]
        workspace.wait_for(lambda: any(call.status == 429 for call in workspace.calls_of("chat.postMessage")))
        check_answered_once(quiet.mentions(README_QUESTION))
        assert not all(map(is_answered, many))
        for asked in many:
            check_answered_once(asked)
    finally:
        workspace.rate_limited = False


def is_answered(asked: Asked) -> bool:
    return any(map(is_settled, asked.said()))


@everywhere
@pytest.mark.parametrize(
    "error", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long", "unknown_method", "missing_scope"]
)
def test_an_answer_that_slack_refuses_comes_in_a_plainer_shape_with_its_sources(
    socket_bot: Side, error: str, ask: Callable[[Asker], Asked]
) -> None:
    with failing(socket_bot.workspace, "chat.update", AnswersError(error)):
        check_answered_once(ask(socket_bot.asker()))


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
def test_where_the_blocks_alone_are_refused_the_placeholder_says_the_text(
    socket_bot: Side, error: str
) -> None:
    socket_bot.workspace.fail("chat.update", AnswersError(error))
    asked = socket_bot.asker().mentions(README_QUESTION)
    check_answered_once(asked)
    assert "blocks" not in asked.answer()


@everywhere
def test_where_even_the_placeholder_is_refused_the_answer_is_posted(
    socket_bot: Side, ask: Callable[[Asker], Asked]
) -> None:
    workspace = socket_bot.workspace
    workspace.fail("chat.postMessage", AnswersError("invalid_blocks"), times=2)
    check_answered_once(ask(socket_bot.asker()))


def test_an_answer_that_has_to_be_posted_anew_is_posted_once(socket_bot: Side) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    with failing(workspace, "chat.update", AnswersError("missing_scope")):
        workspace.fail("chat.postMessage", *[LosesReply()] * 4, RateLimits(1))
        workspace.fail("chat.delete", AnswersStatus(500), LosesReply())
        for asked in (in_a_channel(asker), directly(asker)):
            check_answered_once(asked)


def test_where_the_placeholder_was_deleted_the_answer_is_posted(socket_bot: Side) -> None:
    workspace = socket_bot.workspace
    workspace.fail("chat.update", AnswersStatus(500), times=2)
    asked = socket_bot.asker().mentions(README_QUESTION)
    workspace.wait_for(asked.said)
    workspace.delete(asked.channel, asked.said()[0]["ts"])
    check_answered_once(asked)


def test_where_the_bot_may_no_longer_post_its_asker_is_told_directly(socket_bot: Side) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    workspace.fail("chat.postMessage", RateLimits(1))
    asked = asker.mentions(README_QUESTION)
    workspace.wait_for(lambda: asked.number)
    workspace.remove_bot(asker.channel)
    assert not asked.done()
    assert [each["text"] for each in workspace.channel_messages(asker.direct)] == [CANNOT_POST]


def test_a_placeholder_that_turns_up_late_is_deleted(http_bot: Side) -> None:
    workspace, asker = http_bot.workspace, http_bot.asker()
    workspace.fail("chat.postMessage", LosesReply())
    workspace.fail("chat.update", RateLimits(1))
    asked = asker.mentions(README_QUESTION)
    workspace.wait_for(lambda: asked.number)
    workspace.deliver_to(ELSEWHERE)
    try:
        workspace.wait_for(lambda: any(map(is_settled, asked.said())), ECHO_SECONDS + 10)
        orphan, _answer = asked.said()
        assert not is_settled(orphan)
    finally:
        workspace.deliver_to(http_bot.url + EVENTS_PATH)
    [echo] = workspace.deliveries_about(orphan["ts"])
    workspace.resend(echo.event_id)
    workspace.wait_for(lambda: len(asked.said()) == 1)
    check_answered_once(asked)


def test_nothing_of_what_went_wrong_is_shown_to_people(socket_bot: Side) -> None:
    workspace = socket_bot.workspace
    workspace.fail("chat.update", AnswersStatus(500), AnswersError("invalid_blocks"))
    answer = socket_bot.asker().writes(README_QUESTION).answer("answered")
    assert not re.search("invalid_blocks|500|Traceback|Error", answer["text"].replace("6,500", ""))
