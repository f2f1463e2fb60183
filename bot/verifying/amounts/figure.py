"""What a figure is: a number of something, and what bounds it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.verifying.amounts.bounds import Bound, bounded_text
from bot.verifying.amounts.units import currency_sign, is_currency_code, sign_behind
from bot.verifying.reading import Reading

_FIRST_YEAR = 1000
_LAST_YEAR = 2100
"""Whole numbers of nothing in particular that are between these are most likely years."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something, from `low` to `high`, which are the same but for ranges.

    `unit` is a measure, a currency, "percent", "th" of ordinals, or "" where things are counted. `first` and `last` are
    the numbers of its first and last word, the unit among them.
    """

    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    first: int
    last: int

    @property
    def is_range(self) -> bool:
        """Whether it says from where to where."""
        return self.low != self.high

    @property
    def is_year(self) -> bool:
        """Whether it can be a year."""
        whole = _FIRST_YEAR <= self.low <= _LAST_YEAR and self.low % 1 == 0
        return self.unit == "" and not self.is_range and whole

    def text(self, reading: Reading) -> str:
        """Return it as it is written, with the signs or code that stand for its unit."""
        start, end = self._span(reading)
        return reading.text[start:end]

    def bounded_text(self, reading: Reading) -> str:
        """Return it as it is written, with the words that bound it: "up to 50 metres"."""
        start, end = self._span(reading)
        earlier, later = bounded_text(reading, self.first, self.last)
        return reading.text[min(start, earlier) : max(end, later)]

    def _span(self, reading: Reading) -> tuple[int, int]:
        start, end = reading.words[self.first].start, reading.words[self.last].end
        if self.first and is_currency_code(reading.words[self.first - 1].plain):
            start = reading.words[self.first - 1].start
        return start - len(currency_sign(reading, self.first)), end + len(sign_behind(reading, self.last))
