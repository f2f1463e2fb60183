from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import RecordsError
from bot.questions import Exchange
from bot.records.inbox import TALK_SECONDS, Inbox
from bot.records.records import Outcome, Post, PostState, Recorded, State, Surface
from tests.bot.records.asked import NOW, arrival, composed, done, new_inbox, taken

SAID = {"text": "40 euros", "blocks": [{"type": "divider"}]}
PLAIN = {"text": "40 euros", "blocks": []}


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with new_inbox(tmp_path) as opened:
        yield opened


def state_of(inbox: Inbox, question_id: int) -> tuple[State, Outcome | None]:
    question = inbox.question(question_id)
    assert question is not None
    return question.state, question.outcome


def withdraw(inbox: Inbox, ts: str = "100.000001", key: str = "Ev-gone") -> int | None:
    return inbox.withdraw(key, "T0FOOTNOTE", "C0NEWS", ts, NOW)


# Taking in.


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="plain"),
        pytest.param({"thread": "99.000001", "surface": Surface.THREAD}, id="reply"),
        pytest.param({"channel": "D0ANNA", "surface": Surface.DIRECT, "guest_of": "T0ELSEWHERE"}, id="guest"),
        pytest.param({"text": ""}, id="no text"),
        pytest.param({"text": "a\x00b 👩‍👧 '; DROP TABLE questions; --\n"}, id="odd text"),
    ],
)
def test_a_question_is_kept_as_it_arrived(inbox: Inbox, fields: dict[str, Any]) -> None:
    of = arrival(**fields)
    question = taken(inbox, of)
    assert inbox.question(question) == Recorded(question, of, NOW, State.ARRIVED, None, None, (), ())


def test_the_same_event_twice_is_one_question(inbox: Inbox) -> None:
    assert inbox.take("Ev1", arrival(), NOW) == 1
    assert inbox.take("Ev1", arrival(), NOW + 1) is None
    assert inbox.unfinished() == [1]


def test_a_mention_that_arrives_as_two_events_is_one_question(inbox: Inbox) -> None:
    assert inbox.take("Ev-message", arrival(), NOW) == 1
    assert inbox.take("Ev-mention", arrival(), NOW) is None
    assert inbox.take("Ev-mention", arrival("100.000002"), NOW) is None, "the second event is known, too"
    assert inbox.unfinished() == [1]


@pytest.mark.parametrize(
    "other",
    [{"workspace": "T0ELSEWHERE"}, {"channel": "C0OTHER"}, {"ts": "100.000002", "thread": "100.000001"}],
)
def test_the_workspace_the_channel_and_the_ts_together_make_a_message(
    inbox: Inbox, other: dict[str, Any]
) -> None:
    first = taken(inbox)
    assert inbox.take("Ev-other", replace(arrival(), **other), NOW) not in (None, first)


def test_an_event_that_asks_nothing_is_new_once(inbox: Inbox) -> None:
    assert inbox.know("Ev1", NOW)
    assert not inbox.know("Ev1", NOW)
    assert inbox.take("Ev1", arrival(), NOW) is None


def test_what_cannot_be_written_down_does_not_pass_for_known(inbox: Inbox) -> None:
    nobody = replace(arrival(), person=None)  # type: ignore[arg-type]
    with pytest.raises(RecordsError, match="NOT NULL"):
        inbox.take("Ev1", nobody, NOW)
    assert inbox.take("Ev1", arrival(), NOW) == 1


