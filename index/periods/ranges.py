"""What the words around a phrase make of it: a part ("early 2022"), or one end of a range ("from May to July")."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from index.periods.calendar import Span, days_from, months_from
from index.periods.phrases import NEARBY, Phrase

_PART = re.compile(
    r"\b(?:the\s)?(?:(?P<word>early|mid|late|earlier|later)(?:\s(?:in|on))?|(?P<share>beginning|start|middle|end"
    r"|(?:first|second|last)\shalf|(?:first|second|third|fourth|last)\squarter)\sof)[\s-](?:the\s)?\Z",
    re.IGNORECASE,
)
_SHARES = {
    "early": (0, 3),
    "beginning": (0, 3),
    "start": (0, 3),
    "mid": (1, 3),
    "middle": (1, 3),
    "late": (2, 3),
    "end": (2, 3),
    "first half": (0, 2),
    "second half": (1, 2),
    "last half": (1, 2),
    "first quarter": (0, 4),
    "second quarter": (1, 4),
    "third quarter": (2, 4),
    "fourth quarter": (3, 4),
    "last quarter": (3, 4),
}


def narrowed(phrase: Phrase, text: str, now: datetime) -> Phrase:
    """Return the part of what `phrase` names that the words before it ask for: "early 2022", "later this year"."""
    span = phrase.span
    part = _PART.search(text, max(0, phrase.start - NEARBY), phrase.start)
    if part is None:
        return phrase
    word = (part["word"] or part["share"]).casefold()
    if word in ("earlier", "later"):
        if not span.start <= now <= span.end:
            return phrase
        span = Span(span.start, now) if word == "earlier" else Span(now, span.end)
    # Of a week or less there is no part worth telling apart, and in "the late 1950s and 60s" only the first is late.
    elif timedelta(days=15) < span.end - span.start < timedelta(days=366 * 11):
        span = _share(span, *_SHARES[word])
    return Phrase(part.start(), phrase.end, span, phrase.yearless)


def _share(span: Span, index: int, count: int) -> Span:
    """Return one of `count` equal parts of `span`, in whole months if they come out even, else in whole days."""
    first, last = span.start, span.end
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months % count == 0 and span == months_from(first.year, first.month, months):
        return months_from(first.year, first.month + months // count * index, months // count)
    days = (last - first).days + 1
    begin, end = (days * edge // count for edge in (index, index + 1))
    return days_from(first + timedelta(days=begin), max(1, end - begin))


_JOINT = re.compile(r"\s?(?:(?P<and>and)|to|through|until|till|-|–|—|/)\s?(?:the\s)?", re.IGNORECASE)


def joined(phrases: list[Phrase], text: str) -> list[Phrase]:
    """Make one of each two phrases that are the ends of a range."""
    joined: list[Phrase] = []
    for phrase in phrases:
        whole = _range(joined[-1], phrase, text) if joined else None
        if whole is None:
            joined.append(phrase)
        else:
            joined[-1] = whole
    return joined


def _range(first: Phrase, last: Phrase, text: str) -> Phrase | None:
    joint = _JOINT.fullmatch(text, first.end, last.start)
    before = text[max(0, first.start - NEARBY) : first.start]
    if joint is None or (joint["and"] and not re.search(r"\bbetween\s(?:the\s)?\Z", before, re.IGNORECASE)):
        return None
    start, end = first.span.start, last.span.end
    try:
        # The year that one end leaves out is the other's.
        if first.yearless:
            start = start.replace(year=end.year)
            start = start.replace(year=end.year - (start > end))
        elif last.yearless:
            end = end.replace(year=start.year)
            end = end.replace(year=start.year + (end < start))
    except ValueError:  # February 29
        return None
    return Phrase(first.start, last.end, Span(start, end), first.yearless) if start < end else None
