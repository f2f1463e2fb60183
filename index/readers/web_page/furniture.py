"""The parts of a page that are not its article, and taking them out of the tree.

What holds the article's headline or text is never taken out, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.readers.web_page.blocks import blocks_of
from index.readers.web_page.bylines import read_byline
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.phrases import heads_other_stories
from index.readers.web_page.tree import BLOCK_GAP, BLOCKS, GAP, HEADINGS, Element, drop, drop_where, text_of

_FURNITURE_TAGS = frozenset(("nav", "dialog", "select", "optgroup", "fieldset"))
_NEVER_FURNITURE = frozenset(("html", "body", "main"))
_FURNITURE_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "dialog",
        "alertdialog",
        "tooltip",
    )
)
_STORIES = ("article", "main")
_AMP_TEXT = frozenset(
    ("amp-accordion", "amp-fit-text", "amp-live-list", "amp-script", "amp-story", "amp-layout")
)
_LONG_TEXT = 12
"""Words in a row outside links that make a text of its own rather than a label."""

_HEADLINE_WORDS = 4
"""Words that the items of a list have on average when they are headlines and not names."""

_LABEL_PARTS = 5
_CARD_WORDS = 60
_CAPTION_WORDS = 60
_PARAGRAPHS = ("p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", *HEADINGS)


def is_aside(element: Element, within: Element) -> bool:
    """Tell whether something between `element` and `within` sets it apart: a list of stories, comments, a sidebar.

    The foot of an article does not: some write the by-line there.
    """
    for outer in (element, *element.iterancestors()):
        if outer is within:
            return False
        if outer.tag in ("nav", "aside", "article", "dialog") or outer.get("role") in _FURNITURE_ROLES:
            return True
        in_foot = "foot" in (outer.get("class") or "")
        if Role.FURNITURE in role_of(outer) and not in_foot and next(outer.iter("h1"), None) is None:
            return True
    return False


def drop_furniture(root: Element, article: Iterable[Element]) -> None:
    """Empty the parts of the page that are not its article; `article` are elements known to hold it."""
    kept = {outer for element in article for outer in (element, *element.iterancestors())}
    length = len(text_of(root))
    drop_where(root, lambda element: element not in kept and _is_furniture(element, length))
    several = len(list(root.iter("article"))) > 1
    drop_where(root, lambda element: element not in kept and _is_other_story(element, several))
    _drop_headed_lists(root, kept)


def _is_furniture(element: Element, page_length: int) -> bool:
    tag = element.tag
    if tag in _NEVER_FURNITURE:
        return False
    if tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        return True
    if tag.startswith("amp-") and tag not in _AMP_TEXT:
        return True
    return _is_by_tag(element, page_length) or _is_by_name(element) or _is_caption_by_shape(element)


def _is_by_tag(element: Element, page_length: int) -> bool:
    tag, parent = element.tag, element.getparent()
    if tag == "footer":
        return parent is None or parent.tag != "blockquote"
    if tag == "header":
        return not any(outer.tag in _STORIES for outer in element.iterancestors())
    if tag == "button":
        return not _has_text_beside(element)
    if tag == "form":
        # ASP.NET wraps the whole page in one.
        return len(text_of(element)) * 2 < page_length
    if tag == "figure":
        return next(
            element.iter("table", "pre", "blockquote", "ul", "ol", "dl"), None
        ) is None and _is_picture(element)
    if tag == "figcaption":
        return next(parent.iter("table"), None) is None
    if tag == "aside" or element.get("role") == "complementary":
        return not _is_fact_box(element)
    return False


def _is_picture(figure: Element) -> bool:
    """Tell a figure that holds a picture (or the gap of a film) from one that holds paragraphs."""
    return next(figure.iter("img", GAP), None) is not None or next(figure.iter("p"), None) is None


def _is_fact_box(aside: Element) -> bool:
    """Tell whether an aside is part of the article: it stands among the paragraphs and says something."""
    parent = aside.getparent()
    among = parent is not None and sum(sibling.tag == "p" for sibling in parent) > 0
    told = any(outer.tag == "article" or Role.BODY in role_of(outer) for outer in aside.iterancestors())
    return (among or told) and _linked_share(aside) < 0.4 and not _opens_with_label(aside)


def _is_by_name(element: Element) -> bool:
    role = role_of(element)
    if Role.CAPTION in role and element.tag not in ("table", "caption"):
        return True
    if Role.FURNITURE not in role:
        return False
    return element.tag in BLOCKS or not _has_text_beside(element)


def _is_caption_by_shape(element: Element) -> bool:
    """Tell whether a division holds a picture and, small or slanted, no more than the words under it."""
    if element.tag not in ("div", "td", "p", "center", "span") or next(element.iter("img"), None) is None:
        return False
    words = len(text_of(element).split())
    if not 0 < words <= _CAPTION_WORDS:
        return False
    small = sum(
        len(text_of(part).split()) for part in element.iter("small", "i", "em", "font") if _is_small(part)
    )
    named = bool(
        re.search(r"image|photo|picture|img|pic\\b|media", element.get("class") or "", re.IGNORECASE)
    )
    return small >= words or (named and next(element.iter("p", *HEADINGS), None) is None)


def _is_small(part: Element) -> bool:
    if part.tag == "font" and (part.get("size") or "") not in ("1", "2", "-1", "-2"):
        return False
    return not any(outer.tag in ("small", "i", "em", "font") for outer in part.iterancestors())


def _has_text_beside(element: Element) -> bool:
    """Tell whether `element` is a part of a paragraph that says more than it."""
    for outer in element.iterancestors():
        if outer.tag in _PARAGRAPHS:
            return len(text_of(outer)) > len(text_of(element)) + 1
        if outer.tag in BLOCKS:
            own = " ".join([outer.text or "", *(child.tail or "" for child in outer)])
            return len(own.split()) >= _LONG_TEXT
    return False


def _is_other_story(element: Element, several: bool) -> bool:
    """Tell whether `element` is a list or, on a page of `several` articles, a card that leads to other stories."""
    if element.tag in ("ul", "ol"):
        return _is_list_of_stories(element) and not _is_announced(element)
    if element.tag == "article":
        return several and _is_card(element)
    return False


def _is_list_of_stories(element: Element) -> bool:
    items = [item for item in element if item.tag == "li" and text_of(item)]
    if not items or not all(_leads_elsewhere(item) for item in items):
        return False
    words = sum(len(text_of(item).split()) for item in items)
    to_sections = all((link.get("href") or "").startswith("#") for link in element.iter("a"))
    return to_sections or words >= _HEADLINE_WORDS * len(items)


def _is_announced(element: Element) -> bool:
    """Tell whether the paragraph in front of a list ends in a colon, and so is a sentence that it completes."""
    before = element.getprevious()
    text = "" if before is None else text_of(before)
    return text.endswith(":") and not heads_other_stories(text)


def _leads_elsewhere(element: Element) -> bool:
    """Tell whether `element` says no more than its links, beside dates and numbers of comments."""
    if element.tag in ("ul", "ol"):
        return all(_leads_elsewhere(item) for item in element)
    if element.tag in (GAP, BLOCK_GAP):
        return True
    linked, rest = _split_by_links(element)
    if not linked:
        return not rest
    return not re.search(r"\w", rest) or read_byline(rest) is not None or _is_card(element)


def _is_card(element: Element) -> bool:
    """Tell whether `element` is another story's headline, a link, with no more than a teaser under it."""
    linked, rest = _split_by_links(element)
    if not rest:
        return bool(linked)
    heading = next(element.iter(*HEADINGS), None)
    if heading is None or len(text_of(element).split()) > _CARD_WORDS:
        return False
    inside, beside = _split_by_links(heading)
    around = any(outer.tag == "a" for outer in heading.iterancestors())
    return around or (bool(inside) and not beside)


