"""From lines to paragraphs, across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.readers.bylines import read_byline
from index.readers.pdf.hyphens import Words, join_lines, without_soft_hyphens
from index.readers.pdf.layout import Block, Line

_MARKED = re.compile(r"(?:[•▪◦‣●■◆]|\(?\d{1,3}[.)]|[–-])\s+\S")
_ENDED = re.compile(r"[.!?:;…。！？][\"'”’»)\]*†]*$")
_UNENDED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|St|No|vs|approx|ca)\.$")
_LEADER = re.compile(r"\s*(?:[.…]\s?){5,}\s*")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, or the rows of a table; `page` counts from 0, `size` is in points."""

    lines: list[Line]
    rows: list[str]
    page: int
    size: float
    bold: bool
    first_in_block: bool = False
    last_in_block: bool = False
    full: bool = False
    """Its last line reaches the right margin."""

    @property
    def is_note(self) -> bool:
        """A footnote: it begins with a raised marker."""
        return bool(self.lines) and self.lines[0].note


def find_paragraphs(pages: Sequence[Sequence[Block]]) -> list[Paragraph]:
    """Return the paragraphs of an article in order, one that runs on over columns or pages in one piece."""
    usual = _usual_size(pages)
    leading = _leading_by_size(pages)
    paragraphs = [
        paragraph
        for number, blocks in enumerate(pages)
        for block in blocks
        for paragraph in _split(block, number, usual, leading)
    ]
    return _joined(paragraphs, usual)