@pytest.mark.parametrize("keys", [("Ev1", "Ev1"), ("Ev1", "Ev2")], ids=["one event", "two events"])
def test_of_two_threads_that_take_in_the_same_message_at_once_one_does(
    inbox: Inbox, keys: tuple[str, str]
) -> None:
    rounds, found = 20, []
    begin = threading.Barrier(2)

    def take(key: str) -> None:
        for number in range(rounds):
            begin.wait()
            found.append(inbox.take(f"{key}-{number}", arrival(f"{number}.0"), NOW))

    threads = [threading.Thread(target=take, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each for each in found if each is not None) == inbox.unfinished()
    assert len(inbox.unfinished()) == rounds


# Deletion.


def test_a_question_deleted_before_it_arrives_is_not_taken_in(inbox: Inbox) -> None:
    assert withdraw(inbox) is None
    assert inbox.take("Ev1", arrival(), NOW) is None
    assert inbox.take("Ev2", arrival(channel="C0OTHER"), NOW) is not None


def test_the_deletion_of_what_was_no_question_is_taken_in_once_however_often_it_comes(inbox: Inbox) -> None:
    assert withdraw(inbox) is None
    assert withdraw(inbox) is None
    assert withdraw(inbox, key="Ev-tombstone") is None
    assert inbox.unfinished() == []


@pytest.mark.parametrize("make", [taken, composed, done])
def test_a_deleted_question_is_to_be_taken_back_however_far_it_is(inbox: Inbox, make: Any) -> None:
    question = make(inbox)
    assert withdraw(inbox) == question
    found = inbox.question(question)
    assert found is not None
    assert (found.state, found.outcome) == (State.COMPOSED, Outcome.WITHDRAWN)
    assert (found.said, found.messages, found.plain_messages) == (None, (), ())
    assert inbox.unfinished() == [question]
    assert inbox.admitted() is None
    assert inbox.waiting() == 0
    assert withdraw(inbox) is None, "the same event again"
    inbox.finish(question, Outcome.WITHDRAWN, NOW)
    assert inbox.unfinished() == []


@pytest.mark.parametrize("admitted", [True, False])
def test_what_was_withdrawn_is_not_composed(inbox: Inbox, admitted: bool) -> None:
    question = taken(inbox)
    if admitted:
        inbox.admit(question)
    withdraw(inbox)
    assert not inbox.admit(question)
    assert not inbox.compose(question, Outcome.ANSWERED, [SAID], said="40 euros")
    assert state_of(inbox, question) == (State.COMPOSED, Outcome.WITHDRAWN)


def test_what_was_withdrawn_between_being_posted_and_finished_is_not_finished(inbox: Inbox) -> None:
    question = composed(inbox)
    withdraw(inbox)
    inbox.finish(question, Outcome.ANSWERED, NOW)
    assert state_of(inbox, question) == (State.COMPOSED, Outcome.WITHDRAWN)
    inbox.finish(question, Outcome.WITHDRAWN, NOW)
    assert state_of(inbox, question) == (State.DONE, Outcome.WITHDRAWN)


# How far a question is.


def test_a_question_goes_through_its_states(inbox: Inbox) -> None:
    question = taken(inbox)
    assert inbox.admit(question)
    assert inbox.admitted() == question
    assert inbox.compose(question, Outcome.ANSWERED, [SAID], [PLAIN], "40 euros")
    found = inbox.question(question)
    assert found is not None
    assert (found.state, found.outcome) == (State.COMPOSED, Outcome.ANSWERED)
    assert (found.messages, found.plain_messages, found.said) == ((SAID,), (PLAIN,), "40 euros")
    inbox.finish(question, Outcome.ANSWERED, NOW)
    found = inbox.question(question)
    assert found is not None
    assert (found.state, found.messages, found.plain_messages) == (State.DONE, (), ())
    assert found.said == "40 euros"
    assert inbox.unfinished() == []


def test_a_question_is_admitted_and_composed_once(inbox: Inbox) -> None:
    question = taken(inbox)
    assert inbox.admit(question)
    assert not inbox.admit(question)
    assert inbox.compose(question, Outcome.ANSWERED, [SAID])
    assert not inbox.compose(question, Outcome.FAILED, [])
    assert not inbox.admit(question)
    assert state_of(inbox, question) == (State.COMPOSED, Outcome.ANSWERED)
    assert inbox.undelivered() == 1
    inbox.finish(question, Outcome.ANSWERED, NOW)
    assert inbox.undelivered() == 0
    assert not inbox.compose(question, Outcome.FAILED, [])


def test_of_those_that_are_admitted_some_may_be_passed_over(inbox: Inbox) -> None:
    questions = [taken(inbox, arrival(f"{number}.0")) for number in range(3)]
    for question in questions:
        inbox.admit(question)
    assert inbox.admitted(questions[:2]) == questions[2]
    assert inbox.admitted(questions[1:]) == questions[0]
    assert inbox.admitted(questions) is None


def test_a_question_is_refused_without_being_admitted(inbox: Inbox) -> None:
    question = taken(inbox)
    assert inbox.compose(question, Outcome.REFUSED, [SAID])
    assert not inbox.admit(question)
    assert inbox.admitted() is None


def test_only_what_is_composed_is_finished(inbox: Inbox) -> None:
    question = taken(inbox)
    inbox.finish(question, None, NOW)
    inbox.finish(question, Outcome.ANSWERED, NOW)
    assert state_of(inbox, question) == (State.ARRIVED, None)


def test_what_nobody_asked_is_not_there(inbox: Inbox) -> None:
    assert inbox.question(7) is None
    assert not inbox.admit(7)
    assert not inbox.compose(7, Outcome.ANSWERED, [])
    inbox.finish(7, Outcome.ANSWERED, NOW)
    assert (inbox.unfinished(), inbox.admitted(), inbox.waiting(), inbox.waiting_since()) == (
        [],
        None,
        0,
        None,
    )


def test_what_waits_is_known_oldest_first(inbox: Inbox) -> None:
    first, second, third = (taken(inbox, arrival(f"{n}.0"), NOW + n) for n in range(3))
    assert (inbox.waiting(), inbox.waiting_since()) == (3, NOW)
    inbox.admit(third)
    inbox.admit(second)
    assert inbox.admitted() == second
    inbox.compose(first, Outcome.REFUSED, [])
    assert (inbox.waiting(), inbox.waiting_since()) == (2, NOW + 1)
    assert inbox.unfinished() == [first, second, third]
    inbox.finish(first, Outcome.REFUSED, NOW)
    assert inbox.unfinished() == [second, third]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(("take", "mention", "admit", "compose", "refuse", "finish", "withdraw")), max_size=12
    )
)
def test_whatever_happens_in_whatever_order_a_question_can_be_finished(steps: list[str]) -> None:
    with TemporaryDirectory() as folder, new_inbox(Path(folder)) as inbox:
        for number, step in enumerate(steps):
            match step:
                case "take" | "mention":
                    inbox.take(f"Ev-{step}", arrival(), NOW)
                case "admit":
                    inbox.admit(1)
                case "compose":
                    inbox.compose(1, Outcome.ANSWERED, [SAID])
                case "refuse":
                    inbox.compose(1, Outcome.REFUSED, [SAID])
                case "finish":
                    inbox.finish(1, Outcome.ANSWERED, NOW)
                case "withdraw":
                    withdraw(inbox, key=f"Ev-gone-{number}")
        for question in inbox.unfinished():
            inbox.admit(question)
            inbox.compose(question, Outcome.ANSWERED, [SAID])
            found = inbox.question(question)
            assert found is not None
            assert found.state is State.COMPOSED
            inbox.finish(question, found.outcome, NOW)
        assert inbox.unfinished() == []
        assert inbox.waiting() == 0
        found = inbox.question(1)
        asked = found is not None and found.outcome is not Outcome.WITHDRAWN
        assert not (asked and "withdraw" in steps)


