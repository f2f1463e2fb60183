"""Which part of a page is its article: what the page marks as it, else what trafilatura takes for it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy

from lxml import etree, html  # type: ignore[import-untyped]

from index.readers.web_page.blocks import Block, Kind, blocks_of
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.tree import BLOCK_GAP, GAP, Element

# Chinese and Japanese write without spaces.
_SENTENCE = re.compile(r"(?:(?:\S+\s+){3,}\S*[.!?…:؟।۔]|.{12,}[。！？])[”’\"')\]」』]*", re.DOTALL)
_OWN_SHARE = 0.5
"""The share of the prose around it that a part has to hold to be the article."""

_MATCHED_SHARE = 0.8
_SHORTEST_MATCH = 15
_MOST_ELEMENTS = 30_000
"""Beyond this trafilatura takes minutes."""


def is_prose(block: Block) -> bool:
    """Tell whether `block` is a text of sentences, rather than a label, a link or a heading."""
    return (
        block.kind is not Kind.HEADING and block.linked_share < 0.7 and bool(_SENTENCE.fullmatch(block.text))
    )


def marked_bodies(root: Element, headline: Element | None) -> list[Element]:
    """Return the elements that the page marks as its article's text: by itemprop, else by their names.

    Left out are those in parts that by their own name are something else, unless they hold the headline.
    """
    above = set(_around(headline))
    by_itemprop = [element for element in root.iter("*") if "articleBody" in _properties(element)]
    if len(by_itemprop) == 1:
        return by_itemprop
    by_name = by_itemprop or [element for element in root.iter("*") if Role.BODY in role_of(element)]
    return [
        element
        for element in by_name
        if not any(
            outer not in above
            and (outer.tag in ("nav", "aside", "footer") or Role.FURNITURE in role_of(outer))
            for outer in _around(element)
        )
    ]


def article_part(root: Element, headline: Element | None, bodies: list[Element], is_live: bool) -> Element:
    """Return the element that holds the article's text, in a page whose furniture has been dropped.

    `is_live` says that the article is a series of entries, each of them an article to the page.
    """
    page = _Page(root, headline)
    body = page.together([element for element in bodies if page.prose[element]])
    story = _story(page, is_live)
    if body is not None:
        is_whole = story is None or page.prose[body] >= _OWN_SHARE * page.prose[story]
        if is_whole and (page.is_trusted(body) or (story is not None and story in _around(body))):
            return body
    return _as_trafilatura_finds(page) if story is None else story


class _Page:
    """The page's blocks, and how much prose (letters outside links) each of its elements holds.

    `opening` are the elements around the first prose behind the headline, `above` those around the headline.
    """

    def __init__(self, root: Element, headline: Element | None) -> None:
        self.root = root
        self.blocks = blocks_of(root)
        self.prose: Counter[Element] = Counter()
        for block in self.blocks:
            if block.kind is Kind.PARAGRAPH or is_prose(block):
                weight = round(len(block.text) * (1 - block.linked_share))
                for element in _around(block.element):
                    self.prose[element] += weight
        self.above = set(_around(headline))
        self.opening = set(_around(self._first_behind(headline)))
        mains = [
            element for element in root.iter("*") if element.tag == "main" or element.get("role") == "main"
        ]
        marked = [main for main in mains if self.prose[main]]
        self.scope = marked[0] if len(marked) == 1 else root

    def _first_behind(self, headline: Element | None) -> Element | None:
        behind = headline is None
        for block in self.blocks:
            if behind and is_prose(block):
                return block.element if headline is not None else None
            behind = behind or headline in _around(block.element)
        return None

    def together(self, elements: list[Element]) -> Element | None:
        """Return the one element that holds `elements`, or the one of them that says most; None for none."""
        known = set(elements)
        outer = [
            element for element in elements if not any(other in known for other in element.iterancestors())
        ]
        if not outer:
            return None
        shared = _shared_ancestor(outer)
        parts_of_one = self.prose[shared] * _MATCHED_SHARE <= sum(self.prose[element] for element in outer)
        if len(outer) > 1 and shared is not self.root and parts_of_one:
            return shared
        return max(outer, key=lambda element: self.prose[element])

    def is_trusted(self, element: Element) -> bool:
        """Tell whether the text begins in `element`, or it holds most of the prose in the page's main part."""
        return element in self.opening or self.prose[element] >= _OWN_SHARE * self.prose[self.scope]


