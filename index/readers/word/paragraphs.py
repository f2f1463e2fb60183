"""The text of a paragraph as the final view shows it: changes accepted, fields with their results, no markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.readers.superscripts import with_raised, without_markers
from index.readers.word.package import Element, W, child_of, local_name, value_of
from index.readers.word.styles import Styles, is_on

_WRAPPERS = frozenset(("ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent"))
"""Elements around runs that say nothing of whether they are shown; w:del and w:moveFrom are not among them."""

_NOT_TEXT = ("TOC", "INDEX", "TOA")
"""Fields that list what stands elsewhere."""

_DIGITS = re.compile(r"\d+")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

# The symbols that people put into news, in the order of Adobe's Symbol font.
_SYMBOLS = dict(
    zip(
        "\xa2\xa3\xa4\xa5\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb3\xb4\xb6\xb7\xb8\xb9\xba\xbb\xbc",
        "′≤⁄∞↔←↑→↓°±″≥×∂•÷≠≡≈…",
        strict=True,
    )
) | dict(zip("abgdepqlmnrstfcyw", "αβγδεπθλμνρστφχψω", strict=True))


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one run: raised above the line (1), lowered below it (-1) or on it (0)."""

    text: str
    raised: int
    bold: bool
    half_points: int
    language: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph. Its text keeps tabs, and has newlines where it breaks lines.

    `half_points` is the size of most of it; `boxes` are the text boxes anchored in it; with `goes_on` its
    end was deleted, and the next paragraph carries on.
    """

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    style: str = ""
    goes_on: bool = False

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return _joined(self.pieces)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        shown = [piece for piece in self.pieces if piece.text.strip()]
        return bool(shown) and all(piece.bold for piece in shown)

    @property
    def half_points(self) -> int:
        """The size of most of it."""
        lengths: dict[int, int] = {}
        for piece in self.pieces:
            lengths[piece.half_points] = lengths.get(piece.half_points, 0) + len(piece.text)
        return max(lengths, key=lambda size: lengths[size], default=0)


@dataclass(slots=True)
class _Field:
    """A field under way: its code is being read, or its result is being shown."""

    code: str = ""
    in_result: bool = False

    @property
    def is_shown(self) -> bool:
        return self.in_result and not self.code.strip().upper().startswith(_NOT_TEXT)


class ParagraphReader:
    """Reads the paragraphs of one document, which have to come in order: fields run over several."""

    def __init__(self, styles: Styles, body: Element) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        marks = [value_of(mark, "fldCharType") for mark in body.iter(W + "fldChar")]
        # Where ends are missing, all that follows would be taken for a field's code.
        self._follows_fields = marks.count("begin") == marks.count("end")

    def read(self, element: Element) -> Paragraph:
        """Return the paragraph of a w:p element."""
        paragraph = Paragraph(style=self._styles.name(element))
        mark = child_of(element, "pPr", "rPr")
        if mark is not None:
            removed = any(child_of(mark, name) is not None for name in ("del", "moveFrom"))
            paragraph.goes_on = removed or is_on(child_of(mark, "vanish"))
        for run in self._runs(element):
            self._read_run(run, element, paragraph)
        return paragraph

    def _runs(self, parent: Element) -> Iterator[Element]:
        """Yield the runs that the final view shows, formulas among them."""
        for child in parent:
            name = local_name(child)
            if name in ("r", "oMath"):
                yield child
            elif name in _WRAPPERS or name == "oMathPara":
                yield from self._runs(child)
            elif name == "fldSimple":
                if not (value_of(child, "instr") or "").strip().upper().startswith(_NOT_TEXT):
                    yield from self._runs(child)
            elif name == "sdt" and not is_placeholder(child):
                yield from self._runs(child)
            elif name == "AlternateContent":
                yield from self._runs(chosen(child))

    def _read_run(self, run: Element, element: Element, paragraph: Paragraph) -> None:
        boxes = len(paragraph.boxes)
        text = "".join(self._texts(run, paragraph))
        if self._styles.is_on(run, element, "vanish", "strike", "dstrike"):
            del paragraph.boxes[boxes:]
            return
        if not text:
            return
        paragraph.pieces.append(
            Piece(
                text=text,
                raised=self._raised(run, element),
                bold=self._styles.is_on(run, element, "b"),
                half_points=self._styles.half_points(run, element),
                language=value_of(self._styles.find(run, element, "lang")) or "",
            )
        )

    def _raised(self, run: Element, element: Element) -> int:
        align = value_of(self._styles.find(run, element, "vertAlign"))
        if align in ("superscript", "subscript"):
            return 1 if align == "superscript" else -1
        position = value_of(self._styles.find(run, element, "position")) or ""
        # Half-points. Two of them are a matter of looks; four and more lift a number off the line.
        return (
            1
            if re.fullmatch(r"[4-9]|[1-9]\d", position)
            else -1
            if re.fullmatch(r"-[4-9]|-[1-9]\d", position)
            else 0
        )

    def _texts(self, run: Element, paragraph: Paragraph) -> Iterator[str]:
        if local_name(run) == "oMath":
            yield from (text.text or "" for text in run.iter() if local_name(text) == "t")
            return
        for child in run:
            name = local_name(child)
            if name == "fldChar":
                self._follow_field(value_of(child, "fldCharType"))
            elif name == "instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].code += child.text or ""
            elif name in ("footnoteReference", "endnoteReference"):
                # The mark of a footnote may be the author's own, and then follows as text.
                if (value_of(child, "customMarkFollows") or "0") in ("1", "true", "on"):
                    return
            elif not self._follows_fields or all(opened.is_shown for opened in self._fields):
                yield from self._shown(child, name, paragraph)

    def _shown(self, child: Element, name: str, paragraph: Paragraph) -> Iterator[str]:
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield _symbol(child)
        elif name == "ruby":
            yield from (text.text or "" for base in child.iter(W + "rubyBase") for text in base.iter(W + "t"))
        elif name in ("drawing", "pict", "object", "AlternateContent"):
            paragraph.boxes += _boxes(child if name != "AlternateContent" else chosen(child))

    def _follow_field(self, mark: str | None) -> None:
        if mark == "begin":
            self._fields.append(_Field())
        elif mark == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif mark == "end" and self._fields:
            self._fields.pop()


def chosen(alternatives: Element) -> Element:
    """Return the one of several versions of the same content that is shown: the newest, which comes first."""
    versions: list[Element] = [child for child in alternatives if local_name(child) in ("Choice", "Fallback")]
    return versions[0] if versions else alternatives


def is_placeholder(control: Element) -> bool:
    """Tell whether a content control shows but its prompt, or a table of contents."""
    properties = child_of(control, "sdtPr")
    if properties is None:
        return False
    gallery = value_of(child_of(properties, "docPartObj", "docPartGallery"))
    return is_on(child_of(properties, "showingPlcHdr")) or gallery == "Table of Contents"


def _boxes(drawing: Element) -> Iterator[Element]:
    for child in drawing:
        name = local_name(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            yield from _boxes(chosen(child))
        elif name:
            yield from _boxes(child)


def _symbol(element: Element) -> str:
    code = value_of(element, "char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{2,5}", code):
        return ""
    number, font = int(code, 16), (value_of(element, "font") or "").lower()
    character = chr(number - 0xF000 if 0xF000 <= number <= 0xF0FF else number)
    if font == "symbol":
        return _SYMBOLS.get(character, character if character.isascii() else "")
    if font.startswith(("wingdings", "webdings")):
        return ""
    return character if character.isprintable() else ""


def _joined(pieces: list[Piece]) -> str:
    text = raised = ""
    for piece in pieces:
        if piece.raised > 0:
            raised += piece.text
            continue
        text, raised = with_raised(text, raised) if raised else text, ""
        if piece.raised < 0 and text[-1:].isdigit() and _DIGITS.fullmatch(piece.text):
            text += piece.text.translate(_LOWERED)
        else:
            text += piece.text
    return without_markers(with_raised(text, raised) if raised else text)
