"""The headline of an article, found on its first page and in the file's properties."""

from __future__ import annotations

from collections.abc import Sequence

from index.readers.pdf.paragraphs import Paragraph, usual_size
from index.readers.properties import believable_title

_PLACES = 10
"""Paragraphs at the beginning among which the headline is looked for."""

_LONGEST = 300


def find_title(
    paragraphs: Sequence[Paragraph], texts: Sequence[str], property_title: str
) -> tuple[str | None, int]:
    """Return the title, and the place of the paragraph that shows it (-1 where none does).

    What the properties say comes first, where somebody wrote it; a headline that is a part of it (the
    property goes on with the site's name) or that contains it is the title as the reader sees it.
    """
    title = believable_title(property_title)
    headline = _headline(paragraphs, texts)
    if title is None:
        return (texts[headline], headline) if headline >= 0 else (None, -1)
    wanted = _letters(title)
    for place in range(min(_PLACES, len(texts))):
        shown = _letters(texts[place])
        alike = shown == wanted or (place == headline and shown and (shown in wanted or wanted in shown))
        if alike and not paragraphs[place].rows:
            return texts[place], place
    return title, -1


def _headline(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> int:
    """Return the place of the largest text at the top of the first page, or of a first line in bold type."""
    usual = usual_size(paragraphs)
    first = [
        place
        for place, paragraph in enumerate(paragraphs[:_PLACES])
        if paragraph.lines and paragraph.page == paragraphs[0].page and len(texts[place]) <= _LONGEST
    ]
    largest = max(first, key=lambda place: paragraphs[place].size, default=-1)
    if largest >= 0 and paragraphs[largest].size > 1.12 * usual:
        return largest
    if first and first[0] == 0 and paragraphs[0].bold and len(paragraphs) > 1 and not texts[0].endswith("."):
        return 0
    return -1


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
