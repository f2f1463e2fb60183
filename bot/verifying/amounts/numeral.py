"""What a numeral is: a number as it is written, before it is known of what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number from word `first` to word `last`; `unit` is None where what stands around it has to tell."""

    value: Decimal
    first: int
    last: int
    unit: str | None = None


LONGEST = 24
"""In words. No number that anyone writes out is longer."""
