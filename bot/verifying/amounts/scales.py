"""What multiplies the number before it: "6.5 thousand", "$5m", "40 crore"."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.numbers import multiple
from bot.verifying.amounts.numeral import LONGEST
from bot.verifying.amounts.units import currency_of
from bot.verifying.reading import Reading

_LETTERS = {"m": 10**6, "k": 10**3, "b": 10**9, "t": 10**12}
"""Behind digits. Where a metre or a tonne may be meant, see `_multiplies`."""
_SOUTH_ASIAN = {"lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}
_GAPS = frozenset(("", " ", "-", "\u00a0", "\u202f"))
_METRIC = re.compile(
    r"\s?(?:tall|high|deep|wide|long|underwater|below|above|thick|away|from|sprint|race|final|freestyle|hurdles"
    r"|butterfly|dash|relay|in (?:height|depth|length|width|diameter))\b"
)
"""What "100m" is a hundred metres before, and no million."""
_COUNTED = re.compile(r"\s(?:[a-z]+s|people|euro|dollar)\b")


def scaled(reading: Reading, value: Decimal, first: int, last: int) -> tuple[Decimal, int]:
    """Return a number, multiplied by the words behind its last one, and the last of these."""
    while last + 1 < len(reading.words) and last - first < LONGEST:
        factor = _factor(reading, first, last + 1)
        if factor is None:
            break
        value, last = value * factor, last + 1
    return value, last


def scale_of(word: str) -> int:
    """Return what a word multiplies a number by; 1 for a word that does not."""
    return _LETTERS.get(word) or multiple(word) or 1


def _factor(reading: Reading, first: int, at: int) -> int | None:
    gap = reading.between(at - 1, at)
    if gap not in _GAPS:
        return None
    word = reading.words[at].plain
    factor = _SOUTH_ASIAN.get(word) or multiple(word)
    if factor is not None or gap == "-" or word not in _LETTERS:
        return factor
    if currency_of(reading, first) or (gap == "" and _multiplies(reading, at)):
        return _LETTERS[word]
    return None


def _multiplies(reading: Reading, at: int) -> bool:
    """Tell whether a letter behind digits multiplies them, and is no unit: "5m people", but "100m sprint"."""
    if reading.words[at].plain not in ("m", "t"):
        return True
    behind = reading.text[reading.words[at].end :][:20]
    return not _METRIC.match(behind) and _COUNTED.match(behind) is not None
