"""What a rich_text block may hold."""

from __future__ import annotations

from tests.slack.nodes import Node

_MANY = 1000
"""More than any message has: Slack names no limit for the parts of rich text."""

_PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": (("text",), ("style",)),
    "link": (("url",), ("text", "style", "unsafe")),
    "emoji": (("name",), ("unicode", "skin_tone", "style")),
    "user": (("user_id",), ("style",)),
    "usergroup": (("usergroup_id",), ("style",)),
    "channel": (("channel_id",), ("style",)),
    "broadcast": (("range",), ("style",)),
    "date": (("timestamp", "format"), ("url", "fallback", "style")),
    "color": (("value",), ("style",)),
}
"""Each kind of part: the fields it must have, and those it may have."""

_STYLES = ("bold", "italic", "strike", "code")


def check_rich_text(block: Node) -> None:
    """Check a rich_text block."""
    block.fields(("type", "elements"), ("block_id",))
    for element in block.children("elements", _MANY):
        match element.type:
            case "rich_text_section":
                _section(element)
            case "rich_text_list":
                _list(element)
            case "rich_text_quote":
                element.fields(("type", "elements"), ("border",))
                _parts(element)
            case "rich_text_preformatted":
                element.fields(("type", "elements"), ("border", "language"))
                _parts(element, only=("text", "link"))
            case other:
                element.complain(f"unsupported type: {other}")


def _section(element: Node) -> None:
    element.fields(("type", "elements"))
    _parts(element)


def _list(element: Node) -> None:
    element.fields(("type", "style", "elements"), ("indent", "offset", "border"))
    element.choice("style", "bullet", "ordered")
    element.choice("indent", *range(9))
    element.choice("border", 0, 1)
    for item in element.children("elements", _MANY):
        if item.type == "rich_text_section":
            _section(item)
        else:
            item.complain(f"unsupported type: {item.type}")


def _parts(element: Node, only: tuple[str, ...] = tuple(_PARTS)) -> None:
    for part in element.children("elements", _MANY):
        if part.type in only:
            _part(part)
        else:
            part.complain(f"unsupported type: {part.type}")


def _part(part: Node) -> None:
    required, optional = _PARTS[part.type]
    part.fields(("type", *required), optional)
    part.string("text", longest=40_000)
    part.web_address("url")
    part.choice("range", "here", "channel", "everyone")
    style = part.child("style")
    if style:
        style.fields((), _STYLES)
        for name in _STYLES:
            style.choice(name, True, False)
