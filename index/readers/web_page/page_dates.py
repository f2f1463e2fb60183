"""When an article was published and last changed, from what the page states; nothing is inferred.

The parser that the text comes from also guesses: a year in the text, a copyright line, a folder in the
address. A wrong date puts an answer in the wrong order, so a page that does not state one has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from index.dates import parse_date
from index.readers.web_page.blocks import Block, Kind
from index.readers.web_page.bylines import read_byline
from index.readers.web_page.facts import Facts
from index.readers.web_page.json_ld import Node, page_node
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.tree import Element, json_text, text_of

_PUBLISHED_METAS = (
    ("articlepublishedtime", "articlepublished", "ogarticlepublishedtime", "ogpublishedtime", "publishedtime"),
    ("datepublished", "parselypubdate", "sailthrudate", "cxenseparserecspublishtime", "cxenseparsepublishtime", "rnewsdatepublished", "btpubdate"),
    ("pubdate", "publishdate", "publicationdate", "publisheddate", "publishedat", "publishtime", "publishingdate", "publicationdatetime",
     "originalpublicationdate", "articlepubdate", "articledateoriginal", "articleoriginaldate", "articlepublicationdate", "citationpublicationdate",
     "citationonlinedate", "displaydate", "iso8601publishdate", "pagepublishedtime", "posttime", "vrpublishedtime", "datepublic"),
    ("dcdateissued", "dctermsissued", "dctermsavailable", "dcdatepublished", "dctermsdate", "dcdate", "dcdatecreated", "dctermscreated"),
    ("date",),
)
_UPDATED_METAS = (
    ("articlemodifiedtime", "articlemodified", "articleupdatedtime", "ogarticlemodifiedtime", "ogmodifiedtime", "ogupdatedtime"),
    ("datemodified", "lastmodified", "lastmod", "lastupdated", "modifieddate", "updateddate", "updatedtime", "moddate", "revised",
     "dctermsmodified", "dcdatemodified", "parselylastmodified", "articleupdated", "iso8601updatedate"),
)
_HEADER_BLOCKS = 15
"""Blocks behind the headline among which a by-line is looked for."""


@dataclass(frozen=True, slots=True)
class PageDates:
    """The moments of publication and last change; None where the page does not state them for certain."""

    published: datetime | None
    updated: datetime | None


def read_dates(facts: Facts, article: Node, header: list[Block], within: Element) -> PageDates:
    """Return the dates that the page states.

    `header` are the blocks by the headline (`header_of`), `within` the element that the article is in.
    """
    shown = list(_shown(header))
    marked = [*_marked(within, "datePublished", Role.PUBLISHED)]
    published = (
        _agreed([_json_date(article, "datePublished")])
        or _from_metas(facts, _PUBLISHED_METAS)
        or _agreed([_json_date(page_node(facts.nodes), "datePublished")])
        or _agreed(marked)
        or _agreed(moment for moment, updated in shown if not updated)
    )
    updated = (
        _agreed([_json_date(article, "dateModified")])
        or _from_metas(facts, _UPDATED_METAS)
        or _agreed([_json_date(page_node(facts.nodes), "dateModified")])
        or _agreed(_marked(within, "dateModified", Role.UPDATED))
        or _agreed(moment for moment, updated in shown if updated)
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
    return max(known, default=None)


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
    """Yield the dates of the elements that are marked as the article's date by itemprop, pubdate or class."""
    ...
