"""A real language model writes, small and often wrong, through the real commands; what is shown of it stands.

Deselected unless asked for (make test-model), because it has to be installed, and takes a minute or two.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.local_model import CHAT_MODEL, local_model
from bot.evaluation.plain_check import Cited, not_standing
from bot.settings import Settings
from tests.process import COMMAND, called, environment

pytestmark = pytest.mark.model

QUESTIONS = (
    "When was the Ambrell dam completed, and how high is it?",
    "Why did the Halcyon Tern capsize?",
    "What did a tonne of milling wheat cost at the end of September 2024?",
    "How many boats will stay in harbour under the lower cod quota?",
    "How many ISKP fighters did CSTO estimate?",
)
PROMPTS = Path(__file__).parent / "prompts"


@pytest.fixture(scope="module")
def settings() -> Iterator[Mapping[str, str]]:
    """What has the model, served on the loopback interface, write the answers."""
    with local_model() as address:
        yield {
            "FOOTNOTE_CHAT_MODEL": CHAT_MODEL,
            "FOOTNOTE_CHAT_BASE_URL": address,
            "FOOTNOTE_CHAT_CONTEXT": "700",
            "FOOTNOTE_CHAT_DEADLINE": "120",
            "FOOTNOTE_PROMPTS": str(PROMPTS),
        }


@pytest.fixture(scope="module")
def answers(sample_settings: Settings, settings: Mapping[str, str]) -> list[dict[str, Any]]:
    """The five questions' answers, as `footnote ask --json` prints them."""
    printed = [called(sample_settings.home, "ask", each, "--json", **settings) for each in QUESTIONS]
    assert [(each.returncode, each.stderr) for each in printed] == [(0, "")] * len(QUESTIONS)
    return [json.loads(each.stdout) for each in printed]


def cited(citation: Mapping[str, Any]) -> Cited:
    article = citation["article"]
    day = article["published_at"]
    published_at = datetime.fromisoformat(day) if day else None
    return Cited(citation["passage"]["text"], article["title"], article["publisher"], published_at)


def test_the_model_has_written_every_answer(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        assert answer["notice"] is None
        assert answer["written"]["text"]
        assert answer["written"]["input_tokens"] > answer["written"]["output_tokens"] > 0


def test_every_sentence_shown_passes_the_plain_check(answers: list[dict[str, Any]]) -> None:
    shown = 0
    for answer in answers:
        sources = {each["number"]: cited(each) for each in answer["citations"]}
        for claim in answer["claims"]:
            assert not_standing(claim["text"], [sources[number] for number in claim["citations"]]) == ()
            shown += 1
    assert shown, "It has written nothing that holds; are these questions too hard for it?"


def test_what_is_not_shown_is_recorded_with_the_reasons(answers: list[dict[str, Any]]) -> None:
    dropped = [each for answer in answers for each in answer["written"]["dropped"]]
    assert dropped, "It has written nothing that is wrong; are these questions too easy for it?"
    for each in dropped:
        assert each["text"]
        assert each["reasons"]


def test_the_first_sentence_is_told_before_the_writing_ends(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        seconds = answer["seconds"]
        assert ("first sentence" in seconds) is bool(answer["claims"])
        if answer["claims"]:
            first = seconds.pop("first sentence")
            assert first < sum(seconds.values())


def test_a_sentence_is_on_the_screen_before_the_command_ends(
    sample_settings: Settings, settings: Mapping[str, str]
) -> None:
    asking = subprocess.Popen(
        [COMMAND, "ask", QUESTIONS[0]],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(sample_settings.home, **settings),
    )
    assert asking.stdout is not None
    with asking, asking.stdout:
        first = asking.stdout.readline()
        still_running = asking.poll() is None
        rest = asking.stdout.read()
    assert first.startswith("The Ambrell dam")
    assert "Sources" in rest
    assert still_running
    assert asking.returncode == 0


def test_in_a_conversation_it_writes_as_well(sample_settings: Settings, settings: Mapping[str, str]) -> None:
    done = called(sample_settings.home, "chat", stdin=f"{QUESTIONS[0]}\nthanks\n", **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The Ambrell dam" in done.stdout
    assert f"written by {CHAT_MODEL}" in done.stdout
    assert "You are welcome." in done.stdout