def _story(page: _Page, is_live: bool) -> Element | None:
    """Return the element that the page marks as the whole article, headline and all."""
    stories = [element for element in page.root.iter("article") if page.prose[element]]
    if not stories:
        named = (element for element in page.root.iter("*") if Role.ARTICLE in role_of(element))
        stories = [element for element in named if page.prose[element]]
    headed = [story for story in stories if story in page.above]
    if headed:
        return headed[0]
    if is_live or not any(next(story.iter("h1", "h2", "h3"), None) is not None for story in stories):
        together = page.together(stories)
        stories = [] if together is None else [together]
    trusted = [story for story in stories if page.is_trusted(story)]
    return max(trusted, key=lambda story: page.prose[story], default=None)


def _as_trafilatura_finds(page: _Page) -> Element:
    """Return the element around what trafilatura takes for the text, all of it in one piece.

    Its text itself is not used: it leaves out short paragraphs and repeated ones, glues table cells together,
    and joins footnotes' numbers to figures. But of where an unmarked page's text is it is a good judge.
    """
    if sum(1 for _ in page.scope.iter("*")) > _MOST_ELEMENTS:
        return page.scope
    found = _key(_trafilatura_text(page.scope))
    holds: Counter[Element] = Counter()
    lines = Counter(block.element for block in page.blocks)
    total = 0
    for block in page.blocks:
        key = _key(block.text)
        if len(key) < _SHORTEST_MATCH or key not in found:
            continue
        total += len(key)
        whole = lines[block.element] > 1 or block.element.tag in ("td", "body", "html")
        for element in (block.element,) * whole + tuple(block.element.iterancestors()):
            holds[element] += len(key)
    part = page.scope
    if total < _OWN_SHARE * sum(len(_key(block.text)) for block in page.blocks if is_prose(block)):
        return part
    while (
        total
        and (inner := next((child for child in part if holds[child] >= _MATCHED_SHARE * total), None))
        is not None
    ):
        part = inner
    return part


def _trafilatura_text(scope: Element) -> str:
    import trafilatura  # half a second, and pages that mark their text do not come here

    # It logs every page that it finds nothing in; here that is no event.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = html.document_fromstring("<html><body></body></html>")
    page.find("body").extend([deepcopy(scope)] if scope.tag not in ("html", "body") else deepcopy(scope))
    etree.strip_elements(page, GAP, BLOCK_GAP, with_tail=False)
    # It fills in every cell that a span covers, however many.
    etree.strip_attributes(page, "colspan", "rowspan")
    try:
        found = trafilatura.bare_extraction(page, include_comments=False, favor_recall=True)
    except Exception:  # what its parsers raise on strange pages is not documented
        return ""
    return getattr(found, "text", None) or ""


def _around(element: Element | None) -> list[Element]:
    """Return `element` and all that it stands in, from the inside out."""
    return [] if element is None else [element, *element.iterancestors()]


def _shared_ancestor(elements: Iterable[Element]) -> Element:
    paths = [_around(element)[::-1] for element in elements]
    shared = paths[0][0]
    for level in zip(*paths, strict=False):
        if any(element is not level[0] for element in level):
            break
        shared = level[0]
    return shared


def _properties(element: Element) -> list[str]:
    told = (element.get(name) or "" for name in ("itemprop", "property", "name"))
    return " ".join(told).replace("schema:", "").split()


def _key(text: str) -> str:
    # Without figures, since those are what trafilatura joins footnotes' numbers to.
    return re.sub(r"[\W\d_]+", "", text).casefold()
