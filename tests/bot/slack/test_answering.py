from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answers import Answer, Claim, Related
from bot.questions import Exchange, Question
from bot.records.inbox import Inbox
from bot.records.records import Outcome, Recorded, Surface
from bot.slack import answering
from bot.slack.answering import Answering
from bot.slack.messages import Message
from bot.slack.words import HOW_TO_ASK, WHICH_QUESTION
from index.errors import IndexMissingError
from tests.bot import made
from tests.bot.records.asked import NOW, arrival, done, new_inbox, open_retractions, taken
from tests.bot.slack import stand_ins
from tests.bot.slack.stand_ins import Kept, wait_for

ARTICLE = made.article("The toll is 40 euros. It was 30 euros before.")
FILE = "records.sqlite3"
Composed = list[tuple[int, Outcome]]


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with new_inbox(tmp_path) as opened:
        yield opened


@contextmanager
def answering_with(
    inbox: Inbox,
    answerer: answering.Answerer,
    log: Kept | None = None,
    tell: Callable[[], None] = lambda: None,
    **how: Any,
) -> Iterator[tuple[Answering, Composed]]:
    """Let questions be answered; gives also what is told to be composed."""
    composed: Composed = []

    def note(question: Recorded, outcome: Outcome, seconds: float) -> None:
        assert seconds >= 0
        composed.append((question.id, outcome))
        tell()

    working = Answering(inbox, answerer, note, log or Kept(), **how)
    working.start()
    try:
        yield working, composed
    finally:
        working.stop(5.0)


def admitted(inbox: Inbox, ts: str = "100.000001", **fields: Any) -> int:
    question = taken(inbox, arrival(ts, **fields))
    assert inbox.admit(question)
    return question


def recorded(inbox: Inbox, question_id: int) -> Recorded:
    found = inbox.question(question_id)
    assert found is not None
    return found


def text_of(question: Recorded) -> str:
    return " ".join(Message.from_json(each).text for each in question.messages)


def answered(inbox: Inbox, answerer: answering.Answerer, question: int, log: Kept | None = None) -> Recorded:
    with answering_with(inbox, answerer, log) as (_, composed):
        wait_for(lambda: composed)
        assert [each for each, _ in composed] == [question]
    return recorded(inbox, question)


# What is said.


def test_an_answer_is_written_down_with_its_words_and_without_blocks_too(inbox: Inbox) -> None:
    answer = made.answer(
        made.citation(ARTICLE, "The toll is 40 euros."), made.citation(ARTICLE, "It was 30 euros", 2)
    )
    question = answered(inbox, stand_ins.Answering(answer), admitted(inbox))
    assert question.outcome is Outcome.ANSWERED
    assert question.said == "The toll is 40 euros. It was 30 euros"
    assert "The toll is 40 euros." in text_of(question)
    assert all(Message.from_json(each).blocks for each in question.messages)
    plain = [Message.from_json(each) for each in question.plain_messages]
    assert [each.blocks for each in plain] == [()] * len(question.messages)
    assert "The toll is 40 euros." in plain[0].text


def test_a_decline_is_no_answer(inbox: Inbox) -> None:
    answer = made.answer(declined=True, reason="Nothing says so.")
    question = answered(inbox, stand_ins.Answering(answer), admitted(inbox))
    assert (question.outcome, question.said) == (Outcome.DECLINED, "")
    assert "Nothing says so." in text_of(question)


def test_a_reply_to_no_question_is_said_and_not_remembered(inbox: Inbox) -> None:
    answer = made.answer(claims=(), reply="You are welcome.")
    question = answered(inbox, stand_ins.Answering(answer), admitted(inbox, text="thanks"))
    assert (question.outcome, question.said) == (Outcome.EXPLAINED, None)
    assert text_of(question) == "You are welcome."


def test_sentences_are_told_as_they_come_where_somebody_listens(inbox: Inbox) -> None:
    question = admitted(inbox)
    told: list[tuple[int, Claim]] = []
    with answering_with(inbox, stand_ins.Answering(), told=lambda of, claim: told.append((of, claim))) as (
        _,
        composed,
    ):
        wait_for(lambda: composed)
    assert told == [(question, stand_ins.TOLL.claims[0])]