# How often somebody asks.


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (None, True),
        (Outcome.ANSWERED, True),
        (Outcome.DECLINED, True),
        (Outcome.FAILED, True),
        (Outcome.EXPIRED, True),
        (Outcome.EXPLAINED, False),
        (Outcome.REFUSED, False),
        (Outcome.WITHDRAWN, False),
    ],
)
def test_what_was_asked_counts_and_what_was_turned_away_does_not(
    inbox: Inbox, outcome: Outcome | None, counts: bool
) -> None:
    question = taken(inbox)
    if outcome is Outcome.WITHDRAWN:
        withdraw(inbox)
    elif outcome is not None:
        inbox.compose(question, outcome, [])
    asked = inbox.asked_since("T0FOOTNOTE", "U0ANNA", NOW - 1, before=question + 1)
    assert asked == counts
    assert inbox.asked_since("T0FOOTNOTE", "U0ANNA", NOW - 1, before=question) == 0, "itself is left out"


def test_only_ones_own_questions_since_then_and_before_this_one_count(inbox: Inbox) -> None:
    for number, (person, workspace, at) in enumerate(
        [
            ("U0ANNA", "T0FOOTNOTE", 0),
            ("U0ANNA", "T0FOOTNOTE", 60),
            ("U0BEN", "T0FOOTNOTE", 61),
            ("U0ANNA", "T0ELSEWHERE", 62),
            ("U0ANNA", "T0FOOTNOTE", 63),
            ("U0ANNA", "T0FOOTNOTE", 64),
        ]
    ):
        taken(inbox, arrival(f"{number}.0", person=person, workspace=workspace), NOW + at)
    assert inbox.asked_since("T0FOOTNOTE", "U0ANNA", NOW, before=6) == 2
    assert inbox.asked_since("T0FOOTNOTE", "U0ANNA", NOW - 1, before=7) == 4


