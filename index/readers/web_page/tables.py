"""Tables: which ones hold figures and which ones only lay out the page, and the rows of the former."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.readers.web_page.tree import HEADINGS, Element, text_of

_LONGEST_CELL = 500
"""Characters; a cell beyond this is a column of the page."""

_LONGEST_ONLY_ROW = 60
_MOST_SPANNED, _MOST_COLUMNS = 100, 200
_TWO_SENTENCES = re.compile(r"[a-z\d”\"’)][.!?][”\"’]? +[“\"]?[A-Z].*[.!?]", re.DOTALL)
_PAGE_PARTS = (*HEADINGS, "article", "section", "main", "form")


def is_data_table(table: Element) -> bool:
    """Tell whether the cells of `table` belong together in rows; else its cells hold parts of the page."""
    if table.get("role") in ("presentation", "none") or any(
        inner is not table for inner in table.iter("table")
    ):
        return False
    rows = [_cells(row) for row in table.iter("tr")]
    if max((len(row) for row in rows), default=0) < 2:
        return False
    if any(next(cell.iter(*_PAGE_PARTS), None) is not None for row in rows for cell in row):
        return False
    if next(table.iter("th", "caption", "thead"), None) is not None:
        return True
    texts = [text_of(cell) for row in rows for cell in row]
    if any(len(text) > _LONGEST_CELL for text in texts):
        return False
    if len(rows) == 1:
        return all(len(text) <= _LONGEST_ONLY_ROW for text in texts)
    return len(rows) > 2 or not any(_TWO_SENTENCES.search(text) for text in texts)


def table_rows(table: Element, read_cell: Callable[[Element], str]) -> list[str]:
    """Return the rows of `table` as lines, cells separated by " | ", a cell over several rows in each of them.

    Columns that hold nothing are left out, and so are such rows.
    """
    grid = _grid(table, read_cell)
    width = max((len(row) for row in grid), default=0)
    filled = [column for column in range(width) if any(row[column] for row in grid if column < len(row))]
    lines = []
    for row in grid:
        cells = [row[column] for column in filled if column < len(row)]
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            lines.append(" | ".join(cell for cell in cells if cell is not None).strip())
    return lines


def _grid(table: Element, read_cell: Callable[[Element], str]) -> list[list[str | None]]:
    """Return the cells by row and column; None is the rest of a cell that spans columns."""
    rows = sorted(table.iter("tr"), key=lambda row: row.getparent().tag == "tfoot")
    grid: list[list[str | None]] = []
    hanging: dict[int, tuple[str | None, int]] = {}
    for row in rows:
        line: list[str | None] = []
        for cell in _cells(row):
            _fill(line, hanging)
            text, below = read_cell(cell), _span(cell, "rowspan") - 1
            for number in range(min(_span(cell, "colspan"), max(0, _MOST_COLUMNS - len(line)))):
                shown = None if number else text
                if below:
                    hanging[len(line)] = (shown, below)
                line.append(shown)
        _fill(line, hanging)
        grid.append(line[:_MOST_COLUMNS])
    return grid


def _fill(line: list[str | None], hanging: dict[int, tuple[str | None, int]]) -> None:
    """Continue `line` with the cells that hang down from the rows above it."""
    while len(line) in hanging:
        text, below = hanging.pop(len(line))
        if below > 1:
            hanging[len(line)] = (text, below - 1)
        line.append(text)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: Element, attribute: str) -> int:
    value = (cell.get(attribute) or "").strip()
    return max(1, min(int(value), _MOST_SPANNED)) if value.isascii() and value.isdigit() else 1