def test_it_is_answered_as_of_the_moment_it_was_taken_in_with_what_came_before(inbox: Inbox) -> None:
    for number in range(12):
        done(inbox, arrival(f"{number}.0", thread="0.0", text=f"question {number}"), said=f"answer {number}")
    done(inbox, arrival("50.0"), said="another thread")
    answerer = stand_ins.Answering()
    answered(inbox, answerer, admitted(inbox, "60.0", thread="0.0", text="And in 2021?"))
    (asked,) = answerer.asked
    assert (asked.text, asked.asked_at) == ("And in 2021?", datetime.fromtimestamp(NOW, UTC))
    assert asked.history == tuple(Exchange(f"question {n}", f"answer {n}") for n in range(2, 12))


@pytest.mark.parametrize(
    ("text", "in_thread", "said"),
    [
        pytest.param("", False, HOW_TO_ASK, id="nothing"),
        pytest.param("help", False, HOW_TO_ASK, id="help"),
        pytest.param("How do I ask?", True, HOW_TO_ASK, id="how"),
        pytest.param("And in 2021?", True, WHICH_QUESTION, id="a follow-up to what was not heard"),
        pytest.param("Who owns it?", True, WHICH_QUESTION, id="a pronoun for what was not heard"),
        pytest.param("And in 2021?", False, None, id="outside of a thread there is nothing to hear"),
        pytest.param("Who owns the Halcyon Tern?", True, None, id="a whole question"),
    ],
)
def test_what_is_no_question_is_told_how_to_ask(
    inbox: Inbox, text: str, in_thread: bool, said: str | None
) -> None:
    answerer = stand_ins.Answering()
    thread = {"thread": "1.0"} if in_thread else {}
    question = answered(inbox, answerer, admitted(inbox, text=text, **thread))
    assert (question.outcome is Outcome.EXPLAINED) == (said is not None)
    assert bool(answerer.asked) == (said is None)
    assert said is None or text_of(question) == said
    assert (question.said is None) == (said is not None)


def test_a_follow_up_is_answered_where_the_bot_has_heard_what_it_is_about(inbox: Inbox) -> None:
    done(inbox, arrival("1.0"), said="40 euros")
    answerer = stand_ins.Answering()
    question = answered(inbox, answerer, admitted(inbox, "2.0", thread="1.0", text="And in 2021?"))
    assert question.outcome is Outcome.ANSWERED
    assert len(answerer.asked[0].history) == 1


# What is withdrawn meanwhile.


def test_an_answer_whose_source_is_withdrawn_while_it_is_written_is_given_anew(
    inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "_RESTING", 0.01)
    answerer = stand_ins.Answering(stand_ins.TOLL, made.answer(declined=True, reason="Nothing says so."))
    answerer.may_answer.clear()
    question = admitted(inbox)
    with answering_with(inbox, answerer) as (_, composed), open_retractions(tmp_path / FILE) as retractions:
        assert answerer.began.wait(5)
        retractions.withdraw(sorted(stand_ins.TOLL.named), [], datetime.now(UTC))
        answerer.may_answer.set()
        wait_for(lambda: composed)
    assert composed == [(question, Outcome.DECLINED)]
    assert len(answerer.asked) == 2


def test_it_is_not_given_anew_for_ever(inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "_RESTING", 0.01)
    answerer, log = stand_ins.Answering(), Kept()
    with open_retractions(tmp_path / FILE) as retractions:
        retractions.withdraw(sorted(stand_ins.TOLL.named), [], datetime.now(UTC))
    question = answered(inbox, answerer, admitted(inbox), log)
    assert question.outcome is Outcome.FAILED
    assert "an article is being withdrawn" in text_of(question)
    assert len(answerer.asked) == 5
    assert log.said("error") == ["cannot answer"]


def test_a_decline_says_which_articles_it_names(inbox: Inbox, tmp_path: Path) -> None:
    related = Related(ARTICLE, "The toll is 40 euros.")
    question = answered(
        inbox, stand_ins.Answering(made.answer(declined=True, closest=(related,))), admitted(inbox)
    )
    with open_retractions(tmp_path / FILE) as retractions:
        retractions.withdraw([ARTICLE.id], [], datetime.now(UTC))
    assert recorded(inbox, question.id).outcome is Outcome.RETRACTED


# What goes wrong.


