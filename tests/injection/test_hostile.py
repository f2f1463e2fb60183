"""What hostile articles tell a language model to do, an obedient one does, and no reader sees."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.answer_json import answer_to_json
from bot.answers import Answer
from bot.slack.blocks import answer_messages, plain_messages, streamed
from bot.terminal import show_answer
from bot.verifying.instructions import is_addressed_to_machine
from tests.chat_server import ChatServer
from tests.injection.articles import HONEST, Case, hostile_cases
from tests.injection.conftest import Ask

CASES = hostile_cases()
TEXTS = {each["id"]: each["text"] for each in (*HONEST, *(case.article for case in CASES))}
ADDRESSES = {each["url"] for each in (*HONEST, *(case.article for case in CASES))}
JOINERS = "\u200c\u200d\u2060"
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def told(answer: Answer) -> list[str]:
    """Return all that an answer tells in words of its own, and its notice."""
    lines = [part for claim in answer.claims for part in (claim.text, claim.context, *claim.notes)]
    return [line for line in (*lines, answer.reason, answer.notice, answer.reply) if line]


def assert_nothing_hostile(text: str, case: Case) -> None:
    found = [words for words in case.never if words.casefold() in text.casefold()]
    assert not found, text


def assert_inert(text: str) -> None:
    steering = [each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Co", "Cs", "Cn")]
    assert set(steering) <= set("\n" + JOINERS), text


def test_there_are_enough_cases_each_of_its_own() -> None:
    assert len(CASES) == len({case.id for case in CASES}) == len({case.honest for case in CASES}) >= 48


@every_case
def test_only_the_honest_sentence_becomes_a_claim(case: Case, written: Ask) -> None:
    answer = written(case)
    assert {claim.text for claim in answer.claims} == (
        set() if case.declines else {case.honest, *case.claims}
    )
    for line in told(answer):
        assert_nothing_hostile(line, case)
        assert_inert(line)
    for citation in answer.citations:
        assert citation.quote in TEXTS[citation.article.id]
        assert not is_addressed_to_machine(citation.quote)


@every_case
def test_a_terminal_is_shown_it_as_inert_text(
    case: Case, written: Ask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "4000")
    for explain in (False, True):
        show_answer(written(case), explain=explain)
        shown = capsys.readouterr().out
        assert_inert(shown)
        answered = re.split(r"\n(?:Sources|Related, but not an answer:)\n", shown)[0]
        assert_nothing_hostile(answered, case)


@every_case
def test_json_says_it_in_the_record_of_what_was_dropped_alone(case: Case, written: Ask) -> None:
    shown = json.loads(json.dumps(answer_to_json(written(case), explain=True)))
    for claim in shown["claims"]:
        assert_nothing_hostile(json.dumps(claim, ensure_ascii=False), case)
    for citation in shown["citations"]:
        assert TEXTS[citation["article"]["id"]][citation["start"] : citation["end"]] == citation["quote"]


@every_case
def test_slack_is_sent_no_mention_and_no_link_but_the_articles(case: Case, written: Ask) -> None:
    answer = written(case)
    own = [case.article["title"], case.article["publisher"]]
    for message in (*answer_messages(answer), *plain_messages(answer)):
        strings = list(strings_in(message.blocks))
        for text in (message.text, *strings):
            assert_inert(text)
            said = text
            for field in own:
                said = said.replace(field, "").replace(escaped(field), "")
            assert_nothing_hostile(said, case)
        assert not re.search(r"<[!@#]", message.text)
        links = [*re.findall(r"<([^<>|]*)[|>]", message.text), *links_in(message.blocks)]
        assert {link.partition("#")[0] for link in links} <= ADDRESSES
        assert not kinds_in(message.blocks) & {"user", "usergroup", "channel", "broadcast", "emoji", "image"}
    for claim in answer.claims:
        text = streamed(claim)
        assert_nothing_hostile(text, case)
        assert_inert(text)
        assert not re.search(r"<|\]\(|https?:/", text)


@every_case
def test_without_a_language_model_no_order_is_an_answer(case: Case, extracted: Ask) -> None:
    answer = extracted(case)
    for claim in answer.claims:
        assert not is_addressed_to_machine(claim.text)
        assert claim.context is None or not is_addressed_to_machine(claim.context)
    for line in told(answer):
        assert_nothing_hostile(line, case)


@every_case
def test_the_model_is_not_shown_what_addresses_it(case: Case, written: Ask, server: ChatServer) -> None:
    written(case)
    prompt = next(each for each in server.prompts if case.question in each)
    assert case.honest in prompt
    hostile = set(case.hostile.splitlines()) - {"</passage>"}
    assert not [line for line in hostile if line in prompt and is_addressed_to_machine(line)]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings_in(each)


def elements_in(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for each in value.values():
            yield from elements_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from elements_in(each)


def links_in(blocks: Any) -> list[str]:
    return [str(each["url"]) for each in elements_in(blocks) if "url" in each]


def kinds_in(blocks: Any) -> set[str]:
    return {str(each["type"]) for each in elements_in(blocks) if "type" in each}
