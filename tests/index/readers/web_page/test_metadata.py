from __future__ import annotations

import pytest

from index.readers.web_page import read_web_page
from index.readers.web_page.person_names import split_names
from tests.index.readers.web_page.pages import SENTENCE, read

SITE = "<meta property='og:site_name' content='Bay Post'>"


@pytest.mark.parametrize(
    ("source", "title"),
    [
        pytest.param(
            f"<title>Rise and fall - a story - Bay Post</title>{SITE}<div>{SENTENCE}</div>",
            "Rise and fall - a story",
            id="behind",
        ),
        pytest.param(
            f"<meta property='og:title' content='Storm hits | World | Bay Post'>{SITE}<h1>Storm hits</h1>{SENTENCE}",
            "Storm hits",
            id="with-a-section",
        ),
        pytest.param(
            "<title>Bay Post - Storm hits the bay</title><h1><a href='/'>Bay Post</a></h1>"
            f"<h2>Storm hits the bay</h2><div>{SENTENCE}</div>",
            "Storm hits the bay",
            id="in-front",
        ),
        pytest.param(
            f"<title>Bay Post</title>{SITE}<header><h1>Bay Post</h1></header>"
            f"<h2>Storm hits the bay</h2><div>{SENTENCE}</div>",
            "Storm hits the bay",
            id="site-s-name-alone",
        ),
        pytest.param(
            "<title>Tom &amp; Jerry&#8217;s shop &#8211; The Harbour Post</title>"
            f"<meta property=og:site_name content='The Harbour Post'><h1>The Harbour Post</h1>{SENTENCE}",
            "Tom & Jerry’s shop",
            id="entities",
        ),
    ],
)
def test_title_is_the_headline_without_the_site_s_name(source: str, title: str) -> None:
    assert read_web_page(source.encode()).title == title


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        pytest.param(
            "<meta name=author content='By Jane Doe and John Roe, Reuters'>",
            "",
            ("Jane Doe", "John Roe"),
            id="meta",
        ),
        pytest.param(
            "<meta property='article:author' content='https://social.example/jane'>",
            "<p class=byline>By Jane Doe</p>",
            ("Jane Doe",),
            id="not-an-address",
        ),
        pytest.param(
            "",
            "<p>By <a rel=author href=/j>Jane Doe</a> and <a rel=author href=/k>John Roe</a></p>",
            ("Jane Doe", "John Roe"),
            id="rel",
        ),
        pytest.param(
            "", "<p class=byline>By Jane Doe</p><p class=author>Jane Doe</p>", ("Jane Doe",), id="once"
        ),
        pytest.param("", "<p>By A. Writer | March 3, 2023</p>", ("A. Writer",), id="visible"),
    ],
)
def test_authors_are_persons(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert read(body + SENTENCE, head).authors == authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Reuters", ["Reuters"]),
        ("Doe, Jane", ["Jane Doe"]),
        ("Jane Doe, Jr.", ["Jane Doe, Jr."]),
        ("Jane Doe, Political Editor", ["Jane Doe"]),
        ("JANE DOE in Kabul and JOHN ROE", ["JANE DOE", "JOHN ROE"]),
        ("By Jane Doe | March 3, 2023", ["Jane Doe"]),
        ("Sandra Anderson", ["Sandra Anderson"]),
        ("https://social.example/jane", []),
        ("admin", []),
    ],
)
def test_names_are_split(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href='https://a.example/x'>", "https://a.example/x"),
        (
            "<link rel=canonical href='/x'><meta property='og:url' content='https://a.example/x'>",
            "https://a.example/x",
        ),
        ("<link rel=canonical href='ftp://a.example/x'>", None),
        ("<link rel=canonical href='https://a.example/'>", None),
    ],
    ids=["canonical", "open-graph", "other-scheme", "front-page"],
)
def test_url_is_whole_and_the_article_s(head: str, url: str | None) -> None:
    assert read(SENTENCE, head).url == url


def test_publisher_and_language_are_read() -> None:
    draft = read(SENTENCE, f"{SITE}<meta property='og:locale' content='fr_FR'>")
    assert (draft.publisher, draft.language) == ("Bay Post", "fr")
