"""Tables: rows of cells that stand under one another, told from columns of running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from index.readers.pdf.segments import Segment, in_rows

_FARTHEST = 3.2
"""Ems between the baselines of two rows of one table."""

_MOST_COLUMNS = 40

_CONTEXT = 6
"""Rows looked at above and below what may be a table."""

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TERMINAL = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


@dataclass(slots=True)
class Table:
    """A table as lines of text, one for each row, and the box that it fills, in points."""

    rows: list[str]
    segments: list[Segment]
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(slots=True)
class _Column:
    x0: float
    x1: float


_Cells = dict[int, Segment]
"""The cells of one row by column."""


class _Grid:
    """Rows that fit into common columns, as far as they have been read."""

    def __init__(self, row: list[Segment]) -> None:
        self.columns = [_Column(cell.x0, cell.x1) for cell in row]
        self.rows: list[list[Segment]] = [row]

    def add(self, row: list[Segment]) -> bool:
        """Add a row if each of its cells stands under one column, or beside all of them."""
        columns = [_Column(column.x0, column.x1) for column in self.columns]
        taken: set[int] = set()
        for cell in row:
            hits = [number for number, column in enumerate(columns) if _overlap(cell, column)]
            if len(hits) > 1 or (hits and hits[0] in taken):
                return False
            if hits:
                columns[hits[0]].x0 = min(columns[hits[0]].x0, cell.x0)
                columns[hits[0]].x1 = max(columns[hits[0]].x1, cell.x1)
                taken.add(hits[0])
            else:
                taken.add(len(columns))
                columns.append(_Column(cell.x0, cell.x1))
        ordered = sorted(columns, key=lambda column: column.x0)
        if any(after.x0 <= before.x1 for before, after in pairwise(ordered)):
            return False
        self.columns = ordered
        self.rows.append(row)
        return True

    def cells(self) -> list[_Cells]:
        """Return the rows' cells by the number of their column."""
        return [
            {next(n for n, column in enumerate(self.columns) if _overlap(cell, column)): cell for cell in row}
            for row in self.rows
        ]


def find_tables(segments: Sequence[Segment]) -> list[Table]:
    """Return the tables among `segments`, from the top down.

    Rows of running text in columns are none: their lines are long, and begin in the middle of sentences.
    """
    rows = in_rows(segments)
    tables: list[Table] = []
    start = 0
    while start < len(rows):
        grid = _grow(rows, start)
        if grid is not None and _has_rows(grid) and _is_table(grid, _beyond(rows, start, grid)):
            first = start
            if start > 0 and _is_heading(rows[start - 1], grid) and not _belongs(rows[start - 1], tables):
                first -= 1
            tables.append(_as_table(grid, rows[first] if first < start else []))
            start += len(grid.rows)
        else:
            start += 1
    return tables


@lru_cache(maxsize=50_000)
def is_figure(text: str) -> bool:
    """Tell whether a cell holds a figure, or the dash that stands for none."""
    letters = sum(character.isalpha() for character in text)
    digits = sum(character.isdigit() for character in text)
    return (digits > 0 and letters <= max(2, digits / 2)) or text in {"–", "—", "-", "…", "..", "n/a", "N/A"}


def is_prose(lines: Sequence[Segment], x0: float, x1: float) -> bool:
    """Tell whether lines that stand under one another between x0 and x1 are running text."""
    texts = [line.text for line in lines]
    if len(texts) < 3 or sum(is_figure(text) for text in texts) > 0.3 * len(texts):
        return False
    mid_sentence = sum(text[:1].islower() for text in texts[1:]) / (len(texts) - 1)
    words = sum(len(text.split()) + len(_CJK.findall(text)) / 2 for text in texts) / len(texts)
    filled = median(line.x1 - line.x0 for line in lines) > 0.75 * (x1 - x0)
    return (mid_sentence >= 0.3 and words > 1.5) or (words >= 5 and filled)


