"""Word files (.docx), read as Word shows them when all changes are accepted.

`package` checks and opens the file, `styles` and `paragraphs` say what of a paragraph is shown, `blocks`
puts paragraphs and tables in order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from index.articles import Draft
from index.errors import ReadError
from index.readers.bylines import read_byline
from index.readers.printed import printed_draft
from index.readers.word.blocks import Block, BodyReader
from index.readers.word.package import open_word
from index.readers.word.paragraphs import Paragraph
from index.readers.word.styles import Styles

_TOP = 12
"""Paragraphs at the beginning among which headline and by-lines are looked for."""

_LONGEST_TITLE = 250
_LONGEST_COLUMN = 60
"""Characters between two tabs; more are no column of a table."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def read_word(content: bytes) -> Draft:
    """Read the article that a .docx file holds.

    Raises ReadError where it is no .docx file, is damaged, encrypted or too large, or holds no text.
    The dates at which the file was made and saved are not the article's, and are not read.
    """
    file = open_word(content)
    blocks = BodyReader(Styles(file.styles), file.body).read(file.body)
    blocks = _with_tabbed_tables(_with_broken_bylines(blocks))
    texts = [_tidy(block) for block in blocks]
    if not any(texts):
        raise ReadError("holds no text", "Save the article again, or delete the file.")
    return printed_draft(
        texts,
        top=_TOP,
        headline=_headline(blocks, texts),
        title=file.title,
        author=file.author,
        language=_language(file.language, blocks),
    )


def _with_broken_bylines(blocks: Sequence[Block]) -> list[Block]:
    """Part by-lines that a line break, not a paragraph's end, holds together, and empty lines made of breaks."""
    parted: list[Block] = []
    for place, block in enumerate(blocks):
        text = block.paragraph.text if block.paragraph else ""
        lines = text.split("\n")
        at_lines = place < _TOP and len(lines) > 1 and any(read_byline(line) for line in lines)
        parts = lines if at_lines else re.split(r"\n\s*\n", text)
        if block.paragraph is None or len(parts) < 2:
            parted.append(block)
            continue
        pattern = block.paragraph
        for part in parts:
            first = pattern.pieces[0]
            piece = type(first)(part, 0, pattern.bold, pattern.half_points, first.language)
            parted.append(Block(Paragraph([piece], style=pattern.style), []))
    return parted


def _with_tabbed_tables(blocks: Sequence[Block]) -> list[Block]:
    """Read paragraphs whose tabs make columns as the rows of a table."""
    found: list[Block] = []
    for tabs, group in groupby(blocks, key=_tabs):
        members = list(group)
        if tabs and len(members) > 1:
            rows = [
                re.sub(r"\s*\t+\s*", " | ", member.paragraph.text.strip())
                for member in members
                if member.paragraph
            ]
            found.append(Block(None, rows))
        else:
            found += members
    return found


def _tabs(block: Block) -> int:
    cells = re.split(r"\t+", block.paragraph.text.strip()) if block.paragraph else []
    return len(cells) - 1 if all(len(cell) <= _LONGEST_COLUMN for cell in cells) else 0


def _headline(blocks: Sequence[Block], texts: Sequence[str]) -> int:
    """Return the place of the headline: by its style, else a first line that is bold or large, else -1."""
    top = [block.paragraph for block in blocks[:_TOP]]
    for style in ("title", "heading 1"):
        for place, paragraph in enumerate(top):
            if paragraph is not None and paragraph.style == style and texts[place]:
                return place
    sizes = Counter[int]()
    for block in blocks:
        if block.paragraph is not None:
            sizes[block.paragraph.half_points] += len(block.paragraph.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    for place, paragraph in enumerate(top[:-1] if len(blocks) <= _TOP else top):
        if paragraph is None:
            break
        if read_byline(texts[place]) is not None:
            continue
        short = len(texts[place]) <= _LONGEST_TITLE and not texts[place].endswith(".")
        return place if short and (paragraph.bold or paragraph.half_points > 1.15 * usual) else -1
    return -1


def _language(property_: str, blocks: Sequence[Block]) -> str | None:
    written = Counter[str]()
    for block in blocks:
        for piece in block.paragraph.pieces if block.paragraph else []:
            written[piece.language] += len(piece.text)
    for language in (property_, *(language for language, _ in written.most_common(1))):
        if _LANGUAGE.fullmatch(language):
            return language.replace("_", "-")
    return None


def _tidy(block: Block) -> str:
    lines = block.rows if block.paragraph is None else [block.paragraph.text]
    tidy = (
        re.sub(r"[\s\u00a0]+", " ", line.replace("\u00ad", "").replace("\u200b", "")).strip()
        for line in lines
    )
    return unicodedata.normalize("NFC", "\n".join(tidy))
