"""From characters to pieces of lines: words are put together, and raised and dropped letters find their place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.errors import ReadError
from index.readers.pdf.content import Glyph
from index.readers.superscripts import with_raised

# Gaps and offsets are in ems, that is in multiples of the font's size.
_WORD_GAP = 0.15
_WORD_GAP_BESIDE_SPACES = 0.2
"""Where a line has spaces in it, a gap between two letters is kerning until it is this wide."""

_COVERED_GAP = 0.06
"""A space that kerning takes back to less than this was never seen by a reader."""

_PIECE_GAP = 0.6
_PIECE_GAP_AFTER_SPACE = 1.2
"""From here on, two neighbours may stand in two columns; `layout` decides whether they do."""

_MOST_SEGMENTS = 8_000
"""On one page; a page of share prices has half as many."""


@dataclass(slots=True)
class Segment:
    """A piece of a line without a wide gap in it, in points. `y` is the baseline of what is not raised."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    note: bool = False
    """It begins with a raised marker, as footnotes do."""

    @property
    def top(self) -> float:
        """The upper edge of its letters."""
        return self.y + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its letters."""
        return self.y - 0.22 * self.size


def find_segments(glyphs: list[Glyph]) -> list[Segment]:
    """Return the pieces of lines that `glyphs` form, in no particular order."""
    runs = [run for string in _drawn_once(_strings(_with_accents(glyphs))) for run in _runs(string)]
    if len(runs) > _MOST_SEGMENTS:
        raise ReadError("has a page with more text than can be printed on one", "Read it in another format.")
    return _welded(_with_drop_caps(_with_raised(runs)))


def _drawn_once(strings: Iterable[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Leave out strings drawn again on the same spot, which imitates bold type or a shadow."""
    seen: dict[str, list[Glyph]] = defaultdict(list)
    for string in strings:
        known = seen["".join(glyph.text for glyph in string)]
        if not any(_is_same_place(string[0], other) for other in known[-20:]):
            known.append(string[0])
            yield string


def _is_same_place(glyph: Glyph, other: Glyph) -> bool:
    return abs(other.x0 - glyph.x0) < 0.1 * glyph.size and abs(other.y - glyph.y) < 0.1 * glyph.size


