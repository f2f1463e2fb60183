"""The article's own blocks among those of its part of the page, and the by-line beside its headline."""

from __future__ import annotations

import re
from enum import Enum

from index.readers.web_page.article_part import is_prose
from index.readers.web_page.blocks import Block, Kind
from index.readers.web_page.bylines import read_byline
from index.readers.web_page.furniture import is_aside
from index.readers.web_page.headline import key
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.person_names import LEADING_BY
from index.readers.web_page.phrases import (
    heads_other_stories,
    is_control,
    is_furniture_line,
    points_elsewhere,
)
from index.readers.web_page.tree import Element

_BYLINE_BLOCKS = 15
"""Blocks behind the headline among which the by-line is looked for."""

_BEFORE_HEADLINE = 4
_STORY_WORDS = 4
"""Words of a link that make it another story's headline rather than a name."""

_TAG_WORDS = 6
_ENDED = re.compile(r"[.!?…:。！？؟।][”’\"')\]]*$")
_DATE_LABEL = re.compile(
    r"(?:first |originally |last )?(?:published|posted|updated|modified)\b", re.IGNORECASE
)
_BIO = r"(?:\s+\([^)]*\))?,?\s+(?:is|was|writes|covers|reports|has|works|joined|can be reached)\b"
_CONTACT = re.compile(
    r"(?:follow|contact|e-?mail|reach|write to)\b.{0,120}(?:@|twitter|e-?mail|linkedin|bluesky"
    r"|mastodon).{0,120}",
    re.IGNORECASE,
)


def byline_blocks(blocks: list[Block], headline: Block | None) -> list[Block]:
    """Return those of the page's `blocks` that may be the by-line of the article under `headline`.

    Behind the headline up to the first paragraph these are all blocks, right behind that paragraph (it may be
    the lead) those with a label, and elsewhere those that the page marks: the day of a masthead, or the author
    of a book that is spoken of, is none.
    """
    if headline is None:
        return []
    position = next(number for number, block in enumerate(blocks) if block is headline)
    before = blocks[max(0, position - _BEFORE_HEADLINE) : position]
    found = [block for block in before if _is_labelled(block, headline) or _is_marked(block, headline)]
    place = _Place.OPENING
    for block in blocks[position + 1 : position + 1 + _BYLINE_BLOCKS]:
        if is_prose(block):
            place = place if _is_standfirst(block) else _Place(min(place.value + 1, _Place.TEXT.value))
        elif (
            (place is _Place.OPENING and not _is_apart(block, headline))
            or (place is _Place.BEHIND_LEAD and _is_labelled(block, headline))
            or _is_marked(block, headline)
        ):
            found.append(block)
        elif place is _Place.BEHIND_LEAD:
            place = _Place.TEXT
    return found


class _Place(Enum):
    """How far the text has been read where a by-line may stand."""

    OPENING = 0
    BEHIND_LEAD = 1
    TEXT = 2


def _is_apart(block: Block, headline: Block) -> bool:
    own = next((outer for outer in headline.element.iterancestors() if outer.tag == "article"), None)
    top = block.element.getroottree().getroot() if own is None else own
    return is_aside(block.element, top)


def _is_labelled(block: Block, headline: Block) -> bool:
    line = read_byline(block.text)
    return line is not None and line.labelled and not _is_apart(block, headline)


def _is_marked(block: Block, headline: Block) -> bool:
    marked = bool(block.times) or _has_role(block.element, Role.BYLINE)
    return marked and _within(block.element, headline.element) and not _is_apart(block, headline)


def _within(element: Element, headline: Element) -> bool:
    """Tell whether `element` stands in the header or the article that `headline` stands in."""
    own = [outer for outer in headline.iterancestors() if outer.tag in ("header", "article", "hgroup")]
    return any(outer in own for outer in element.iterancestors())


def _is_standfirst(block: Block) -> bool:
    return _has_role(block.element, Role.STANDFIRST) or any(
        outer.tag in ("header", "hgroup") for outer in block.element.iterancestors()
    )


def _has_role(element: Element, role: Role) -> bool:
    for outer in (element, *element.iterancestors()):
        if outer.tag in ("article", "main", "body"):
            return False
        if role in role_of(outer):
            return True
    return False


def article_blocks(
    blocks: list[Block], part: Element, headline: Block | None, titles: set[str], authors: tuple[str, ...]
) -> list[Block]:
    """Return the blocks of the article's text out of all `blocks` of a page without its furniture.

    They are those in `part` behind the headline, and the lead between the headline and the part. `titles`
    are the keys (`headline.key`) of what is no text: the headline and the site's names.
    """
    inside = [
        number
        for number, block in enumerate(blocks)
        if part is block.element or part in block.element.iterancestors()
    ]
    if not inside:
        return []
    first, last = inside[0], inside[-1] + 1
    shown = next(
        (number for number, block in enumerate(blocks) if headline and block.element is headline.element),
        None,
    )
    lead: list[Block] = []
    if shown is not None and shown < last:
        lead = [block for block in blocks[shown + 1 : first] if _is_lead(block)]
        first = max(first, shown + 1)
    found = lead + blocks[first:last]
    found = [block for block in found if not _is_beside_story(block) and not _is_title(block, titles)]
    return _without_edges(found, authors)


