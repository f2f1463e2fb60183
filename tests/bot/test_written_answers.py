"""The commands with a language model that writes: real commands, a real connection to a scripted server."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from tests.chat_server import ChatServer, Message, Refuses, Reply, Script, Step
from tests.process import COMMAND, called, environment

ISKP = "how many ISKP fighters did CSTO estimate?"
GOOD = "Colonel General Anatoly Sidorov estimated last year that ISKP had up to 6,500 fighters [1]."
SHOWN = GOOD.replace(" [1]", "")
BAD = "Colonel General Anatoly Sidorov estimated last year that ISKP had up to 9,500 fighters [1]."


def model(server: ChatServer, **settings: str) -> dict[str, str]:
    return {"FOOTNOTE_CHAT_MODEL": "openai:scripted", "FOOTNOTE_CHAT_BASE_URL": server.url, **settings}


def said(
    samples: Settings, script: Script, *arguments: str, stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command with the scripted model."""
    with ChatServer(script) as server:
        return called(samples.home, *arguments, stdin=stdin, **model(server, **settings))


def asked(samples: Settings, script: Script, *arguments: str, **settings: str) -> str:
    done = said(samples, script, "ask", ISKP, *arguments, **settings)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_verified_sentences_are_shown_with_sources_and_who_wrote_them(sample_settings: Settings) -> None:
    lines = asked(sample_settings, [f"{BAD} {GOOD}", "NO_ANSWER"]).splitlines()
    assert " ".join(lines[:2]) == f"{SHOWN} (“last year” as of 28 September 2023) [1]"
    assert "Sources" in lines
    assert "9,500" not in "\n".join(lines)
    assert lines[-2].startswith("confidence 0.")
    assert lines[-1].startswith("written by openai:scripted, ")
    assert lines[-1].endswith(" written")


def test_explained_are_what_was_dropped_and_why_and_the_time(sample_settings: Settings) -> None:
    out = asked(sample_settings, [f"{BAD} {GOOD}", "NO_ANSWER"], "--explain")
    told = out[out.index("The model wrote for ") :]
    assert "the first sentence shown after " in told
    assert "Dropped, because the passages do not bear it out:" in told
    assert "9,500 fighters." in told
    assert "Not borne out at first" not in told
    out = asked(sample_settings, [BAD, GOOD], "--explain")
    assert "Dropped" not in out
    assert "9,500" in out[out.index("Not borne out at first; the model's second try is shown:") :]


def test_json_says_how_it_was_written(sample_settings: Settings) -> None:
    shown = json.loads(asked(sample_settings, [f"{GOOD} {BAD}", "NO_ANSWER"], "--json"))
    assert [claim["text"] for claim in shown["claims"]] == [SHOWN]
    assert (shown["model"], shown["notice"], shown["reply"]) == ("openai:scripted", None, None)
    written = shown["written"]
    assert set(written) == {"text", "dropped", "repaired", "input_tokens", "output_tokens"}
    assert written["text"] == f"{GOOD} {BAD}\n\nNO_ANSWER"
    [dropped] = written["dropped"]
    assert dropped["text"] == BAD.replace(" [1]", "")
    assert dropped["reasons"]
    assert written["input_tokens"] > written["output_tokens"] > 0


def test_a_model_that_finds_nothing_declines(sample_settings: Settings) -> None:
    out = asked(sample_settings, ["NO_ANSWER"])
    assert out.startswith("The articles do not answer this. The passages found do not answer the question.")
    assert "Related, but not an answer:" in out


@pytest.mark.parametrize("reply", [Refuses(400), Refuses(401)])
def test_a_model_that_fails_is_stood_in_for_and_the_reader_told(
    sample_settings: Settings, reply: Reply
) -> None:
    out = asked(sample_settings, [reply])
    assert "6,500" in out.partition("Sources")[0]
    assert "The language model did not answer (openai:scripted " in " ".join(out.split())
    assert "these are the articles' own sentences." in " ".join(out.split())


def test_a_deadline_ends_a_model_that_never_does(sample_settings: Settings) -> None:
    def dripping() -> Iterator[str | float]:
        while True:
            yield "so "
            yield 0.05

    out = asked(sample_settings, [dripping()], FOOTNOTE_CHAT_DEADLINE="1.5")
    assert "The language model did not answer" in out


