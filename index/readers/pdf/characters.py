"""Characters as fonts give them, turned into those that text is written with."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UNKNOWN = "\ufffd"
"""Stands for a glyph of which nobody knows the meaning: a gap in a figure has to be seen."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u05ff\u0620-\u065f\u066e-\u06ef\u06fa-\u08ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LEFT_TO_RIGHT = re.compile(
    r"[A-Za-z\u00c0-\u024f][\dA-Za-z\u00c0-\u024f'’.&/-]*(?: [A-Za-z\u00c0-\u024f][\dA-Za-z\u00c0-\u024f'’.&/-]*)*"
    r"|%?\d+(?:[.,:/٫٬-]\d+)*%?"
)

_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\u25cf\u2022\u2023"
_NOT_SHOWN = "\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"


@lru_cache(maxsize=20_000)
def legible(text: str) -> str:
    """Return the text of a glyph with ligatures taken apart and every kind of space as a space.

    Letters of one glyph that are written from right to left come in the order in which they are seen, as
    the glyphs of a line do.
    """
    read = "".join(_read(character) for character in text)
    return read[::-1] if len(read) > 1 and _RIGHT_TO_LEFT.match(read) else read


def in_order_of_writing(line: str) -> str:
    """Return a line, given as it is seen from left to right, in the order in which it is written.

    The two differ for Arabic, Hebrew and their like, in whose lines only figures and Latin words run the
    other way.
    """
    if len(_RIGHT_TO_LEFT.findall(line)) <= len(_LATIN.findall(line)):
        return line
    return _LEFT_TO_RIGHT.sub(lambda found: found[0][::-1], line[::-1])


def _read(character: str) -> str:
    code = ord(character)
    if character.isspace() or unicodedata.category(character) == "Zs":
        return " "
    if character in _NOT_SHOWN:
        return ""
    if character in _BULLETS:
        return "•"
    if 0xFB00 <= code <= 0xFB06 or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        return unicodedata.normalize("NFKC", character)
    # Old fonts keep their old-style figures and small capitals in the private area, in ASCII's order.
    if 0xF730 <= code <= 0xF739 or 0xF761 <= code <= 0xF77A:
        return chr(code - 0xF700).upper()
    category = unicodedata.category(character)
    if category in ("Cc", "Cn", "Cs"):
        return UNKNOWN
    return "" if category == "Co" else character
