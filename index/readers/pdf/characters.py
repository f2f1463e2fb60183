"""Characters as fonts give them, turned into those that text is written with."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

UNKNOWN = "\ufffd"
"""Stands for a glyph of which nobody knows the meaning: a gap in a figure has to be seen."""

_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\u25cf\u2022\u2023"
_NOT_SHOWN = "\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"


@lru_cache(maxsize=20_000)
def legible(text: str) -> str:
    """Return the text of a glyph with ligatures taken apart and every kind of space as a space."""
    return "".join(_read(character) for character in text)


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
