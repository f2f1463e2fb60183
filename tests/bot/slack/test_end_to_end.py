"""Asking the running bot, everywhere where it listens."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from urllib.parse import quote

import pytest

from bot.slack.words import HOW_DO_I_ASK, HOW_TO_ASK, WHICH_QUESTION
from tests.bot.slack.asking import BORDER, README_QUESTION, Asked, Asker, Side, text_of
from tests.bot.slack.conftest import check_log
from tests.slack.faults import AnswersError, AnswersStatus, Fault, Hangs, RateLimits
from tests.slack.people import MENTION_FIRST, MESSAGE_FIRST, Order
from tests.slack.state import Message
from tests.slack.workspace import Workspace


def mention(asker: Asker) -> Asked:
    return asker.mentions(README_QUESTION)


def directly(asker: Asker) -> Asked:
    return asker.writes(README_QUESTION)


def in_the_agent_pane(asker: Asker) -> Asked:
    workspace = asker.side.workspace
    workspace.open_home(asker.user)
    workspace.wait_for(lambda: workspace.prompts.get((asker.direct, "")))
    prompts = workspace.prompts[asker.direct, ""]
    assert [each["title"] for each in prompts] == [HOW_DO_I_ASK]
    return asker.writes(README_QUESTION)


def in_the_older_assistant_pane(asker: Asker) -> Asked:
    workspace = asker.side.workspace
    thread = workspace.start_assistant_thread(asker.user)
    workspace.wait_for(lambda: workspace.prompts.get((asker.direct, thread)))
    return asker.writes(README_QUESTION, thread_ts=thread)


def check_answer(answer: Message) -> None:
    """Check that it gives the README's answer, from the article that says so, with links to the very words."""
    for said in (str(answer["text"]), text_of(answer)):
        assert "had up to 6,500 fighters" in said
        assert "[1] CSTO draft would reinforce the Tajik–Afghan frontier" in re.sub("<[^|]*[|]|>", "", said)
        assert "Lanternfield Review, 28 September 2023 (" in said
    quote = answer["blocks"][1]["elements"][1]["elements"][0]["text"]
    assert "6,500" in quote
    to_the_words = [link for link in Workspace.links_of(answer) if "#" in link]
    assert to_the_words == [f"{BORDER}#:~:text={encoded(quote)}"] * 2
    assert set(Workspace.links_of(answer)) == {BORDER, *to_the_words}


def encoded(words: str) -> str:
    """Return words as they stand in a text fragment."""
    return quote(words, safe="").replace("-", "%2D")


@pytest.mark.parametrize("ask", [mention, directly, in_the_agent_pane, in_the_older_assistant_pane])
def test_the_question_of_the_readme_is_answered_with_the_words_that_say_so(
    side: Side, ask: Callable[[Asker], Asked]
) -> None:
    asker = side.asker()
    check_answer(ask(asker).answer("answered"))
    assert not side.workspace.channel_messages(asker.channel)[1:]


@pytest.mark.parametrize("order", [MESSAGE_FIRST, MENTION_FIRST])
def test_a_mention_that_comes_as_two_events_is_answered_once(side: Side, order: Order) -> None:
    asked = side.asker().mentions(README_QUESTION, order=order)
    asked.answer("answered")
    workspace = side.workspace
    workspace.wait_for(lambda: all(each.acknowledged for each in workspace.deliveries_about(asked.ts)))
    assert [each.payload["event"]["type"] for each in workspace.deliveries_about(asked.ts)] == list(order)
    asked.answer()


def test_an_event_that_is_sent_again_is_answered_once(side: Side) -> None:
    asked = side.asker().writes(README_QUESTION)
    asked.answer("answered")
    [delivery] = side.workspace.deliveries_about(asked.ts)
    for _ in range(3):
        side.workspace.resend(delivery.event_id)
    side.asker().writes(README_QUESTION).answer("answered")
    asked.answer()


