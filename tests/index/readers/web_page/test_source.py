from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.web_page import read_web_page
from tests.index.readers.web_page.pages import page

QUOTED = "Café “quoted” costs €5 – it’s."


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset=iso-8859-1>", "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>", "cp1252"),
        ("<meta charset=iso-8859-1>", "utf-8"),
        ("", "utf-8"),
        ("", "cp1252"),
        ("", "utf-16"),
    ],
    ids=[
        "utf-8",
        "latin-1",
        "http-equiv",
        "wrongly-declared",
        "undeclared",
        "undeclared-cp1252",
        "byte-order-mark",
    ],
)
def test_encoding_is_found(declared: str, encoding: str) -> None:
    assert read_web_page((declared + page(f"<p>{QUOTED}</p>")).encode(encoding)).text == QUOTED


def test_stray_bytes_in_utf_8_are_cp1252() -> None:
    source = ("<meta charset=utf-8>" + page("<p>Café X costs.</p>")).encode().replace(b"X", b"\x93x\x94")
    assert read_web_page(source).text == "Café “x” costs."


def test_xhtml_with_a_self_closed_script_is_read() -> None:
    source = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><head><title>Titre du jour</title><script src="x"/>'
        "</head><body><div><h1>Titre du jour</h1><p>Le port est ferm&eacute;.</p></div></body></html>"
    )
    draft = read_web_page(source.encode())
    assert (draft.text, draft.language) == ("Le port est fermé.", "fr")


@pytest.mark.parametrize("wrapping", ["<div>", "<b><i>", "<span>"])
def test_tags_that_are_never_closed_lose_nothing(wrapping: str) -> None:
    source = wrapping * 10_000 + "<article><h1>Deep page here</h1><p>The text is here.</p></article>"
    draft = read_web_page(source.encode())
    assert (draft.title, draft.text) == ("Deep page here", "The text is here.")


def test_enormous_script_and_null_bytes_are_passed_over() -> None:
    source = f"<script>{'var x=1;' * 1_500_000}</script>" + page("<p>The port\0 was closed.</p>")
    assert read_web_page(source.encode()).text == "The port was closed."


# "by by" is a byline.
WORDS = st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=9).filter(lambda word: word != "by")
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=14).map(" ".join), min_size=1, max_size=8)
TAGS = (
    "html body head title p div span a ul ol li dl dt dd table tr td th caption h1 h2 article main header footer nav "
    "aside figure figcaption sup sub s q br img script style template time blockquote pre form button frameset textarea"
)
ATTRIBUTES = (
    "",
    "class=related",
    "class=article-body",
    "hidden",
    "style='display:none'",
    "href='#fn1'",
    "datetime=2023-01-01",
    "itemprop=articleBody",
    "rel=author",
    "colspan=9999999",
    "rowspan=3",
    "start=x",
    "type='application/ld+json'",
    "property='og:title'",
)
SNIPPETS = (
    "6,500",
    "By Jane Doe",
    "3 March 2023",
    "Related",
    "READ ALSO:",
    "The port was closed.",
    "&#147;",
    "<!--",
    "-->",
)
SOUP = st.lists(
    st.one_of(
        st.builds("<{} {}>".format, st.sampled_from(TAGS.split()), st.sampled_from(ATTRIBUTES)),
        st.builds("</{}>".format, st.sampled_from(TAGS.split())),
        st.sampled_from(SNIPPETS),
        st.text(max_size=12),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=100, deadline=None)
@given(PARAGRAPHS)
def test_every_paragraph_of_an_article_comes_back_in_order(paragraphs: list[str]) -> None:
    source = "<article>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</article>"
    assert read_web_page(source.encode()).text.split("\n\n") == paragraphs


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_draft_or_a_read_error(content: bytes) -> None:
    _text_or_error(content)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP)
def test_any_markup_gives_a_draft_or_a_read_error(source: str) -> None:
    text = _text_or_error(source.encode("utf-8", "replace"))
    assert not any("\ue000" <= character <= "\ue00f" for character in text)


def _text_or_error(content: bytes) -> str:
    try:
        text = read_web_page(content).text
    except ReadError as error:
        return error.message
    assert text.strip()
    return text
