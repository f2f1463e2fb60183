"""The layout of plain text undone: lines wrapped at a width become paragraphs, drawn tables become rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 40, 100
"""Between these widths, in characters, lines are wrapped; longer ones are whole paragraphs."""

_MOST_ROWS = 500
"""A longer table comes as several, which read the same; without a limit long texts would cost too much."""

_RULE = re.compile(r"(?:\s*[-=_*~#·•+|─═]){3,}\s*")
_ITEM = re.compile(r"\s*(?:[-*•‣●▪–]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_GAP = re.compile(r"(?<=\S)(?: {2,}|\t+)(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:][”\"’')\]]*$")


def paragraphs(lines: list[str], apart: Collection[int] = ()) -> list[list[str]]:
    """Return the paragraphs of a text, each as the lines that a reader should see in it.

    A paragraph of prose is one line; the items of a list, the rows of a table (cells joined with " | ")
    and the lines of a verse stay lines of their own. `apart` numbers the lines that are joined to no other.
    """
    runs = [run for block in _blocks(lines, apart) for run in _runs(block)]
    width = _wrapping_width([run for is_table, run in runs if not is_table])
    words = _Words(lines)
    spaced = any(not line.strip() for line in lines[1:-1])
    found = []
    for is_table, run in runs:
        found += [_rows(run)] if is_table else _prose(run, width, words, spaced)
    return [paragraph for paragraph in found if any(paragraph)]


def _blocks(lines: list[str], apart: Collection[int]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for number, text in enumerate(lines):
        if number in apart:
            blocks += [[text.strip()], []]
        elif not text.strip() or (_RULE.fullmatch(text) and not _is_inside_table(lines, number)):
            blocks.append([])
        else:
            blocks[-1].append(text.rstrip())
    return [block for block in blocks if block]


def _is_inside_table(lines: list[str], number: int) -> bool:
    """Tell whether a ruling line belongs to a table that goes on below it."""
    neighbours = lines[max(0, number - 1) : number] + lines[number + 1 : number + 2]
    return len(neighbours) == 2 and all("|" in line or _GAP.search(line.strip()) for line in neighbours)


def _wrapping_width(runs: Sequence[list[str]]) -> int | None:
    """Return the width at which the text was wrapped, None where it was not.

    It was if most lines end where the next word would not have fitted. Verse begins its lines with
    capitals, prose only now and then.
    """
    steps = [
        (one, two)
        for run in runs
        for one, two in pairwise(run)
        if " " in one.strip() and len(one) <= _WIDEST and not _ITEM.match(two)
    ]
    width = max((len(one) for one, _ in steps), default=0)
    full = sum(_is_full(one, two, width) for one, two in steps)
    capitals = sum(two.lstrip()[:1].isupper() for _, two in steps)
    if width < _NARROWEST or len(steps) < 2 or full < 0.6 * len(steps) or capitals > 0.6 * len(steps):
        return None
    return width


def _is_full(line: str, following: str, width: int) -> bool:
    word = following.split(maxsplit=1)[0]
    # Programs that wrap paragraphs evenly break a little before the width.
    return len(line) + 1 + len(word) > width * 0.85


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Give the tables of a block and the lines between them, in order, tables marked True."""
    begin = position = 0
    while position < len(lines):
        size = _table_size(lines, position)
        if size:
            if begin < position:
                yield False, lines[begin:position]
            yield True, lines[position : position + size]
            begin = position + size
        position += max(size, 1)
    if begin < len(lines):
        yield False, lines[begin:]


def _table_size(lines: Sequence[str], position: int) -> int:
    """Return how many lines from `position` on are rows of one table, 0 where they are none."""
    for is_row in (_has_bars, _has_tabs, _has_gaps):
        size = 0
        while position + size < len(lines) and size < _MOST_ROWS:
            line = lines[position + size]
            if not is_row(line) and not (size and _RULE.fullmatch(line)):
                break
            size += 1
        if size >= 2 and (is_row is not _has_gaps or _gutters(lines[position : position + size])):
            return size
    return 0


def _has_bars(line: str) -> bool:
    return " | " in line or bool(re.match(r"\s*[|+].*[|+]\s*$", line))


def _has_tabs(line: str) -> bool:
    return "\t" in line.strip()


def _has_gaps(line: str) -> bool:
    # Two spaces behind a full stop are how some people type.
    return any(not _SENTENCE_END.search(line[: gap.start()]) for gap in _GAP.finditer(line))


def _gutters(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the columns, two wide or more, that are blank in every one of these lines."""
    rows = [line for line in lines if not _RULE.fullmatch(line)]
    width = max((len(row) for row in rows), default=0)
    if not rows or width > 400:
        return []
    blank = [all(column >= len(row) or row[column] == " " for row in rows) for column in range(width)]
    first = next((column for column, empty in enumerate(blank) if not empty), width)
    gutters = []
    start: int | None = None
    for column in range(first, width):
        if blank[column] and start is None:
            start = column
        elif not blank[column] and start is not None:
            if column - start >= 2:
                gutters.append((start, column))
            start = None
    return gutters


def _rows(lines: Sequence[str]) -> list[str]:
    rows = [line for line in lines if not _RULE.fullmatch(line)]
    if any(_has_bars(row) for row in rows):
        cells = [row.strip().strip("|").split("|") for row in rows]
    elif any(_has_tabs(row) for row in rows):
        cells = [row.strip().split("\t") for row in rows]
    else:
        edges = [0, *(end for _, end in _gutters(lines))]
        cells = [[row[one:two] for one, two in pairwise([*edges, len(row) + edges[-1]])] for row in rows]
    joined = (" | ".join(" ".join(cell.split()) for cell in row).strip() for row in cells)
    return [row for row in joined if row]


def _prose(lines: Sequence[str], width: int | None, words: _Words, spaced: bool) -> list[list[str]]:
    """Return the paragraphs of lines that are no table; `spaced` tells that blank lines separate paragraphs."""
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    # A line that is read is kept in the pieces that it is joined from.
    found = [[[" ".join(lines[0].split())]]]
    in_item = bool(_ITEM.match(lines[0]))
    for before, line in pairwise(lines):
        text = " ".join(line.split())
        indent = len(line) - len(line.lstrip()) - margin
        is_item = bool(_ITEM.match(line))
        if not is_item and _is_continued(before, line, width, indent, in_item=in_item):
            found[-1][-1] += words.joined(found[-1][-1].pop(), text)
            continue
        if not is_item and (not spaced or indent >= 2 or min(len(before), len(line)) > _WIDEST):
            found.append([])
        found[-1].append([text])
        in_item = is_item
    return [["".join(pieces) for pieces in paragraph] for paragraph in found]


def _is_continued(before: str, line: str, width: int | None, indent: int, *, in_item: bool) -> bool:
    if in_item and indent >= 2:
        return True
    if width is None or len(before) > _WIDEST or (indent >= 2 and not in_item):
        return False
    return _is_full(before, line, width)


class _Words:
    """The words of a text, by which a hyphen at the end of a line is told from one that belongs there."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._known = {word.casefold() for line in lines for word in re.findall(r"\w+", line)}

    def joined(self, before: str, after: str) -> list[str]:
        """Return the pieces that two pieces of a line are when they are put together."""
        hyphenated = re.search(r"(\w+)[-\u2010]$", before)
        rest = re.match(r"\w+", after)
        if not hyphenated or not rest:
            return [before, " ", after]
        whole = (hyphenated[1] + rest[0]).casefold()
        return [before[:-1] if whole in self._known else before, after]
