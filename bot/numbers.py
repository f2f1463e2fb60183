"""Numbers as English writes them: 6,500 is 6.5 thousand, and seventeen is 17."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TEN_ORDINALS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"

_NAMED = {word: value for value, word in enumerate(_SMALL.split())}
_NAMED_TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
_ORDINALS = (
    {word: value for value, word in enumerate(_SMALL_ORDINALS.split(), start=1)}
    | {word: 10 * value for value, word in enumerate(_TEN_ORDINALS.split(), start=2)}
    | {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
)
_SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mn": 10**6,
    "bn": 10**9,
    "tn": 10**12,
}
_MULTIPLES = {"dozen": 12, "hundred": 100} | _SCALES
_PARTS = frozenset({"and", *_NAMED, *_NAMED_TENS, *_ORDINALS, *_MULTIPLES})


def multiple(word: str) -> int | None:
    """Return what a number before `word` is multiplied by: "million", "bn"; None for any other word."""
    return _MULTIPLES.get(word)


def belongs_to_number(word: str) -> bool:
    """Tell whether `word`, in lower case, can be part of a number or an ordinal."""
    return word in _PARTS or _is_figure(word)


def written_number(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Return the number that `words`, in lower case, begin with, and how many of them it takes.

    As long as possible: "two hundred and five men" is 205, of four words. A number in figures may begin it
    ("6.5", "thousand"). None where the words begin otherwise.
    """
    if not words:
        return None
    if _is_figure(words[0]):
        value, taken = Decimal(words[0]), 1
        while taken < len(words) and words[taken] in _MULTIPLES:
            value *= _MULTIPLES[words[taken]]
            taken += 1
        return value, taken
    named = _spelled(words)
    return (Decimal(named[0]), named[1]) if named else None


def written_ordinal(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the ordinal that `words`, in lower case, begin with ("twenty", "first"), and how many it takes."""
    if len(words) > 1 and words[0] in _NAMED_TENS and 0 < _ORDINALS.get(words[1], 0) < 10:
        return _NAMED_TENS[words[0]] + _ORDINALS[words[1]], 2
    return (_ORDINALS[words[0]], 1) if words and words[0] in _ORDINALS else None


def _is_figure(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal()


def _spelled(words: Sequence[str]) -> tuple[int, int] | None:
    total, taken, limit = 0, 0, None
    while True:
        # "two million and three hundred", but "two hundred and three" men and women.
        joined = taken + (taken > 0 and words[taken : taken + 1] == ["and"])
        group = _below_thousand(words[joined:], bare=taken == 0)
        if group is None:
            break
        value, length = group
        after = joined + length
        scale = _SCALES.get(words[after]) if after < len(words) else None
        if scale is not None and limit is not None and scale >= limit:
            # "two thousand and three thousand" are two numbers.
            break
        total, taken = total + value * (scale or 1), after + (scale is not None)
        if scale is None:
            break
        limit = scale
    return (total, taken) if taken else None


def _below_thousand(words: Sequence[str], *, bare: bool) -> tuple[int, int] | None:
    """Return a number up to the next scale, and its length; `bare` allows "hundred" and "million" for one."""
    first = _below_hundred(words)
    if first is None:
        if not (bare and words and words[0] in _MULTIPLES):
            return None
        first = (1, 0)
    value, taken = first
    if words[taken : taken + 1] == ["dozen"]:
        return value * 12, taken + 1
    if words[taken : taken + 1] != ["hundred"]:
        return value, taken
    value, taken = value * 100, taken + 1
    joined = taken + (words[taken : taken + 1] == ["and"])
    rest = _below_hundred(words[joined:])
    if rest is None or words[joined + rest[1] : joined + rest[1] + 1] in (["hundred"], ["dozen"]):
        return value, taken
    return value + rest[0], joined + rest[1]


def _below_hundred(words: Sequence[str]) -> tuple[int, int] | None:
    if not words:
        return None
    tens = _NAMED_TENS.get(words[0])
    if tens is None:
        return (_NAMED[words[0]], 1) if words[0] in _NAMED else None
    unit = _NAMED.get(words[1], 0) if len(words) > 1 else 0
    return (tens + unit, 2) if 0 < unit < 10 else (tens, 1)
