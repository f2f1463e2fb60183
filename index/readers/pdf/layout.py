"""The order in which a page is read: headlines across it, columns one after the other, tables as a whole.

A page is cut along its gutters, the white strips that run between columns. A line that crosses a gutter (a
headline, a table, a caption) ends the columns above it, and others begin below. Each part is cut again until
nothing is left to cut, and is then read line by line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.readers.pdf.characters import in_order_of_writing
from index.readers.pdf.segments import Segment, in_rows
from index.readers.pdf.tables import Table, find_tables, is_figure, is_prose, is_wordy

_NARROWEST = 0.6
"""Ems of the narrowest gutter."""

_DEEPEST = 10
_CANDIDATES = 40

_LIST_MARKER = re.compile(r"[•▪◦‣●■◆]|\(?\d{1,3}[.)]|[–-](?=$)")

_Item = Segment | Table


@dataclass(slots=True)
class Line:
    """One line of text, in points; `note` says that it begins with a footnote's marker."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    note: bool = False


@dataclass(slots=True)
class Block:
    """Lines that are read one after the other, or the rows of a table, which have no lines."""

    lines: list[Line]
    rows: list[str]


@dataclass(slots=True)
class _Cut:
    above: list[_Item]
    left: list[_Item]
    right: list[_Item]
    below: list[_Item]
    height: float


def find_blocks(segments: list[Segment]) -> list[Block]:
    """Return the blocks of a page in the order in which they are read."""
    return _arranged(list(_with_list_markers(segments)), 0)


def _arranged(items: list[_Item], depth: int) -> list[Block]:
    # A table beside a column of text is found whole only after that column has been cut off.
    cut = _best_cut(_with_tables(items, alone=True)) if depth < _DEEPEST else None
    if cut is None:
        return _blocks(_with_tables(items, alone=False))
    parts = (cut.above, cut.left, cut.right, cut.below)
    return [block for part in parts if part for block in _arranged(part, depth + 1)]


def _with_list_markers(segments: list[Segment]) -> list[Segment]:
    """Join a bullet or a number with the item that stands behind it."""
    kept: list[Segment] = []
    for row in in_rows(segments):
        for segment in row:
            marker = kept[-1] if kept else None
            if (
                marker is not None
                and marker in row
                and _LIST_MARKER.fullmatch(marker.text)
                and 0 < segment.x0 - marker.x1 < 3 * segment.size
                and not is_figure(segment.text)
            ):
                segment.text = f"{marker.text} {segment.text}"
                segment.x0 = marker.x0
                kept.pop()
            kept.append(segment)
    return kept


def _with_tables(items: list[_Item], alone: bool) -> list[_Item]:
    """Put tables in the place of their cells; with `alone`, only those that have nothing beside them."""
    segments = _segments(items)
    tables = find_tables(segments)
    if alone:
        tables = [table for table in tables if not _has_neighbour(table, segments)]
    inside = {id(cell) for table in tables for cell in table.segments}
    return [*(item for item in items if id(item) not in inside), *tables]


def _has_neighbour(table: Table, segments: list[Segment]) -> bool:
    """Tell whether text stands at the side of a table, or at the side of a row that may belong to it."""
    cells = {id(cell) for cell in table.segments}
    for segment in segments:
        near = 1.6 * segment.size if segment.x0 > table.x1 or segment.x1 < table.x0 else 0.0
        if table.bottom - near < segment.y < table.top + near and id(segment) not in cells:
            return True
    return False


def _best_cut(items: list[_Item]) -> _Cut | None:
    """Return the cut along the gutter that runs furthest down, None where there is none."""
    segments = [item for item in items if isinstance(item, Segment)]
    if len(segments) < 4:
        return None
    em = median(segment.size for segment in segments)
    ordered = sorted(items, key=lambda item: -(item.top + item.bottom))
    cuts = [cut for edge in _left_edges(items, em) for cut in _cuts_at(edge, ordered, em)]
    return max(cuts, key=lambda cut: cut.height, default=None)


def _left_edges(items: list[_Item], em: float) -> list[float]:
    """Return where several items begin: the left edges of columns are among these."""
    edges: dict[int, list[float]] = defaultdict(list)
    for item in items:
        edges[round(item.x0 / em)].append(item.x0)
    common = sorted(edges.values(), key=len, reverse=True)[:_CANDIDATES]
    return [min(group) for group in common]


def _cuts_at(edge: float, ordered: list[_Item], em: float) -> list[_Cut]:
    """Return the cuts along a gutter that ends at `edge`, one for each stretch in which nothing crosses it."""
    cuts: list[_Cut] = []
    start = 0
    for number in range(len(ordered) + 1):
        if number < len(ordered) and not _crosses(ordered[number], edge, em):
            continue
        stretch = ordered[start:number]
        cut = _Cut(
            above=ordered[:start],
            left=[item for item in stretch if item.x0 < edge - 0.1 * em],
            right=[item for item in stretch if item.x0 >= edge - 0.1 * em],
            # What crosses the gutter stands above the columns or below them.
            below=ordered[number:],
            height=0.0,
        )
        start = number + 1
        if _separates_columns(cut, edge, em):
            cuts.append(_trimmed(cut, em))
    return cuts


def _crosses(item: _Item, edge: float, em: float) -> bool:
    return item.x0 < edge - 0.1 * em and item.x1 > edge - _NARROWEST * em


