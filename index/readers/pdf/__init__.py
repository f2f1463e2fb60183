"""PDF files: where the letters of a page stand is all that they say, and the article is found from that.

`source` opens the file, `content` runs its drawing operators, `segments` makes words, `furniture` takes off
running heads, `layout` and `tables` find the order of reading, `paragraphs` and `hyphens` put lines together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from index.articles import Draft
from index.errors import ReadError
from index.readers.pdf.characters import UNKNOWN
from index.readers.pdf.content import read_sheet
from index.readers.pdf.furniture import PrintedPage, without_furniture
from index.readers.pdf.heading import TOP, find_headline
from index.readers.pdf.layout import find_blocks
from index.readers.pdf.paragraphs import find_paragraphs, paragraph_texts
from index.readers.pdf.segments import find_segments
from index.readers.pdf.source import Page, opened
from index.readers.printed import printed_draft
from index.readers.superscripts import without_markers

_MOST_SEGMENTS = 200_000
"""In one document: two thousand pages of print."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def read_pdf(content: bytes) -> Draft:
    """Read the article that a PDF file holds.

    Raises ReadError where it is no PDF file, is damaged or cut off, asks for a password, or shows no text.
    The dates at which the file was made are not the article's, and are not read.
    """
    with opened(content) as document:
        pages = _printed_pages(document.pages())
        title, author, language = document.title, document.author, document.language
    blocks = [find_blocks(segments) for segments in without_furniture(pages)]
    paragraphs = find_paragraphs(blocks)
    texts = [_tidy(text) for text in paragraph_texts(paragraphs)]
    return printed_draft(
        texts,
        top=TOP,
        headline=find_headline(paragraphs, texts),
        title=title,
        author=author,
        language=language.replace("_", "-") if _LANGUAGE.fullmatch(language) else None,
    )


def _printed_pages(pages: Iterable[Page]) -> list[PrintedPage]:
    """Return the pieces of lines on each page; the letters themselves would fill the memory."""
    printed: list[PrintedPage] = []
    shown = unknown = pieces = 0
    for page in pages:
        sheet = read_sheet(page)
        shown += len(sheet.glyphs)
        unknown += sum(glyph.text == UNKNOWN for glyph in sheet.glyphs)
        printed.append(PrintedPage(find_segments(sheet.glyphs), sheet.width, sheet.height))
        pieces += len(printed[-1].segments)
        if pieces > _MOST_SEGMENTS:
            raise ReadError(
                "holds more text than an article can", "Split it into its articles, and read those."
            )
    if not printed:
        raise ReadError("has no pages", "Export it again.")
    if not pieces:
        raise ReadError(
            "shows no text: its pages are pictures, or empty",
            "Run it through text recognition (OCR), and read the result.",
        )
    if unknown > 0.2 * shown:
        raise ReadError(
            "has fonts that do not say which letters they show",
            "Run it through text recognition (OCR), or read the article in another format.",
        )
    return printed


def _tidy(text: str) -> str:
    lines = (re.sub(r" +", " ", line).strip() for line in without_markers(text).split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines))