@pytest.mark.parametrize(
    ("failure", "told", "logged"),
    [
        pytest.param(
            IndexMissingError("There is no index in {home}.", "Index some articles first."),
            "the articles cannot be searched",
            "There is no index in {home}.",
            id="a known failure",
        ),
        pytest.param(ValueError("odd shapes"), "something went wrong", "ValueError: odd shapes", id="any"),
        pytest.param(
            made.answer(as_of="today"), "something went wrong", "Error: ", id="what cannot be shown"
        ),
    ],
)
def test_what_goes_wrong_is_said_to_who_asked_and_the_next_is_answered(
    inbox: Inbox, failure: Answer | Exception, told: str, logged: str
) -> None:
    first, second = admitted(inbox, "1.0"), admitted(inbox, "2.0")
    log = Kept()
    with answering_with(inbox, stand_ins.Answering(failure, stand_ins.TOLL), log) as (_, composed):
        wait_for(lambda: len(composed) == 2)
    assert composed == [(first, Outcome.FAILED), (second, Outcome.ANSWERED)]
    assert told in text_of(recorded(inbox, first))
    assert "Traceback" not in text_of(recorded(inbox, first))
    assert log.said("error") == ["cannot answer"]
    assert log.lines[0][2]["question"] == first
    assert logged in log.lines[0][2]["error"]


def test_as_long_as_the_records_cannot_be_used_the_question_stays_where_it_is(
    inbox: Inbox, tmp_path: Path
) -> None:
    file = tmp_path / "records.sqlite3"
    question = admitted(inbox)
    rename(file, "questions", "away")
    log = Kept()
    with answering_with(inbox, stand_ins.Answering(), log) as (_, composed):
        wait_for(lambda: log.said("error"))
        rename(file, "away", "questions")
        wait_for(lambda: composed)
    assert composed == [(question, Outcome.ANSWERED)]
    assert set(log.said("error")) == {"records"}


