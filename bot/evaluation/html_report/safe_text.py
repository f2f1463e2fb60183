"""Foreign text on its way into the page."""

from __future__ import annotations

import re

from bot.visible import visible

_PIECE = re.compile(r"(\s+)|\S+")


def shown(value: object) -> object:
    """Return what the page writes for `value`: text as `visible` shows it, but with its line breaks.

    Anything but text, and markup of the page's own, comes back as it is.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    # What Python holds for printable, visible() leaves alone; telling so is a hundred times as fast.
    return value if value.isprintable() else _PIECE.sub(_piece, value)


def _piece(found: re.Match[str]) -> str:
    space: str | None = found[1]
    if space is None:
        return visible(found[0])
    return "\n" * min(space.count("\n"), 2) or " "
