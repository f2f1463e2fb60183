"""What is live in a message: whom it notifies, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from tests.slack.state import Message

_PING = re.compile(
    r"<(?:@[UW][A-Z0-9]+|!(?:channel|here|everyone|group|subteam\^[A-Z0-9]+))(?:\|[^<>]*)?>", re.IGNORECASE
)
_PINGING_PARTS = ("user", "usergroup", "broadcast")

_BRACKETED = r"<(?P<bracketed>[a-z][a-z0-9+.-]*:[^<>|\s]+)(?:\|[^<>]*)?>"
_BARE = r"(?P<bare>https?://[^\s<>|]+)"
_IN_MARKDOWN = r"(?<!\\)\]\(\s*<?(?P<linked>[^()\s<>]+(?:\([^()\s<>]*\)[^()\s<>]*)*)"
_MRKDWN_LINK = re.compile(f"{_BRACKETED}|{_BARE}", re.IGNORECASE)
_VERBATIM_LINK = re.compile(_BRACKETED, re.IGNORECASE)
_MARKDOWN_LINK = re.compile(f"{_IN_MARKDOWN}|{_BRACKETED}|{_BARE}", re.IGNORECASE)
_AFTER_A_BARE_LINK = ".,;:!?)]}'\"*_~`"
"""What ends a sentence rather than a link."""


def pings_of(message: Message) -> list[str]:
    """Return what in a message's text and blocks notifies somebody: a person, a group, or everybody."""
    found = [ping for text, _ in _live_texts(message) for ping in _PING.findall(text)]
    parts = [each for each in _objects(message.get("blocks", [])) if each.get("type") in _PINGING_PARTS]
    return found + [f"{part['type']}:{part.get('range') or _target(part)}" for part in parts]


def _target(part: dict[str, Any]) -> object:
    return part.get("user_id") or part.get("usergroup_id")


def links_of(message: Message) -> list[str]:
    """Return where a message's links lead, the text's first, then the blocks' in order.

    An address that stands bare in a text counts: Slack makes a link of it.
    """
    found = [_address(hit) for text, links in _live_texts(message) for hit in links.finditer(text)]
    objects = list(_objects(message.get("blocks", [])))
    return found + [str(each["url"]) for each in objects if isinstance(each.get("url"), str)]


def _address(hit: re.Match[str]) -> str:
    named = {name: address for name, address in hit.groupdict().items() if address}
    address = next(iter(named.values()))
    return unescape(address.rstrip(_AFTER_A_BARE_LINK) if "bare" in named else address)


def _live_texts(message: Message) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the texts that Slack reads as markup, each with how links look in it."""
    yield str(message.get("text") or ""), _MRKDWN_LINK
    for each in _objects(message.get("blocks", [])):
        text = each.get("text")
        if each.get("type") == "mrkdwn" and isinstance(text, str):
            yield text, _VERBATIM_LINK if each.get("verbatim") else _MRKDWN_LINK
        elif each.get("type") == "markdown" and isinstance(text, str):
            yield text, _MARKDOWN_LINK


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
