from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.logs import Log, set_up_logs

BOT, APP, SIGNING = "xoxb-12-34-AbCd", "xapp-1-A0-99-ffee", "not-a-secret-but-signs"
SECRETS = (BOT, APP, SIGNING)
OTHERS = ("xoxp-1-2-3", "xoxe.xoxb-1-Mi0y", "xoxe-1-My0x", "XOXB-1", "xoxa-2-abc", "xoxs-1.2_3", "xoxr-9")
"""Tokens that nobody has told it of."""

Say = Callable[[Log], object]


@pytest.fixture(autouse=True)
def _leave_logging_as_it_was() -> Iterator[None]:
    root, own = logging.getLogger(), logging.getLogger("footnote")
    handlers, level, own_level = list(root.handlers), root.level, own.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    own.setLevel(own_level)
    structlog.reset_defaults()


def said(capsys: pytest.CaptureFixture[str], say: Say, style: str = "text", level: str = "debug") -> str:
    """Return what is written for what is logged."""
    log = set_up_logs(style, level, (*SECRETS, ""))
    say(log)
    written = capsys.readouterr()
    assert written.out == ""
    return written.err


def raised(error: Exception) -> Exception:
    """Return an error that was raised from another one, each with the tokens in it."""
    error.__cause__ = ValueError(f"Bearer {BOT} in\nthe cause")
    return error


def foreign(message: str, *values: object, error: Exception | None = None, level: int = logging.ERROR) -> Say:
    return lambda _: logging.getLogger("slack_sdk.web").log(level, message, *values, exc_info=error)


class Odd:
    def __repr__(self) -> str:
        return f"Odd({BOT!r},\n{SIGNING})"


FAILURE = RuntimeError(f"no {APP} here")
SAYINGS: list[tuple[str, Say]] = [
    ("message", lambda log: log.info(f"said {BOT} and {APP} and {SIGNING}")),
    ("value", lambda log: log.warning("said", token=BOT, url=f"https://a.example/?t={APP}&s={SIGNING}")),
    ("nested", lambda log: log.error("said", body={"token": [BOT, {"app": APP}]}, signing=(SIGNING,))),
    ("object", lambda log: log.info("said", odd=Odd(), error=ValueError(APP), raw=SIGNING.encode())),
    ("glued", lambda log: log.info("said", glued=f"token_{BOT}%20{APP}x{SIGNING}x")),
    ("exception", lambda log: log.error("failed", exc_info=raised(FAILURE))),
    ("foreign", foreign("request with %s and %r", BOT, {"app": APP, "s": SIGNING})),
    ("foreign exception", foreign("failed", error=raised(FAILURE))),
    ("foreign warning", foreign(f"{BOT} {APP} {SIGNING}", level=logging.WARNING)),
    ("child", lambda _: logging.getLogger("footnote.child").info(f"sent {BOT} {APP} {SIGNING}")),
    *((f"unheard {token}", lambda log, token=token: log.info("said", was=f"“{token}”")) for token in OTHERS),
]


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("say", [say for _, say in SAYINGS], ids=[name for name, _ in SAYINGS])
def test_no_token_is_ever_written(capsys: pytest.CaptureFixture[str], style: str, say: Say) -> None:
    line = said(capsys, say, style)
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert "[token]" in line
    assert not any(secret in line for secret in SECRETS)
    assert not re.search(r"xox\w-|xapp-", line, re.I)
    assert style == "text" or json.loads(line)["level"] in ("info", "warning", "error")


@pytest.mark.parametrize("style", ["text", "json"])
def test_an_exception_is_written_with_its_causes_on_one_line(
    capsys: pytest.CaptureFixture[str], style: str
) -> None:
    for say in (
        lambda log: log.error("failed", exc_info=raised(FAILURE)),
        foreign("failed", error=raised(FAILURE)),
    ):
        line = said(capsys, say, style)
        assert line.count("\n") == 1
        assert "ValueError: Bearer [token] in the cause" in line
        assert "RuntimeError: no [token] here" in line


LINES = "one\ntwo\r\nthree\rfour\x0bfive\x0csix\x1cseven\x85eight\u2028nine\u2029ten\ttoll"


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize(
    "say",
    [
        lambda log: log.debug("question", question=12, text=LINES),
        lambda log: log.debug(LINES, question=12),
        lambda log: log.debug("question", question=12, text=[LINES]),
        foreign(LINES + " question=12"),
    ],
)
def test_a_line_stays_a_line_whatever_it_holds(
    capsys: pytest.CaptureFixture[str], style: str, say: Say
) -> None:
    line = said(capsys, say, style)
    assert len(line.splitlines()) == 1
    assert "one" in line
    assert "toll" in line
    assert "12" in line


@pytest.mark.parametrize("style", ["text", "json"])
def test_nothing_in_a_line_steers_a_terminal(capsys: pytest.CaptureFixture[str], style: str) -> None:
    line = said(capsys, lambda log: log.info("said", text="\x1b[2J\x07 \u202etoll \ud800"), style)
    assert line.rstrip("\n").isprintable()
    assert "toll" in line


def test_a_question_keeps_its_number_and_values_their_kind(capsys: pytest.CaptureFixture[str]) -> None:
    def say(log: Log) -> None:
        log.info("composed", question=12, outcome="answered", seconds=0.25, late=False, reason=None)

    line = json.loads(said(capsys, say, "json"))
    moment = line.pop("timestamp")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", moment)
    assert line == {
        "event": "composed",
        "level": "info",
        "question": 12,
        "outcome": "answered",
        "seconds": 0.25,
        "late": False,
        "reason": None,
    }
    line = said(capsys, say, "text")
    assert re.fullmatch(
        r"timestamp=\S+ level=info event=composed question=12 outcome=answered "
        r"seconds=0.25 late=false reason=\n",
        line,
    )


def test_in_text_a_value_with_spaces_is_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    line = said(capsys, lambda log: log.info("not taken in", error='no "such" file=x'))
    assert 'event="not taken in" error="no \\"such\\" file=x"' in line


@pytest.mark.parametrize(
    ("level", "written"),
    [
        ("debug", ["debug", "info", "warning", "error"]),
        ("info", ["info", "warning", "error"]),
        ("warning", ["warning", "error"]),
        ("error", ["error"]),
    ],
)
def test_only_what_is_as_grave_as_the_level_is_written(
    capsys: pytest.CaptureFixture[str], level: str, written: list[str]
) -> None:
    def say(log: Log) -> None:
        log.debug("debug")
        log.info("info")
        log.warning("warning")
        log.error("error")

    assert re.findall(r" event=(\w+)", said(capsys, say, level=level)) == written


def test_others_are_heard_from_warnings_on(capsys: pytest.CaptureFixture[str]) -> None:
    def say(_: Log) -> None:
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            logging.getLogger("urllib3").log(level, "level %s", level)

    assert re.findall(r'event="level (\d+)"', said(capsys, say)) == ["30", "40"]


def test_to_set_up_twice_writes_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json", "info")
    assert said(capsys, lambda log: log.info("ready")).count("ready") == 1


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters()), VALUES, st.sampled_from(SECRETS))
def test_any_value_becomes_one_line_without_the_token_in_it(
    capsys: pytest.CaptureFixture[str], text: str, value: Any, secret: str
) -> None:
    for style in ("text", "json"):
        line = said(
            capsys, lambda log: log.info(text + secret, value=[value, secret], text=secret + text), style
        )
        assert len(line.splitlines()) == 1
        assert secret not in line
        assert style == "text" or json.loads(line)["event"]
