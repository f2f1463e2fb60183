"""What is posted in Slack, within Slack's limits, and foreign text made safe for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_TEXT = 3_900
"""Bytes in UTF-8. `chat.update` refuses a text over 4,000 characters, and was seen to count bytes."""

MOST_BLOCKS = 45
"""Slack takes 50; what the caller adds (buttons, a notice) needs room."""

LONGEST_BLOCKS = 12_000
"""Characters of all blocks as JSON.

Slack refuses at about 13,200 and does not say what it counts; texts of 11,341 characters, without the
addresses and keys around them, were refused.
"""

LONGEST_STRING = 3_000
"""Characters. The limit of a text object, kept for every string: Slack gives none for rich text."""

_LIVE = re.compile(r"<(?=[!@#])")
_ADDRESS = re.compile(r"(?<=:)(?=//)")
_WORD_JOINER = "\u2060"

_FORMATTING = re.compile(r"[\\`*_~\[\]|]")
_OPENING = re.compile(r"(?:\d+(?=[.)])|(?=[#+=-]))")
"""What a list, a heading or a line begins with in Markdown: what comes next is escaped."""
_JOINED = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)
"""Where an address, a mail address, a mention or an emoji would be told by."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is posted: `text` in Slack's mrkdwn, for notifications and screen readers, and its blocks.

    Without blocks, the text is what everybody sees.
    """

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()

    @property
    def fits(self) -> bool:
        """Whether Slack takes it as one message."""
        return (
            len(self.text.encode(errors="surrogatepass")) <= LONGEST_TEXT
            and len(self.blocks) <= MOST_BLOCKS
            and len(json.dumps(self.blocks, ensure_ascii=False)) <= LONGEST_BLOCKS
            and all(len(each) <= LONGEST_STRING for each in _strings(self.blocks))
        )

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads."""
        return {"text": self.text, "blocks": list(self.blocks)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Message:
        """Return the message that `to_json` wrote."""
        return cls(said["text"], tuple(said["blocks"]))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def escape(text: str) -> str:
    """Return `text` as mrkdwn that shows it; nothing in it is a mention or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unlinked(text: str) -> str:
    """Return `text` with an invisible joiner in each address, which Slack would make a link of in a text."""
    return _ADDRESS.sub(_WORD_JOINER, text)


def as_markdown(text: str) -> str:
    """Return one line of text as Markdown that shows it; nothing in it is a mention, a link or formatting."""
    shown = _FORMATTING.sub(r"\\\g<0>", _JOINED.sub(_WORD_JOINER, text))
    opening = _OPENING.match(shown)
    if opening is not None:
        shown = f"{opening[0]}\\{shown[opening.end() :]}"
    return escape(shown)


def literal(text: str) -> str:
    """Return `text` with an invisible joiner in what would be a mention, for those who parse it once more.

    Blocks are data to Slack, but what is copied, exported or notified from them is not.
    """
    return _LIVE.sub(f"<{_WORD_JOINER}", text)
