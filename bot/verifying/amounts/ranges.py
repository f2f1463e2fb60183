"""Two figures that belong together: the ends of a range, and those of which only one has a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from math import prod

from bot.verifying.amounts.figure import Figure
from bot.verifying.amounts.scales import scale_of
from bot.verifying.amounts.units import ORDINAL
from bot.verifying.reading import Reading
from index.words import STOP_WORDS

_JOINT = re.compile(r"\s?[-–—]\s?|\s(?:to|and)\s(?:about\s)?(?:US|A|C)?[$£€¥₹]?\s?|\s?[-–—]\s?[$£€¥₹]\s?")
_OPENING = re.compile(r"\b(between|from)\s(?:about\s)?(?:US)?[$£€¥₹]?\s?$", re.I)
_LONGEST_OPENING = 16
_WORD_BEHIND = re.compile(r"\s([\w’'-]+)")
_WITHIN = frozenset(("to", "and", "about", "around", "or"))
_BESIDE = r"(?:\s(?:just|about|only|nearly|almost|over|some))?\s"
_AFTER_ONE_WITH_UNIT = re.compile(rf"%?,?\s(?:to|and|or|versus|against|from){_BESIDE}")
_BEFORE_ONE_WITH_UNIT = re.compile(rf",?\s(?:to|and|or|versus|against){_BESIDE}")
_WITH_A_SCALE_OF_ITS_OWN = 1000
"""Where the upper end is that many times the lower one, both mean the same scale: "5 to 6 million"."""


def with_ranges(reading: Reading, single: Sequence[Figure]) -> Iterator[Figure]:
    """Give the figures, the two ends of a range as one."""
    at = 0
    while at < len(single):
        whole = _range(reading, single[at], single[at + 1]) if at + 1 < len(single) else None
        yield whole or single[at]
        at += 2 if whole else 1


def with_shared_units(reading: Reading, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Give the figures, those without a unit with that of one they are put beside: "from 12 to 15 percent"."""
    for before, each, behind in zip((None, *figures), figures, (*figures[1:], None), strict=False):
        unit = _shared_unit(reading, before, each, behind)
        yield each if unit == each.unit else replace(each, unit=unit)


def counts_nothing(reading: Reading, figure: Figure) -> bool:
    """Tell whether no noun comes behind a figure that it could count: "to 34.", "from 51 by selling"."""
    behind = _WORD_BEHIND.match(reading.text, reading.words[figure.last].end)
    return behind is None or behind[1].casefold() in STOP_WORDS


def _shared_unit(reading: Reading, before: Figure | None, each: Figure, behind: Figure | None) -> str:
    if each.unit or each.is_year:
        return each.unit
    if before and _is_of_measure(before):
        gap = _gap(reading, before, each)
        if _AFTER_ONE_WITH_UNIT.fullmatch(gap) and counts_nothing(reading, each):
            return before.unit
    if behind and _is_of_measure(behind) and _BEFORE_ONE_WITH_UNIT.fullmatch(_gap(reading, each, behind)):
        return behind.unit
    return each.unit


def _is_of_measure(figure: Figure) -> bool:
    return figure.unit not in ("", ORDINAL)


def _gap(reading: Reading, one: Figure, other: Figure) -> str:
    return reading.between(one.last, other.first)


def _range(reading: Reading, one: Figure, other: Figure) -> Figure | None:
    """Return two figures as one from the first to the second, where they are the ends of a range."""
    within = (word.plain for word in reading.words[one.last + 1 : other.first])
    if not all(word in _WITHIN for word in within) or not _joins(reading, one, other):
        return None
    if one.unit not in ("", other.unit) or ORDINAL in (one.unit, other.unit):
        return None
    low = _in_scale_of(reading, one, other)
    # Otherwise it is a score.
    return replace(other, low=low, bound=one.bound, first=one.first) if low < other.high else None


def _joins(reading: Reading, one: Figure, other: Figure) -> bool:
    """Tell whether what stands between two figures makes a range of them, and no change "from 3 to 5"."""
    gap = _gap(reading, one, other).lstrip("%")
    if _JOINT.fullmatch(gap) is None:
        return False
    start = reading.words[one.first].start
    found = _OPENING.search(reading.text[max(0, start - _LONGEST_OPENING) : start])
    opening = found[1].lower() if found else ""
    if "and" in gap:
        return opening == "between"
    return opening != "from" or "to" not in gap.split()


def _in_scale_of(reading: Reading, one: Figure, other: Figure) -> Decimal:
    """Return the lower end in the scale of the upper one, where it is of that: "5 to 6 million"."""
    low = one.low
    if low > other.high or other.high >= _WITH_A_SCALE_OF_ITS_OWN * low > 0:
        words = (word.plain for word in reading.words[other.first : other.last + 1])
        in_scale = low * prod(scale_of(word) for word in words if not word[0].isdigit())
        return in_scale if in_scale <= other.high else low
    return low
