"""What a page says of itself in JSON-LD: the node of its article, and those of its site."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from index.readers.web_page.tree import Element, json_text

Node: TypeAlias = dict[str, Any]

_ARTICLE_TYPE = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|\w*Posting|Report|Review|\w*NewsStory)")
_SITE_TYPE = re.compile(r"(?:https?://schema\.org/)?(?:WebSite|NewsMediaOrganization)")
_WRAPPINGS = ("<!--", "-->", "<![CDATA[", "]]>", "//", "/*", "*/", ";")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")

# Where a node is the page's own; other keys lead to other stories (mentions, hasPart, itemListElement).
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")


def read_json_ld(root: Element) -> list[Node]:
    """Return the nodes that the page's JSON-LD describes it with, in order; what is not JSON is passed over."""
    nodes: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes += _top_nodes(_loaded(script.text or ""))
    return nodes


def article_node(nodes: Iterable[Node], headlines: Iterable[str]) -> Node:
    """Return the node of the page's article, {} where there is none or where it is not certain which.

    Of several, it is the one whose headline the page shows as its own.
    """
    articles = [node for node in nodes if any(_ARTICLE_TYPE.fullmatch(name) for name in _types(node))]
    if len(articles) <= 1:
        return articles[0] if articles else {}
    shown = {_key(headline) for headline in headlines} - {""}
    matching = [
        node for node in articles if _key(json_text(node.get("headline") or node.get("name"))) in shown
    ]
    if len(matching) == 1 or (
        matching and len({json_text(node.get("datePublished")) for node in matching}) == 1
    ):
        return matching[0]
    return {}


def page_node(nodes: Iterable[Node]) -> Node:
    """Return the node of the page itself (WebPage), {} where there is none or several."""
    pages = [node for node in nodes if any(name.endswith("WebPage") for name in _types(node))]
    return pages[0] if len(pages) == 1 else {}


def site_names(nodes: Iterable[Node]) -> list[str]:
    """Return the names of the site that the nodes give."""
    return [
        name
        for node in nodes
        if any(_SITE_TYPE.fullmatch(kind) for kind in _types(node))
        for name in names_in(node)
    ]


def names_in(value: object) -> list[str]:
    """Return the names in a value that may be a string, a node with a name, or a list of such."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        found += [json_text(part) for part in (name if isinstance(name, list) else [name])]
    return [name for name in found if name]


def _loaded(source: str) -> object:
    source = _unwrapped(source)
    for attempt in (source, _TRAILING_COMMA.sub("", source)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(source: str) -> str:
    """Return `source` without the comment or CDATA marks that some templates write around a script."""
    bare = ""
    while bare != source:
        bare = source
        for mark in _WRAPPINGS:
            source = source.strip().removeprefix(mark).removesuffix(mark)
    return bare


def _top_nodes(loaded: object) -> Iterator[Node]:
    waiting = deque([loaded])
    while waiting:
        item = waiting.popleft()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in _WITHIN if isinstance(item.get(key), (list, dict))]


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