def _split_by_links(element: Element) -> tuple[str, str]:
    """Return the text of `element` in its links, and the text outside them."""
    linked = rest = ""
    for block in blocks_of(element):
        position = 0
        for start, end in block.links:
            rest += block.text[position:start] + " "
            linked += block.text[start:end] + " "
            position = end
        rest += block.text[position:] + " "
    return linked.strip(), rest.strip()


def _linked_share(element: Element) -> float:
    linked, rest = _split_by_links(element)
    return len(linked) / max(1, len(linked) + len(rest))


def _opens_with_label(element: Element) -> bool:
    first = next(iter(blocks_of(element)), None)
    return first is not None and heads_other_stories(first.text)


def _drop_headed_lists(root: Element, kept: set[Element]) -> None:
    """Empty the lists of stories that stand under "Related", "Read more" and the like, with their headings."""
    for element in list(root.iter(*HEADINGS, "p", "div", "span", "strong", "b", "legend", "dt")):
        if element in kept or not _is_label(element):
            continue
        label = element
        while (
            (parent := label.getparent()) is not None and parent not in kept and _is_all_of(parent, [label])
        ):
            label = parent
        if parent is None:
            continue
        followers = list(_stories_behind(label))
        if (
            parent not in kept
            and parent.tag not in ("body", "main")
            and _is_all_of(parent, [label, *followers])
        ):
            drop(parent)
        elif followers or label.getnext() is None:
            for part in (label, *followers):
                drop(part)


def _is_label(element: Element) -> bool:
    if len(element) > _LABEL_PARTS or any(part.tag in BLOCKS for part in element):
        return False
    return heads_other_stories(text_of(element))


def _stories_behind(label: Element) -> Iterator[Element]:
    for sibling in label.itersiblings():
        if not _leads_elsewhere(sibling) or (sibling.tail or "").strip():
            return
        yield sibling


def _is_all_of(parent: Element, parts: list[Element]) -> bool:
    """Tell whether `parent` holds no text but that of `parts`, its children."""
    known = set(parts)
    if any(child not in known and text_of(child) for child in parent):
        return False
    return not any((text or "").strip() for text in (parent.text, *(child.tail for child in parent)))