# The bot's own messages.


def test_a_message_of_the_bot_is_sent_placed_and_filled(inbox: Inbox) -> None:
    question = taken(inbox)
    inbox.sending("a", question, 0, NOW)
    assert inbox.post("a") == Post("a", question, 0, None, PostState.SENDING, NOW)
    inbox.placed("a", "100.5")
    assert inbox.post("a") == Post("a", question, 0, "100.5", PostState.PLACED, NOW)
    inbox.placed("a", "100.6")
    assert inbox.posts(question) == [Post("a", question, 0, "100.5", PostState.PLACED, NOW)]
    inbox.filled("a")
    inbox.placed("a", "100.6")
    assert inbox.posts(question) == [Post("a", question, 0, "100.5", PostState.FILLED, NOW)]
    inbox.gone("a")
    assert inbox.posts(question) == []
    assert inbox.post("a") is None


def test_a_message_that_says_what_it_should_from_the_beginning_is_filled_once_it_is_there(
    inbox: Inbox,
) -> None:
    question = taken(inbox)
    inbox.sending("a", question, 0, NOW, says=True)
    assert inbox.post("a") == Post("a", question, 0, None, PostState.SAYING, NOW)
    inbox.placed("a", "100.5")
    inbox.placed("a", "100.6")
    assert inbox.post("a") == Post("a", question, 0, "100.5", PostState.FILLED, NOW)


def test_a_stream_is_started_and_there_as_slack_says_whatever_was_guessed(inbox: Inbox) -> None:
    question = taken(inbox)
    inbox.starting("a", question, NOW)
    assert inbox.post("a") == Post("a", question, 0, None, PostState.STARTING, NOW)
    inbox.placed("a", "100.5")
    assert inbox.post("a") == Post("a", question, 0, "100.5", PostState.STREAMING, NOW)
    inbox.started("a", "100.6")
    assert inbox.post("a") == Post("a", question, 0, "100.6", PostState.STREAMING, NOW)


@pytest.mark.parametrize(
    ("thread", "ts", "streams", "heard"),
    [
        pytest.param(arrival().thread, "100.7", 1, True, id="the one"),
        pytest.param(arrival().thread, "100.7", 2, False, id="one of two"),
        pytest.param(arrival().thread, "100.7", 0, False, id="of none"),
        pytest.param(arrival().thread, "100.5", 1, False, id="another message"),
        pytest.param("99.9", "100.7", 1, False, id="another thread"),
    ],
)
def test_a_message_without_a_mark_is_the_one_stream_being_started_in_its_thread(
    inbox: Inbox, thread: str, ts: str, streams: int, heard: bool
) -> None:
    question = taken(inbox)
    inbox.sending("known", question, 0, NOW)
    inbox.placed("known", "100.5")
    for number in range(streams):
        inbox.starting(f"stream{number}", question, NOW)
    found = inbox.stream_heard_of("T0FOOTNOTE", "C0NEWS", thread, ts)
    assert found == (question if heard else None)
    assert [post.ts for post in inbox.posts(question) if post.mark != "known"] == [
        ts if heard else None
    ] * streams


