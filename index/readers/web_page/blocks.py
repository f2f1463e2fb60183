"""A part of the page as blocks of text: paragraphs, headings, items of lists, rows of tables, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from lxml import etree  # type: ignore[import-untyped]

from index.readers.web_page.raised import is_raised, is_reference, lowered, raised
from index.readers.web_page.tables import is_data_table, table_rows
from index.readers.web_page.tree import (
    BLOCKS,
    CLOSED,
    DROPPED,
    GAP,
    HEADINGS,
    LINE,
    LINK_CLOSED,
    LINK_OPENED,
    MARK,
    OPENED,
    Element,
    plain,
    spaced,
    style_of,
    text_of,
    visible,
)


class Kind(Enum):
    """What a block is on the page."""

    PARAGRAPH = auto()
    HEADING = auto()
    ITEM = auto()
    ROW = auto()
    LOOSE = auto()
    """Text of a division or of a layout's cell, not marked as a paragraph."""


@dataclass(slots=True)
class Block:
    """A block of text, on several lines only where the page breaks them.

    `element` is the innermost block element around it, `links` its links as (start, end) in characters,
    `times` its time elements, `group` the list or table whose lines belong together.
    """

    text: str
    element: Element
    kind: Kind
    marker: str = ""
    links: list[tuple[int, int]] = field(default_factory=list)
    times: list[Element] = field(default_factory=list)
    group: Element | None = None

    @property
    def linked_share(self) -> float:
        """The share of the block's letters and figures that are in links, 0 to 1."""
        total = _letters(self.text)
        return sum(_letters(self.text[start:end]) for start, end in self.links) / total if total else 0.0


def blocks_of(root: Element) -> list[Block]:
    """Return the blocks of text in `root`, in reading order."""
    return _Reader(root).read()


def joined(blocks: list[Block]) -> str:
    """Return the text of `blocks`: a blank line between them, none within a list or a table."""
    pieces: list[str] = []
    for number, block in enumerate(blocks):
        if number:
            together = block.group is not None and block.group is blocks[number - 1].group
            pieces.append("\n" if together else "\n\n")
        pieces.append(block.marker + block.text)
    return "".join(pieces)


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


_EMPTY_LINE = re.compile(rf"{LINE}(?:(?:\s|{MARK})*{LINE})+")
_BULLET = re.compile(r"[•●▪◦‣·■□➤►*–-]\s+")
_ENDS_TERM = re.compile(r".*[.:?!–—-]", re.DOTALL)
_PARAGRAPHS = frozenset(("p", "blockquote", "dd", "dt", "pre"))
_LISTS = frozenset(("ul", "ol", "menu", "dir"))


