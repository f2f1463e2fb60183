from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.slack.messages import Message, as_markdown, escape, literal
from bot.visible import visible
from tests.slack.markup import links_of, pings_of


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


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Up to 6,500 fighters. [1]", r"Up to 6,500 fighters. \[1\]"),
        ("**bold** _it_ ~no~ `x`", r"\*\*bold\*\* \_it\_ \~no\~ \`x\`"),
        ("[here](https://evil.example)", "\\[here\\](https:\u2060//evil.example)"),
        ("<!channel> <@U123>", "&lt;!channel&gt; &lt;@\u2060U123&gt;"),
        ("1. First", r"1\. First"),
        ("# Head", r"\# Head"),
        ("www.evil.example at 12:30", "www\u2060.evil.example at 12:\u206030"),
        ("a | b", r"a \| b"),
        ("C:\\dir &amp;", "C:\u2060\\\\dir &amp;amp;"),
    ],
)
def test_text_in_markdown_is_shown_as_it_is(text: str, markdown: str) -> None:
    assert as_markdown(text) == markdown


SIGNS = st.sampled_from(list("*_~`[]()<>!@#|\\&:/+-=.1 aU\n\t\"'{}$^%\u202e"))
PIECES = st.sampled_from(
    "<!channel> <@U0BOT> <#C0NEWS|x> [a](https://b.example) https://c.example/d www.e.example ``` --- |a| 1. # - "
    "&lt;!here&gt; ![i](j) someone@f.example \\< </b>".split()
)
TEXTS = st.lists(SIGNS | PIECES | st.text(max_size=3), max_size=12).map("".join)


@given(st.lists(TEXTS.map(visible).map(literal).map(str.strip).filter(bool), min_size=1, max_size=3))
def test_nothing_in_a_stream_is_live_whatever_the_text(texts: list[str]) -> None:
    markdown = "Searching …\n\n" + "".join(f"{as_markdown(text)} " for text in texts)
    _, _, _, opening, said, closing = parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    assert [each.type for each in (opening, said, closing)] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]
    assert len(parsed) == 6
    assert {each.type for each in said.children or ()} <= {"text", "text_special"}
    shown = "".join(each.content for each in said.children or ())
    assert shown.replace("\u2060", "").split() == " ".join(texts).replace("\u2060", "").split()
    message = {"text": markdown, "blocks": [{"type": "markdown", "text": markdown}]}
    assert not pings_of(message)
    assert not links_of(message)


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