def rename(file: Path, before: str, after: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(f"ALTER TABLE {before} RENAME TO {after}")
    connection.close()


def test_not_even_a_listener_that_raises_ends_it(inbox: Inbox) -> None:
    def tell() -> None:
        raise ValueError("nobody listens")

    first = admitted(inbox, "1.0")
    log = Kept()
    with answering_with(inbox, stand_ins.Answering(), log, tell) as (working, composed):
        wait_for(lambda: composed)
        second = admitted(inbox, "2.0")
        working.wake()
        wait_for(lambda: len(composed) == 2)
    assert [each for each, _ in composed] == [first, second]
    assert set(log.said("error")) == {"failed"}


# In what order, and when.


def test_questions_are_answered_one_at_a_time_in_the_order_they_came_in(inbox: Inbox) -> None:
    questions = [admitted(inbox, f"{number}.0", text=f"What is toll {number}?") for number in range(5)]
    refused = taken(inbox, arrival("9.0"))
    answerer = stand_ins.Answering()
    with answering_with(inbox, answerer) as (_, composed):
        wait_for(lambda: len(composed) == 5)
    assert [each for each, _ in composed] == questions
    assert [each.text for each in answerer.asked] == [f"What is toll {number}?" for number in range(5)]
    assert recorded(inbox, refused).outcome is None


def test_what_is_deleted_while_it_is_answered_is_not_composed_and_the_next_is_answered(inbox: Inbox) -> None:
    first, second = admitted(inbox, "1.0"), admitted(inbox, "2.0")
    answerer = stand_ins.Answering()
    answerer.may_answer.clear()
    with answering_with(inbox, answerer) as (_, composed):
        assert answerer.began.wait(5)
        assert inbox.withdraw("Ev-gone", "T0FOOTNOTE", "C0NEWS", "1.0", NOW) == first
        answerer.may_answer.set()
        wait_for(lambda: composed)
    assert composed == [(second, Outcome.ANSWERED)]
    assert recorded(inbox, first).outcome is Outcome.WITHDRAWN


def test_what_is_forgotten_while_it_is_answered_does_no_harm(inbox: Inbox) -> None:
    admitted(inbox, "1.0")
    second = admitted(inbox, "2.0", person="U0BEN")
    answerer = stand_ins.Answering()
    answerer.may_answer.clear()
    with answering_with(inbox, answerer) as (_, composed):
        assert answerer.began.wait(5)
        assert inbox.forget_person("U0ANNA") == 1
        answerer.may_answer.set()
        wait_for(lambda: composed)
    assert composed == [(second, Outcome.ANSWERED)]


def test_it_is_woken_at_once_and_looks_by_itself_where_nobody_wakes_it(inbox: Inbox) -> None:
    with answering_with(inbox, stand_ins.Answering()) as (working, composed):
        time.sleep(0.05)
        admitted(inbox, "1.0")
        began = time.monotonic()
        working.wake()
        wait_for(lambda: len(composed) == 1)
        assert time.monotonic() - began < 0.5
        admitted(inbox, "2.0")
        wait_for(lambda: len(composed) == 2)


def test_it_begins_no_other_question_once_it_is_told_to_stop_and_finishes_the_one_under_way(
    inbox: Inbox,
) -> None:
    first, second = admitted(inbox, "1.0"), admitted(inbox, "2.0")
    answerer = stand_ins.Answering()
    answerer.may_answer.clear()
    with answering_with(inbox, answerer) as (working, composed):
        assert answerer.began.wait(5)
        threading.Timer(0.05, answerer.may_answer.set).start()
        working.stop(5.0)
        assert composed == [(first, Outcome.ANSWERED)]
    assert inbox.admitted() == second
    assert inbox.waiting() == 1


# Several at once.


class Many:
    """Answers when it may, and keeps what is under way."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = threading.Event()
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()

    def answer(self, question: Question, told: Callable[[Claim], None] | None = None) -> Answer:
        assert told is None
        with self._lock:
            self.asked.append(question.text)
            self._now += 1
            self.most = max(self.most, self._now)
        assert self.may_answer.wait(5)
        with self._lock:
            self._now -= 1
        return stand_ins.TOLL


def test_several_questions_are_answered_at_once_begun_in_order_and_each_once(inbox: Inbox) -> None:
    questions = [admitted(inbox, f"{number}.0", text=f"What is toll {number}?") for number in range(9)]
    answerer = Many()
    with answering_with(inbox, answerer, threads=4) as (working, composed):
        working.wake()
        wait_for(lambda: len(answerer.asked) == 4)
        time.sleep(0.05)
        assert sorted(answerer.asked) == [f"What is toll {number}?" for number in range(4)]
        answerer.may_answer.set()
        wait_for(lambda: len(composed) == 9)
    assert sorted(composed) == [(each, Outcome.ANSWERED) for each in questions]
    assert len(answerer.asked) == 9
    assert answerer.most == 4


@pytest.mark.parametrize(
    ("fields", "at_once"),
    [
        pytest.param({"thread": "1.0"}, 1, id="one thread"),
        pytest.param({"channel": "D0ANNA", "surface": Surface.DIRECT}, 1, id="one direct conversation"),
        pytest.param({}, 3, id="questions of their own"),
    ],
)
def test_a_question_waits_for_those_of_its_conversation(
    inbox: Inbox, fields: dict[str, Any], at_once: int
) -> None:
    for number in range(1, 4):
        admitted(inbox, f"{number}.0", text=f"What is toll {number}?", **fields)
    other = admitted(inbox, "9.0", channel="C0OTHER", text="What is another?")
    answerer = Many()
    with answering_with(inbox, answerer, threads=4) as (_, composed):
        wait_for(lambda: len(answerer.asked) == at_once + 1)
        time.sleep(0.05)
        assert len(answerer.asked) == at_once + 1
        assert "What is another?" in answerer.asked
        answerer.may_answer.set()
        wait_for(lambda: len(composed) == 4)
    own = [text for text in answerer.asked if text != "What is another?"]
    assert sorted(own) == [f"What is toll {number}?" for number in range(1, 4)]
    assert at_once > 1 or own == sorted(own)
    assert recorded(inbox, other).outcome is Outcome.ANSWERED


def test_what_fails_under_way_among_others_is_taken_up_again(inbox: Inbox, tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    question = admitted(inbox)
    answerer, log = Many(), Kept()
    with answering_with(inbox, answerer, log, threads=2) as (_, composed):
        wait_for(lambda: answerer.asked)
        rename(file, "questions", "away")
        answerer.may_answer.set()
        wait_for(lambda: log.said("error"))
        rename(file, "away", "questions")
        wait_for(lambda: composed)
    assert composed == [(question, Outcome.ANSWERED)]