class _Reader:
    """Walks a part of the page once; `_pieces` is the text read since the last block."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._blocks: list[Block] = []
        self._pieces: list[str] = []
        self._times: list[Element] = []
        self._open: list[Element] = [root]
        self._links = 0
        self._links_before = 0
        self._numbers: dict[Element, int] = {}
        self._marker = ""
        self._quotes: list[str] = []

    def read(self) -> list[Block]:
        walk = etree.iterwalk(self._root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if self._enter(element):
                    self._add(element.text, element)
                else:
                    skipped = element
                    walk.skip_subtree()
                continue
            if element is not skipped:
                self._leave(element)
            if element is not self._root:
                self._add(element.tail, element.getparent())
        self._flush()
        return self._blocks

    def _add(self, text: str | None, within: Element) -> None:
        if text:
            self._pieces.append(visible(text.replace("\n", LINE) if within.tag == "pre" else text))

    def _enter(self, element: Element) -> bool:
        """Begin `element`; tell whether what is in it is still to be read."""
        if element.tag in BLOCKS:
            self._flush()
            return element is self._root or self._enter_block(element)
        if element.tag == "br":
            self._pieces.append(LINE)
        elif element.tag in (GAP, "img"):
            self._pieces.append(DROPPED)
        elif is_reference(element):
            self._pieces.append(DROPPED)
            return False
        elif element.tag == "sub" or is_raised(element):
            self._shift(element)
            return False
        else:
            self._enter_inline(element)
        return True

    def _enter_block(self, element: Element) -> bool:
        if element.tag == "table" and is_data_table(element):
            caption = next(element.iter("caption"), None)
            rows = [] if caption is None else [text_of(caption)]
            rows += table_rows(element, _cell_text)
            self._blocks += [Block(row, element, Kind.ROW, group=element) for row in rows if row]
            return False
        self._open.append(element)
        if element.tag == "li":
            self._marker = self._marker_of(element)
        return True

    def _enter_inline(self, element: Element) -> None:
        if _is_block_by_style(element):
            self._flush()
        self._pieces.append(OPENED)
        if element.tag == "a":
            self._links += 1
            self._pieces.append(LINK_OPENED)
        elif element.tag == "time":
            self._times.append(element)
        elif element.tag == "q":
            # Some pages write the quotation marks as well as the element.
            marked = text_of(element)[:1] in tuple("\"'“„‘«‚")
            self._quotes.append("" if marked else "‘’" if any(self._quotes) else "“”")
            self._pieces.append(self._quotes[-1][:1])

    def _leave(self, element: Element) -> None:
        if element.tag in BLOCKS:
            if element is not self._root:
                self._flush()
                self._open.pop()
                self._marker = "" if element.tag == "li" else self._marker
        elif element.tag not in ("br", GAP, "img"):
            self._leave_inline(element)

    def _leave_inline(self, element: Element) -> None:
        if element.tag == "a":
            self._links -= 1
            self._pieces.append(LINK_CLOSED)
        elif element.tag == "q":
            self._pieces.append(self._quotes.pop()[1:])
        self._pieces.append(CLOSED)
        if _is_block_by_style(element):
            self._flush()

    def _shift(self, element: Element) -> None:
        """Read a raised or lowered text, which depends on what stands on either side of it."""
        before = plain("".join(self._pieces[-8:])[-60:] + "|")[:-1]
        change = lowered if element.tag == "sub" else raised
        self._pieces.append(change(before, text_of(element), visible(element.tail or "")))

    def _flush(self) -> None:
        raw = "".join(self._pieces)
        times, self._pieces, self._times = self._times, [], []
        open_links, self._links_before = self._links_before, self._links
        for part in _EMPTY_LINE.split(raw):
            text, links, open_links = _text_and_links(spaced(part), open_links)
            if text:
                self._take(text, links, times)

    def _take(self, text: str, links: list[tuple[int, int]], times: list[Element]) -> None:
        element = self._open[-1]
        if self._marker and (bullet := _BULLET.match(text)):
            text, links = text[bullet.end() :], _moved(links, -bullet.end())
        block = Block(text, element, self._kind(), self._marker, links, times)
        if self._marker:
            block.group = next(outer for outer in self._open if outer.tag in (*_LISTS, "li"))
            if text.startswith(self._marker):
                block.marker = ""
        self._marker = ""
        term = self._blocks[-1] if self._blocks else None
        if (
            term is not None
            and term.element.tag == "dt"
            and any(outer.tag == "dd" for outer in self._open[-3:])
        ):
            term.text += " " if _ENDS_TERM.fullmatch(term.text) else ": "
            term.links += _moved(links, len(term.text))
            term.text, term.element = term.text + text, element
        else:
            self._blocks.append(block)

    def _kind(self) -> Kind:
        if self._marker:
            return Kind.ITEM
        for outer in reversed(self._open):
            if outer.tag in HEADINGS:
                return Kind.HEADING
            if outer.tag in _PARAGRAPHS:
                return Kind.PARAGRAPH
            if outer.tag in ("table", "article", "section", "main", "body"):
                break
        return Kind.LOOSE

    def _marker_of(self, item: Element) -> str:
        """Return what stands before an item of a list: "- " or its number."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or "none" in style_of(parent).get("list-style-type", ""):
            return "- "
        step = -1 if parent.get("reversed") is not None else 1
        if parent not in self._numbers:
            first = len(parent.findall("li")) if step < 0 else 1
            self._numbers[parent] = _whole(parent.get("start"), first) - step
        self._numbers[parent] = _whole(item.get("value"), self._numbers[parent] + step)
        return f"{self._numbers[parent]}. "


def _text_and_links(part: str, open_links: int) -> tuple[str, list[tuple[int, int]], int]:
    """Return a block's text, where its links are, and how many links are still open behind it."""
    text = ""
    links: list[tuple[int, int]] = []
    start = 0
    for piece in re.split(f"([{LINK_OPENED}{LINK_CLOSED}])", part):
        if piece == LINK_OPENED:
            start = start if open_links else len(text)
            open_links += 1
        elif piece == LINK_CLOSED:
            open_links = max(0, open_links - 1)
            if not open_links:
                links.append((start, len(text)))
        else:
            piece = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", piece.replace(LINE, "\n")))
            if piece.startswith("\n"):
                text = text.rstrip(" ")
            text += piece.lstrip(" ") if text[-1:] in ("", " ", "\n") else piece
    if open_links:
        links.append((start, len(text)))
    lead = len(text) - len(text.lstrip())
    return text.strip(), _moved(links, -lead), open_links


def _moved(links: list[tuple[int, int]], by: int) -> list[tuple[int, int]]:
    return [(max(0, start + by), max(0, end + by)) for start, end in links]


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value, re.ASCII) else otherwise


def _is_block_by_style(element: Element) -> bool:
    shown = style_of(element).get("display", "") if element.get("style") else ""
    return shown in ("block", "flex", "grid", "list-item", "table")


def _cell_text(cell: Element) -> str:
    """Return what stands in a table's cell, on one line; figures on different lines do not meet."""
    text = ""
    for block in blocks_of(cell):
        line = re.sub(r"(?<=\d)\n(?=\d)", "; ", block.text).replace("\n", " ")
        apart = block.kind is Kind.ITEM or (text[-1:].isdigit() and line[:1].isdigit())
        text += ("; " if apart else " ") + line if text else line
    return text
