from __future__ import annotations

import json

import pytest

from bot.slack.messages import Message, escape, literal


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Up to 6,500 fighters.", "Up to 6,500 fighters."),
        ("a < b && b > c", "a &lt; b &amp;&amp; b &gt; c"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<https://evil.example|here>", "&lt;https://evil.example|here&gt;"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
    ],
)
def test_escaped_text_is_shown_as_it_is(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("<!channel>", "<\u2060!channel>"),
        ("<@U123> and <#C123>", "<\u2060@U123> and <\u2060#C123>"),
        ("<<!here>>", "<<\u2060!here>>"),
        ("a < b! #1 @home", "a < b! #1 @home"),
        ("<b>", "<b>"),
    ],
)
def test_what_would_be_a_mention_is_broken_and_nothing_else(text: str, harmless: str) -> None:
    assert literal(text) == harmless
    assert literal(harmless) == harmless


def test_a_message_survives_being_kept() -> None:
    message = Message("*a* – b", ({"type": "divider"}, {"type": "context", "elements": []}))
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message
    assert Message.from_json(Message("a").to_json()) == Message("a")


@pytest.mark.parametrize(
    ("message", "fits"),
    [
        pytest.param(Message("a" * 3_900), True, id="a long text"),
        pytest.param(Message("a" * 3_901), False, id="a text too long"),
        pytest.param(Message("a", ({"type": "divider"},) * 45), True, id="many blocks"),
        pytest.param(Message("a", ({"type": "divider"},) * 46), False, id="too many blocks"),
        pytest.param(Message("a", ({"text": "a" * 3_000},)), True, id="a long string"),
        pytest.param(Message("a", ({"elements": [{"text": "a" * 3_001}]},)), False, id="a string too long"),
        pytest.param(Message("a", ({"text": "a" * 2_900},) * 4), True, id="long blocks"),
        pytest.param(Message("a", ({"text": "a" * 2_999},) * 4), False, id="blocks too long together"),
        pytest.param(Message("a", ({"text": "", "type": "x" * 60},) * 45), True, id="short keys"),
        pytest.param(Message("a", ({"type": "x" * 300},) * 45), False, id="keys and kinds count too"),
    ],
)
def test_slacks_limits_are_known(message: Message, fits: bool) -> None:
    assert message.fits == fits