def _strings(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Split the glyphs, as drawn, where the line, the size or the direction changes."""
    string: list[Glyph] = []
    for glyph in glyphs:
        if (
            string
            and glyph.text == string[-1].text
            and glyph.text != " "
            and _is_same_place(glyph, string[-1])
        ):
            continue
        if string and not _goes_on(string[-1], glyph):
            yield string
            string = []
        string.append(glyph)
    if string:
        yield string


def _goes_on(previous: Glyph, glyph: Glyph) -> bool:
    size = max(previous.size, glyph.size)
    return (
        abs(glyph.y - previous.y) < 0.1 * size
        and min(previous.size, glyph.size) > 0.9 * size
        and -0.6 * size < glyph.x0 - previous.x1
    )


def _runs(string: list[Glyph]) -> Iterator[Segment]:
    """Put words together, and split where a gap is wide enough to lie between columns."""
    letters = _letter_gap(string)
    beside_spaces = any(glyph.text.isspace() for glyph in string)
    word_gap = letters + (_WORD_GAP_BESIDE_SPACES if beside_spaces else _WORD_GAP)
    run: list[Glyph] = []
    text, spaces, covered_from = "", 0, 0.0
    for glyph in string:
        if glyph.text.isspace() or glyph.text == "\u00a0":
            spaces += 1
            covered_from = glyph.x1
            continue
        if run:
            gap, open_gap = glyph.x0 - run[-1].x1, glyph.x0 - max(run[-1].x1, covered_from)
            limit = _PIECE_GAP_AFTER_SPACE if spaces else _PIECE_GAP
            if open_gap > (limit + letters) * glyph.size or (spaces > 2 and gap > glyph.size):
                yield _segment(run, text)
                run, text = [], ""
            elif gap > (_COVERED_GAP if spaces else word_gap) * glyph.size:
                text += " "
        run.append(glyph)
        text += glyph.text
        spaces, covered_from = 0, 0.0
    if run:
        yield _segment(run, text)


def _segment(run: list[Glyph], text: str) -> Segment:
    sizes = sorted(glyph.size for glyph in run)
    return Segment(
        text=text,
        x0=min(glyph.x0 for glyph in run),
        x1=max(glyph.x1 for glyph in run),
        y=run[0].y,
        size=sizes[len(sizes) // 2],
        bold=sum(glyph.bold for glyph in run) > 0.8 * len(run),
    )


def _letter_gap(string: list[Glyph]) -> float:
    """Return the gap between the letters of a word: nothing, or more in letter-spaced text."""
    gaps = sorted(
        (after.x0 - before.x1) / after.size
        for before, after in pairwise(string)
        if after.size and not before.text.isspace() and not after.text.isspace()
    )
    return max(0.0, gaps[len(gaps) // 4]) if len(gaps) >= 4 else 0.0


_ACCENTS = {
    "`": "\u0300",
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¯": "\u0304",
    "˘": "\u0306",
    "˙": "\u0307",
    "¨": "\u0308",
    "˚": "\u030a",
    "˝": "\u030b",
    "ˇ": "\u030c",
    "¸": "\u0327",
    "˛": "\u0328",
}


def _with_accents(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Make one letter of a letter and an accent drawn over or under it, as TeX draws them."""
    waiting: Glyph | None = None
    for glyph in glyphs:
        if waiting is not None and _share_place(waiting, glyph):
            if waiting.text in _ACCENTS and glyph.text.isalpha():
                glyph.text += _ACCENTS[waiting.text]
                waiting = None
            elif glyph.text in _ACCENTS and waiting.text.isalpha():
                waiting.text += _ACCENTS[glyph.text]
                continue
        if waiting is not None:
            yield waiting
        waiting = glyph
    if waiting is not None:
        yield waiting


def _share_place(one: Glyph, other: Glyph) -> bool:
    overlap = min(one.x1, other.x1) - max(one.x0, other.x0)
    narrower = min(one.x1 - one.x0, other.x1 - other.x0)
    return overlap > 0.5 * narrower > 0 and abs(one.y - other.y) < 0.6 * other.size


def _with_raised(runs: list[Segment]) -> list[Segment]:
    """Join raised and lowered characters with the word that they stand at."""
    place: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    kept: list[Segment] = []
    small = _smaller_ones(runs)
    for run in runs:
        if id(run) not in small:
            kept.append(run)
            for column in range(int(run.x0 // 40), int(run.x1 // 40) + 1):
                place[column, int(run.y // 40)].append(run)
    # The larger ones first: a footnote's marker is small beside its text, which is small itself.
    for run in sorted(
        (run for run in runs if id(run) in small), key=lambda run: (-round(run.size, 1), run.x0)
    ):
        column, row = int(run.x0 // 40), int(run.y // 40)
        near = [base for c in (-1, 0, 1) for r in (-1, 0, 1) for base in place.get((column + c, row + r), ())]
        if not _attached(run, near):
            kept.append(run)
            place[column, row].append(run)
    return kept


def _smaller_ones(runs: list[Segment]) -> set[int]:
    """Return the ids of the runs that are too short and small to be anything but raised, lowered or a label."""
    if not runs:
        return set()
    usual = median(run.size for run in runs for _ in range(min(len(run.text), 50)))
    return {
        id(run)
        for run in runs
        if len(run.text) <= 12
        and (run.size < 0.87 * usual or re.fullmatch(r"[\d,*†‡§()\[\]]{1,4}", run.text))
    }


def _attached(run: Segment, near: list[Segment]) -> bool:
    for base in near:
        if run.size > 1.02 * base.size:
            continue
        up = (run.y - base.y) / base.size
        after = (run.x0 - base.x1) / base.size
        if not (0.12 < up < 0.75 or (-0.45 < up < -0.05 and run.size < 0.9 * base.size)):
            continue
        if -0.2 < after < 0.4:
            base.text = with_raised(base.text, run.text) if up > 0 else base.text + run.text
            base.x1 = max(base.x1, run.x1)
            return True
        if up < 0 or not re.fullmatch(r"[\d,*†‡§()\[\]]+", run.text):
            continue
        before = (base.x0 - run.x1) / base.size
        if -0.2 < before < 0.6:
            base.note = True
            return True
        if base.x0 < run.x0 and run.x1 < base.x1:
            return True
    return False


def _with_drop_caps(runs: list[Segment]) -> list[Segment]:
    """Join an initial that is several lines high with its word, and set the lines beside it flush with it."""
    if not runs:
        return runs
    usual = median(run.size for run in runs for _ in range(min(len(run.text), 50)))
    for initial in [
        run for run in runs if run.size > 1.8 * usual and re.fullmatch(r"[“\"‘']?[^\W\d_]", run.text)
    ]:
        beside = [
            run
            for run in runs
            if run.size < 0.6 * initial.size
            and -0.1 * initial.size < run.x0 - initial.x1 < 2 * usual
            and initial.bottom < run.y < initial.y + 0.9 * initial.size
        ]
        first = max(beside, key=lambda run: run.y, default=None)
        if first is None or len(beside) < 2:
            continue
        gap = initial.text in "AIO" and first.x0 - initial.x1 > 0.9 * usual
        first.text = initial.text + (" " if gap else "") + first.text
        for run in beside:
            run.x0 = initial.x0
        runs.remove(initial)
    return runs


def _welded(runs: list[Segment]) -> list[Segment]:
    """Join pieces of one line that touch, whatever the order in which they were drawn."""
    rows: dict[int, list[Segment]] = defaultdict(list)
    for run in sorted(runs, key=lambda run: run.y):
        rows[_row_of(run, rows)].append(run)
    return [segment for row in rows.values() for segment in _weld_row(sorted(row, key=lambda run: run.x0))]


def _row_of(run: Segment, rows: dict[int, list[Segment]]) -> int:
    last = len(rows) - 1
    if last >= 0 and run.y - rows[last][0].y < 0.12 * run.size:
        return last
    return last + 1


def _weld_row(row: list[Segment]) -> Iterator[Segment]:
    current: Segment | None = None
    for run in row:
        if current is not None and _touch(current, run):
            gap = (run.x0 - current.x1) / max(current.size, run.size)
            current.text += (" " if gap > _WORD_GAP else "") + run.text
            current.x1 = max(current.x1, run.x1)
            current.bold = current.bold and run.bold
            current.size = max(current.size, run.size)
            continue
        if current is not None:
            yield current
        current = run
    if current is not None:
        yield current


def _touch(before: Segment, after: Segment) -> bool:
    size = max(before.size, after.size)
    return -0.3 * size < after.x0 - before.x1 < _PIECE_GAP * size


def in_rows(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Return the segments by baseline, from the top of the page down, each row from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: -segment.y):
        if rows and rows[-1][0].y - segment.y < 0.35 * min(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda segment: segment.x0) for row in rows]