def paragraph_texts(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the text of each paragraph: lines joined with one space, the rows of a table on lines of their own."""
    words = Words(line.text for paragraph in paragraphs for line in paragraph.lines)
    return [
        "\n".join(paragraph.rows)
        if paragraph.rows
        else _LEADER.sub(
            " | ", without_soft_hyphens(join_lines((line.text for line in paragraph.lines), words), words)
        )
        for paragraph in paragraphs
    ]


def usual_size(paragraphs: Sequence[Paragraph]) -> float:
    """Return the size that most of the text is set in, in points."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _usual_size(pages: Sequence[Sequence[Block]]) -> float:
    sizes: Counter[float] = Counter()
    for line in (line for blocks in pages for block in blocks for line in block.lines):
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _leading_by_size(pages: Sequence[Sequence[Block]]) -> dict[int, float]:
    """Return the distance of two lines of a paragraph for each size of type: the smallest common one."""
    gaps: dict[int, Counter[float]] = {}
    for block in (block for blocks in pages for block in blocks):
        for above, below in pairwise(block.lines):
            if _alike(above, below) and above.y > below.y:
                gaps.setdefault(round(above.size), Counter())[round(above.y - below.y, 1)] += 1
    return {size: _smallest_common(counts) for size, counts in gaps.items()}


def _smallest_common(counts: Counter[float]) -> float:
    # Rounding and raised characters scatter the distances; a tenth of them is no accident.
    total = sum(counts.values())
    seen = 0
    for gap in sorted(counts):
        seen += counts[gap]
        if seen >= max(0.15 * total, 1):
            return gap
    return max(counts)


def _alike(one: Line, other: Line) -> bool:
    return max(one.size, other.size) < 1.08 * min(one.size, other.size)


def _split(block: Block, page: int, usual: float, leading: dict[int, float]) -> list[Paragraph]:
    if block.rows:
        return [Paragraph([], block.rows, page, 0.0, False)]
    edges = _right_edges(block.lines)
    groups: list[list[Line]] = []
    for number, line in enumerate(block.lines):
        below = block.lines[number + 1] if number + 1 < len(block.lines) else None
        if groups and not _starts(groups[-1], line, below, edges[round(line.size)], usual, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    paragraphs = [
        Paragraph(
            lines=group,
            rows=[],
            page=page,
            size=max(group, key=lambda line: len(line.text)).size,
            bold=all(line.bold for line in group),
            full=group[-1].x1 > _widest(block.lines, group[-1]) - 3 * group[-1].size,
        )
        for group in groups
    ]
    _mark_ends(paragraphs, usual)
    return paragraphs


def _mark_ends(paragraphs: list[Paragraph], usual: float) -> None:
    """Say which paragraphs a column begins and ends with, the footnotes at its foot left aside."""
    paragraphs[0].first_in_block = True
    text = [paragraph for paragraph in paragraphs if not _is_small_print(paragraph, usual)]
    for paragraph in (paragraphs[-1], *text[-1:]):
        paragraph.last_in_block = True
    for paragraph in text[:1]:
        paragraph.first_in_block = True


def _is_small_print(paragraph: Paragraph, usual: float) -> bool:
    return paragraph.size < 0.93 * usual or paragraph.is_note


def _right_edges(lines: Sequence[Line]) -> dict[int, float]:
    """Return how far to the right the lines of each size reach; a line that sticks out does not count."""
    ends: dict[int, list[float]] = {}
    for line in lines:
        ends.setdefault(round(line.size), []).append(line.x1)
    widest = max(line.x1 for line in lines)
    return {
        size: sorted(found)[-1 - len(found) // 10] if len(found) > 3 else widest
        for size, found in ends.items()
    }


def _widest(lines: Sequence[Line], like: Line) -> float:
    """Return how far to the right the other lines of a size reach, or all lines where there are no others."""
    alike = [line.x1 for line in lines if _alike(line, like)]
    return max(alike if len(alike) > 1 else [line.x1 for line in lines])


def _starts(
    paragraph: list[Line],
    line: Line,
    below: Line | None,
    right: float,
    usual: float,
    leading: dict[int, float],
) -> bool:
    """Tell whether `line` begins a paragraph after the lines of `paragraph`."""
    above = paragraph[-1]
    gap = above.y - line.y
    pitch = leading.get(round(line.size), 1.2 * line.size)
    pitch = min(pitch, 2.6 * line.size)
    if not _alike(above, line) or gap > 1.5 * pitch or gap < -0.5 * line.size:
        return True
    short = _fits(line, above, right)
    if len(paragraph) == 1 and _ends_byline(above, line, short):
        return True
    if line.size > 1.12 * usual and above.bold == line.bold:
        return False
    ended = _has_ended(above.text)
    # A line may also begin with a figure that ends a sentence ("well above the limit of / 40. The ...").
    if line.note or (_MARKED.match(line.text) and (ended or short)):
        return True
    if above.bold != line.bold and short:
        return True
    small = line.text[:1].islower()
    if gap > 1.18 * pitch and (ended or (short and not small)):
        return True
    if ended and _is_indented(line, paragraph, below):
        return True
    if ended:
        return short and not small
    # Lines that somebody broke by counting letters differ in length: a heading is shorter than that.
    half_empty = above.x1 - above.x0 < 0.66 * (right - above.x0)
    return short and half_empty and not small and above.text[-1:] not in ",-–—\u00ad\u2010"


def _ends_byline(above: Line, line: Line, short: bool) -> bool:
    # A dateline may be broken too: "PORTWICK, 3 March 2023" above "– The authority said".
    if not line.text[:1].isupper():
        return short and read_byline(line.text) is not None
    return read_byline(above.text) is not None or (short and read_byline(line.text) is not None)


def _fits(line: Line, above: Line, right: float) -> bool:
    """Tell whether the first word of `line` would have had room in the line above."""
    first = line.text.split(" ", 1)[0]
    width = (line.x1 - line.x0) * len(first) / max(1, len(line.text))
    return above.x1 + width + 0.6 * line.size < right


def _is_indented(line: Line, paragraph: list[Line], below: Line | None) -> bool:
    above = paragraph[-1]
    if _MARKED.match(paragraph[0].text) or line.x0 - above.x0 < 0.7 * line.size:
        return False
    return (
        below is None
        or not _alike(below, line)
        or line.x0 - below.x0 > 0.7 * line.size
        or _has_ended(line.text)
    )


def _has_ended(text: str) -> bool:
    return _ENDED.search(text) is not None and _UNENDED.search(text) is None


def _joined(paragraphs: list[Paragraph], usual: float) -> list[Paragraph]:
    """Join each paragraph that breaks off at the end of a column with the one that carries it on."""
    waiting = list(paragraphs)
    joined: list[Paragraph] = []
    while waiting:
        paragraph = waiting.pop(0)
        while (number := _continuation(paragraph, waiting, usual)) is not None:
            rest = waiting.pop(number)
            paragraph.lines += rest.lines
            paragraph.full, paragraph.last_in_block = rest.full, rest.last_in_block
        joined.append(paragraph)
    return joined


def _continuation(paragraph: Paragraph, following: list[Paragraph], usual: float) -> int | None:
    """Return the place of the paragraph that carries on `paragraph`, if it breaks off."""
    if not paragraph.last_in_block or not paragraph.lines or _has_ended(paragraph.lines[-1].text):
        return None
    if paragraph.size > 1.12 * usual or (len(paragraph.lines) == 1 and read_byline(paragraph.lines[0].text)):
        return None
    passed_text = False
    for number, candidate in enumerate(following[:12]):
        if candidate.page > paragraph.page + 1 and passed_text:
            return None
        if not candidate.lines or _is_small_print(candidate, usual) != _is_small_print(paragraph, usual):
            continue
        if not candidate.first_in_block or not _alike(candidate.lines[0], paragraph.lines[-1]):
            passed_text = passed_text or candidate.size <= 1.12 * usual
            continue
        small = candidate.lines[0].text[:1].islower()
        if small and (paragraph.full or not passed_text):
            return number
        if not passed_text and _may_carry_on(paragraph, candidate):
            return number
        passed_text = True
    return None


def _may_carry_on(paragraph: Paragraph, candidate: Paragraph) -> bool:
    """Tell whether a sentence goes on with a capital or a figure: its last line is full, and no title follows."""
    if paragraph.lines[-1].text[-1:] in "-\u00ad\u2010":
        return True
    if _MARKED.match(candidate.lines[0].text) or candidate.bold != paragraph.bold or not paragraph.full:
        return False
    single = len(paragraph.lines) == 1 or len(candidate.lines) == 1
    return not single or not candidate.lines[0].text[:1].isupper() or _has_ended(candidate.lines[-1].text)
