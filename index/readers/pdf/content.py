"""Runs the drawing operators of a page, and gives the characters it shows with where they stand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from index.errors import ReadError
from index.readers.pdf.characters import legible
from index.readers.pdf.source import Drawing, Matrix, Page, Typeface

_DEEPEST = 12
"""Forms inside forms; deeper ones are a loop."""

_MOST_GLYPHS = 100_000
"""On one page. A broadsheet's page of small print has 30,000."""

_SMALLEST, _LARGEST = 0.5, 2_000
"""Points; what is smaller or larger is not there to be read."""

_SPACED_OUT = 5
"""Bytes of a string that letter-spacing belongs to the letters of. In shorter ones it is how Ghostscript
writes the gap between two words."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Glyph:
    """One character as drawn (or the few that a ligature stands for).

    It reaches from `x0` to `x1` on the baseline `y`, in points from the page's lower left corner as the
    reader sees the page; `size` is the font's size in points. `turn` counts the quarter turns of the
    line it stands in, counter-clockwise; None is aslant.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    invisible: bool
    turn: int | None


@dataclass(slots=True)
class _State:
    """The graphics state: what q saves and Q brings back."""

    matrix: Matrix
    face: Typeface | None = None
    size: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class _Mark:
    """A stretch of marked content: whether it is kept, and what its glyphs stand for if they say so."""

    hidden: bool = False
    stands_for: str | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page shows as text, in the order in which it is drawn, and how large the page is, in points."""

    glyphs: list[Glyph]
    width: float
    height: float


def read_sheet(page: Page) -> Sheet:
    """Return the text that `page` shows.

    Left out are text that is turned against the rest of the page, hidden layers, running heads that the
    file marks as such, and invisible text, unless it is what a scanned page was recognised as.
    """
    left, bottom, right, top = page.box
    width, height = (top - bottom, right - left) if page.turned % 2 else (right - left, top - bottom)
    canvas = _Canvas(_upright(page), width, height)
    canvas.run(page, 0)
    scanned = canvas.pictured >= 0.5 * width * height
    return _in_reading_direction(Sheet(_shown(canvas.glyphs, scanned), width, height))


def _upright(page: Page) -> Matrix:
    """Return the matrix that moves the page's corner to the origin and turns it as it is shown."""
    left, bottom, right, top = page.box
    turned: list[Matrix] = [
        (1.0, 0.0, 0.0, 1.0, -left, -bottom),
        (0.0, -1.0, 1.0, 0.0, -bottom, right),
        (-1.0, 0.0, 0.0, -1.0, right, top),
        (0.0, 1.0, -1.0, 0.0, top, -left),
    ]
    return turned[page.turned]


def _shown(glyphs: list[Glyph], scanned: bool) -> list[Glyph]:
    visible = [glyph for glyph in glyphs if not glyph.invisible]
    if not visible or (scanned and len(visible) < len(glyphs) / 2):
        return glyphs
    return visible


