"""What a page holds and nobody sees, and what it shows as struck out: neither is its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from index.readers.web_page.tree import Element, drop_where, style_of

_NEVER_TEXT_TAGS = """
    applet area audio canvas datalist dialog embed iframe input link map meta meter noembed noframes noscript
    object param picture progress rp rt script select style svg template textarea title track video"""
_NEVER_TEXT = frozenset(_NEVER_TEXT_TAGS.split())
_STRUCK = frozenset(("s", "strike", "del"))

_FOR_SCREEN_READERS = re.compile(
    r"(?:u-|is-|a11y-)?(?:sr-only|sr-text|(?:element-|visually-?)(?:hidden|invisible)|visuallyhidden"
    r"|screen-?reader(?:s|-text|-only)?|off-?screen(?:-text)?|assistive(?:-text)?|hidden-visually|invisible)",
    re.IGNORECASE,
)
_HIDING = re.compile(r"(?:u-|is-)?(?:hidden|hide|d-none|display-none)", re.IGNORECASE)
# "hidden md:block" and "d-none d-md-block" hide on small screens only.
_SHOWN_ON_SOME = re.compile(
    r"\w+:(?:block|flex|grid|inline\S*|table)|(?:d|show|visible)-(?:xs|sm|md|lg|xl|xxl)\S*"
)

_RULES_THAT_MATTER = re.compile(r"(?:display|visibility|text-decoration(?:-line)?|vertical-align)\s*:[^;{}]*")
_SIMPLE_SELECTOR = re.compile(r"\s*([a-z]\w*)?([.#])([\w-]+)\s*")
_STYLES_READ = 500_000
"""Characters of style sheets that are looked through."""

_STRUCTURE = frozenset(("html", "head", "body", "main"))


def inline_styles(root: Element) -> None:
    """Write onto elements what the page's own style sheets say of their class or id about being shown.

    Only selectors of one class or id outside @media are followed: those of them that hide or strike out.
    """
    sheet = "\n".join(style.text or "" for style in root.iter("style"))[:_STYLES_READ].lower()
    declared: dict[tuple[str, str], list[tuple[str | None, str]]] = defaultdict(list)
    for selectors, body in _rules(re.sub(r"/\*.*?(?:\*/|\Z)", "", sheet, flags=re.DOTALL)):
        style = ";".join(_RULES_THAT_MATTER.findall(body))
        for selector in selectors.split(",") if style else ():
            if found := _SIMPLE_SELECTOR.fullmatch(selector):
                declared[found[2], found[3]].append((found[1], style))
    if not declared:
        return
    for element in root.iter("*"):
        names = [(".", name) for name in (element.get("class") or "").lower().split()]
        names.append(("#", (element.get("id") or "").lower()))
        styles = [
            style for name in names for tag, style in declared.get(name, ()) if tag in (None, element.tag)
        ]
        if styles:
            element.set("style", ";".join([*styles, element.get("style") or ""]))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the rules of a style sheet that stand outside every @-block, as selectors and declarations."""
    depth, start, opened, selectors = 0, 0, 0, ""
    for brace in re.finditer(r"[{}]", sheet):
        if brace[0] == "{":
            if depth == 0:
                selectors, opened = sheet[start : brace.start()].rpartition(";")[2], brace.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                if "@" not in selectors:
                    yield selectors, sheet[opened : brace.start()]
                start = brace.end()


def drop_unseen(root: Element) -> None:
    """Leave gaps for scripts, hidden elements, pictures, and words that are struck out.

    What holds the story is not hidden by aria-hidden: a page saved while a dialogue was open marks everything
    behind it so. Nor is it struck out: that is a tag which was never closed.
    """
    inline_styles(root)
    holding = {
        ancestor for heading in root.iter("h1", "article", "main") for ancestor in heading.iterancestors()
    }

    said_beside = {
        element for element in root.iter("*") if element.get("aria-hidden") and _is_said_beside(element)
    }

    def is_unseen(element: Element) -> bool:
        if element.tag in _NEVER_TEXT:
            return True
        if element.tag in _STRUCTURE:
            return False
        holds_story = element in holding
        if element.get("aria-hidden") == "true" and not holds_story and element not in said_beside:
            return True
        return _is_hidden(element) or (_is_struck(element) and not holds_story)

    drop_where(root, is_unseen)


def _is_struck(element: Element) -> bool:
    if element.tag in _STRUCK:
        return True
    style = style_of(element) if element.get("style") else {}
    return any("line-through" in style.get(name, "") for name in ("text-decoration", "text-decoration-line"))


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") not in (None, "until-found"):
        return True
    if _is_for_screen_readers(element):
        return True
    classes = (element.get("class") or "").split()
    if any(_HIDING.fullmatch(name) for name in classes) and not any(
        _SHOWN_ON_SOME.match(name) for name in classes
    ):
        return True
    return bool(element.get("style")) and _is_styled_away(style_of(element))


def _is_said_beside(element: Element) -> bool:
    """Tell whether a hidden label says the same for screen readers: then this is what everyone else sees."""
    parent = element.getparent()
    if (
        parent is None
        or len(parent) != 2
        or (parent.text or "").strip()
        or any((part.tail or "").strip() for part in parent)
    ):
        return False
    return any(_is_for_screen_readers(other) for other in parent if other is not element)


def _is_for_screen_readers(element: Element) -> bool:
    return any(_FOR_SCREEN_READERS.fullmatch(name) for name in (element.get("class") or "").split())


def _is_styled_away(style: dict[str, str]) -> bool:
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if re.match(r"rect\(\s*[01](?:px)?\b", style.get("clip", "")) or re.fullmatch(
        r"0\D*", style.get("font-size", "")
    ):
        return True
    return any(re.match(r"-\d{3,}", style.get(side, "")) for side in ("left", "top", "text-indent"))
