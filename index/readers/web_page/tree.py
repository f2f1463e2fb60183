"""The page's tree as this package handles it, and the marks that it leaves in the text while it reads.

A word or figure must not run into its neighbour when what stood between them goes: "6,500<sup>1</sup>00" is
not 650000. What is taken out leaves a mark, and `plain` turns marks into spaces where words would meet.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

DROPPED = "\ue000"
OPENED, CLOSED = "\ue001", "\ue002"
LINK_OPENED, LINK_CLOSED = "\ue003", "\ue004"
LINE = "\ue005"
"""A line break that the page asks for."""

GAP = "x-gap"
BLOCK_GAP = "x-block-gap"
"""What stands where something was dropped, within a line and between lines."""

_BLOCKS_TAGS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup
    option p pre search section summary table tbody td tfoot th thead tr ul x-block-gap"""
BLOCKS = frozenset(_BLOCKS_TAGS.split())
"""The elements that stand on lines of their own."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_OPENING, _CLOSING = f"[{OPENED}{LINK_OPENED}]", f"[{CLOSED}{LINK_CLOSED}]"
MARK = f"[{DROPPED}{OPENED}{CLOSED}{LINK_OPENED}{LINK_CLOSED}]"
_SPACED = re.compile(
    # Something was dropped between two words.
    rf"(?<=\w)(?=[^\w\s]*{DROPPED}){MARK}+(?=\w)"
    # "...the end.</span>Next": style sheets make lines of elements that otherwise would not be.
    rf"|(?<=[a-z]{{2}}[.!?]){MARK}+(?=[A-Z][a-z])"
    # Elements side by side that a style sheet sets apart: <span>Jane Doe</span><span>3 March</span>.
    rf"|(?:(?<=[a-z])(?={MARK}+[A-Z\d])|(?<=\d)(?={MARK}+\w)){_CLOSING}+{_OPENING}+"
)
_UNSEEN_MARK = re.compile(f"[{DROPPED}{OPENED}{CLOSED}]")
_ANY_MARK = re.compile(MARK)
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x80-\x9f]"
    # In the scripts of India and Persia, and between emoji, joiners are spelling.
    "|(?<![\u0600-\uffff\U00010000-\U0010ffff])[\u200c\u200d]"
)
# &#146; is cp1252's quotation mark, though the number names a control character.
_CP1252 = {
    code: character for code in range(0x80, 0xA0) if (character := bytes([code]).decode("cp1252", "ignore"))
}


def visible(text: str) -> str:
    """Return `text` without soft hyphens, zero-width and control characters, every space a plain one."""
    text = re.sub(r"\s", " ", _INVISIBLE.sub("", text.translate(_CP1252)))
    return unicodedata.normalize("NFC", text)


def spaced(text: str) -> str:
    """Return `text` with spaces where marks keep words apart, and only the marks of links left."""
    if not _ANY_MARK.search(text):
        return text
    return _UNSEEN_MARK.sub("", _SPACED.sub(lambda found: " " + _UNSEEN_MARK.sub("", found[0]), text))


def plain(text: str) -> str:
    """Return `text` on one line, its marks resolved."""
    return " ".join(_ANY_MARK.sub("", spaced(text).replace(LINE, " ")).split())


def text_of(element: Element) -> str:
    """Return the words inside `element` on one line, those of different blocks apart."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in BLOCKS or node.tag == "br":
            pieces.append(" ")
        elif node.tag == GAP:
            pieces.append(DROPPED)
        else:
            pieces.append(OPENED if event == "start" else CLOSED)
        following = node.text if event == "start" else node.tail if node is not element else None
        pieces.append(following or "")
    return plain(visible("".join(pieces)))


def attribute_text(value: str | None) -> str:
    """Return what a meta element's value says, on one line."""
    return plain(visible(value or ""))


def json_text(value: object) -> str:
    """Return a string of JSON-LD on one line; publishers leave HTML's entities in it. Not a string: ""."""
    return plain(visible(html.unescape(value))) if isinstance(value, str) else ""


def drop(element: Element) -> None:
    """Empty `element` and make it a gap; what follows it stays.

    Taking it out would copy the text behind it to the text before it: quadratic on a page of gaps.
    """
    tag = BLOCK_GAP if element.tag in BLOCKS else GAP
    element.clear(keep_tail=True)
    element.tag = tag


def drop_where(root: Element, condition: Callable[[Element], bool]) -> None:
    """Drop the elements under `root` that meet `condition`, outer ones first."""
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        if element.tag in (GAP, BLOCK_GAP):
            continue
        if condition(element):
            drop(element)
        else:
            waiting += reversed(element)


def style_of(element: Element) -> dict[str, str]:
    """Return the declarations of the element's style attribute, names and values in lower case."""
    declared = {}
    for declaration in (element.get("style") or "").lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            declared[name.strip()] = value.replace("!important", "").strip()
    return declared