@pytest.mark.parametrize(
    ("outcome", "kept", "late", "untidy"),
    [
        pytest.param(Outcome.ANSWERED, "sending", None, False, id="an answer alone"),
        pytest.param(Outcome.ANSWERED, "sending", "sending", True, id="and a placeholder"),
        pytest.param(Outcome.ANSWERED, "sending", "saying", True, id="and another"),
        pytest.param(Outcome.ANSWERED, "sending", "starting", True, id="and a stream"),
        pytest.param(Outcome.ANSWERED, "sending", "unheard", False, id="and what may be nowhere"),
        pytest.param(Outcome.ANSWERED, "sending", "next", False, id="an answer in two parts"),
        pytest.param(Outcome.WITHDRAWN, "saying", None, True, id="an answer to what is gone"),
    ],
)
def test_what_turned_up_late_is_to_be_cleared_away(
    inbox: Inbox, outcome: Outcome, kept: str, late: str | None, untidy: bool
) -> None:
    question = composed(inbox, outcome=outcome)
    inbox.sending("kept", question, 0, NOW, says=kept == "saying")
    inbox.placed("kept", "1.0")
    inbox.filled("kept")
    inbox.finish(question, outcome, NOW)
    if late == "starting":
        inbox.starting("late", question, NOW)
    elif late is not None:
        inbox.sending("late", question, int(late == "next"), NOW, says=late in ("saying", "next"))
    if late != "unheard":
        inbox.placed("late", "2.0")
    assert inbox.untidy() == ([question] if untidy else [])


def test_what_is_not_done_is_not_untidy(inbox: Inbox) -> None:
    question = composed(inbox)
    inbox.sending("a", question, 0, NOW)
    inbox.placed("a", "1.0")
    assert inbox.untidy() == []


def test_messages_come_in_the_order_of_their_parts(inbox: Inbox) -> None:
    question, other = taken(inbox), taken(inbox, arrival("1.0"))
    for mark, of, part, at in [
        ("c", question, 1, NOW),
        ("b", question, 0, NOW + 1),
        ("a", question, 0, NOW),
        ("d", other, 0, NOW),
    ]:
        inbox.sending(mark, of, part, at)
    assert [post.mark for post in inbox.posts(question)] == ["a", "b", "c"]


def test_what_is_to_be_posted_for_a_forgotten_question_is_an_error(inbox: Inbox) -> None:
    with pytest.raises(RecordsError, match="FOREIGN KEY"):
        inbox.sending("a", 7, 0, NOW)


# Conversations.


def in_thread(number: int, **fields: Any) -> Any:
    return arrival(f"{number}.0", **{"thread": "0.0", "text": f"question {number}", **fields})


def test_the_conversation_is_what_came_to_something_before_in_the_same_thread_in_order(inbox: Inbox) -> None:
    done(inbox, in_thread(0), said="answer 0")
    done(inbox, in_thread(1, thread="1.0"), said="another thread")
    done(inbox, in_thread(2), Outcome.DECLINED, said="")
    done(inbox, in_thread(3, channel="C0OTHER"), said="another channel")
    done(inbox, in_thread(4, workspace="T0ELSEWHERE"), said="another workspace")
    for number, outcome in enumerate(
        (Outcome.EXPLAINED, Outcome.REFUSED, Outcome.FAILED, Outcome.EXPIRED), 5
    ):
        done(inbox, in_thread(number), outcome)
    composed(inbox, in_thread(9, person="U0BEN"), said="answer 9")
    done(inbox, in_thread(10), said="withdrawn")
    withdraw(inbox, "10.0")
    waiting = taken(inbox, in_thread(11))
    done(inbox, in_thread(12), said="later")
    assert history(inbox, waiting) == (
        Exchange("question 0", "answer 0"),
        Exchange("question 2", ""),
        Exchange("question 9", "answer 9"),
    )
    assert history(inbox, waiting, 1) == (Exchange("question 9", "answer 9"),)
    assert history(inbox, 1) == ()


def history(inbox: Inbox, question: int, limit: int = 10) -> tuple[Exchange, ...]:
    recorded = inbox.question(question)
    assert recorded is not None
    return inbox.history(recorded, limit)


@pytest.mark.parametrize(
    ("surface", "later", "remembered"),
    [
        (Surface.DIRECT, 60, True),
        (Surface.DIRECT, TALK_SECONDS + 1, False),
        (Surface.MENTION, 60, False),
    ],
)
def test_a_direct_message_may_lean_on_one_shortly_before_outside_of_its_thread(
    inbox: Inbox, surface: Surface, later: float, remembered: bool
) -> None:
    done(inbox, arrival("1.0", channel="D0ANNA", surface=surface), said="answer 1")
    done(inbox, arrival("1.5", channel="D0ANNA", surface=surface, thread="1.0"), said="in a thread")
    waiting = taken(inbox, arrival("2.0", channel="D0ANNA", surface=surface), NOW + later)
    assert [exchange.answer for exchange in history(inbox, waiting)] == ["answer 1"] * remembered


