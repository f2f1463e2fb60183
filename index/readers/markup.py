"""Text with marked-up parts, written tag by tag and read as paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from index.readers.superscripts import with_raised

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset(("ul", "ol", "dl", "menu", "table"))
_ITEMS = {"li": "- ", "dt": "", "dd": "", "caption": ""}
_CELLS = frozenset(("td", "th"))
_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "details",
            "div",
            "fieldset",
            "figure",
        ),
        *(
            "footer",
            "form",
            "header",
            "hr",
            "main",
            "nav",
            "p",
            "pre",
            "section",
            "summary",
            "tbody",
            "thead",
        ),
        *_HEADINGS,
    )
)
_UNREAD = frozenset(
    (
        *(
            "audio",
            "button",
            "del",
            "figcaption",
            "iframe",
            "math",
            "noscript",
            "object",
            "s",
            "script",
            "select",
        ),
        *("strike", "style", "svg", "template", "textarea", "title", "video"),
    )
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list or a table; the items or rows of these are its lines. `heading` is 1 to 6, 0 for none."""

    text: str
    heading: int = 0


class MarkupText:
    """Takes text and tags, HTML's names for them, and gives the paragraphs that a reader would see.

    Tags need not be closed. Struck out text, scripts, pictures and their captions leave nothing behind, but
    never join what stands on either side of them; raised figures become superscripts.
    """

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._open_lists = 0
        self._marker = ""
        self._cells: list[str] | None = None
        self._in_cell = False
        self._unread: list[str] = []
        self._raised_from: int | None = None
        self._apart = ""

    def write(self, text: str) -> None:
        """Add text to what is open."""
        if self._unread or not text:
            return
        before = self._pieces[-1][-1] if self._pieces else ""
        if self._apart == "words" and before.isalnum() and text[0].isalnum():
            self._pieces.append(" ")
        if self._apart == "figures" and before.isdigit() and text[0].isdigit():
            self._pieces.append(" ")
        self._apart = ""
        self._pieces.append(text)

    def skip(self) -> None:
        """Pass over something between two words that is not text."""
        self._apart = "words"

    def verbatim(self, text: str) -> None:
        """Add a paragraph of which lines and spaces stay as they are."""
        if self._open_lists:
            self.write(f" {text} ")
        elif not self._unread and text.strip():
            self._end_paragraph()
            lines = (line.rstrip() for line in text.split("\n"))
            self._blocks.append(Block("\n".join(lines).strip("\n")))

    def open(self, tag: str, marker: str = "") -> None:
        """Open an element; `marker` begins the line of a list's item in place of a dash."""
        if tag in _UNREAD:
            self._unread.append(tag)
        elif self._unread:
            return
        elif tag in _LISTS and not self._in_cell:
            self._end_line() if self._open_lists else self._end_paragraph()
            self._open_lists += 1
        elif tag in _ITEMS and not self._in_cell:
            self._open_item(marker or _ITEMS[tag])
        elif tag == "tr":
            self._end_row()
        elif tag in _CELLS:
            self._end_cell()
            self._in_cell = True
        elif tag in _BLOCKS:
            self._end_paragraph()
        else:
            self._open_inline(tag)

    def close(self, tag: str) -> None:
        """Close an element; what is closed without having been open is passed over."""
        if tag in _UNREAD:
            self._close_unread(tag)
        elif self._unread:
            return
        elif tag == "table" or (tag in _LISTS and not self._in_cell):
            self._close_list()
        elif tag in _CELLS:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in _ITEMS and not self._in_cell:
            self._end_line()
        elif tag in _BLOCKS:
            self._end_paragraph(_HEADINGS.get(tag, 0))
        elif tag == "sup":
            self._close_raised()
        elif tag == "sub":
            self._apart = "figures"

    def end_of_block(self) -> None:
        """Close what a paragraph left open, so that it does not run on into the next."""
        self._unread.clear()
        self._close_raised()
        if self._open_lists and not self._in_cell:
            self._end_line()
        self._end_paragraph()

    def end_of_lists(self) -> None:
        """Close all lists and tables."""
        while self._open_lists:
            self._close_list()

    def blocks(self) -> list[Block]:
        """Return what was written, in order."""
        self.end_of_block()
        self.end_of_lists()
        self._end_paragraph()
        return self._blocks

    def _open_item(self, marker: str) -> None:
        if self._open_lists:
            self._end_line()
        else:
            self._end_paragraph()
            self._open_lists = 1
        self._marker = marker

    def _open_inline(self, tag: str) -> None:
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "sup" and self._raised_from is None:
            self._raised_from = len(self._pieces)
        elif tag == "sub":
            self._apart = "figures"

    def _close_raised(self) -> None:
        if self._raised_from is None:
            return
        raised = "".join(self._pieces[self._raised_from :])
        del self._pieces[self._raised_from :]
        before = self._pieces.pop() if self._pieces else ""
        if read := with_raised(before, raised):
            self._pieces.append(read)
        self._raised_from = None

    def _close_unread(self, tag: str) -> None:
        if tag in self._unread:
            del self._unread[self._unread.index(tag) :]
            self.skip()

    def _close_list(self) -> None:
        self._end_row()
        self._end_line()
        self._open_lists = max(0, self._open_lists - 1)
        if not self._open_lists and self._lines:
            self._blocks.append(Block("\n".join(self._lines)))
            self._lines = []

    def _end_paragraph(self, heading: int = 0) -> None:
        if self._in_cell or self._marker:
            # Inside a cell or an item, what would be paragraphs elsewhere are parts of one line.
            if self._pieces:
                self._pieces.append(" ")
        elif self._open_lists:
            self._end_line()
        elif text := "\n".join(line for line in map(_spaced, self._taken().split("\n")) if line):
            self._blocks.append(Block(text, heading))

    def _end_line(self) -> None:
        if text := _spaced(self._taken()):
            self._lines.append(self._marker + text)
        self._marker = ""

    def _end_cell(self) -> None:
        if self._in_cell:
            self._cells = [*(self._cells or []), _spaced(self._taken())]
        self._in_cell = False

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self._lines.append(" | ".join(self._cells).strip())
        self._cells = None

    def _taken(self) -> str:
        text = "".join(self._pieces)
        self._pieces = []
        self._raised_from = None
        self._apart = ""
        return text


def _spaced(text: str) -> str:
    return " ".join(text.split())
