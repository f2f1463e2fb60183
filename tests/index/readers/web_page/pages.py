"""Pages that the tests of the web page reader are about, built from their parts."""

from __future__ import annotations

from index.articles import Draft
from index.readers.web_page import read_web_page

HEADLINE = "Storm closes port for two days"
SENTENCE = "<p>The port was closed on Monday by the storm.</p>"
SENTENCE_TEXT = "The port was closed on Monday by the storm."


def page(body: str, head: str = "") -> str:
    """Return a page with one article of `body` under a headline."""
    return (
        f"<html><head><title>{HEADLINE}</title>{head}</head>"
        f"<body><article><h1>{HEADLINE}</h1>{body}</article></body></html>"
    )


def read(body: str, head: str = "") -> Draft:
    """Read a page with one article of `body` under a headline."""
    return read_web_page(page(body, head).encode())
