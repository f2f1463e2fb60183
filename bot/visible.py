"""Foreign text made safe to print: what would steer a terminal is shown instead of obeyed."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}


def visible(text: str) -> str:
    """Return `text` on one line, its control characters as signs.

    White space of any kind becomes a space. ESC and its like appear as ␛, what turns the direction of text or
    has no width as ⟨U+202E⟩; joiners inside words stay, some scripts need them.
    """
    return "".join(_shown(character) for character in " ".join(text.split()))


def _shown(character: str) -> str:
    if character == " ":
        return character
    category = unicodedata.category(character)
    if category == "Cc":
        return _PICTURES.get(ord(character), f"⟨U+{ord(character):04X}⟩")
    if category in ("Cf", "Cs", "Co", "Cn", "Zl", "Zp") and character not in "\u200c\u200d\u00ad":
        return f"⟨U+{ord(character):04X}⟩"
    return character


def safe_link(url: str | None) -> str | None:
    """Return `url` where it is an http or https URL, with everything but plain URL characters encoded; else None."""
    given = (url or "").strip()
    # urlsplit alone passes over control characters, also inside the scheme.
    if not _WEB.match(given):
        return None
    try:
        urlsplit(given)
    except ValueError:
        return None
    return quote(given, safe="!#$%&'()*+,/:;=?@[]~", errors="surrogatepass")
