"""Figures in sentences: how much of a sentence is one, and what of it is the answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.amounts import is_year
from bot.evaluation.drafting.tokens import Token, TokenKind, Tokens, joined

_SMALL = frozenset((
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety",
))  # fmt: skip
_SCALES = frozenset(("hundred", "thousand", "million", "billion", "trillion", "dozen"))
_WORDS = _SMALL | _SCALES | {"one"}
_HEDGES = (
    ("at", "least"), ("at", "most"), ("more", "than"), ("less", "than"), ("fewer", "than"), ("up", "to"),
    ("close", "to"), ("an", "estimated"), ("as", "many", "as"), ("as", "much", "as"), ("no", "fewer", "than"),
    ("no", "less", "than"),
    ("just", "over"), ("just", "under"), ("just", "below"), ("about",), ("around",), ("some",), ("nearly",),
    ("almost",), ("over",), ("under",), ("roughly",), ("approximately",), ("only",), ("just",), ("exactly",),
    ("a", "total", "of"), ("a", "record"), ("an", "additional"), ("another",), ("all",),
    ("no", "more", "than"), ("well", "over"), ("estimated",),
)  # fmt: skip
_OPENING_HEDGES = frozenset(hedge[0] for hedge in _HEDGES)
_RANGE = frozenset(("to", "or", "and", "-", "–", "—"))
_FRACTIONS = frozenset(("percentage", "points", "half", "halves", "thirds", "quarters", "th", "/"))
_MONEY = "$£€¥"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `start` is where its hedge ("at least") begins, `end` the token after it; `text` is the answer."""

    start: int
    end: int
    text: str
    money: bool
    percent: bool


def is_number_word(word: str) -> bool:
    """Tell whether a word, in small letters, is a number from two up."""
    return word != "one" and all(part in _WORDS for part in word.split("-"))


def read_figure(tokens: Tokens, at: int) -> Figure | None:
    """Return the figure that begins at a token; ranges, years, fractions and scores are none."""
    first = at + _hedge(tokens, at)
    if first >= len(tokens) or not is_number(tokens[first]):
        return None
    end = first + 1
    while end < len(tokens) and tokens[end].lower in _SCALES:
        end += 1
    percent = tokens[first].text.endswith("%")
    after = tokens[end].lower if end < len(tokens) else ""
    if after == "percent" or (
        after == "per" and tokens[end + 1 : end + 2] and tokens[end + 1].lower == "cent"
    ):
        percent, end = True, end + (1 if after == "percent" else 2)
    if _goes_on(tokens, end):
        return None
    money = any(sign in tokens[first].text for sign in _MONEY)
    text = joined(tokens[first:end])
    for unit in (" percent", " per cent", "%"):
        text = text.removesuffix(unit)
    return Figure(at, end, _without_currency(text), money, percent)


def _hedge(tokens: Tokens, at: int) -> int:
    if at >= len(tokens) or tokens[at].lower not in _OPENING_HEDGES:
        return 0
    for hedge in _HEDGES:
        if tuple(token.lower for token in tokens[at : at + len(hedge)]) == hedge:
            return len(hedge)
    return 0


def is_number(token: Token) -> bool:
    """Tell whether a token is a number and no year."""
    if token.kind is TokenKind.FIGURE:
        return not is_year(token.text)
    return is_number_word(token.lower) and token.lower not in _SCALES


def _goes_on(tokens: Tokens, end: int) -> bool:
    """Tell whether another figure or a fraction's word follows: "5 to 10", "two in three", "2.5 percentage points"."""
    following = tokens[end : end + 3]
    if not following:
        return False
    first = following[0]
    if first.lower in _FRACTIONS or is_number(first):
        return True
    if first.lower in ("in", "out", "by"):
        return any(is_number(token) for token in following[1:2])
    if first.lower in _RANGE or (not first.is_word and not first.spaced):
        return any(is_number(token) or is_year(token.text) for token in following[1:])
    return False


def _without_currency(text: str) -> str:
    """Return a sum without its sign, which "$3m" has to keep: m is million only beside it."""
    if text[-1:].isalpha() and not text.split()[-1].isalpha():
        return text
    stripped = text
    for prefix in ("US$", "HK$", "A$", "C$", *_MONEY):
        stripped = stripped.removeprefix(prefix)
    return stripped.lower() if stripped[:1].isalpha() else stripped
