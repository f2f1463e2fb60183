"""Follow-ups: what was asked and answered in a thread is known, without asking Slack for it."""

from __future__ import annotations

from bot.slack.words import WHICH_QUESTION
from tests.bot.slack.asking import README_QUESTION, Asked, Asker, Side, text_of

FOLLOW_UP = "and along which border?"
BORDER_SENTENCE = "along the southern border of Tajikistan"


def answered(asker: Asker, *, directly: bool = False) -> Asked:
    asked = asker.writes(README_QUESTION) if directly else asker.mentions(README_QUESTION)
    asked.answer("answered")
    return asked


def test_a_follow_up_with_a_mention_leans_on_what_came_before(side: Side) -> None:
    asker = side.asker()
    first = answered(asker)
    answer = asker.mentions(FOLLOW_UP, thread_ts=first.ts).answer("answered")
    assert BORDER_SENTENCE in text_of(answer)
    assert answer["thread_ts"] == first.ts


def test_a_direct_follow_up_leans_on_what_came_before(side: Side) -> None:
    asker = side.asker()
    first = answered(asker, directly=True)
    assert BORDER_SENTENCE in text_of(asker.writes(FOLLOW_UP, thread_ts=first.ts).answer("answered"))


def test_somebody_else_may_follow_up(side: Side) -> None:
    asker, other = side.asker(), side.asker()
    side.workspace.channels[asker.channel].members.add(other.user)
    first = answered(asker)
    ts = side.workspace.say(other.user, FOLLOW_UP, asker.channel, thread_ts=first.ts, mention=True)
    assert BORDER_SENTENCE in text_of(Asked(side, asker.channel, ts).answer("answered"))


def test_a_follow_up_costs_no_call_but_those_that_answer_it(side: Side) -> None:
    asker = side.asker()
    first = answered(asker)
    before = len(side.workspace.calls)
    asker.mentions(FOLLOW_UP, thread_ts=first.ts).answer("answered")
    assert [call.method for call in side.workspace.calls[before:]] == ["chat.postMessage", "chat.update"]


def test_where_threads_are_followed_any_reply_is_a_question(socket_bot: Side) -> None:
    asker = socket_bot.asker()
    first = answered(asker)
    assert BORDER_SENTENCE in text_of(asker.says(FOLLOW_UP, thread_ts=first.ts).answer("answered"))


def test_a_thread_in_which_nothing_was_answered_is_not_followed(socket_bot: Side) -> None:
    asker = socket_bot.asker()
    empty = asker.mentions("")
    empty.answer("explained")
    asker.says(FOLLOW_UP, thread_ts=empty.ts).is_no_question()
    root = asker.says("Something for the border pages")
    asker.says(README_QUESTION, thread_ts=root.ts).is_no_question()
    assert not root.said()


def test_where_threads_are_not_followed_a_reply_without_a_mention_is_left_alone(http_bot: Side) -> None:
    asker = http_bot.asker()
    first = answered(asker)
    asker.says(FOLLOW_UP, thread_ts=first.ts).is_no_question()
    first.answer()


def test_another_thread_knows_nothing_of_it(side: Side) -> None:
    asker = side.asker()
    answered(asker)
    root = asker.says("Something else")
    asked = asker.mentions(FOLLOW_UP, thread_ts=root.ts)
    assert asked.answer("explained")["text"] == WHICH_QUESTION
