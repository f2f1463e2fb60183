from __future__ import annotations

import re
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.visible import safe_link, visible

JOINERS = "\u200c\u200d\u00ad"
STEERING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Up to 6,500 fighters.", "Up to 6,500 fighters.", id="plain"),
        pytest.param("", "", id="nothing"),
        pytest.param("\x1b[31mred\x1b[0m", "␛[31mred␛[0m", id="colour"),
        pytest.param("\x1b[2J\x1b[H", "␛[2J␛[H", id="clear the screen"),
        pytest.param("\x1b]0;owned\x07", "␛]0;owned␇", id="window title"),
        pytest.param(
            "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
            "␛]8;;https://evil.example␛\\x␛]8;;␛\\",
            id="OSC 8",
        ),
        pytest.param("\x9b31m", "⟨U+009B⟩31m", id="C1 control"),
        pytest.param("\x9d0;owned\x9c", "⟨U+009D⟩0;owned⟨U+009C⟩", id="C1 window title"),
        pytest.param("a\x00b\x08c\x7f", "a␀b␈c␡", id="NUL, backspace, delete"),
        pytest.param("pay \u202e001\u202c now", "pay ⟨U+202E⟩001⟨U+202C⟩ now", id="direction override"),
        pytest.param("\u2066left\u2069", "⟨U+2066⟩left⟨U+2069⟩", id="direction isolate"),
        pytest.param("6\u200b5\ufeff00", "6⟨U+200B⟩5⟨U+FEFF⟩00", id="zero width"),
        pytest.param("\U000e0041", "⟨U+E0041⟩", id="tag character"),
        pytest.param("a\ud800b", "a⟨U+D800⟩b", id="lone surrogate"),
        pytest.param("\ue000 \uffff", "⟨U+E000⟩ ⟨U+FFFF⟩", id="private use, no character"),
        pytest.param("one\ntwo\r\nthree\rfour", "one two three four", id="lines"),
        pytest.param("one\u2028two\u2029three\x85four", "one two three four", id="Unicode's lines"),
        pytest.param("  a\t\x0bb \x0c ", "a b", id="white space"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a joiner that Persian needs"),
        pytest.param("👩\u200d👧 Mo\u00adnat", "👩\u200d👧 Mo\u00adnat", id="family, soft hyphen"),
        pytest.param("Zoë naïve 理事会 \u0130", "Zoë naïve 理事会 \u0130", id="other letters"),
        pytest.param("[red]x[/red] :smile: <b>", "[red]x[/red] :smile: <b>", id="markup is no control"),
    ],
)
def test_what_would_steer_a_terminal_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_nothing_shown_steers(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in STEERING and c not in JOINERS]
    assert visible(shown) == shown


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_text_without_controls_passes_unchanged(text: str) -> None:
    assert visible(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://harbour.example.org/a?b=c&d=%20#e", "https://harbour.example.org/a?b=c&d=%20#e"),
        ("http://example.org", "http://example.org"),
        ("HTTPS://Example.org/A", "HTTPS://Example.org/A"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a\nb", "https://example.org/a%0Ab"),
        ("https://example.org/\x1b\\x\x07\x9c", "https://example.org/%1B%5Cx%07%C2%9C"),
        ('https://example.org/"><b>', "https://example.org/%22%3E%3Cb%3E"),
        ("https://example.org/[link=x]", "https://example.org/[link=x]"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://example.org/zoë/\u202e", "https://example.org/zo%C3%AB/%E2%80%AE"),
        ("https://example.org/\ud800", "https://example.org/%ED%A0%80"),
        (None, None),
        ("", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)//https://example.org", None),
        ("data:text/html,https://example.org", None),
        ("file:///etc/passwd", None),
        ("ftp://example.org", None),
        ("//example.org/a", None),
        ("example.org/a", None),
        ("https:example.org", None),
        ("https:///a", None),
        ("https://", None),
        ("https:// example.org", None),
        ("ht\ntps://example.org", None),
        ("\x01https://example.org", None),
        ("https://[example.org", None),
        ("https://\u2100.example.org", None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: str | None) -> None:
    assert safe_link(url) == link


@given(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(
            ["", "https://", "http://a", "HTTP://a/", "javascript:", "https://a/?", "\x1b", "ht\ttp://a"]
        ),
        st.text(st.characters(), max_size=20),
        st.sampled_from(["", "\x1b\\", '"]', "//https://a"]),
    )
)
def test_a_link_is_printable_ascii_and_leads_to_the_web(url: str) -> None:
    link = safe_link(url)
    if link is not None:
        assert re.match(r"https?://[^/?#]", link, re.IGNORECASE)
        assert set(link) <= set(string.ascii_letters + string.digits + string.punctuation) - set('"<>\\^`{|}')
