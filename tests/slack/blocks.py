"""What Slack takes as blocks: which types, which fields, and how long."""

from __future__ import annotations

from collections.abc import Callable, Collection

from tests.slack.nodes import Node
from tests.slack.rich_text import check_rich_text

MOST_BLOCKS = 50
LONGEST_MARKDOWN = 12_000
"""Characters, over all markdown blocks of a message."""

_LONGEST_TEXT = 3000
_LONGEST_ID = 255


def problems_of(blocks: object) -> list[str]:
    """Return what is wrong with the blocks of a message, in Slack's words; nothing where they are fine."""
    problems: list[str] = []
    message = Node({"blocks": blocks}, "", problems)
    seen: set[str] = set()
    markdown = 0
    for block in message.children("blocks", MOST_BLOCKS):
        check = _CHECKS.get(block.type)
        if check is None:
            block.complain(f"unsupported type: {block.type}")
            continue
        check(block)
        _check_id(block, "block_id", seen)
        markdown += len(str(block.value.get("text", ""))) if block.type == "markdown" else 0
    if markdown > LONGEST_MARKDOWN:
        message.complain(f"markdown blocks must be less than {LONGEST_MARKDOWN + 1} characters", "blocks")
    return problems


def _check_id(node: Node, key: str, seen: set[str]) -> None:
    node.string(key, _LONGEST_ID)
    name = node.value.get(key)
    if isinstance(name, str):
        if name in seen:
            node.complain(f"{key} already exists: {name}", key)
        seen.add(name)


def _text(
    node: Node, key: str, longest: int = _LONGEST_TEXT, types: Collection[str] = ("plain_text",)
) -> None:
    text = node.child(key)
    if text:
        _text_object(text, longest, types)


def _text_object(text: Node, longest: int, types: Collection[str]) -> None:
    text.choice("type", *types)
    text.fields(("type", "text"), ("verbatim",) if text.type == "mrkdwn" else ("emoji",))
    text.string("text", longest)
    text.choice("verbatim", True, False)
    text.choice("emoji", True, False)


_ANY_TEXT = ("mrkdwn", "plain_text")


def _section(block: Node) -> None:
    block.fields(("type",), ("block_id", "text", "fields", "accessory", "expand"))
    if "text" not in block.value and "fields" not in block.value:
        block.complain("missing required field: text")
    _text(block, "text", types=_ANY_TEXT)
    for field in block.children("fields", 10):
        _text_object(field, 2000, _ANY_TEXT)
    block.choice("expand", True, False)
    accessory = block.child("accessory")
    if accessory:
        _element(accessory, {"button": _button, "image": _small_image})


def _element(element: Node, checks: dict[str, Callable[[Node], None]]) -> None:
    check = checks.get(element.type)
    if check:
        check(element)
    else:
        element.complain(f"unsupported type: {element.type}")


def _elements(block: Node, most: int, checks: dict[str, Callable[[Node], None]]) -> None:
    block.fields(("type", "elements"), ("block_id",))
    seen: set[str] = set()
    for element in block.children("elements", most):
        _element(element, checks)
        _check_id(element, "action_id", seen)


def _context(block: Node) -> None:
    texts = dict.fromkeys(_ANY_TEXT, _context_text)
    _elements(block, 10, {**texts, "image": _small_image})


def _context_text(element: Node) -> None:
    _text_object(element, _LONGEST_TEXT, _ANY_TEXT)


def _divider(block: Node) -> None:
    block.fields(("type",), ("block_id",))


def _header(block: Node) -> None:
    block.fields(("type", "text"), ("block_id",))
    _text(block, "text", 150)


def _actions(block: Node) -> None:
    _elements(block, 25, {"button": _button})


def _context_actions(block: Node) -> None:
    _elements(block, 5, {"feedback_buttons": _feedback_buttons, "icon_button": _icon_button})


def _markdown(block: Node) -> None:
    block.fields(("type", "text"), ("block_id",))
    block.string("text", LONGEST_MARKDOWN)


def _image(block: Node) -> None:
    block.fields(("type", "image_url", "alt_text"), ("block_id", "title"))
    block.web_address("image_url")
    block.string("alt_text", 2000)
    _text(block, "title", 2000)


def _small_image(element: Node) -> None:
    element.fields(("type", "image_url", "alt_text"))
    element.web_address("image_url")
    element.string("alt_text", 2000)


def _button(element: Node) -> None:
    element.fields(("type", "text"), ("action_id", "url", "value", "style", "confirm", "accessibility_label"))
    _text(element, "text", 75)
    element.string("action_id", _LONGEST_ID)
    element.string("value", 2000)
    element.web_address("url")
    element.choice("style", "primary", "danger")
    element.string("accessibility_label", 75)
    _confirm(element)


def _icon_button(element: Node) -> None:
    element.fields(
        ("type", "icon", "text"),
        ("action_id", "value", "confirm", "accessibility_label", "visible_to_user_ids"),
    )
    element.choice("icon", "trash")
    _text(element, "text", 75)
    element.string("value", 2000)
    element.string("accessibility_label", 75)
    _confirm(element)


def _feedback_buttons(element: Node) -> None:
    element.fields(("type", "positive_button", "negative_button"), ("action_id",))
    for key in ("positive_button", "negative_button"):
        button = element.child(key)
        if button:
            button.fields(("text", "value"), ("accessibility_label",))
            _text(button, "text", 75)
            button.string("value", 2000)
            button.string("accessibility_label", 75)


def _confirm(element: Node) -> None:
    confirm = element.child("confirm")
    if confirm:
        confirm.fields(("title", "text", "confirm", "deny"), ("style",))
        _text(confirm, "title", 100)
        _text(confirm, "text", 300, _ANY_TEXT)
        _text(confirm, "confirm", 30)
        _text(confirm, "deny", 30)
        confirm.choice("style", "primary", "danger")


_CHECKS: dict[str, Callable[[Node], None]] = {
    "section": _section,
    "context": _context,
    "divider": _divider,
    "header": _header,
    "actions": _actions,
    "rich_text": check_rich_text,
    "markdown": _markdown,
    "image": _image,
    "context_actions": _context_actions,
}
