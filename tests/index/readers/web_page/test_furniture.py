from __future__ import annotations

import pytest

from index.readers.web_page import read_web_page
from tests.index.readers.web_page.pages import SENTENCE, SENTENCE_TEXT, page, read

END = "<p>It reopens on Tuesday.</p>"
EXPECTED = f"{SENTENCE_TEXT}\n\nIt reopens on Tuesday."


@pytest.mark.parametrize(
    "furniture",
    [
        pytest.param(
            "<aside class=related><h3>Related</h3><ul><li><a href=/a>Ferry fares rise again this year</a></li></ul>"
            "</aside>",
            id="aside",
        ),
        pytest.param(
            "<div class=zz><p>Related</p><p><a href=/x>Ferry fares rise again this year</a></p></div>",
            id="box",
        ),
        pytest.param(
            "<h3>More from Harbour</h3><div><a href=/x><img src=z>Ferry fares rise again this year</a></div>",
            id="heading-and-divisions",
        ),
        pytest.param(
            "<div class=foo><h4>You may also like</h4><div><h5><a href=/x>Ferry fares rise</a></h5>"
            "<p>Fares go up in May, the firm said.</p></div></div>",
            id="cards",
        ),
        pytest.param(
            "<section aria-label='Related stories'><p><a href=/x>One story</a></p><p>A teaser.</p></section>",
            id="label-for-screen-readers",
        ),
        pytest.param("<p>READ ALSO: <a href=/x>Ferry fares rise again</a></p>", id="pointer"),
        pytest.param("<p>READ MORE: Ferry fares rise again</p>", id="pointer-without-link"),
        pytest.param("<p><a href=/r>Ferry fares rise again this year</a></p>", id="headline-alone"),
        pytest.param("<figure><img><figcaption>The harbour at dawn.</figcaption></figure>", id="figure"),
        pytest.param("<div class=wp-caption><img><p>The harbour at dawn.</p></div>", id="caption"),
        pytest.param("<p><img><br><em>The harbour at dawn.</em></p>", id="caption-by-shape"),
        pytest.param("<p>Photo: Jane Doe / AFP</p>", id="credit"),
        pytest.param(
            "<div class=share-bar><a href=#>Share on Facebook</a><button>Copy link</button></div>", id="share"
        ),
        pytest.param("<p>Advertisement</p>", id="advertisement"),
        pytest.param("<p>Sign up for our newsletter</p>", id="newsletter"),
        pytest.param("<p>We use cookies to make this site better.</p>", id="cookies"),
        pytest.param("<p>© 2023 Harbour Post</p>", id="copyright"),
        pytest.param("<p>Tags: storm, port</p>", id="tags"),
        pytest.param(
            "<div id=comments><p>This comment is long and no text of the article.</p></div>", id="comments"
        ),
        pytest.param("<p>Subscribe to continue reading</p>", id="prompt"),
    ],
)
def test_furniture_in_the_article_is_no_text(furniture: str) -> None:
    assert read(SENTENCE + furniture + END).text == EXPECTED


def test_portrait_of_the_author_at_the_end_is_no_text() -> None:
    body = SENTENCE + "<p>Jane Doe is a reporter at the Post.</p>"
    assert read(body, "<meta name=author content='Jane Doe'>").text == SENTENCE_TEXT


def test_sentence_that_begins_like_a_pointer_stays() -> None:
    body = SENTENCE + "<p>Read more than 40 books a year, he said.</p>"
    assert read(body).text.endswith("Read more than 40 books a year, he said.")


def test_fact_box_stays() -> None:
    box = "<aside><h3>At a glance</h3><p>Ships waiting: 40. Cranes lost: 2.</p></aside>"
    assert "At a glance\n\nShips waiting: 40. Cranes lost: 2." in read(SENTENCE + box + END).text


def test_names_are_believed_only_as_a_whole() -> None:
    source = (
        "<html><body class='has-sidebar related-on'><div class='related-on has-comments'>"
        "<article class='share-holders-report comment'><h1>Holders meet in town</h1>"
        "<div class='share-holders-report'><p>Shareholders met.</p><p class='credit-union-story'>The union grew.</p>"
        "<div class='content-sidebar-wrap'><p>All inside.</p></div></div></article></div></body></html>"
    )
    assert read_web_page(source.encode()).text == "Shareholders met.\n\nThe union grew.\n\nAll inside."


def test_consent_note_beside_the_article_is_no_text() -> None:
    source = page(SENTENCE).replace(
        "<body>",
        "<body><div id=onetrust-consent-sdk><p>We and our partners process your data to do things.</p></div>",
    )
    assert read_web_page(source.encode()).text == SENTENCE_TEXT