def test_small_talk_gets_a_line_and_asks_nobody(sample_settings: Settings) -> None:
    done = said(sample_settings, [], "ask", "thanks!")
    assert done.stdout == "You are welcome.\n"
    shown = json.loads(said(sample_settings, [], "ask", "thanks!", "--json").stdout)
    assert (shown["reply"], shown["declined"], shown["claims"], shown["index"]) == (
        "You are welcome.",
        False,
        [],
        None,
    )


def test_in_a_conversation_a_follow_up_is_rewritten_and_small_talk_forgotten(
    sample_settings: Settings,
) -> None:
    with ChatServer([GOOD, f"{ISKP} according to Sidorov", GOOD]) as server:
        done = called(sample_settings.home, "chat", stdin=f"{ISKP}\nthanks\nwho said so?\n", **model(server))
    assert done.returncode == 0, done.stderr
    first, reply, second = done.stdout.partition("You are welcome.")
    assert SHOWN[:40] in first
    assert reply
    assert SHOWN[:40] in second
    assert f"Reader: {ISKP}\nBot: {SHOWN}" in server.prompts[1]
    assert "thanks" not in server.prompts[1]


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"FOOTNOTE_CHAT_MODEL": "gpt"}, "'gpt'"),
        ({"FOOTNOTE_CHAT_MODEL": "nobody:gpt"}, "'nobody:gpt'"),
        ({"FOOTNOTE_PROMPTS": "/nowhere/at/all"}, "/nowhere/at/all"),
        ({"FOOTNOTE_CHAT_DEADLINE": "0"}, "FOOTNOTE_CHAT_DEADLINE"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_is_asked(
    sample_settings: Settings, settings: dict[str, str], name: str
) -> None:
    done = said(sample_settings, [], "ask", ISKP, **settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert len(done.stderr.splitlines()) == 1


def answering(messages: list[Message]) -> str:
    return GOOD if "ISKP" in messages[-1]["content"].rpartition("The question:")[2] else "NO_ANSWER"


def lines_of(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_batch_asks_several_at_once_and_answers_in_order(sample_settings: Settings) -> None:
    together = threading.Barrier(4, timeout=20)

    def reply(messages: list[Message]) -> Reply:
        def writing() -> Iterator[str]:
            together.wait()
            yield answering(messages)

        return writing()

    questions = [ISKP, "how many people were aboard the ferry?"] * 2
    stdin = "".join(json.dumps({"id": n, "question": text}) + "\n" for n, text in enumerate(questions))
    answers = lines_of(said(sample_settings, reply, "ask", "-", stdin=stdin))
    assert [each["id"] for each in answers] == [0, 1, 2, 3]
    assert [each["question"] for each in answers] == questions
    assert [bool(each["claims"]) for each in answers] == [True, False, True, False]


def test_a_wrong_line_of_a_batch_is_that_lines_alone(sample_settings: Settings) -> None:
    stdin = f'{{"id": 1}}\n{{"id": 2, "question": "{ISKP}"}}\nnonsense\n'
    done = said(sample_settings, answering, "ask", "-", stdin=stdin)
    assert done.returncode == 1
    first, second, third = lines_of(done)
    assert (first["id"], second["id"], third["id"]) == (1, 2, None)
    assert set(first) == set(third) == {"id", "error", "remedy"}
    assert second["claims"]


class Asking:
    """A `footnote ask` that runs beside the test."""

    def __init__(self, home: Path, server: ChatServer, question: str) -> None:
        self.process = subprocess.Popen(
            [COMMAND, "ask", question],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(home, COLUMNS="300", **model(server)),
        )

    def line(self) -> str:
        """Return the next line that it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@pytest.mark.parametrize("end", [" ", ""], ids=["a space follows", "nothing follows"])
def test_the_first_sentence_is_on_the_screen_while_the_model_is_still_writing(
    sample_settings: Settings, end: str
) -> None:
    go_on = threading.Event()
    reply: list[Step] = [GOOD[:30], GOOD[30:] + end, go_on, "Nobody else was asked."]
    with ChatServer([reply, "NO_ANSWER"]) as server:
        asking = Asking(sample_settings.home, server, ISKP)
        try:
            assert asking.line().startswith(SHOWN)
            assert asking.process.poll() is None
            go_on.set()
            rest, complaints = asking.process.communicate(timeout=30)
        finally:
            go_on.set()
            asking.process.kill()
    assert "Sources" in rest
    assert complaints == ""
