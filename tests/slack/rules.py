"""Slack's rules for a message: what it refuses, what it cuts, what it lets pass but a bot should not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.slack.blocks import problems_of

LONGEST_TEXT = 40_000
"""Characters; what is longer is cut."""
LONGEST_UPDATE = 4_000
"""Bytes of UTF-8. The reference says characters, but 1,993 characters of 4,121 bytes have been refused."""
LONGEST_BLOCKS = 13_200
"""Characters over all blocks of a message."""

_NOT_CONTENT = frozenset(("type", "style", "block_id", "action_id", "name", "language", "range"))
"""Fields of blocks whose strings are no content."""


class RefusalError(Exception):
    """The call is refused: the error that Slack names, and whatever else its answer says."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.body = {"ok": False, "error": error, **details}


@dataclass(frozen=True, slots=True)
class Content:
    """What a message is to say, as Slack takes it. `blocks` is None where the call has none."""

    text: str
    blocks: list[dict[str, Any]] | None
    was_cut: bool
    warnings: tuple[str, ...]


def checked_post(arguments: Mapping[str, Any]) -> Content:
    """Return the content of a new message, or raise RefusalError."""
    text, blocks = _checked(arguments)
    warnings = _warnings(text, blocks, arguments)
    if len(text) > LONGEST_TEXT:
        warnings += (f"text of {len(text)} characters is cut at {LONGEST_TEXT}",)
    return Content(text[:LONGEST_TEXT], blocks, len(text) > LONGEST_TEXT, warnings)


def checked_update(arguments: Mapping[str, Any]) -> Content:
    """Return the content that a message is to get instead of its own, or raise RefusalError."""
    text, blocks = _checked(arguments)
    if len(text.encode()) > LONGEST_UPDATE:
        raise RefusalError("msg_too_long")
    return Content(text, blocks, False, _warnings(text, blocks, arguments))


def unfurl_warning(arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a warning where Slack would show previews of the links."""
    return () if arguments.get("unfurl_links") is False else ("unfurl_links is not false",)


def _checked(arguments: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]] | None]:
    text, blocks = arguments.get("text", ""), arguments.get("blocks")
    if not isinstance(text, str):
        raise RefusalError("invalid_arguments")
    if not text.strip() and not blocks:
        raise RefusalError("no_text")
    if blocks:
        check_blocks(blocks)
    return text, blocks


def check_blocks(blocks: object) -> None:
    """Raise RefusalError where Slack would not take these blocks."""
    if not isinstance(blocks, list):
        raise RefusalError("invalid_blocks_format")
    problems = problems_of(blocks)
    if problems:
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise RefusalError("invalid_blocks", errors=problems, response_metadata={"messages": messages})
    if content_length(blocks) > LONGEST_BLOCKS:
        raise RefusalError("msg_blocks_too_long")


def content_length(value: object) -> int:
    """Return how many characters blocks hold: their texts, links and values."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(map(content_length, value))
    if isinstance(value, dict):
        return sum(content_length(inner) for key, inner in value.items() if key not in _NOT_CONTENT)
    return 0


def check_metadata(metadata: object) -> None:
    """Raise RefusalError where a message's metadata lacks its two parts; none at all is fine."""
    if not metadata:
        return
    if not isinstance(metadata, dict):
        raise RefusalError("invalid_metadata_format")
    named = isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    if not named or len(metadata) > 2:
        raise RefusalError("invalid_metadata_format")


def _warnings(text: str, blocks: object, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    if blocks and not text.strip():
        found += ("blocks without a text: notifications and screen readers have nothing to say",)
    if arguments.get("parse") == "full" or arguments.get("link_names"):
        found += ("names are made live: parse is full or link_names is set",)
    return found