def is_wordy(lines: Sequence[Segment]) -> bool:
    """Tell whether lines have more words than the cells of a table; of two such columns, neither is one's labels."""
    return sum(len(line.text.split()) for line in lines) >= 3 * len(lines)


def _overlap(cell: Segment, column: _Column) -> bool:
    return min(cell.x1, column.x1) - max(cell.x0, column.x0) > 0


def _grow(rows: list[list[Segment]], start: int) -> _Grid | None:
    if not 2 <= len(rows[start]) <= _MOST_COLUMNS:
        return None
    grid = _Grid(rows[start])
    for number in range(start + 1, len(rows)):
        row, above = rows[number], rows[number - 1]
        if above[0].y - row[0].y > _FARTHEST * max(row[0].size, above[0].size):
            break
        if len(row) == 1 and not _stands_between(rows, number, grid):
            break
        if not grid.add(row):
            break
    while len(grid.rows[-1]) == 1 and len(grid.rows) > 1 and not _continues_cell(grid):
        grid.rows.pop()
    return grid


def _stands_between(rows: list[list[Segment]], number: int, grid: _Grid) -> bool:
    """Tell whether a single cell is a wrapped one or a heading inside of the table."""
    cell = rows[number][0]
    if sum(_overlap(cell, column) for column in grid.columns) != 1:
        return False
    close = rows[number - 1][0].y - cell.y < 1.4 * cell.size
    return close or (number + 1 < len(rows) and len(rows[number + 1]) > 1)


def _continues_cell(grid: _Grid) -> bool:
    """Tell whether the last row is the rest of a wrapped cell: it stands closer than rows do."""
    last, above = grid.rows[-1][0], grid.rows[-2]
    gap = above[0].y - last.y
    return gap < 1.4 * last.size and (last.x0 > grid.columns[0].x1 or gap < 0.85 * _pitch(grid))


def _pitch(grid: _Grid) -> float:
    """Return the usual distance of two rows that begin in the first column, in points."""
    gaps = [
        above[0].y - row[0].y
        for above, row in pairwise(grid.rows)
        if len(row) > 1 and _overlap(row[0], grid.columns[0])
    ]
    return median(gaps) if gaps else 0.0


def _beyond(rows: list[list[Segment]], start: int, grid: _Grid) -> list[Segment]:
    """Return the pieces that go on where the grid ends, line for line: columns of text do, tables do not."""
    end = start + len(grid.rows)
    found: list[Segment] = []
    for neighbours, edge in (
        (rows[max(0, start - _CONTEXT) : start][::-1], start),
        (rows[end : end + _CONTEXT], end - 1),
    ):
        frontier = list(rows[edge])
        for row in neighbours:
            close = [
                piece
                for piece in row
                if sum(_overlap(piece, column) for column in grid.columns) == 1
                and any(_goes_on(piece, other) for other in frontier)
            ]
            found += close
            frontier += close
    return found


def _goes_on(piece: Segment, other: Segment) -> bool:
    overlap = min(piece.x1, other.x1) - max(piece.x0, other.x0)
    return (
        abs(piece.y - other.y) < 1.5 * other.size
        and overlap > 0.5 * min(piece.x1 - piece.x0, other.x1 - other.x0)
        and 0.9 < piece.size / other.size < 1.1
    )


def _has_rows(grid: _Grid) -> bool:
    return sum(len(row) > 1 for row in grid.rows) >= 2


def _is_table(grid: _Grid, beyond: list[Segment]) -> bool:
    columns = _columns_of(grid)
    prose = [_is_prose_column(grid.columns[n], cells, beyond) for n, cells in columns.items()]
    figures = sum(_is_of_figures(column) for column in columns.values())
    if not any(prose):
        wordy = len(columns) == 2 and all(is_wordy(column) for column in columns.values())
        return figures > 0 or (sum(len(row) > 1 for row in grid.rows) >= 3 and not wordy)
    return not prose[0] and _prose_starts_with_rows(grid)


