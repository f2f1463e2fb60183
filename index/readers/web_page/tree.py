"""The page's tree as this package handles it, and the marks that it leaves in the text while it reads.

A word or figure must not run into its neighbour when what stood between them goes: "6,500<sup>1</sup>00" is
not 650000. What is taken out leaves a mark, and `plain` turns marks into spaces where words would meet.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

DROPPED = "\ue000"
OPENED = "\ue001"
CLOSED = "\ue002"

GAP = "x-gap"
BLOCK_GAP = "x-block-gap"
"""What stands where something was dropped, within a line and between lines."""

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup
    option p pre search section summary table tbody td tfoot th thead tr ul x-block-gap""".split()
)
"""The elements that stand on lines of their own."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_MARKS = f"[{DROPPED}{OPENED}{CLOSED}]"
_BETWEEN_WORDS = re.compile(rf"(?<=\w){_MARKS}*{DROPPED}{_MARKS}*(?=\w)")
# Elements side by side that a style sheet sets apart: <span>Jane Doe</span><span>3 March</span>.
_SIDE_BY_SIDE = re.compile(rf"(?<=[^\W_A-Z]){CLOSED}+{OPENED}+(?=[A-Z\d])|(?<=\d){CLOSED}+{OPENED}+(?=\w)")
# "...the end.</span>Next": style sheets make lines of elements that otherwise would not be.
_AFTER_SENTENCE = re.compile(rf"(?<=[a-z]{{2}}[.!?]){_MARKS}+(?=[A-Z][a-z])")
_ANY_MARK = re.compile(_MARKS)
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x80-\x9f]"
    # In the scripts of India and Persia, and between emoji, joiners are spelling.
    "|(?<![\u0600-\uffff\U00010000-\U0010ffff])[\u200c\u200d]"
)
# &#146; is cp1252's quotation mark, though the number names a control character.
_CP1252 = {
    code: character
    for code in range(0x80, 0xA0)
    if (character := bytes([code]).decode("cp1252", "ignore"))
}


def visible(text: str) -> str:
    """Return `text` without soft hyphens, zero-width and control characters, every space a plain one."""
    return re.sub(r"\s", " ", _INVISIBLE.sub("", text.translate(_CP1252)))


def plain(text: str) -> str:
    """Return `text` with the marks resolved, runs of spaces as one, and accents composed."""
    if _ANY_MARK.search(text):
        text = _BETWEEN_WORDS.sub(" ", text)
        text = _AFTER_SENTENCE.sub(" ", text)
        text = _SIDE_BY_SIDE.sub(" ", text)
        text = _ANY_MARK.sub("", text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


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


def style_of(element: Element) -> dict[str, str]:
    """Return the declarations of the element's style attribute, names and values in lower case."""
    declared = {}
    for declaration in (element.get("style") or "").lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            declared[name.strip()] = value.replace("!important", "").strip()
    return declared
