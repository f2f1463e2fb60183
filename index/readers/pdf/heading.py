"""The headline of a printed article, by the size and weight of its type."""

from __future__ import annotations

from collections.abc import Sequence

from index.readers.pdf.paragraphs import Paragraph, usual_size

TOP = 10
"""Paragraphs at the beginning among which the headline is looked for."""

_LONGEST = 300


def find_headline(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> int:
    """Return the place of the largest text at the top of the first page, else of a first line in bold, else -1."""
    usual = usual_size(paragraphs)
    first = [
        place
        for place, paragraph in enumerate(paragraphs[:TOP])
        if paragraph.lines and paragraph.page == paragraphs[0].page and len(texts[place]) <= _LONGEST
    ]
    largest = max(first, key=lambda place: paragraphs[place].size, default=-1)
    if largest >= 0 and paragraphs[largest].size > 1.12 * usual:
        return largest
    if first and first[0] == 0 and paragraphs[0].bold and len(paragraphs) > 1 and not texts[0].endswith("."):
        return 0
    return -1
