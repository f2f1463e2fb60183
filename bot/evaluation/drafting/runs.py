"""Runs of capitalised words in a sentence: what may be a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.evaluation.drafting.name_words import TITLES
from bot.evaluation.drafting.tokens import Token, Tokens
from bot.evaluation.drafting.word_classes import FUNCTION_WORDS, MONTHS, WEEKDAYS

_LEADING_ON = frozenset(("of", "for", "and", "&"))
NO_NAMES = frozenset((
    *WEEKDAYS, *(month.casefold() for month in MONTHS), "i", "covid", "covid-19", "internet", "english",
    "spanish", "christmas", "easter", "thanksgiving", "congress", "parliament", "senate", "house", "twitter",
    "facebook", "instagram", "tiktok", "youtube", "democrats", "republicans", "court", "state", "city", "county",
    "earth", "god", "tv", "ap", "afp", "reuters", "cnn", "photo", "getty", "images", "file", "hide", "caption",
    "omicron", "delta", "medicare", "medicaid", "bible", "quran", "zoom", "spring", "summer", "autumn", "fall",
    "winter", "ramadan", "halloween", "spotify", "netflix", "bitcoin", "gmt", "est", "edt", "pst", "pt", "et",
))  # fmt: skip
"""Capitalised words that are no names to ask with, or open none."""


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row, from token `start` up to `end`, without the titles before a person's name."""

    start: int
    end: int
    titled: bool
    text: str


def bare(token: Token) -> str:
    """Return a word without the mark of a possessive."""
    return token.text.removesuffix("'s").removesuffix("’s")


def runs_of(tokens: Tokens) -> Iterator[Run]:
    """Give the runs of capitalised words in a sentence; function words at its start are in none."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and _continues(tokens, at, end):
            end += 1
            if bare(tokens[end - 1]) != tokens[end - 1].text:
                break
        if end > at:
            yield _run(tokens, at, end)
        at = max(end, at + 1)


def _continues(tokens: Tokens, start: int, at: int) -> bool:
    token = tokens[at]
    if not token.is_capitalised or (at > start and not token.spaced):
        return False
    if token.lower in NO_NAMES and at == start:
        return False
    return not (
        at == 0 and token.lower in FUNCTION_WORDS and not (token.text.isupper() and len(token.text) > 1)
    )


def _run(tokens: Tokens, start: int, end: int) -> Run:
    titles = [at for at in range(start, end - 1) if tokens[at].lower.rstrip(".") in TITLES]
    first = titles[-1] + 1 if titles else start
    if first == start and start > 0 and tokens[start - 1].lower.rstrip(".") in TITLES:
        return Run(start, end, True, _text(tokens[start:end]))
    return Run(first, end, bool(titles), _text(tokens[first:end]))


def _text(tokens: Tokens) -> str:
    return " ".join(bare(token) for token in tokens)


def is_part(tokens: Tokens, run: Run) -> bool:
    """Tell whether a run of capitals goes on behind "of", "for" or "and", as in "Department of Public Safety"."""
    before, after = tokens[max(0, run.start - 3) : run.start], tokens[run.end : run.end + 3]
    goes_on = (
        len(after) > 1 and after[0].lower in _LEADING_ON and any(token.is_capitalised for token in after[1:])
    )
    led_to = len(before) > 1 and before[-1].lower in _LEADING_ON and before[-2].is_capitalised
    led_over_the = (
        len(before) > 2
        and before[-1].lower == "the"
        and before[-2].lower == "of"
        and before[0].is_capitalised
    )
    return goes_on or led_to or led_over_the
