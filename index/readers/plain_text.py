"""Articles in plain text: the headline, by-line and credits around the text are told from it by their looks."""

from __future__ import annotations

import re

from index.articles import Draft
from index.readers.bounds import check_length
from index.readers.credit_lines import read_credit_line
from index.readers.encoding import decode
from index.readers.fields import SYNONYMS, draft_from_fields, field_name
from index.readers.surroundings import BOTTOM, TOP, without_surroundings
from index.readers.text_layout import paragraphs

_HEADER = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{1,24}):(?:\s+(?P<value>.*))?$")
_TITLES = frozenset(("title", *SYNONYMS["title"]))
_KNOWN = frozenset((*SYNONYMS, *(other for others in SYNONYMS.values() for other in others)))


def read_plain_text(content: bytes) -> Draft:
    """Return the article in a plain text file.

    Title, authors, dates, URL and publisher are those that lines above or below the text tell beyond
    doubt; a date inside the text or behind a copyright sign is none. A dateline belongs to the text.
    Raises ReadError where the content is no text, or more than one article.
    """
    source = decode(content)
    check_length(len(source))
    fields, lines = _header_block(source.split("\n"))
    blocks = paragraphs(lines, apart=_credit_lines(lines))
    draft = draft_from_fields(fields, "", SYNONYMS)
    return without_surroundings(draft, blocks, title_is_first=draft.title is None)


def _header_block(lines: list[str]) -> tuple[dict[object, object], list[str]]:
    """Return what lines like "Author: Ada Brook" at the very top say, and the lines below them."""
    start = next((number for number, line in enumerate(lines) if line.strip(" -")), len(lines))
    header: list[tuple[str, str]] = []
    end = start
    for line in lines[start:]:
        found = _HEADER.match(line)
        if found:
            header.append((field_name(found["key"]), (found["value"] or "").strip()))
        elif header and line[:1] in " \t" and line.strip():
            header[-1] = (header[-1][0], f"{header[-1][1]} {line.strip()}")
        else:
            break
        end += 1
    known = [key for key, _ in header if key in _KNOWN]
    if len(known) < 2 and not (header and header[0][0] in _TITLES):
        return {}, lines
    return {key: value for key, value in header if value}, lines[end:]


def _credit_lines(lines: list[str]) -> set[int]:
    """Return the numbers of the lines near the top and the bottom that are credits."""
    numbers = [number for number, line in enumerate(lines) if line.strip()]
    near = {*numbers[:TOP], *numbers[-BOTTOM:]}
    return {number for number in near if read_credit_line(lines[number])}
