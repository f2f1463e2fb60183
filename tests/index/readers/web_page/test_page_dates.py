from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.readers.web_page import read_web_page
from tests.index.readers.web_page.pages import SENTENCE, read

MARCH_3 = datetime(2023, 3, 3, tzinfo=UTC)
MARCH_4 = datetime(2023, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        pytest.param(
            "<meta name=parsely-pub-date content='2023-03-03T10:00:00Z'>",
            "",
            MARCH_3.replace(hour=10),
            id="parsely",
        ),
        pytest.param("<meta name=DC.date.issued content='2023-03-03'>", "", MARCH_3, id="dublin-core"),
        pytest.param(
            "<meta property='article:published_time' content='2023-03-03T10:00:00+01:00'>",
            "",
            MARCH_3.replace(hour=9),
            id="zone",
        ),
        pytest.param("", "<meta itemprop=datePublished content='2023-03-03'>", MARCH_3, id="itemprop"),
        pytest.param("", "<time pubdate datetime='2023-03-03'>x</time>", MARCH_3, id="pubdate"),
        pytest.param("", "<span class=date>3 March 2023</span>", MARCH_3, id="beside-the-headline"),
        pytest.param("", "<p>By A. Writer | March 3, 2023</p>", MARCH_3, id="by-line"),
        pytest.param("", "<p>Published 3 March 2023</p>", MARCH_3, id="label"),
        pytest.param(
            '<script type="application/ld+json">[{"@type":["NewsArticle"],"datePublished":"2023-03-03"},]</script>',
            "",
            MARCH_3,
            id="json-ld-with-a-comma-too-many",
        ),
        pytest.param(
            '<script type="application/ld+json">['
            '{"@type":"NewsArticle","headline":"Other","datePublished":"2020-01-01"},'
            '{"@type":"NewsArticle","headline":"Storm closes port for two days",'
            '"datePublished":"2023-03-03"}]</script>',
            "",
            MARCH_3,
            id="json-ld-of-several-articles",
        ),
    ],
)
def test_stated_date_is_found(head: str, body: str, published: datetime) -> None:
    assert read(body + SENTENCE, head).published_at == published


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param("", "<p>In 2019, on 4 May 2019, it was sold.</p>", id="in-the-text"),
        pytest.param(
            "", "<p>The fair opens on <time datetime='2023-05-01'>1 May</time> at noon.</p>", id="of-an-event"
        ),
        pytest.param("", "<img src='/2020/01/01/a.jpg'>", id="path-of-an-image"),
        pytest.param("<link rel=canonical href='https://a.example/2021/05/03/port'>", "", id="address"),
        pytest.param("<meta name=copyright content=2018>", "<footer>© 2018 Post</footer>", id="copyright"),
        pytest.param("", "<p>Published 03/04/2023</p>", id="day-or-month-first"),
        pytest.param("", "<p>Published: March 2023</p>", id="no-day"),
        pytest.param("", "<p>By A. Writer, 3 hours ago</p>", id="relative"),
        pytest.param("", "<p>Event: 3 March 2023</p>", id="other-label"),
        pytest.param("", f"{SENTENCE}<h2>3 March 2023</h2>", id="subheading"),
        pytest.param(
            "",
            "<div id=comments><time class=published datetime='2020-01-01'>x</time></div>",
            id="of-a-comment",
        ),
        pytest.param(
            "",
            "<ul class=related><li><time datetime='2020-01-01'>x</time> <a href=x>A story</a></li></ul>",
            id="of-a-related-story",
        ),
        pytest.param("<meta property='article:published_time' content='2099-01-01'>", "", id="future"),
        pytest.param(
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-13-45"}</script>',
            "",
            id="invalid",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type":"ItemList","itemListElement":'
            '[{"@type":"NewsArticle","datePublished":"2020-01-01"}]}</script>',
            "",
            id="json-ld-of-other-stories",
        ),
    ],
)
def test_date_is_never_invented(head: str, body: str) -> None:
    assert read(body + SENTENCE, head).published_at is None


def test_day_in_the_masthead_is_not_the_article_s() -> None:
    source = f"<body><div>Monday, 5 June 2023</div><h1>Port is shut now</h1>{SENTENCE}</body>"
    assert read_web_page(source.encode()).published_at is None


def test_update_is_told_from_publication() -> None:
    draft = read(f"<p>Published: 3 March 2023<br>Updated: 4 March 2023</p>{SENTENCE}")
    assert (draft.published_at, draft.updated_at) == (MARCH_3, MARCH_4)


def test_update_alone_is_no_publication() -> None:
    draft = read(f"<p>Updated 4 March 2023</p>{SENTENCE}")
    assert (draft.published_at, draft.updated_at) == (None, MARCH_4)


def test_change_before_publication_is_no_update() -> None:
    head = (
        "<meta property='article:published_time' content='2023-03-04'>"
        "<meta property='article:modified_time' content='2023-03-03'>"
    )
    draft = read(SENTENCE, head)
    assert (draft.published_at, draft.updated_at) == (MARCH_4, None)
