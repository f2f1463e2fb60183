"""The article's headline: which of the page's lines it is, and what it says without the site's name."""

from __future__ import annotations

import re
from itertools import chain, takewhile

from index.readers.bounds import LONGEST_TITLE
from index.readers.web_page.blocks import Block, Kind
from index.readers.web_page.facts import Facts
from index.readers.web_page.json_ld import Node
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.phrases import heads_other_stories
from index.readers.web_page.tree import Element, json_text

_SEPARATOR = re.compile(r"\s+(?:[|·•–—«»~-]|::|//|\\\\|&#8211;)\s+|\s*[|»]\s*|\s+-{2}\s+")
_COLON = re.compile(r":\s+")
_WHOLLY = 0.9
_SHORTEST_PART = 12
"""Letters; a shorter line that is part of the page's title may be a section's name."""


def told_titles(facts: Facts, article: Node) -> list[str]:
    """Return the titles that the page gives its article outside its text, the likeliest first."""
    told = [
        facts.meta("ogtitle"),
        json_text(article.get("headline")) or json_text(article.get("name")),
        facts.meta("twittertitle", "dctitle", "parselytitle", "sailthrutitle", "citationtitle", "headline"),
        facts.title,
    ]
    return list(dict.fromkeys(title for title in told if 0 < len(title) <= LONGEST_TITLE))


def title_of(told: list[str], tab: str, shown: str, site: list[str]) -> str | None:
    """Return the article's title: of the titles `told` the first, without the names of the `site`.

    `shown` is the headline on the page, "" for none: what is more than it in a title is not part of it. `tab`
    is the one of `told` that browsers show on the tab; it may be no more than the site's name.
    """
    for title in told:
        cut = title.endswith(("…", "...")) and key(shown).startswith(key(title))
        if key(shown) and (cut or _ends_at_separator(title, shown) or _begins_at_separator(title, shown)):
            return shown
    bare = [_without_site(title, site) for title in told if title != tab]
    titles = [*bare, shown, _without_site(tab, site)]
    return next((title for title in titles if title and not is_site_name(title, site)), None)


def is_site_name(text: str, site: list[str]) -> bool:
    """Tell whether `text` is no more than one of the names of the site."""
    return key(text) in {key(name) for name in site}


def key(text: str) -> str:
    """Return `text` as far as two writings of one headline agree: its letters and figures."""
    return re.sub(r"[\W_]+", "", text).casefold()


def find_headline(blocks: list[Block], told: list[str], site: list[str]) -> Block | None:
    """Return the block that shows the article's headline, None where none certainly does."""
    keys = {key(_without_site(title, site)) for title in told} | {key(title) for title in told}
    keys -= {"", *(key(name) for name in site)}
    ordered = sorted(blocks, key=lambda block: block.kind is not Kind.HEADING)
    same = (block for block in ordered if key(block.text) in keys and _is_long_or_heading(block))
    fit = [block for block in ordered if _may_be_headline(block, site)]
    part = (block for block in fit if any(_is_most_of(block, title) for title in told))
    first = (block for block in fit if block.kind is Kind.HEADING and _level(block.element) == "h1")
    named = (block for block in fit if _is_named(block.element))
    found = next(
        (block for block in chain(same, part, first, named) if not _is_elsewhere(block.element)), None
    )
    return found or _leading(blocks, site)


def _leading(blocks: list[Block], site: list[str]) -> Block | None:
    """Return the heading in front of all paragraphs, None where there is none."""
    before = takewhile(lambda block: block.kind in (Kind.HEADING, Kind.LOOSE), blocks)
    headings = (block for block in before if block.kind is Kind.HEADING and not block.links)
    return next((block for block in headings if _may_be_headline(block, site)), None)


def _without_site(title: str, site: list[str]) -> str:
    """Return `title` without the names of the site before and behind it."""
    names = {_bare_name(name) for name in site} - {""}
    separators = list(_SEPARATOR.finditer(title))
    start, end = 0, len(title)
    while separators and _bare_name(title[separators[-1].end() : end]) in names:
        end = separators.pop().start()
    if separators and _bare_name(title[: separators[0].start()]) in names:
        start = separators[0].end()
    return title[start:end].strip()


def _bare_name(name: str) -> str:
    return re.sub(r"^the|(?:com|org|net|couk|news|online)$", "", key(name)) or key(name)


def _ends_at_separator(title: str, shown: str) -> bool:
    """Tell whether `title` is `shown`, or `shown` with names behind a separator."""
    if key(title) == key(shown):
        return True
    return any(key(title[: found.start()]) == key(shown) for found in _SEPARATOR.finditer(title))


def _is_long_or_heading(block: Block) -> bool:
    return block.kind is Kind.HEADING or len(key(block.text)) >= _SHORTEST_PART


def _is_most_of(block: Block, title: str) -> bool:
    """Tell whether `block` is a title but for the names in front of it or behind it."""
    shown, whole = key(block.text), key(title)
    if block.links or len(shown) < max(_SHORTEST_PART, len(whole) / 2):
        return False
    return _ends_at_separator(title, block.text) or (
        whole.endswith(shown) and _begins_at_separator(title, block.text)
    )


def _begins_at_separator(title: str, shown: str) -> bool:
    starts = (found.end() for pattern in (_SEPARATOR, _COLON) for found in pattern.finditer(title))
    return any(key(title[start:]) == key(shown) for start in starts)


def _may_be_headline(block: Block, site: list[str]) -> bool:
    if is_site_name(block.text, site) or heads_other_stories(block.text) or len(block.text) > 300:
        return False
    link = next(block.element.iter("a"), None)
    target = "" if link is None else (link.get("href") or "")
    leads_home = not target.startswith("#") and target.rstrip("/").count("/") in (0, 2)
    return not (bool(block.links) and block.linked_share > _WHOLLY and leads_home)


def _is_named(element: Element) -> bool:
    return element.get("itemprop") in ("headline", "name headline") or Role.HEADLINE in role_of(element)


def _level(element: Element) -> str:
    within = (element, *element.iterancestors())
    return next((outer.tag for outer in within if re.fullmatch(r"h[1-6]", outer.tag)), "")


def _is_elsewhere(element: Element) -> bool:
    """Tell whether `element` stands in a part of the page where no headline stands."""
    for outer in (element, *element.iterancestors()):
        if outer.tag in ("nav", "aside", "footer", "dialog") or outer.get("role") in ("navigation", "dialog"):
            return True
        if outer.tag in ("article", "main", "body"):
            return False
    return False
