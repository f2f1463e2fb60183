"""The real bot with a language model that is scripted, asked over HTTP: what it writes, and what of it is shown."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.bot.slack.asking import BORDER, README_QUESTION, Asked, Side
from tests.bot.slack.conftest import NewHome
from tests.chat_server import ChatServer, Refuses, Reply
from tests.chat_server import Message as Said
from tests.slack.running_bot import RunningBot, Start, is_settled
from tests.slack.workspace import Workspace

MADE_UP = "The CSTO also counted 9,999 tanks"


@dataclass(slots=True)
class Script:
    """Writes a sentence that the passages hold, and once it `may_go_on` one that they do not; `fails` refuses all."""

    may_go_on: threading.Event = field(default_factory=threading.Event)
    fails: bool = False

    def __call__(self, messages: list[Said]) -> Reply:
        if self.fails:
            return Refuses(400, "There is no such model.")
        asked = messages[-1]["content"]
        if MADE_UP in asked:
            return "NO_ANSWER"
        number = _passage_with("6,500 fighters", asked)
        return [
            f"{_sentence_with('6,500 fighters', asked)} [{number}]. ",
            self.may_go_on,
            f"{MADE_UP} [{number}].",
        ]


def _passages(asked: str) -> list[tuple[str, str]]:
    return re.findall(r'<passage number="(\d+)"[^>]*>\n(.*?)\n</passage>', asked, re.DOTALL)


def _passage_with(words: str, asked: str) -> str:
    return next(number for number, text in _passages(asked) if words in text)


def _sentence_with(words: str, asked: str) -> str:
    text = next(text for _, text in _passages(asked) if words in text)
    return next(each for each in re.split(r"(?<=[a-z])\.\s", text) if words in each).rstrip(".")


@dataclass(slots=True)
class Written:
    """The bot, what its language model says, and the server that says it."""

    side: Side
    script: Script
    server: ChatServer


@pytest.fixture(scope="module")
def running(born: Start, new_home: NewHome) -> Iterator[Written]:
    script, home = Script(), new_home("written")
    with ChatServer(script) as server, Workspace(retry_delays=(0.5, 1.0)) as workspace:
        settings = {"FOOTNOTE_CHAT_MODEL": "openai:scripted", "FOOTNOTE_CHAT_BASE_URL": server.url}
        with RunningBot(workspace, home, begin=born, **settings) as bot:
            yield Written(Side(workspace, bot, home, ""), script, server)
            assert bot.stop() == 0
            assert not workspace.pings
            assert not workspace.warnings


@pytest.fixture
def written(running: Written) -> Iterator[Written]:
    running.script.may_go_on = threading.Event()
    running.script.fails = False
    yield running
    running.script.may_go_on.set()


def seen_early(asked: Asked) -> str:
    """Return what is seen while the language model still writes, once there is a sentence."""
    workspace = asked.side.workspace
    workspace.wait_for(lambda: len(asked.said()) == 1 and "6,500" in asked.said()[0]["text"], 20)
    [message] = asked.said()
    assert not is_settled(message)
    assert workspace.is_streaming(asked.channel, message["ts"])
    return str(message["text"])


@pytest.mark.parametrize("direct", [False, True])
def test_a_verified_sentence_is_seen_while_the_model_writes_and_nothing_made_up_ever(
    written: Written, direct: bool
) -> None:
    asker = written.side.asker()
    asked = asker.writes(README_QUESTION) if direct else asker.mentions(README_QUESTION)
    early = seen_early(asked)
    written.script.may_go_on.set()
    answer = asked.answer("answered")
    assert "had up to 6,500 fighters" in early
    assert "had up to 6,500 fighters" in answer["text"]
    assert [link for link in Workspace.links_of(answer) if link.startswith(f"{BORDER}#:~:text=")]
    shown = [str(call.arguments) for call in written.side.workspace.calls]
    assert not [each for each in shown if "tanks" in each]


def test_where_the_model_fails_the_articles_own_sentences_answer_and_a_line_says_so(written: Written) -> None:
    written.script.fails = True
    answer = written.side.asker().mentions(README_QUESTION).answer("answered")
    assert "had up to 6,500 fighters" in answer["text"]
    notices = [each for each in answer["blocks"] if each["type"] == "context"]
    assert len(notices) == 2


def test_thanks_get_a_reply_and_no_answer(written: Written) -> None:
    asked_before = len(written.server.requests)
    answer = written.side.asker().writes("thanks!").answer("explained")
    assert "[1]" not in answer["text"]
    assert len(written.server.requests) == asked_before
