"""Articles in plain text: the headline, by-line and credits around the text are told from it by their looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.articles import Draft
from index.datelines import dateline_end
from index.readers.credit_lines import CreditLine, is_name, read_credit_line
from index.readers.encoding import decode
from index.readers.fields import SYNONYMS, draft_from_fields
from index.readers.text_layout import paragraphs

_TOP, _BOTTOM = 12, 12
"""So many lines with something on them are looked at for credits."""

_LONGEST_TITLE = 200
_HEADER = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{1,24}):(?:\s+(?P<value>.*))?$")
_SECTION = re.compile(
    r"(?:world|politics|business|sports?|opinion|science|health|tech(?:nology)?|culture|entertainment|economy|finance"
    r"|(?:breaking|latest|top|local|international|world|us|u\.s\.)? ?news|breaking|analysis|exclusive|home|local"
    r"|national|international|asia|africa|europe|middle east|americas|press release|for immediate release)",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\.\w|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|St|No|vs|etc))\.$")
_ENDS = re.compile(r"[.…:;,][”\"’')\]]*$")
_SEVERAL_SENTENCES = re.compile(r"[a-z0-9)”\"’][.!?][”\"’)]*\s+[“\"‘(]?[A-Z]")


def read_plain_text(content: bytes) -> Draft:
    """Return the article in a plain text file.

    Title, authors, dates, URL and publisher are those that lines above or below the text tell beyond
    doubt; a date inside the text or behind a copyright sign is none. A dateline belongs to the text.
    Raises ReadError where the content is no text.
    """
    lines = decode(content).split("\n")
    fields, lines = _header_block(lines)
    credit_lines = _credit_lines(lines)
    blocks = paragraphs(lines, apart=credit_lines)
    around = _Around()
    blocks = _without_bottom(blocks, around)
    title, blocks = _without_top(blocks, around, has_title=_has_title(fields))
    return _draft(fields, title, blocks, around)