def test_what_cannot_be_written_down_is_not_acknowledged_and_answered_once_it_can(side: Side) -> None:
    workspace, asker = side.workspace, side.asker()
    records = sqlite3.connect(side.home / "records.sqlite3", isolation_level=None)
    records.execute("BEGIN IMMEDIATE")
    asked = asker.writes(README_QUESTION)
    workspace.wait_for(lambda: len(workspace.deliveries_about(asked.ts)[0].attempts) > 1)
    assert not workspace.deliveries_about(asked.ts)[0].acknowledged
    records.execute("ROLLBACK")
    records.close()
    asked.answer("answered")
    workspace.wait_for(lambda: workspace.deliveries_about(asked.ts)[0].acknowledged)
    asked.answer()


def test_neither_tokens_nor_questions_stand_in_the_log(side: Side) -> None:
    side.asker().mentions(README_QUESTION).answer("answered")
    check_log(side.bot.log, side.workspace)


def test_a_question_with_a_file_is_answered(side: Side) -> None:
    files = [{"id": "F0MAP", "name": "map.png", "mimetype": "image/png"}]
    asker = side.asker()
    check_answer(asker.mentions(README_QUESTION, files=files).answer("answered"))
    check_answer(asker.writes(README_QUESTION, files=files).answer("answered"))


def test_a_reply_that_is_shown_in_the_channel_too_is_answered_in_its_thread(side: Side) -> None:
    asker = side.asker()
    root = asker.says("Something for the border pages")
    asked = asker.mentions(README_QUESTION, thread_ts=root.ts, broadcast=True)
    answer = asked.answer("answered")
    check_answer(answer)
    assert answer["thread_ts"] == root.ts
    assert answer.get("subtype") is None
    root.is_no_question()


def test_a_complete_question_in_the_middle_of_an_unseen_thread_is_answered(side: Side) -> None:
    asker = side.asker()
    root = asker.says("Something for the border pages")
    asker.says("Do we have a figure?", thread_ts=root.ts)
    check_answer(asker.mentions(README_QUESTION, thread_ts=root.ts).answer("answered"))


def test_of_a_leaning_question_in_an_unseen_thread_one_sentence_is_asked(side: Side) -> None:
    asker = side.asker()
    root = asker.says("CSTO has counted ISKP's fighters")
    asked = asker.mentions("and along which border?", thread_ts=root.ts)
    assert asked.answer("explained")["text"] == WHICH_QUESTION


@pytest.mark.parametrize("nothing", ["", "  ", "??", "help", "Hello!"])
def test_a_mention_without_a_question_is_told_how_to_ask(side: Side, nothing: str) -> None:
    asked = side.asker().mentions(nothing)
    assert asked.answer("explained")["text"] == HOW_TO_ASK


def test_the_suggested_prompt_is_told_how_to_ask(side: Side) -> None:
    assert side.asker().writes(HOW_DO_I_ASK).answer("explained")["text"] == HOW_TO_ASK


def test_while_a_question_is_looked_up_its_asker_sees_that(side: Side) -> None:
    workspace, asker = side.workspace, side.asker()
    workspace.fail("chat.update", RateLimits(1))
    asked = asker.writes(README_QUESTION)
    workspace.wait_for(asked.said)
    assert text_of(asked.said()[0]).strip() == "Searching 21 articles …"
    asked.answer("answered")
    workspace.wait_for(lambda: workspace.statuses.get((asker.direct, asked.ts)) == "")
    statuses = [
        call.arguments["status"]
        for call in workspace.calls_of("assistant.threads.setStatus")
        if call.arguments["thread_ts"] == asked.ts
    ]
    assert statuses == ["Searching 21 articles …", ""]


@pytest.mark.parametrize(
    "refusal",
    [AnswersError("missing_scope"), AnswersError("unknown_method"), AnswersStatus(500), Hangs(0.2)],
    ids=str,
)
def test_without_a_status_the_answer_comes_all_the_same(side: Side, refusal: Fault) -> None:
    workspace = side.workspace
    workspace.fail("assistant.threads.setStatus", refusal, times=None)
    check_answer(side.asker().writes(README_QUESTION).answer("answered"))
