"""The body of a document as paragraphs and tables, in the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.readers.word.package import Element, child_of, local_name, value_of
from index.readers.word.paragraphs import Paragraph, ParagraphReader, chosen, is_placeholder
from index.readers.word.styles import Styles, is_on

_LONGEST_CELL = 500
"""Characters; a cell of several paragraphs beyond this is a column of the page."""

_DEEPEST = 30
"""Tables and text boxes inside one another."""


@dataclass(slots=True)
class Block:
    """A paragraph, or the rows of a table."""

    paragraph: Paragraph | None
    rows: list[str]


_Cell = list[Block]


class BodyReader:
    """Reads what stands in a body, a text box or a cell."""

    def __init__(self, styles: Styles, body: Element) -> None:
        self._paragraphs = ParagraphReader(styles, body)
        self._depth = 0

    def read(self, container: Element) -> list[Block]:
        """Return the blocks in `container`; a text box follows the paragraph that it is anchored in."""
        self._depth += 1
        blocks = self._collect(container) if self._depth <= _DEEPEST else []
        self._depth -= 1
        return blocks

    def _collect(self, container: Element) -> list[Block]:
        blocks: list[Block] = []
        waiting = Paragraph()
        for element in _elements(container):
            if local_name(element) == "tbl":
                blocks += [*_as_blocks(waiting), *self._read_table(element)]
                waiting = Paragraph()
                continue
            paragraph = self._paragraphs.read(element)
            paragraph.pieces = waiting.pieces + paragraph.pieces
            paragraph.boxes = waiting.boxes + paragraph.boxes
            if paragraph.goes_on:
                waiting = paragraph
                continue
            waiting = Paragraph()
            blocks += _as_blocks(paragraph)
            blocks += [block for box in paragraph.boxes for block in self.read(box)]
        return blocks + _as_blocks(waiting)

    def _read_table(self, table: Element) -> list[Block]:
        rows = [self._read_row(row) for row in _rows(table)]
        rows = [row for row in rows if row]
        if _is_layout(rows):
            return [block for row in rows for cell in row for block in cell]
        lines = [" | ".join(_cell_text(cell) for cell in row).rstrip(" |").lstrip() for row in rows]
        return [Block(None, [line for line in lines if line])] if any(lines) else []

    def _read_row(self, row: Element) -> list[_Cell]:
        """Return the cells of a row; the rest of a cell that was merged downwards is not one."""
        cells = []
        for cell in _within(row, "tc"):
            properties = child_of(cell, "tcPr")
            if properties is not None:
                merged = child_of(properties, "vMerge")
                if merged is not None and value_of(merged) != "restart":
                    continue
                if child_of(properties, "cellDel") is not None:
                    continue
            cells.append(self.read(cell))
        return cells


def _elements(container: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a container, those in content controls among them."""
    for child in container:
        name = local_name(child)
        if name in ("p", "tbl"):
            yield child
        elif name in ("ins", "moveTo", "customXml", "sdtContent") or (
            name == "sdt" and not is_placeholder(child)
        ):
            yield from _elements(child)
        elif name == "AlternateContent":
            yield from _elements(chosen(child))


def _rows(table: Element) -> Iterator[Element]:
    for row in _within(table, "tr"):
        properties = child_of(row, "trPr")
        removed = properties is not None and (
            child_of(properties, "del") is not None or is_on(child_of(properties, "hidden"))
        )
        if not removed:
            yield row


def _within(parent: Element, wanted: str) -> Iterator[Element]:
    for child in parent:
        name = local_name(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(child, wanted)


def _as_blocks(paragraph: Paragraph) -> list[Block]:
    return [Block(paragraph, [])] if paragraph.text.strip() else []


def _is_layout(rows: list[list[_Cell]]) -> bool:
    """Tell whether a table only sets parts of the page beside or above one another."""
    if max((len(row) for row in rows), default=0) < 2:
        return True
    for cell in (cell for row in rows for cell in row):
        length = sum(len(block.paragraph.text) for block in cell if block.paragraph)
        if len(cell) > 1 and length > _LONGEST_CELL:
            return True
    return False


def _cell_text(cell: _Cell) -> str:
    """Return a cell as one line; the rows of a table inside of it are set off by semicolons."""
    parts = []
    for block in cell:
        if block.paragraph is not None:
            parts.append(block.paragraph.text)
        else:
            parts.append("; ".join(row.replace(" | ", " ") for row in block.rows))
    return re.sub(r"\s+", " ", " ".join(parts)).strip()