def _is_prose_column(column: _Column, cells: list[Segment], beyond: list[Segment]) -> bool:
    lines = [*cells, *(piece for piece in beyond if _overlap(piece, column))]
    lines.sort(key=lambda line: -line.y)
    return is_prose(lines, min(line.x0 for line in lines), max(line.x1 for line in lines))


def _columns_of(grid: _Grid) -> dict[int, list[Segment]]:
    cells = grid.cells()
    return {n: [row[n] for row in cells if n in row] for n in range(len(grid.columns))}


def _is_of_figures(column: list[Segment]) -> bool:
    below_heading = column[1:] if len(column) > 1 and not is_figure(column[0].text) else column
    return sum(is_figure(cell.text) for cell in below_heading) >= 0.6 * len(below_heading)


def _prose_starts_with_rows(grid: _Grid) -> bool:
    """Tell whether wrapped cells begin where the first column has an entry, as sentences in rows do."""
    cells = grid.cells()
    anchors = [row for row in cells if 0 in row]
    wrapped = [(above, row) for above, row in pairwise(cells) if 0 not in row]
    if len(anchors) < 2 or not wrapped:
        return False
    begins = [not cell.text[:1].islower() for row in anchors for n, cell in row.items() if n > 0]
    ends = [
        _TERMINAL.search(cell.text) is not None or cell.x1 < column.x1 - 2 * cell.size
        for above, row in pairwise(cells)
        if 0 in row
        for n, column in enumerate(grid.columns)
        if n > 0 and (cell := above.get(n)) is not None
    ]
    return all(begins) and sum(ends) >= 0.7 * len(ends)


def _is_heading(row: list[Segment], grid: _Grid) -> bool:
    first = grid.rows[0][0]
    close = row[0].y - first.y < 2.5 * first.size
    inside = (
        row[0].x0 >= grid.columns[0].x0 - first.size and row[-1].x1 <= grid.columns[-1].x1 + 2 * first.size
    )
    short = all(len(cell.text.split()) <= 5 for cell in row)
    return close and inside and short and len(row) > 1


def _belongs(row: list[Segment], tables: list[Table]) -> bool:
    return bool(tables) and any(cell is row[0] for cell in tables[-1].segments)


def _as_table(grid: _Grid, heading: list[Segment]) -> Table:
    segments = [cell for row in [heading, *grid.rows] for cell in row]
    rows = [" | ".join(cell.text for cell in heading)] if heading else []
    rows += [_row_text(group, len(grid.columns)) for group in _groups(grid)]
    return Table(
        rows=rows,
        segments=segments,
        x0=min(cell.x0 for cell in segments),
        x1=max(cell.x1 for cell in segments),
        top=max(cell.top for cell in segments),
        bottom=min(cell.bottom for cell in segments),
    )


def _groups(grid: _Grid) -> list[list[_Cells]]:
    """Put the lines of wrapped cells together: they stand closer than the rows do."""
    cells = grid.cells()
    gaps = [above[0].y - below[0].y for above, below in pairwise(grid.rows)]
    pitch = _pitch(grid)
    groups: list[list[_Cells]] = [[cells[0]]]
    for gap, above, row in zip(gaps, cells, cells[1:], strict=False):
        close = gap < 1.4 * next(iter(row.values())).size
        partial = 0 not in row or len(row) == 1 or len(above) == 1
        starts_small = len(row) == 1 and 0 in row and row[0].text[:1].islower()
        if close and partial and (gap < 0.85 * pitch or 0 not in row or starts_small):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _row_text(group: list[_Cells], columns: int) -> str:
    texts = [" ".join(row[n].text for row in group if n in row) for n in range(columns)]
    filled = [text for text in texts if text]
    return filled[0] if len(filled) == 1 else " | ".join(texts).rstrip(" |")
