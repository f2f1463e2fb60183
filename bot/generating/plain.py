"""Plain text out of what a language model writes: no mark-up, no links, nothing that steers a screen.

What is left is what gets verified, and what the reader sees: the same characters.
"""

from __future__ import annotations

import html
import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""Some scripts need them inside words."""
_OPENING = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|(?:[-*+•‣●–—]|\d{1,2}[.)])\s+)+")
_PREAMBLE = re.compile(
    r"^\W*(?:(?:the |my )?(?:final |short )?(?:answer|response|reply)|a)\W{0,3}:\W{0,3}(?=\S)", re.I
)
_LINKED = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_TAG = re.compile(r"<[!/@#?]{0,2}[A-Za-z][^<>]*>|<!--.*?-->")
_THOUGHTS = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.I | re.S)
_NOTE = re.compile(r"\s*\{\d{1,3}\}")
"""A footnote of an article's own, as passages show it to a model."""
_EMPTIED = re.compile(r"\s*[(\[]\s*(?:sources?|references?|passages?|see|cf\.?)?\s*:?\s*[)\]]", re.I)
"""Brackets out of which markers were taken."""
_EMPHASIS = re.compile(r"[*]+(?=\S)|(?<=\S)[*]+|`+|(?<!\w)_+(?=\S)|(?<=[^\s_])_+(?!\w)|~~")
_ADDRESS = re.compile(
    r"\b(?:[a-z][a-z\d+.-]{1,15}://|(?:mailto|javascript|data|file|tel):)\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)+/\S*|\S+@[\w-]+\.\w+",
    re.I,
)
_BARE_DOMAIN = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.I)
_BEFORE_MARKS = re.compile(r"\s+(?=[.,;:!?)\]”’])(?!\s+[.]{2})|(?<=[(\[“])\s+")


def without_steering(text: str) -> str:
    """Return `text` without characters that are not seen or turn its direction; any white space stays white space."""
    return "".join(kept for character in text if (kept := _kept(character)))


def without_thoughts(text: str) -> str:
    """Return a reply without what a model tells itself before it answers."""
    return _THOUGHTS.sub("", text)


def plain_text(written: str) -> str:
    """Return a sentence, its markers taken out, as plain text on one line."""
    text = _OPENING.sub("", _NOTE.sub("", html.unescape(written)))
    text = _TAG.sub("", _LINKED.sub(r"\1", _EMPTIED.sub("", text)))
    text = _PREAMBLE.sub("", _EMPHASIS.sub("", text))
    return _BEFORE_MARKS.sub("", " ".join(without_steering(text).split()))


def holds_address(text: str) -> bool:
    """Tell whether a text holds an address that a reader could be led to: a URL, a mail address."""
    return _ADDRESS.search(text) is not None


def domains_in(text: str) -> frozenset[str]:
    """Return what looks like a site's name in a text: "example.org"."""
    return frozenset(found.group().casefold() for found in _BARE_DOMAIN.finditer(text))


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zl", "Zp"):
        return character if character == "\n" else " "
    if category in ("Cc", "Cf", "Cs", "Co", "Cn") and character not in _JOINERS:
        return ""
    return character