@pytest.mark.parametrize(
    ("outcome", "answered"),
    [(outcome, outcome in (Outcome.ANSWERED, Outcome.DECLINED, Outcome.RETRACTED)) for outcome in Outcome],
)
def test_a_thread_is_followed_once_the_bot_has_answered_in_it(
    inbox: Inbox, outcome: Outcome, answered: bool
) -> None:
    question = taken(inbox)
    assert not inbox.has_answered_in("T0FOOTNOTE", "C0NEWS", "100.000001")
    inbox.compose(question, outcome, [])
    assert inbox.has_answered_in("T0FOOTNOTE", "C0NEWS", "100.000001") == answered
    assert not inbox.has_answered_in("T0FOOTNOTE", "C0NEWS", "100.000002")
    assert not inbox.has_answered_in("T0FOOTNOTE", "C0OTHER", "100.000001")
    assert not inbox.has_answered_in("T0ELSEWHERE", "C0NEWS", "100.000001")


# Forgetting.


def test_what_is_old_and_done_is_forgotten_and_nothing_that_still_has_to_be_said(inbox: Inbox) -> None:
    old, young = done(inbox, arrival("1.0")), taken(inbox, arrival("2.0"), NOW + 10)
    arrived, admitted = taken(inbox, arrival("3.0")), taken(inbox, arrival("4.0"))
    inbox.admit(admitted)
    half_posted, taken_back = composed(inbox, arrival("5.0")), done(inbox, arrival("6.0"))
    withdraw(inbox, "6.0")
    withdraw(inbox, "7.0", key="Ev-old-deletion")
    inbox.sending("a", old, 0, NOW)
    inbox.sending("b", half_posted, 0, NOW)
    assert inbox.forget_before(NOW) == 0
    assert inbox.forget_before(NOW + 5) == 1
    assert inbox.question(old) is None
    assert inbox.posts(old) == []
    assert inbox.unfinished() == [young, arrived, admitted, half_posted, taken_back]
    assert [post.mark for post in inbox.posts(half_posted)] == ["b"]
    inbox.forget_events_before(NOW + 5)
    assert inbox.take("Ev-old-deletion", arrival("7.0"), NOW) is not None, (
        "events and deletions are forgotten"
    )
    assert inbox.take("Ev-T0FOOTNOTE-C0NEWS-2.0", arrival("8.0"), NOW) is None, "young events are not"


def test_a_forgotten_question_is_missing_from_the_conversation(inbox: Inbox) -> None:
    done(inbox, in_thread(0), said="answer 0")
    waiting = taken(inbox, in_thread(1), NOW + 10)
    inbox.forget_before(NOW + 5)
    assert history(inbox, waiting) == ()
    assert not inbox.has_answered_in("T0FOOTNOTE", "C0NEWS", "0.0")


def test_a_person_is_forgotten_with_all_that_was_answered(inbox: Inbox) -> None:
    answered, waiting = done(inbox, arrival("1.0"), said="40 euros"), taken(inbox, arrival("2.0"))
    others = taken(inbox, arrival("3.0", person="U0BEN"))
    elsewhere = taken(inbox, arrival("4.0", workspace="T0ELSEWHERE"))
    for question in (answered, waiting, others):
        inbox.sending(f"mark{question}", question, 0, NOW)
    assert inbox.forget_person("U0ANNA", "T0FOOTNOTE") == 2
    assert inbox.question(answered) is None
    assert inbox.post(f"mark{answered}") is inbox.post(f"mark{waiting}") is None
    assert inbox.post(f"mark{others}") is not None
    assert inbox.unfinished() == [others, elsewhere]
    assert inbox.forget_person("U0ANNA") == 1
    assert inbox.forget_person("U0ANNA") == 0
    assert inbox.unfinished() == [others]
    assert inbox.take("Ev-T0FOOTNOTE-C0NEWS-2.0", arrival("2.0"), NOW) is None, "its event stays known"
