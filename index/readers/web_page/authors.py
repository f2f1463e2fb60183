"""Who wrote the article, from what the page states."""

from __future__ import annotations

from index.readers.web_page.blocks import Block
from index.readers.web_page.bylines import read_byline
from index.readers.web_page.facts import Facts
from index.readers.web_page.furniture import is_aside
from index.readers.web_page.headline import is_site_name
from index.readers.web_page.json_ld import Node, names_in
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.person_names import split_names
from index.readers.web_page.tree import Element, text_of

_METAS = (
    "author",
    "articleauthor",
    "parselyauthor",
    "sailthruauthor",
    "byl",
    "dccreator",
    "dctermscreator",
    "citationauthor",
    "authors",
)
_LONGEST = 200
"""Characters of a by-line; what is longer is a portrait of the author."""


def authors_of(
    facts: Facts, article: Node, byline: list[Block], within: Element, site: list[str]
) -> tuple[str, ...]:
    """Return the article's authors by the first of these that names any: JSON-LD, meta elements, marks, by-line.

    `byline` are the blocks by the headline that may be a by-line, `within` the element that holds the article.
    """
    metas = [value for name in _METAS for value in facts.metas.get(name, ())]
    in_lines = [name for block in byline if (line := read_byline(block.text)) for name in line.authors]
    for told in (names_in(article.get("author")), metas, _marked(within, byline), in_lines):
        names = [name for value in told for name in split_names(value) if not is_site_name(name, site)]
        if names:
            return tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]
    return ()


def _marked(within: Element, byline: list[Block]) -> list[str]:
    """Return the texts of the elements that are marked as the author: anywhere in the article, or in the by-line."""
    near = {inner for block in byline for inner in block.element.iter("*")}
    marked: list[Element] = []
    for element in within.iter("*"):
        relations = f"{element.get('rel') or ''} {element.get('itemprop') or ''}".split()
        named = Role.AUTHOR in role_of(element) and (within.getparent() is not None or element in near)
        if ("author" in relations or named) and not is_aside(element, within):
            marked.append(element)
    outer = {ancestor for element in marked for ancestor in element.iterancestors()}
    texts = (text_of(element) for element in marked if element not in outer)
    return [text for text in texts if len(text) <= _LONGEST]
