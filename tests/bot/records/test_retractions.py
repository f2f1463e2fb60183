"""Answers whose source was withdrawn, in the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.records.inbox import Inbox
from bot.records.records import Outcome, PostState, State
from bot.records.retractions import SAID_INSTEAD, Retractions, Unchanged
from tests.bot.records.asked import (
    NOW,
    arrival,
    composed,
    done,
    new_inbox,
    open_inbox,
    open_retractions,
    taken,
)

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
TEXT = (
    "The toll rose to 40 euros in May.\n\nIt was 30 euros before, the ministry\nsaid on Monday. Nobody paid."
)
NOTICE = ({"text": "Withdrawn on 26 November 2026", "blocks": []},)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with new_inbox(tmp_path) as opened:
        yield opened


@pytest.fixture
def retractions(inbox: Inbox, tmp_path: Path) -> Iterator[Retractions]:  # noqa: ARG001 - makes the file
    with open_retractions(tmp_path / "records.sqlite3") as opened:
        yield opened


def became(inbox: Inbox, question_id: int) -> tuple[State, Outcome | None, str | None]:
    question = inbox.question(question_id)
    assert question is not None
    return question.state, question.outcome, question.said


TAKEN_BACK = (State.COMPOSED, Outcome.RETRACTED, SAID_INSTEAD)


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.DECLINED])
@pytest.mark.parametrize("make", [done, composed])
def test_an_answer_that_cites_a_withdrawn_article_is_taken_back(
    inbox: Inbox, retractions: Retractions, make: type, outcome: Outcome
) -> None:
    citing = make(inbox, outcome=outcome, said="40 euros", cited={"toll", "mill"})
    other = make(inbox, arrival("200.0"), outcome=outcome, said="40 euros", cited={"mill"})
    before = became(inbox, other)
    for _ in range(2):
        retractions.withdraw(["toll", "bridge"], [TEXT], AT)
    assert became(inbox, citing) == TAKEN_BACK
    assert became(inbox, other) == before
    question = inbox.question(citing)
    assert question is not None
    assert question.messages == NOTICE
    assert retractions.due() == [citing]


@pytest.mark.parametrize(
    ("said", "repeats"),
    [
        ("The toll rose to 40 euros in May.", True),
        ("It was 30 euros before, the ministry said on Monday.", True),
        ("A bridge fell. The toll rose to 40 euros in May. A mill burned.", True),
        ("It was 30 euros before, the ministry", True),
        ("Nobody paid.", False),
        ("The toll rose to 41 euros in May.", False),
        ("", False),
        (None, False),
    ],
)
def test_an_answer_that_does_not_say_what_it_cites_is_known_by_what_it_repeats(
    inbox: Inbox, retractions: Retractions, said: str | None, *, repeats: bool
) -> None:
    question = done(inbox, said=said)
    citing_a_copy = done(inbox, arrival("200.0"), said=said, cited={"copy"})
    retractions.withdraw(["toll"], [TEXT], AT)
    assert (became(inbox, question) == TAKEN_BACK) is repeats
    assert became(inbox, citing_a_copy) == (State.DONE, Outcome.ANSWERED, said)


def test_a_message_that_waits_is_known_by_what_it_repeats_as_well(
    inbox: Inbox, retractions: Retractions
) -> None:
    question = taken(inbox)
    block = {"type": "rich_text", "elements": [{"text": "The toll rose to 40 euros in May."}]}
    assert inbox.compose(question, Outcome.DECLINED, [{"text": "No.", "blocks": [block]}], said="")
    retractions.withdraw(["toll"], [TEXT], AT)
    assert became(inbox, question) == TAKEN_BACK


def test_what_was_answered_from_it_before_it_was_withdrawn_is_not_written_down_after(
    inbox: Inbox, retractions: Retractions
) -> None:
    question = taken(inbox)
    assert inbox.admit(question)
    retractions.withdraw(["toll"], [TEXT], AT)
    assert not inbox.compose(question, Outcome.ANSWERED, [], said="40 euros", cited={"mill", "toll"})
    assert became(inbox, question) == (State.ADMITTED, None, None)
    retractions.allow(["toll", "bridge"])
    assert inbox.compose(question, Outcome.ANSWERED, [], said="40 euros", cited={"mill", "toll"})


def test_a_question_that_was_deleted_stays_deleted(inbox: Inbox, retractions: Retractions) -> None:
    question = done(inbox, said="40 euros", cited={"toll"})
    of = arrival()
    inbox.withdraw("Ev2", of.workspace, of.channel, of.ts, NOW)
    retractions.withdraw(["toll"], [TEXT], AT)
    assert became(inbox, question) == (State.COMPOSED, Outcome.WITHDRAWN, None)
    assert retractions.due() == []


def test_a_follow_up_leans_on_the_question_and_not_on_what_was_answered(
    inbox: Inbox, retractions: Retractions
) -> None:
    done(inbox, said="40 euros", cited={"toll"})
    follow_up = inbox.question(taken(inbox, arrival("200.0", thread=arrival().ts)))
    assert follow_up is not None
    retractions.withdraw(["toll"], [TEXT], AT)
    (exchange,) = inbox.history(follow_up, 5)
    assert (exchange.question, exchange.answer) == ("What is the toll?", SAID_INSTEAD)


@pytest.mark.parametrize(
    ("state", "anew"),
    [
        (None, True),
        (PostState.SENDING, True),
        (PostState.PLACED, True),
        (PostState.SAYING, False),
        (PostState.FILLED, False),
        (PostState.STREAMING, False),
    ],
)
def test_an_answer_is_given_anew_where_nothing_of_it_was_said(
    inbox: Inbox, retractions: Retractions, state: PostState | None, *, anew: bool
) -> None:
    question = composed(inbox, said="40 euros", cited={"toll"})
    if state is not None:
        inbox.sending("m", question, 0, NOW, says=state is PostState.SAYING)
    if state is PostState.STREAMING:
        inbox.started("m", "1.0")
    elif state in (PostState.PLACED, PostState.FILLED):
        inbox.placed("m", "1.0")
    if state is PostState.FILLED:
        inbox.filled("m")
    retractions.withdraw(["toll"], [TEXT], AT)
    assert retractions.shown() == ([] if anew else [question])
    assert retractions.answer_anew(question) is anew
    assert became(inbox, question) == ((State.ADMITTED, None, None) if anew else TAKEN_BACK)


def test_what_could_not_be_changed_is_listed_and_tried_again(inbox: Inbox, retractions: Retractions) -> None:
    question = done(inbox, said="40 euros", cited={"toll"})
    inbox.sending("m", question, 0, NOW)
    inbox.placed("m", "1.0")
    retractions.withdraw(["toll"], [TEXT], AT)
    for reason in ("not_in_channel", "cant_update_message"):
        inbox.not_changed("m", reason, NOW)
    inbox.finish(question, Outcome.RETRACTED, NOW)
    assert retractions.unchanged() == [Unchanged("T0FOOTNOTE", "C0NEWS", "1.0", "cant_update_message")]
    assert retractions.due() == []
    assert retractions.try_again() == 1
    assert retractions.due() == [question]
    assert retractions.unchanged() == []
    found = inbox.question(question)
    assert found is not None
    assert found.messages == NOTICE


def test_records_of_the_version_before_are_brought_to_this_one(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    with open_inbox(file) as inbox:
        question = done(inbox, said="The toll rose to 40 euros in May.")
    connection = sqlite3.connect(file)
    connection.executescript(
        "DROP TABLE sources; DROP TABLE withdrawals; DROP TABLE unchanged; UPDATE records_version SET version = 1"
    )
    connection.close()
    with open_inbox(file) as inbox, open_retractions(file) as retractions:
        retractions.withdraw(["toll"], [TEXT], AT)
        assert became(inbox, question) == TAKEN_BACK
        assert done(inbox, arrival("200.0"), cited={"mill"})


def test_no_byte_stays_of_what_was_answered(inbox: Inbox, retractions: Retractions, tmp_path: Path) -> None:
    for number in range(50):
        done(inbox, arrival(f"1{number}.0"), said="Xylophantarkistrode " * 50, cited={"toll"})
    retractions.withdraw(["toll"], [TEXT], AT)
    assert any(b"Xylophantarkistrode" in file.read_bytes() for file in tmp_path.iterdir())
    # The connections of both are open, and read nothing.
    assert retractions.purge(0.1)
    assert not any(b"Xylophantarkistrode" in file.read_bytes() for file in tmp_path.iterdir())


def test_a_reader_of_an_older_state_puts_the_purge_off(
    inbox: Inbox, retractions: Retractions, tmp_path: Path
) -> None:
    done(inbox, said="40 euros", cited={"toll"})
    reader = sqlite3.connect(tmp_path / "records.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM questions").fetchone()
    retractions.withdraw(["toll"], [TEXT], AT)
    assert not retractions.purge(0.1)
    reader.execute("COMMIT")
    assert retractions.purge(0.1)
    reader.close()
