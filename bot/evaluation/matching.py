"""Does a text hold an answer? The measure that everything else is measured by.

Text and answer are read as words, and the text holds the answer where the answer's words stand in it one after
the other. Letter case, accents, punctuation and articles (a, an, the) do not count, nor does a plural's or
possessive's ending. A number is one word however it is written ("6,500", "6.5 thousand", "seventeen"), so half of
it is not held; a currency's sign counts as its name behind the number, "%" as "percent". Signs of negative
numbers do not count, because a hyphen may be anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import takewhile

from bot.numbers import belongs_to_number, multiple, written_number, written_ordinal

_WORD = re.compile(
    r"""
      (?P<initials> (?<![^\W_]) [^\W\d_] (?:\.[^\W\d_])+ (?![^\W_]) )
    | (?: (?P<currency> (?:(?<![^\W_])US)? [$£€¥] ) \s? )?
      (?P<figure> \d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)? | \d+(?:\.\d+)? | (?<![\w.])\.\d+ )
      (?P<suffix> [^\W_]* ) (?P<percent> \s?% )?
    | (?P<word> [^\W\d_][^\W_]* (?:['’ʼ][^\W\d_]+)* )
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"['’ʼ]s$")
_APOSTROPHE = re.compile(r"['’ʼ]")
_JOINT = re.compile(r"\s+|[-‐‑]?")
"""What may stand between the words of one number: "two hundred", "twenty-one", "5bn"."""

_LONGEST = 24
"""In words. No number that anyone spells out is longer."""

_ARTICLES = frozenset({"a", "an", "the"})
_NAMES = frozenset({"US", "WHO", "IT"})
"""Names that without their capitals are among the commonest words."""

_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}
_MONEY_SUFFIXES = {"k": "thousand", "m": "million", "b": "billion"}
"""Behind a sum of money these multiply; elsewhere they may be kelvins and metres."""


class _Kind(Enum):
    WORD = auto()
    ARTICLE = auto()
    CURRENCY = auto()
    """Of a sign, which may be cut off its number; a currency's name is a word."""


@dataclass(frozen=True, slots=True)
class _Token:
    """What is compared: a word without its form, or a number."""

    value: str | Decimal
    kind: _Kind = _Kind.WORD


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it stands in the text; `joined` if it may continue the number that the word before belongs to.

    `unit` is what a currency's sign before it says.
    """

    text: str
    joined: bool
    unit: str | None = None


def holds_answer(text: str, answer: str) -> bool:
    """Tell whether `text` contains `answer`; an answer without a word is in no text."""
    return _holds(_tokens(text), _tokens(answer))


def holds_any(text: str, answers: Iterable[str]) -> bool:
    """Tell whether `text` contains one of `answers`."""
    tokens = _tokens(text)
    return any(_holds(tokens, _tokens(answer)) for answer in answers)


def _holds(text: Sequence[_Token], answer: Sequence[_Token]) -> bool:
    wanted = _values(answer, _Kind.WORD, _Kind.CURRENCY)
    if not wanted:
        return _contains(_values(text, *_Kind), _values(answer, *_Kind))
    return _contains(_values(text, _Kind.WORD, _Kind.CURRENCY), wanted) or _contains(
        _values(text, _Kind.WORD), wanted
    )


def _values(tokens: Iterable[_Token], *kinds: _Kind) -> list[str | Decimal]:
    return [token.value for token in tokens if token.kind in kinds]


def _contains(text: Sequence[str | Decimal], run: Sequence[str | Decimal]) -> bool:
    length = len(run)
    return length > 0 and any(
        text[at] == run[0] and text[at : at + length] == run for at in range(len(text) - length + 1)
    )


# A sentence is held against many answers, and an answer against many sentences.
@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[_Token, ...]:
    words = list(_words(unicodedata.normalize("NFC", text)))
    tokens: list[_Token] = []
    at = 0
    while at < len(words):
        found, taken = _next_tokens(words, at)
        tokens += found
        at += taken
    return tuple(tokens)


def _next_tokens(words: Sequence[_Word], at: int) -> tuple[list[_Token], int]:
    """Return the tokens that the words from `at` on begin with, and how many words they are made of."""
    word = words[at].text
    if word == "per" and at + 1 < len(words) and words[at + 1].text == "cent":
        return [_Token("percent")], 2
    run = _number_words(words, at)
    ordinal = written_ordinal(run)
    if ordinal:
        return [_Token(_ordinal(ordinal[0]))], ordinal[1]
    number = written_number(run)
    if number:
        value, taken = number
        unit = words[at].unit
        return [_Token(value), *([_Token(unit, _Kind.CURRENCY)] if unit else [])], taken
    return [_Token(_singular(word), _Kind.ARTICLE if word in _ARTICLES else _Kind.WORD)], 1


def _number_words(words: Sequence[_Word], at: int) -> list[str]:
    """Return the words from `at` on that could be one number."""
    first = words[at]
    run = takewhile(
        lambda word: belongs_to_number(word.text) and (word.joined or word is first),
        words[at : at + _LONGEST],
    )
    return [word.text for word in run]


def _words(text: str) -> Iterator[_Word]:
    end = 0
    for match in _WORD.finditer(text):
        joined = _JOINT.fullmatch(text, end, match.start()) is not None and not match["currency"]
        end = match.end()
        if match["figure"]:
            yield from _figure(match, joined=joined)
        elif match["initials"]:
            yield _Word(_folded(match["initials"].replace(".", "")), joined)
        else:
            yield _Word(_folded(match["word"]), joined)


def _figure(match: re.Match[str], *, joined: bool) -> Iterator[_Word]:
    digits = match["figure"].replace(",", "")
    unit = _CURRENCIES[match["currency"][-1]] if match["currency"] else None
    suffix = _folded(match["suffix"])
    if unit:
        suffix = _MONEY_SUFFIXES.get(suffix, suffix)
    if suffix in ("st", "nd", "rd", "th"):
        yield _Word(_ordinal(digits), joined)
    elif multiple(suffix) or (len(suffix) > 1 and suffix.isalpha()):
        yield _Word(digits, joined, unit)
        yield _Word(suffix, joined=True)
    elif suffix:
        # 5G and the 1990s are not so many of something.
        yield _Word(f"{digits}-{suffix}", joined)
    else:
        yield _Word(digits, joined, unit)
    if match["percent"]:
        yield _Word("percent", joined=False)


def _ordinal(number: int | str) -> str:
    return f"{number}-th"


def _folded(word: str) -> str:
    """Return `word` without case, accents and the marks of a possessive."""
    plain = _APOSTROPHE.sub("", _POSSESSIVE.sub("", word))
    if plain in _NAMES:
        return plain
    if plain.isascii():
        return plain.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", plain.casefold()) if not unicodedata.combining(c))


def _singular(word: str) -> str:
    """Return what `word` has in common with its plural, if it is no short word."""
    if len(word) < 4:
        return word
    if word.endswith(("ies", "ie")):
        return word.removesuffix("s").removesuffix("ie") + "y"
    if word.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return word.removesuffix("es")
    return word.removesuffix("s") if not word.endswith(("ss", "us", "is")) else word
