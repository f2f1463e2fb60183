"""What bounds a figure, before or behind it: "up to 50", "50 or more", "nearly 50"."""

from __future__ import annotations

import re
from enum import Enum, auto

from bot.verifying.reading import Reading


class Bound(Enum):
    """On which side of a figure what it tells of may lie."""

    NONE = auto()
    EXACT = auto()
    ABOUT = auto()
    NEARLY = auto()
    AT_LEAST = auto()
    AT_MOST = auto()
    MORE = auto()
    FEWER = auto()


_BEFORE = {
    Bound.AT_LEAST: (
        "no fewer than|no less than|no (?:smaller|lower|shorter|younger|earlier) than|not (?:earlier than|before)"
        "|not less than|at least|a minimum of|minimum of|as few as"
    ),
    Bound.AT_MOST: (
        "no more than|not more than|no (?:larger|bigger|higher|greater|longer|older|later) than|not later than"
        "|at most|at the most|a maximum of|maximum of|up to|as many as|as much as"
        "|as high as|as long as|as far as|capped at|limited to|a ceiling of|not exceed|not exceeding"
    ),
    Bound.MORE: (
        "(?:over|above) the age of|aged (?:over|above)|more than|greater than|larger than|higher than|upwards of"
        "|in excess of|exceeded|exceeding|exceeds|exceed|surpassed|surpassing|topped|topping|well over|just over"
        "|slightly over|a little over|(?<!handed )(?<!hand )(?<!took )(?<!turned )(?<!prevailed )(?<!won )over"
        "|above|beyond|passed|upward of|older than|longer than|slightly more than"
        "|just above"
    ),
    Bound.FEWER: (
        "under the age of|aged under|fewer than|less than|lower than|smaller than|just under|slightly under"
        "|a little under|well under|under|below|short of|younger than|shorter than|just below|just shy of|shy of"
    ),
    Bound.NEARLY: "nearly|almost|close to|approaching|not quite",
    Bound.ABOUT: (
        "about|around|roughly|approximately|some|an estimated|estimated at|or so|circa|in the region of"
        "|in the order of|on the order of|estimated"
    ),
    Bound.EXACT: "exactly|precisely|a total of|all",
}  # fmt: skip
_BEFORE_IT = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{bound.name}>{words})" for bound, words in _BEFORE.items())
    + r")(?:\s(?:a|an|about|around|some|another|only))?[\s(]*(?:US|A|C)?[$£€¥₹]?\s?$",
    re.I,
)
_BEHIND_IT = re.compile(
    r"(?:\s[\w-]+){0,2}?\s(?P<AT_LEAST>or (?:more|above|over|older|higher|longer)"
    r"|at (?:the )?(?:very )?(?:least|earliest)|and (?:over|above|older)|upwards)\b"
    r"|(?:\s[\w-]+){0,2}?\s(?P<AT_MOST>or (?:less|fewer|under|below|lower|younger)"
    r"|at (?:the )?(?:very )?(?:most|latest))\b",
    re.I,
)
_PLUS = re.compile(r"\+|-plus\b")
_FAR_BEFORE = 40
_FAR_BEHIND = 60
"""How far from a figure, in characters, what bounds it may begin or end."""


def bound_of(reading: Reading, first: int, last: int) -> Bound:
    """Return how the figure from word `first` to word `last` is bounded."""
    return _bound(reading, first, last)[0]


def bounded_text(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Return from where to where, in characters, a figure stands with the words that bound it."""
    _, start, end = _bound(reading, first, last)
    return start, end


def _bound(reading: Reading, first: int, last: int) -> tuple[Bound, int, int]:
    start, end = reading.words[first].start, reading.words[last].end
    plus = _PLUS.match(reading.text, end)
    if plus:
        return Bound.AT_LEAST, start, plus.end()
    behind = _BEHIND_IT.match(reading.text[end : end + _FAR_BEHIND])
    if behind and behind.lastgroup:
        return Bound[behind.lastgroup], start, end + behind.end()
    earliest = max(0, start - _FAR_BEFORE)
    before = _BEFORE_IT.search(reading.text[earliest:start])
    if before and before.lastgroup:
        return Bound[before.lastgroup], earliest + before.start(), end
    return Bound.NONE, start, end