def _separates_columns(cut: _Cut, edge: float, em: float) -> bool:
    if not cut.left or not cut.right:
        return False
    left, right = in_rows(_segments(cut.left)), in_rows(_segments(cut.right))
    heights = (len(left) + _table_rows(cut.left), len(right) + _table_rows(cut.right))
    if min(heights) < 2 or (min(heights) < 4 and _is_river(cut, max(heights), em)):
        return False
    top = min(max(item.top for item in side) for side in (cut.left, cut.right))
    bottom = max(min(item.bottom for item in side) for side in (cut.left, cut.right))
    cut.height = top - bottom
    if cut.height < 1.5 * em:
        return False
    flush = [item for item in cut.right if abs(item.x0 - edge) < 0.4 * em]
    if len(flush) < 0.5 * (len(right) + len(cut.right) - len(_segments(cut.right))):
        return False
    return not (left and right and _separates_cells(left, right))


def _is_river(cut: _Cut, height: int, em: float) -> bool:
    """Tell whether a gutter of a few lines is but the wide gaps of justified lines that happen to meet."""
    width = min(item.x0 for item in cut.right) - max(item.x1 for item in cut.left)
    wordy = is_wordy(_segments(cut.left)) and is_wordy(_segments(cut.right))
    return not (wordy and width > 2.2 * em) if height < 3 else not (wordy or width > 2.2 * em)


def _separates_cells(left: list[list[Segment]], right: list[list[Segment]]) -> bool:
    """Tell whether the two sides of a gutter are cells of common rows rather than columns of text."""
    last, first = [row[-1] for row in left], [row[0] for row in right]
    prose = [is_prose(side, min(s.x0 for s in side), max(s.x1 for s in side)) for side in (last, first)]
    if _share_of_figures(first) >= 0.6 or (_share_of_figures(last) >= 0.6 and not prose[1]):
        return True
    fewer, more = sorted((last, first), key=len)
    matched = sum(any(abs(one.y - other.y) < 0.3 * one.size for other in more) for one in fewer)
    return matched >= 0.8 * len(fewer) and not any(prose) and not (is_wordy(last) and is_wordy(first))


def _share_of_figures(cells: list[Segment]) -> float:
    return sum(is_figure(cell.text) for cell in cells) / len(cells)


def _trimmed(cut: _Cut, em: float) -> _Cut:
    """Move out of the columns what stands across their ends: the rest of a headline, a by-line and its date."""
    bands = _bands([*cut.left, *cut.right], em)
    while len(bands) > 1 and (_is_larger(bands[0], bands[1:]) or _is_shared_row(bands[0], bands[1:])):
        cut.above = [*cut.above, *bands.pop(0)]
    while len(bands) > 1 and _is_larger(bands[-1], bands[:-1]):
        cut.below = [*bands.pop(), *cut.below]
    kept = {id(item) for band in bands for item in band}
    cut.left = [item for item in cut.left if id(item) in kept]
    cut.right = [item for item in cut.right if id(item) in kept]
    return cut


def _bands(items: list[_Item], em: float) -> list[list[_Item]]:
    """Split items where a white strip runs across all of them."""
    bands: list[list[_Item]] = []
    bottom = 0.0
    for item in sorted(items, key=lambda item: -item.top):
        if bands and bottom - item.top < 0.5 * em:
            bands[-1].append(item)
            bottom = min(bottom, item.bottom)
        else:
            bands.append([item])
            bottom = item.bottom
    return bands


def _is_larger(band: list[_Item], others: list[list[_Item]]) -> bool:
    """Tell whether a band is set larger than the columns, as what is left of a headline is."""
    segments, rest = _segments(band), _segments([item for other in others for item in other])
    if not segments or not rest or len(in_rows(segments)) > 2:
        return False
    return median(item.size for item in segments) > 1.08 * median(item.size for item in rest)


def _is_shared_row(band: list[_Item], others: list[list[_Item]]) -> bool:
    """Tell whether a band is one row of short pieces, such as a by-line with a date at its right."""
    segments, rest = _segments(band), _segments([item for other in others for item in other])
    rows = in_rows(segments)
    if len(segments) < len(band) or len(rows) != 1 or len(rows[0]) < 2 or not rest:
        return False
    width = max(item.x1 for item in rest) - min(item.x0 for item in rest)
    return all(item.x1 - item.x0 < 0.3 * width for item in segments)


def _segments(items: Sequence[_Item]) -> list[Segment]:
    return [item for item in items if isinstance(item, Segment)]


def _table_rows(items: Sequence[_Item]) -> int:
    return sum(len(item.rows) for item in items if isinstance(item, Table))


def _blocks(items: list[_Item]) -> list[Block]:
    blocks: list[Block] = []
    tables = sorted((item for item in items if isinstance(item, Table)), key=lambda table: -table.top)
    for row in in_rows(_segments(items)):
        while tables and tables[0].top > row[0].top:
            blocks.append(_table_block(tables.pop(0)))
        if not blocks or blocks[-1].rows:
            blocks.append(Block([], []))
        blocks[-1].lines.append(_line(row))
    return [*blocks, *map(_table_block, tables)]


def _table_block(table: Table) -> Block:
    return Block([], [in_order_of_writing(row) for row in table.rows])


def _line(row: list[Segment]) -> Line:
    """Join the pieces of a line; what no justified line has keeps its pieces apart."""
    figures = sum(is_figure(piece.text) for piece in row)
    text = row[0].text
    for before, after in pairwise(row):
        gap = (after.x0 - before.x1) / max(before.size, after.size)
        apart = (len(row) == 2 and gap > 6) or (gap > 1.2 and 2 * figures >= len(row))
        text += (" | " if apart else " ") + after.text
    longest = max(row, key=lambda segment: len(segment.text))
    return Line(
        text=in_order_of_writing(text),
        x0=row[0].x0,
        x1=max(segment.x1 for segment in row),
        y=longest.y,
        size=longest.size,
        bold=all(segment.bold for segment in row),
        note=row[0].note,
    )
