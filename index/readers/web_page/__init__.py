"""News pages saved as HTML.

Trafilatura finds the text of most pages, and gets wrong what a footnote cannot afford: it guesses dates,
joins footnotes' numbers and struck-out figures to the figures beside them, glues table cells, and leaves out
short or repeated paragraphs. So the page is read here from its tree: what is not seen and what is not the
article's goes, the part that holds the article is the one that the page marks, and only where it marks none
trafilatura is asked where it is.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from index.articles import Draft
from index.errors import ReadError
from index.readers.bounds import check_length
from index.readers.web_page.article_part import article_part, is_prose, marked_bodies
from index.readers.web_page.authors import authors_of
from index.readers.web_page.blocks import Block, Kind, blocks_of, joined
from index.readers.web_page.facts import Facts, language_of, publisher_of, read_facts, url_of
from index.readers.web_page.furniture import drop_furniture
from index.readers.web_page.headline import find_headline, key, title_of, told_titles
from index.readers.web_page.json_ld import Node, article_node, site_names
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.page_dates import read_dates
from index.readers.web_page.phrases import is_error_title
from index.readers.web_page.source import parse_page
from index.readers.web_page.story import article_blocks, byline_blocks
from index.readers.web_page.tree import Element
from index.readers.web_page.unseen import drop_unseen

_LONGEST_ERROR = 100
"""Words of a page that says why there is no article."""

_FEWEST_WORDS = 8
"""Words that make a text of a page without a single paragraph."""

_SHORTEST_HOST = 5
"""Letters of a part of the site's address that can be its name."""

_REMEDY = "Open it in a browser, wait until the article shows, and save it again, or delete the file."


def read_web_page(content: bytes) -> Draft:
    """Return the article on the saved web page whose file holds `content`.

    Raises ReadError where the page holds no article: it is empty, only leads to others, or waits for a script;
    and where it holds more than one article can.
    """
    root = parse_page(content)
    if next(root.iter("frameset"), None) is not None:
        raise ReadError(
            "is a set of frames, without the text in them", "Save the frame that shows the article."
        )
    facts = read_facts(root)
    drop_unseen(root)
    blocks = blocks_of(root)
    check_length(sum(len(block.text) for block in blocks))
    headings = [block.text for block in blocks if block.kind is Kind.HEADING]
    article = article_node(facts.nodes, [facts.meta("ogtitle"), facts.title, *headings])
    site = _site_names(facts, article)
    told = told_titles(facts, article)
    headline = find_headline(blocks, told, site)
    title = title_of(told, facts.title, headline.text if headline else "", site)
    byline = byline_blocks(blocks, headline)
    within = _story_around(root, headline)
    dates = read_dates(facts, article, byline, within)
    authors = authors_of(facts, article, byline, within, site)
    text = _text(
        root, headline, {key(name) for name in (*told, title or "", *site)}, authors, _is_live(facts, root)
    )
    if is_error_title(title or "") and len(text.split()) < _LONGEST_ERROR:
        raise ReadError(f"is an error page (“{title}”)", _REMEDY)
    return Draft(
        text=text,
        title=title,
        url=url_of(facts),
        publisher=publisher_of(facts, article),
        authors=authors,
        published_at=dates.published,
        updated_at=dates.updated,
        language=language_of(facts, article),
    )


def _text(
    root: Element, headline: Block | None, titles: set[str], authors: tuple[str, ...], is_live: bool
) -> str:
    place = None if headline is None else headline.element
    bodies = marked_bodies(root, place)
    drop_furniture(root, bodies if place is None else [place, *bodies])
    part = article_part(root, place, bodies, is_live)
    blocks = article_blocks(blocks_of(root), part, headline, titles, authors)
    told = any(block.kind is not Kind.LOOSE or is_prose(block) for block in blocks)
    text = joined(blocks)
    if not told and len(text.split()) < _FEWEST_WORDS:
        raise ReadError("holds no article text", _REMEDY)
    return text


def _site_names(facts: Facts, article: Node) -> list[str]:
    """Return what the site is called, by itself and in its address."""
    handle = facts.meta("twittersite").lstrip("@")
    names = [name for name in (publisher_of(facts, article), *site_names(facts.nodes), handle) if name]
    address = url_of(facts)
    host = (urlsplit(address).hostname or "") if address else ""
    return (
        [*names, host, *[label for label in host.split(".") if len(label) >= _SHORTEST_HOST]]
        if host
        else names
    )


def _story_around(root: Element, headline: Block | None) -> Element:
    """Return the article that holds the headline, else the only one of the page, else the page."""
    if headline is not None:
        for outer in headline.element.iterancestors():
            if outer.tag in ("article", "main") or Role.ARTICLE in role_of(outer):
                return outer
    stories = list(root.iter("article"))
    return stories[0] if len(stories) == 1 else root


def _is_live(facts: Facts, root: Element) -> bool:
    """Tell whether the article is a running report, whose entries are articles to the page."""
    if any("LiveBlogPosting" in str(node.get("@type")) for node in facts.nodes):
        return True
    return any(
        re.search(r"\blive-?(?:blog|feed|updates?|report|ticker)", element.get("class") or "")
        for element in root.iter("*")
    )
