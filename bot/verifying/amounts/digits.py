"""Numbers in digits: "6,500", "6.5 million", "21st", "10:30"."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.verifying.amounts.numeral import Numeral
from bot.verifying.amounts.scales import scaled
from bot.verifying.amounts.units import CLOCK, ORDINAL
from bot.verifying.reading import Reading

_DIGITS = re.compile(r"(\d{1,3}(?:,\d{2,3})+|\d+)((?:\.\d+)?)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_OF_ORDINALS = frozenset(("st", "nd", "rd", "th"))


def in_digits(reading: Reading, at: int) -> Numeral | None:
    """Return the number in digits that begins with a word; None for what is no number, as 007 and 2:21:43."""
    written = reading.words[at].text
    time = _CLOCK.fullmatch(written)
    if time:
        return Numeral(Decimal(f"{time[1]}.{time[2]}"), at, at, CLOCK)
    digits = _DIGITS.fullmatch(written)
    if digits is None or (written[0] == "0" and len(digits[1]) > 1):
        return None
    value = Decimal(digits[1].replace(",", "") + digits[2])
    if _has_ordinal_ending(reading, at):
        return Numeral(value, at, at + 1, ORDINAL)
    value, last = scaled(reading, value, at, at)
    return Numeral(value, at, last)


def _has_ordinal_ending(reading: Reading, at: int) -> bool:
    return (
        at + 1 < len(reading.words)
        and reading.words[at + 1].plain in _OF_ORDINALS
        and reading.between(at, at + 1) == ""
    )
