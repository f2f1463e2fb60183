"""Dates in sentences: those that mean a day, a month or a year to whoever reads them later, and those that do not."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.amounts import is_year
from bot.evaluation.drafting.tokens import Token, Tokens, joined
from bot.evaluation.drafting.word_classes import MONTHS, WEEKDAYS

_MONTHS = frozenset(MONTHS) | frozenset(("Jan.", "Feb.", "Aug.", "Sept.", "Sep.", "Oct.", "Nov.", "Dec."))
_PARTS = frozenset(("early", "late", "mid", "mid-", "spring", "summer", "autumn", "winter", "fall"))
_DAYTIMES = frozenset(("morning", "afternoon", "evening", "night"))
_UNITS = frozenset(
    ("week", "month", "year", "night", "spring", "summer", "autumn", "winter", "fall", "quarter")
)

_HELD_BY = frozenset((
    "the", "of", "from", "since", "until", "by", "than", "for", "a", "between", "and", "in", "on", "to", "after",
    "before", "during", "throughout",
))  # fmt: skip
"""Words that need the time behind them."""
_PASSING = WEEKDAYS | frozenset(("on", "last", "this", "yesterday", "today", "tonight", "earlier"))


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date with its preposition, from token `start` up to `end`; `text` is the date alone.

    `bare_year` tells that it is nothing but a year.
    """

    start: int
    end: int
    preposition: str
    text: str
    bare_year: bool


def read_date(tokens: Tokens, at: int) -> DatePhrase | None:
    """Return the date that the preposition at a token brings: "on 3 May 2024", "in July", "since 2011"."""
    preposition = tokens[at].lower
    if preposition not in ("on", "in", "since") or at + 1 >= len(tokens):
        return None
    first = at + 1
    if tokens[first].lower in WEEKDAYS and preposition == "on":
        first += 1
        if first < len(tokens) and tokens[first].text == ",":
            first += 1
    start = first
    if first < len(tokens) and tokens[first].lower in _PARTS:
        first += 1
    end = _date_end(tokens, first)
    if end is None or _goes_on(tokens, end):
        return None
    text = joined(tokens[start:end])
    day = any(token.text.isdecimal() and not is_year(token.text) for token in tokens[first:end])
    if day != (preposition == "on") and preposition != "since":
        return None
    return DatePhrase(at, end, preposition, text, is_year(text))


def _date_end(tokens: Tokens, at: int) -> int | None:
    """Return where a date ends that begins at a token: a year, or a month with a day or a year, or alone."""
    if at >= len(tokens):
        return None
    if is_year(tokens[at].text):
        return at + 1
    if _is_day(tokens[at]) and at + 1 < len(tokens) and tokens[at + 1].text in _MONTHS:
        end = at + 2
        return end + 1 if end < len(tokens) and is_year(tokens[end].text) else end
    if tokens[at].text not in _MONTHS:
        return None
    end = at + 1
    if end < len(tokens) and _is_day(tokens[end]):
        end += 1
        if end + 1 < len(tokens) and tokens[end].text == "," and is_year(tokens[end + 1].text):
            return end + 2
    return end + 1 if end < len(tokens) and is_year(tokens[end].text) else end


def _is_day(token: Token) -> bool:
    digits = token.text.rstrip("stndrh")
    return digits.isdecimal() and len(digits) < 3 and 1 <= int(digits) <= 31


def _goes_on(tokens: Tokens, end: int) -> bool:
    """Tell whether the date is part of something longer: "in May and June", "in 2019-20", "in March's vote"."""
    if end >= len(tokens):
        return False
    following = tokens[end]
    if following.text in ("-", "–", "/") and not following.spaced:
        return True
    if following.lower in ("and", "or", "to", "through", "-", "–"):
        return any(
            token.text in _MONTHS or is_year(token.text) or _is_day(token)
            for token in tokens[end + 1 : end + 3]
        )
    return False


def date_at_comma(tokens: Tokens, comma: int) -> bool:
    """Tell whether a comma is one inside a date: "May 3, 2024"."""
    return (
        comma > 1
        and comma + 1 < len(tokens)
        and _is_day(tokens[comma - 1])
        and tokens[comma - 2].text in _MONTHS
        and is_year(tokens[comma + 1].text)
    )


def without_passing_times(tokens: Tokens) -> Tokens:
    """Return tokens without what tells the time from the day of writing: "on Tuesday", "last week", "this year"."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        length = _passing_time(tokens, at)
        if length:
            at += length
        else:
            kept.append(tokens[at])
            at += 1
    return tuple(kept)


def _passing_time(tokens: Tokens, at: int) -> int:
    """Return how many tokens from one on are such a time, 0 where something hangs on it: "after last week"."""
    first = tokens[at].lower
    if first not in _PASSING or (at and tokens[at - 1].lower in _HELD_BY):
        return 0
    second, third = (*(token.lower for token in tokens[at + 1 : at + 3]), "", "")[:2]
    if first == "on" and second in WEEKDAYS:
        return 3 if third in _DAYTIMES else 2
    if first in WEEKDAYS and at:
        return 2 if second in _DAYTIMES else 1
    if first in ("last", "this") and second in _UNITS | WEEKDAYS:
        return 2
    if first == "earlier" and second == "this" and third in _UNITS:
        return 3
    return 1 if first in ("yesterday", "today", "tonight") else 0


def holds_date(tokens: Tokens) -> bool:
    """Tell whether a sentence holds a date."""
    return any(read_date(tokens, at) is not None for at in range(len(tokens)))
