"""Running heads, feet and page numbers: what a page shows of the publication rather than of the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.readers.pdf.segments import Segment, in_rows

_ROWS = 4
"""Rows looked at from each end of a page."""

_MARGIN = 0.09
"""The part of a page's height, at each end, in which a printer leaves nothing but these."""

_OUTER = 0.065
_ZONE = 0.2
"""Further in than this, nothing is a running head however often it is repeated."""

_PAGE_NUMBER = re.compile(
    r"(?:(?:page|pagina|página|seite|p\.|pg\.?)\s*)?[-–—|·]?\s*(\d{1,4})\s*"
    r"(?:(?:/|of|von|de|di|sur)\s*\d{1,4})?\s*[-–—|·]?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class PrintedPage:
    """The pieces of lines on a page, and how large the page is, in points."""

    segments: list[Segment]
    width: float
    height: float


@dataclass(slots=True)
class _Edge:
    """Rows at one end of a page, the outermost first, and the row after them if there is one."""

    rows: list[list[Segment]]
    height: float
    at_top: bool

    def signature(self, number: int) -> str:
        """Return a row's words with its figures blanked, for they count pages, and its size."""
        row = self.rows[number]
        text = re.sub(r"\d+", "#", "".join(segment.text for segment in row).replace(" ", "").casefold())
        return f"{text} {row[0].size:.0f} {self.at_top}"

    def place(self, number: int) -> str:
        """Return a row's signature with its height on the page, which is the same for all running heads."""
        return f"{self.signature(number)} {self.rows[number][0].y:.0f}"

    def depth(self, number: int) -> float:
        """Return how far from the page's end a row stands, as a part of the page's height."""
        y = self.rows[number][0].y
        return (self.height - y if self.at_top else y) / self.height

    def is_in_table(self, number: int) -> bool:
        """Tell whether a row may be the heading of a table, repeated where that goes on."""
        return number + 1 < len(self.rows) and min(len(self.rows[number]), len(self.rows[number + 1])) > 1

    def is_apart(self, number: int) -> bool:
        """Tell whether white separates a row from the next one inwards."""
        if number + 1 >= len(self.rows):
            return True
        row, inner = self.rows[number][0], self.rows[number + 1][0]
        white = row.bottom - inner.top if self.at_top else inner.bottom - row.top
        return white > 0.6 * row.size


@dataclass(frozen=True, slots=True)
class _Known:
    """What the whole article says: its repeated rows, its headline's letters, the size of its text."""

    repeated: Counter[str]
    pages: int
    headline: str
    usual: float


def without_furniture(pages: Sequence[PrintedPage]) -> list[list[Segment]]:
    """Return the segments of each page without those that are repeated from page to page, or number them."""
    edges = [(_edge(page, True), _edge(page, False)) for page in pages]
    repeated = Counter(
        signature for pair in edges for signature in {s for edge in pair for s in _signatures(edge)}
    )
    headline = _headline(pages[0]) if pages else ""
    usual = _usual_size(pages)
    kept: list[list[Segment]] = []
    for number, (page, pair) in enumerate(zip(pages, edges, strict=True), start=1):
        dropped = {
            id(segment)
            for edge in pair
            for row in _furniture(edge, number, _Known(repeated, len(pages), headline, usual))
            for segment in row
        }
        kept.append([segment for segment in page.segments if id(segment) not in dropped])
    return kept


def _edge(page: PrintedPage, at_top: bool) -> _Edge:
    rows = in_rows(page.segments)
    return _Edge((rows if at_top else rows[::-1])[: _ROWS + 1], page.height or 1.0, at_top)


def _signatures(edge: _Edge) -> Iterable[str]:
    for number in range(min(_ROWS, len(edge.rows))):
        if edge.depth(number) < _ZONE:
            yield edge.signature(number)
            yield edge.place(number)


def _furniture(edge: _Edge, page_number: int, known: _Known) -> list[list[Segment]]:
    """Return the rows, from the edge inwards, that are furniture and set apart from the text."""
    found: list[list[Segment]] = []
    last = 0
    for number in range(min(_ROWS, len(edge.rows))):
        row, depth = edge.rows[number], edge.depth(number)
        often = known.repeated[edge.signature(number)]
        is_repeated = often >= 2 and often >= known.pages / 4 and depth < _ZONE
        is_number = depth < 1.3 * _MARGIN and _numbers_page(row, page_number)
        is_headline = page_number > 1 and depth < 1.3 * _MARGIN and _is_part(row, known.headline)
        if not (is_repeated or is_number or is_headline or (depth < _OUTER and _is_label(row, known.usual))):
            break
        found.append(row)
        in_place = known.repeated[edge.place(number)] >= 2 and not edge.is_in_table(number)
        if edge.is_apart(number) or in_place:
            last = len(found)
    return found[:last]


def _is_label(row: list[Segment], usual: float) -> bool:
    """Tell whether a row in the margin is small and says nothing: the name of a paper, an address."""
    words = sum(len(segment.text.split()) for segment in row)
    small = all(segment.size < 0.93 * usual and not segment.note for segment in row)
    return small and words <= 12 and not re.search(r"[.!?][\"”’)]*$", row[-1].text)


def _numbers_page(row: list[Segment], page_number: int) -> bool:
    """Tell whether a row is a page's number, or one of its pieces is this page's."""
    whole = _PAGE_NUMBER.fullmatch(" ".join(segment.text for segment in row).strip())
    if whole:
        return True
    pieces = (_PAGE_NUMBER.fullmatch(row[place].text.strip()) for place in (0, -1))
    return any(piece is not None and int(piece[1]) == page_number for piece in pieces)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


def _usual_size(pages: Sequence[PrintedPage]) -> float:
    sizes: Counter[float] = Counter()
    for segment in (segment for page in pages for segment in page.segments):
        sizes[round(segment.size, 1)] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _headline(page: PrintedPage) -> str:
    """Return the letters of what is set large on the first page."""
    large = 1.15 * _usual_size([page])
    return "".join(
        _letters(segment.text) for row in in_rows(page.segments) for segment in row if segment.size > large
    )


def _is_part(row: list[Segment], headline: str) -> bool:
    letters = "".join(
        _letters(segment.text) for segment in row if not _PAGE_NUMBER.fullmatch(segment.text.strip())
    )
    return len(letters) >= 8 and letters in headline
