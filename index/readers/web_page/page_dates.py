"""When an article was published and last changed, from what the page states; nothing is inferred.

The parser that the text comes from also guesses: a year in the text, a copyright line, a folder in the
address. A wrong date puts an answer in the wrong order, so a page that does not state one has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from index.dates import parse_date
from index.readers.web_page.blocks import Block
from index.readers.web_page.bylines import read_byline
from index.readers.web_page.facts import Facts
from index.readers.web_page.furniture import is_aside
from index.readers.web_page.json_ld import Node, page_node
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.tree import Element, json_text, text_of

_PUBLISHED_METAS = (
    (
        "articlepublishedtime",
        "articlepublished",
        "ogarticlepublishedtime",
        "ogpublishedtime",
        "publishedtime",
    ),
    (
        "datepublished",
        "parselypubdate",
        "sailthrudate",
        "cxenseparserecspublishtime",
        "cxenseparsepublishtime",
        "rnewsdatepublished",
        "btpubdate",
    ),
    (
        "pubdate",
        "publishdate",
        "publicationdate",
        "publisheddate",
        "publishedat",
        "publishtime",
        "publishingdate",
        "publicationdatetime",
        "originalpublicationdate",
        "articlepubdate",
        "articledateoriginal",
        "articleoriginaldate",
        "articlepublicationdate",
        "citationpublicationdate",
        "citationonlinedate",
        "displaydate",
        "iso8601publishdate",
        "pagepublishedtime",
        "posttime",
        "vrpublishedtime",
        "datepublic",
    ),
    (
        "dcdateissued",
        "dctermsissued",
        "dctermsavailable",
        "dcdatepublished",
        "dctermsdate",
        "dcdate",
        "dcdatecreated",
        "dctermscreated",
    ),
    ("date",),
)
_UPDATED_METAS = (
    (
        "articlemodifiedtime",
        "articlemodified",
        "articleupdatedtime",
        "ogarticlemodifiedtime",
        "ogmodifiedtime",
        "ogupdatedtime",
    ),
    (
        "datemodified",
        "lastmodified",
        "lastmod",
        "lastupdated",
        "modifieddate",
        "updateddate",
        "updatedtime",
        "moddate",
        "revised",
        "dctermsmodified",
        "dcdatemodified",
        "parselylastmodified",
        "articleupdated",
        "iso8601updatedate",
    ),
)

_MOST_TIMES = 20
"""In one block; a by-line has two."""


@dataclass(frozen=True, slots=True)
class PageDates:
    """The moments of publication and last change; None where the page does not state them for certain."""

    published: datetime | None
    updated: datetime | None


def read_dates(facts: Facts, article: Node, byline: list[Block], within: Element) -> PageDates:
    """Return the dates that the page states.

    `byline` are the blocks by the headline that may be a by-line, `within` the element that holds the article.
    """
    shown = [found for block in byline if (found := read_byline(_with_exact_times(block)))]
    page = page_node(facts.nodes)
    published = (
        _agreed([_json_date(article, "datePublished")])
        or _from_metas(facts, _PUBLISHED_METAS)
        or _agreed([_json_date(page, "datePublished")])
        or _agreed(_marked(within, "datePublished", Role.PUBLISHED))
        or _agreed(moment for line in shown for moment in line.published)
    )
    updated = (
        _agreed([_json_date(article, "dateModified")])
        or _from_metas(facts, _UPDATED_METAS)
        or _agreed([_json_date(page, "dateModified")])
        or _agreed(_marked(within, "dateModified", Role.UPDATED))
        or _agreed(moment for line in shown for moment in line.updated)
    )
    # A story scheduled for later was last touched before it came out: that was no update. And a page that
    # says so by mistake would otherwise be found for questions asked before it was there.
    if published and updated and updated < published:
        updated = None
    return PageDates(published, updated)


def _agreed(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the moment that all of `moments` name, the most exact of a day; None where days differ."""
    known = [moment for moment in moments if moment is not None]
    if len({moment.date() for moment in known}) > 1:
        return None
    # Midnight is a day without its time.
    return min((moment for moment in known if moment.time() != time.min), default=min(known, default=None))


def _json_date(node: Node, name: str) -> datetime | None:
    value = node.get(name)
    return parse_date(json_text(value[0] if isinstance(value, list) and value else value))


def _from_metas(facts: Facts, groups: Iterable[tuple[str, ...]]) -> datetime | None:
    for names in groups:
        found = _agreed(parse_date(value) for name in names for value in facts.metas.get(name, ()))
        if found:
            return found
    return None


def _marked(within: Element, itemprop: str, role: Role) -> Iterator[datetime | None]:
    """Yield the dates of the elements that their itemprop, pubdate or class marks as the article's."""
    for element in within.iter("*"):
        properties = f"{element.get('itemprop') or ''} {element.get('property') or ''}".replace(
            "schema:", ""
        ).split()
        marked = itemprop in properties or (element.get("pubdate") is not None and role is Role.PUBLISHED)
        if (
            not marked
            and within.getparent() is not None
            and next(element.iter("time", "abbr"), element) is element
        ):
            # WordPress writes "published updated" where the two are the same.
            told = role_of(element) & (Role.PUBLISHED | Role.UPDATED)
            marked = role in told and not (role is Role.UPDATED and Role.PUBLISHED in told)
        if marked and not is_aside(element, within):
            yield _value(element)


def _value(element: Element) -> datetime | None:
    for name in ("content", "datetime", "title"):
        if (moment := parse_date(element.get(name) or "")) is not None:
            return moment
    text = text_of(element)
    line = None if parse_date(text) else read_byline(text)
    moments = {*line.published, *line.updated} if line else {parse_date(text)}
    return moments.pop() if len(moments) == 1 else None


def _with_exact_times(block: Block) -> str:
    """Return the block's text with the dates of its time elements written out in full."""
    text = block.text
    for element in block.times[:_MOST_TIMES]:
        shown, moment = text_of(element), _value(element)
        if moment is None or not shown:
            continue
        told = role_of(element) & (Role.PUBLISHED | Role.UPDATED)
        label = "updated " if told == Role.UPDATED else "published " if told else ""
        text = text.replace(shown, f"{label}{moment.isoformat()}", 1)
    return text