def _is_title(block: Block, titles: set[str]) -> bool:
    """Tell whether `block` repeats a title, or holds no word at all ("* * *")."""
    shown = key(block.text)
    return not shown or (block.kind in (Kind.HEADING, Kind.LOOSE) and shown in titles)


def _is_lead(block: Block) -> bool:
    """Tell whether `block`, between the headline and the article's text, is the lead."""
    if is_prose(block) or _has_role(block.element, Role.STANDFIRST):
        return True
    return block.kind is Kind.HEADING and not block.links and len(block.text.split()) >= _STORY_WORDS


def _is_beside_story(block: Block) -> bool:
    """Tell whether `block` is furniture by its words or by being no more than a link to another story."""
    if block.kind is Kind.ROW:
        return False
    text = block.text
    if is_furniture_line(text):
        return True
    unlinked = _unlinked(block)
    wholly_linked = bool(block.links) and not re.search(r"\w", unlinked)
    if (block.kind is Kind.LOOSE or wholly_linked) and is_control(text):
        return True
    ends_in_link = len(block.links) == 1 and not re.search(r"\w", text[block.links[0][1] :])
    if points_elsewhere(text, block.links[0][0] if ends_in_link else None):
        return True
    if block.links and heads_other_stories(unlinked.strip()):
        return True
    return wholly_linked and _leads_away(block)


def _unlinked(block: Block) -> str:
    position, rest = 0, ""
    for start, end in block.links:
        rest += block.text[position:start]
        position = end
    return rest + block.text[position:]


def _leads_away(block: Block) -> bool:
    """Tell whether a block that is all links is another story's headline or a row of sections."""
    if block.kind is Kind.LOOSE:
        return True
    if block.kind in (Kind.HEADING, Kind.ITEM):
        return False
    if len(block.links) > 1:
        return not re.search(r"[,;.]", _unlinked(block))
    return len(block.text.split()) >= _STORY_WORDS and not re.search(r"[.!?…][”\"’]?$", block.text)


def _without_edges(blocks: list[Block], authors: tuple[str, ...]) -> list[Block]:
    """Return `blocks` without the by-line in front, and without the author's portrait and bare headings at the end."""
    first = next((number for number, block in enumerate(blocks[:_BYLINE_BLOCKS]) if is_prose(block)), None)
    places = {_place(block) for block in blocks if is_prose(block)}
    kept = [
        block
        for number, block in enumerate(blocks)
        if not (
            (first is not None and number < first and _is_tag(block) and _place(block) not in places)
            or (number < (_BYLINE_BLOCKS if first is None else first) and _is_byline(block, authors))
            or _is_labelled_byline(block, authors)
        )
    ]
    while kept and (
        _is_portrait(kept[-1], authors) or _is_topic(kept) or (len(kept) > 1 and _is_bare(kept[-1], places))
    ):
        kept.pop()
    return kept


def _place(block: Block) -> tuple[Element, str]:
    """Return what the paragraphs of one text have in common on a page that does not mark paragraphs."""
    shared = block.element if block.element.tag in ("td", "body") else block.element.getparent()
    return shared, block.element.tag


def _is_byline(block: Block, authors: tuple[str, ...]) -> bool:
    return read_byline(block.text, authors) is not None or (
        _has_role(block.element, Role.BYLINE) and len(block.text.split()) <= 30
    )


def _is_tag(block: Block) -> bool:
    """Tell whether `block`, before the first paragraph, is the name of a section or a place."""
    return (
        block.kind is Kind.LOOSE and len(block.text.split()) <= _TAG_WORDS and not _ENDED.search(block.text)
    )


def _is_labelled_byline(block: Block, authors: tuple[str, ...]) -> bool:
    """Tell whether `block`, anywhere, is the article's by-line and not that of a book or an event in it."""
    begins = _DATE_LABEL.match(block.text)
    if block.kind is Kind.HEADING or not (
        begins or LEADING_BY.match(block.text) or block.text.startswith(authors)
    ):
        return False
    line = read_byline(block.text, authors)
    if line is None:
        return False
    dated = bool(begins and (line.published or line.updated))
    return dated or bool(line.authors and set(line.authors) <= set(authors))


def _is_portrait(block: Block, authors: tuple[str, ...]) -> bool:
    """Tell whether a last paragraph says who the author is and how to reach them."""
    if _CONTACT.fullmatch(block.text) or (_has_role(block.element, Role.BYLINE) and not is_prose(block)):
        return True
    return any(re.match(re.escape(author) + _BIO, block.text) for author in authors)


def _is_bare(block: Block, places: set[tuple[Element, str]]) -> bool:
    """Tell whether `block`, at the end, is a heading of nothing or a line of the page's foot."""
    if _ENDED.search(block.text):
        return False
    return block.kind is Kind.HEADING or (block.kind is Kind.LOOSE and _place(block) not in places)


def _is_topic(blocks: list[Block]) -> bool:
    """Tell whether the last block is an item of a list of links that no sentence announces."""
    last = blocks[-1]
    if last.kind is not Kind.ITEM or not last.links or re.search(r"\w", _unlinked(last)):
        return False
    before = next((block for block in reversed(blocks) if block.group is not last.group), None)
    return before is None or not before.text.endswith(":")
