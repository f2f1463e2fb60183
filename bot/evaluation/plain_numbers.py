"""The numbers in a text, by their value: 6,500 and 6.5 thousand are one, and so are eleven and 11.

Made for the plain check alone. It is to find what the verifier overlooks, so it has nothing in common with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
_SCALES = {
    "hundred": 100,
    "dozen": 12,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_SUFFIXES = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
_SUFFIX = re.compile(r"(?<=\d)(?:k|mn?|bn|tn)\b")
_WITH_SUFFIX = re.compile(r"(\d[\d,]*(?:\.\d+)?)m\b")
_HALF = Fraction(1, 2)
_PARTS = {
    "third": Fraction(1, 3),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
    "fifths": Fraction(1, 5),
    "tenths": Fraction(1, 10),
}
_COUNTED = frozenset({"thirds", "quarters", "fifths", "tenths"})
"""A third may be the third one, and a quarter three months, unless they are of something."""
_LINKS = frozenset({"and", "to", "or", "-", "–", "—"})
_NO_NUMBER = frozenset({"no", "any", "every", "some", "each", "the", "this", "that", "which"})
"""Before "one", which then counts nothing."""

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+|[-–—%]")
_OTHER_NOTATION = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+|\d+,\d{1,2})(?![.,]?\d)")
"""As in German: 41.500 is a large number there, and 8,4 a small one."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number, the scale that it was given in (1 for none), and the tokens from `start` to `end` that say it."""

    value: Fraction
    scale: int
    start: int
    end: int


def numbers_in(text: str) -> set[Fraction]:
    """Return the numbers of a text, spelled-out ones too, each with its scale ("million")."""
    return {number.value for number in _numbers(_tokens(text))}


def numbers_said_by(text: str) -> set[Fraction]:
    """Return the numbers that a text bears out.

    Besides those that it gives: the first end of a range in the scale of the second ("40 to 50 million"), a percentage
    as a part of the whole, and what its digits are in other countries' notation.
    """
    tokens = _tokens(text)
    found = _numbers(tokens)
    in_scale = {
        first.value * second.scale
        for first, second in pairwise(found)
        if first.scale == 1 and second.start - first.end == 1 and tokens[first.end] in _LINKS
    }
    parts = {number.value / 100 for number in found if _at(tokens, number.end) in ("percent", "%")}
    notation = {_other_notation(each) for each in _OTHER_NOTATION.findall(text)}
    # "31m" may be metres there.
    unscaled = {Fraction(each.replace(",", "")) for each in _WITH_SUFFIX.findall(text)}
    return {number.value for number in found} | in_scale | parts | notation | unscaled


def _tokens(text: str) -> list[str]:
    spelled = _SUFFIX.sub(lambda suffix: f" {_SUFFIXES[suffix[0]]}", text.casefold())
    return _TOKEN.findall(spelled.replace("per cent", "percent"))


def _at(tokens: Sequence[str], place: int) -> str:
    return tokens[place] if 0 <= place < len(tokens) else ""


def _numbers(tokens: Sequence[str]) -> list[_Number]:
    found: list[_Number] = []
    place = 0
    while place < len(tokens):
        number = _number(tokens, place)
        found += [number] if number else []
        place = number.end if number else place + 1
    return found


def _number(tokens: Sequence[str], start: int) -> _Number | None:
    """Return the number that begins at a token; None where none does."""
    first = _first(tokens, start)
    if first is None:
        return None
    value, end = first
    if [_at(tokens, end + step) for step in range(3)] == ["and", "a", "half"]:
        value, end = value + _HALF, end + 3
    scale = 1
    while factor := _SCALES.get(_at(tokens, end)):
        value, scale, end = value * factor, max(scale, factor), end + 1
    # In digits nobody writes "2.4 billion and four hundred" for one number.
    rest = (
        _number(tokens, end + (_at(tokens, end) == "and")) if scale > 1 and tokens[start] in _WORDS else None
    )
    if rest and rest.value < scale and tokens[rest.start] in _WORDS:
        value, end = value + rest.value, rest.end
    return _Number(value, scale, start, end)


def _first(tokens: Sequence[str], start: int) -> tuple[Fraction, int] | None:
    """Return what a number begins with, before any scale, and the token after it."""
    word, following = _at(tokens, start), _at(tokens, start + 1)
    if word[:1].isdigit():
        return Fraction(word.replace(",", "")), start + 1
    if word == "half":
        return _HALF, start + 1 + (following == "a" and _at(tokens, start + 2) in _SCALES)
    if word in ("a", "an"):
        return (Fraction(1), start + 1) if following in _SCALES else _part(tokens, start + 1)
    if word not in _WORDS or (word == "one" and _counts_nothing(tokens, start)):
        return None
    return _spelled(tokens, start)


def _counts_nothing(tokens: Sequence[str], place: int) -> bool:
    return _at(tokens, place - 1) in _NO_NUMBER or _at(tokens, place + 1) in ("another", "of")


def _spelled(tokens: Sequence[str], start: int) -> tuple[Fraction, int]:
    value, end = Fraction(_WORDS[tokens[start]]), start + 1
    hyphen = _at(tokens, end) == "-"
    unit = _WORDS.get(_at(tokens, end + hyphen), 0)
    if value >= 20 and 0 < unit < 10:
        return value + unit, end + hyphen + 1
    part = _part(tokens, end + hyphen)
    return (value * part[0], part[1]) if part else (value, end)


def _part(tokens: Sequence[str], place: int) -> tuple[Fraction, int] | None:
    word = _at(tokens, place)
    is_part = word in _COUNTED or (word in _PARTS and _at(tokens, place + 1) == "of")
    return (_PARTS[word], place + 1) if is_part else None


def _other_notation(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ".") if "," in digits else digits.replace(".", ""))