def _in_reading_direction(sheet: Sheet) -> Sheet:
    """Keep the direction that most of the page is written in; a page lying on its side is set upright."""
    turns = Counter(glyph.turn for glyph in sheet.glyphs if glyph.turn is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    kept = [glyph for glyph in sheet.glyphs if glyph.turn == turn]
    width, height = (sheet.height, sheet.width) if turn in (1, 3) else (sheet.width, sheet.height)
    right, up = {1: (0.0, height), 2: (width, height), 3: (width, 0.0)}.get(turn or 0, (0.0, 0.0))
    for glyph in kept:
        glyph.x0, glyph.x1, glyph.y = glyph.x0 + right, glyph.x1 + right, glyph.y + up
    return Sheet(kept, width, height)


class _Canvas:
    """Follows the operators as a viewer would, and collects glyphs instead of painting."""

    def __init__(self, matrix: Matrix, width: float, height: float) -> None:
        self._width, self._height = width, height
        self.glyphs: list[Glyph] = []
        self.pictured = 0.0
        self._state = _State(matrix)
        self._saved: list[_State] = []
        self._text: Matrix = _IDENTITY
        self._line: Matrix = _IDENTITY
        self._marks: list[_Mark] = []
        self._hidden = 0
        self._drawing: Drawing
        self._depth = 0
        self._operators: dict[bytes, Callable[[list[Any]], None]] = {
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._transform,
            b"BT": self._begin_text,
            b"Tf": self._set_font,
            b"Tc": lambda operands: self._set("letter_space", operands),
            b"Tw": lambda operands: self._set("word_space", operands),
            b"TL": lambda operands: self._set("leading", operands),
            b"Ts": lambda operands: self._set("rise", operands),
            b"Tz": self._set_stretch,
            b"Tr": self._set_mode,
            b"Td": self._move,
            b"TD": self._move_and_set_leading,
            b"Tm": self._set_text_matrix,
            b"T*": lambda _: self._next_line(),
            b"Tj": self._show_operand,
            b"TJ": self._show_kerned,
            b"'": self._show_on_next_line,
            b'"': self._show_spaced,
            b"Do": self._draw,
            b"INLINE IMAGE": lambda _: self._picture(),
            b"BMC": lambda _: self._mark(_Mark()),
            b"BDC": self._mark_with_properties,
            b"EMC": lambda _: self._end_mark(),
        }

    def run(self, drawing: Drawing, depth: int) -> None:
        """Follow the operators of `drawing`, which stands `depth` forms deep."""
        outer = getattr(self, "_drawing", drawing)
        self._drawing, self._depth = drawing, depth
        for operands, operator in drawing.operations:
            follow = self._operators.get(operator)
            if follow:
                follow(operands)
        self._drawing, self._depth = outer, depth - 1

    def _save(self, _: list[Any]) -> None:
        if len(self._saved) < 1_000:
            self._saved.append(copy(self._state))

    def _restore(self, _: list[Any]) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def _transform(self, operands: list[Any]) -> None:
        matrix = _matrix(operands)
        if matrix:
            self._state.matrix = _times(matrix, self._state.matrix)

    def _begin_text(self, _: list[Any]) -> None:
        self._text = self._line = _IDENTITY

    def _set_font(self, operands: list[Any]) -> None:
        if len(operands) >= 2 and isinstance(operands[1], int | float):
            self._state.face = self._drawing.typeface(operands[0])
            self._state.size = float(operands[1])

    def _set(self, name: str, operands: list[Any]) -> None:
        for value in _numbers(operands[-1:]):
            setattr(self._state, name, value)

    def _set_stretch(self, operands: list[Any]) -> None:
        for value in _numbers(operands[-1:]):
            self._state.stretch = value / 100

    def _set_mode(self, operands: list[Any]) -> None:
        for value in _numbers(operands[-1:]):
            self._state.mode = int(value) if 0 <= value <= 7 else 0

    def _move(self, operands: list[Any]) -> None:
        offset = list(_numbers(operands))
        if len(offset) == 2:
            self._line = self._text = _times((1.0, 0.0, 0.0, 1.0, offset[0], offset[1]), self._line)

    def _move_and_set_leading(self, operands: list[Any]) -> None:
        for down in _numbers(operands[1:2]):
            self._state.leading = -down
        self._move(operands)

    def _set_text_matrix(self, operands: list[Any]) -> None:
        matrix = _matrix(operands)
        if matrix:
            self._line = self._text = matrix

    def _next_line(self) -> None:
        self._move([0.0, -self._state.leading])

    def _show_operand(self, operands: list[Any]) -> None:
        if operands and isinstance(operands[-1], bytes):
            self._show(operands[-1], len(operands[-1]) >= _SPACED_OUT)

    def _show_kerned(self, operands: list[Any]) -> None:
        parts = operands[0] if operands and isinstance(operands[0], list) else []
        spaced_out = sum(len(part) for part in parts if isinstance(part, bytes)) >= _SPACED_OUT
        for part in parts:
            if isinstance(part, bytes):
                self._show(part, spaced_out)
            else:
                for kern in _numbers([part]):
                    self._advance(-kern / 1000 * self._state.size * self._state.stretch)

    def _show_on_next_line(self, operands: list[Any]) -> None:
        self._next_line()
        self._show_operand(operands)

    def _show_spaced(self, operands: list[Any]) -> None:
        self._set("word_space", operands[:1])
        self._set("letter_space", operands[1:2])
        self._show_on_next_line(operands)

    def _advance(self, across: float) -> None:
        self._text = _times((1.0, 0.0, 0.0, 1.0, across, 0.0), self._text)

    def _show(self, shown: bytes, spaced_out: bool) -> None:
        state = self._state
        if state.face is None:
            return
        matrix = _times(_times((1.0, 0.0, 0.0, 1.0, 0.0, state.rise), self._text), state.matrix)
        turn, along, height = _direction(matrix)
        size = abs(state.size) * height
        visible = _SMALLEST < size < _LARGEST and math.isfinite(along)
        across = 0.0
        for text, width, is_space in state.face.glyphs(shown):
            start, drawn = across, width * state.size * state.stretch
            across += drawn + (state.letter_space + (state.word_space if is_space else 0.0)) * state.stretch
            if not self._hidden and visible and self._is_on_page(matrix, start):
                x, y = _set_upright(turn, matrix, start)
                end = x + (across - start if spaced_out or is_space else drawn) * along
                glyph = Glyph(
                    text=legible(text),
                    x0=min(x, end),
                    x1=max(x, end),
                    y=y,
                    size=size,
                    bold=state.face.bold or state.mode == 2,
                    invisible=state.mode in (3, 7),
                    turn=turn,
                )
                self.glyphs.append(glyph)
        if len(self.glyphs) > _MOST_GLYPHS:
            raise ReadError(
                "has a page with more text than can be printed on one", "Read it in another format."
            )
        self._advance(across)

    def _is_on_page(self, matrix: Matrix, across: float) -> bool:
        a, b, _, _, e, f = matrix
        return -2 <= e + across * a <= self._width and -2 <= f + across * b <= self._height

    def _draw(self, operands: list[Any]) -> None:
        name = operands[-1] if operands else None
        if self._drawing.is_image(name):
            self._picture()
            return
        form = self._drawing.form(name) if self._depth < _DEEPEST else None
        if form is None:
            return
        state, saved, text, line = copy(self._state), self._saved, self._text, self._line
        self._saved = []
        self._state.matrix = _times(form.matrix, self._state.matrix)
        self.run(form, self._depth + 1)
        self._state, self._saved, self._text, self._line = state, saved, text, line

    def _picture(self) -> None:
        a, b, c, d, _, _ = self._state.matrix
        self.pictured = max(self.pictured, abs(a * d - b * c))

    def _mark_with_properties(self, operands: list[Any]) -> None:
        tag, given = (operands[0], operands[1]) if len(operands) >= 2 else (None, None)
        if tag == "/OC":
            self._mark(_Mark(hidden=self._drawing.hides(given)))
            return
        properties = self._drawing.properties(given)
        # Word and LibreOffice mark what they repeat on every page.
        running_head = tag == "/Artifact" and properties.get("/Type") == "/Pagination"
        stands_for = properties.get("/ActualText")
        self._mark(_Mark(running_head, stands_for if isinstance(stands_for, str) else _decoded(stands_for)))

    def _mark(self, mark: _Mark) -> None:
        mark.start = len(self.glyphs)
        self._marks.append(mark)
        self._hidden += mark.hidden

    def _end_mark(self) -> None:
        if not self._marks:
            return
        mark = self._marks.pop()
        self._hidden -= mark.hidden
        replaced = self.glyphs[mark.start :]
        # A replacement for a whole paragraph says nothing of where its words stand: its glyphs do.
        if mark.stands_for is not None and replaced and len({round(glyph.y) for glyph in replaced}) == 1:
            whole = replace(
                replaced[0], text=legible(mark.stands_for), x1=max(glyph.x1 for glyph in replaced)
            )
            self.glyphs[mark.start :] = [whole]


def _decoded(text: Any) -> str | None:
    """Read a text string of a content stream, where pypdf leaves strings as bytes."""
    if not isinstance(text, bytes):
        return None
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    if text.startswith(b"\xef\xbb\xbf"):
        return text[3:].decode("utf-8", "replace")
    return text.decode("latin-1")


def _numbers(operands: list[Any]) -> Iterator[float]:
    for operand in operands:
        if isinstance(operand, int | float) and math.isfinite(operand):
            yield float(operand)


def _matrix(operands: list[Any]) -> Matrix | None:
    numbers = list(_numbers(operands))
    if len(numbers) != 6:
        return None
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _direction(matrix: Matrix) -> tuple[int | None, float, float]:
    """Return the quarter turns of a line of text, and how long and how high a unit becomes."""
    a, b, c, d, _, _ = matrix
    along, height = math.hypot(a, b), math.hypot(c, d)
    if along == 0:
        return None, 0.0, height
    turns = math.degrees(math.atan2(b, a)) / 90
    # Two degrees are what a scanner leaves.
    return (round(turns) % 4 if abs(turns - round(turns)) < 0.025 else None), along, height


def _set_upright(turn: int | None, matrix: Matrix, across: float) -> tuple[float, float]:
    """Return where a glyph begins, in a page turned so that its line runs from left to right."""
    a, b, _, _, e, f = matrix
    x, y = e + across * a, f + across * b
    return [(x, y), (y, -x), (-x, -y), (-y, x)][turn or 0]
