"""Rows of tables, which say something only together with the head of their table."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from index.words import stem, words

_BETWEEN = " | "
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_LONGEST_CAPTION = 200
"""In characters. A line before a table that is longer is a paragraph, and no caption."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: where the head of its table stands in the article's text, and what stands under which column.

    `columns` and `cells` are as many; the first is what the row is about. `caption` is the line before the head, if it
    is short.
    """

    start: int
    end: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    caption: str

    @property
    def reading(self) -> str:
        """The row as it would be read out: "Harbour Port Elden: Ships 2025 1,460; Dock workers 2,350"."""
        said = [
            f"{column} {cell}".strip()
            for column, cell in zip(self.columns[1:], self.cells[1:], strict=True)
            if cell
        ]
        about = f"{self.columns[0]} {self.cells[0]}".strip()
        return f"{about}: {'; '.join(said)}"

    def asked_for(self, wanted: AbstractSet[str]) -> tuple[str, str] | None:
        """Return the column, with its cell, that holds most of these stems; None where none does, or several do."""
        shared = [len(_stems(column) & wanted) for column in self.columns[1:]]
        best = max(shared, default=0)
        if not best or shared.count(best) > 1:
            return None
        place = 1 + shared.index(best)
        return self.columns[place], self.cells[place]

    def another_year(self, wanted: AbstractSet[str]) -> bool:
        """Tell whether the column that is asked for by its other words is of another year than is asked for."""
        years = {word for word in wanted if _YEAR.fullmatch(word)}
        found = self.asked_for(wanted - years)
        own = set(_YEAR.findall(found[0])) if found else set()
        return bool(years and own) and years.isdisjoint(own)


def row_at(text: str, start: int, end: int, floor: int) -> TableRow | None:
    """Return the row that `text[start:end]` is; None where it is none, or its table has no head from `floor` on.

    A head has no figures but years.
    """
    if _BETWEEN not in text[start:end]:
        return None
    head = _head_start(text, start, floor)
    head_end = text.find("\n", head)
    if not head <= head_end < start or _BETWEEN in _line_above(text, head):
        return None
    columns, cells = _split(text[head:head_end]), _split(text[start:end])
    if len(columns) == len(cells) - 1 and all(map(_YEAR.fullmatch, columns)):
        columns = ("", *columns)
    if len(cells) > len(columns) or not _is_head(columns):
        return None
    # Empty cells at its end are not written.
    cells += ("",) * (len(columns) - len(cells))
    return TableRow(head, head_end, columns, cells, _caption(text, head, floor))


def is_head(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` is the head of a table: its first row, without figures, and more rows below it."""
    if _BETWEEN not in text[start:end] or not _is_head(_split(text[start:end])):
        return False
    below = text[end:].partition("\n")[2].partition("\n")[0]
    return _BETWEEN not in _line_above(text, start) and _BETWEEN in below


def _line_above(text: str, start: int) -> str:
    return text[:start].removesuffix("\n").rpartition("\n")[2] if start else ""


def _head_start(text: str, start: int, floor: int) -> int:
    """Return where the first of the rows begins that stand one below the other up to this one."""
    while start > floor:
        above = text.rfind("\n", floor, start - 1) + 1 or floor
        if _BETWEEN not in text[above : start - 1]:
            break
        start = above
    return start


def _caption(text: str, head: int, floor: int) -> str:
    line = text[floor:head].rstrip("\n").rpartition("\n")[2].strip()
    return line if len(line) <= _LONGEST_CAPTION and _BETWEEN not in line else ""


def _split(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip("\n").split("|"))


def _is_head(columns: tuple[str, ...]) -> bool:
    return not any(_FIGURE.search(_YEAR.sub("", column)) for column in columns)


def _stems(column: str) -> set[str]:
    return {stem(word) for word in words(column)}
