"""Parts of a whole, in words, as percentages: "two-thirds", "one in five"; and halves of a unit or a number."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bot.numbers import multiple, written_number
from bot.verifying.amounts.numeral import Numeral
from bot.verifying.amounts.spelled import JOINT
from bot.verifying.amounts.units import PERCENT, unit_behind
from bot.verifying.reading import Reading

_PARTS = {
    "half": (1, 2), "halves": (1, 2), "third": (1, 3), "thirds": (1, 3), "quarter": (1, 4), "quarters": (1, 4),
    "fifth": (1, 5), "fifths": (1, 5), "sixth": (1, 6), "sixths": (1, 6), "eighth": (1, 8), "eighths": (1, 8),
    "tenth": (1, 10), "tenths": (1, 10),
}  # fmt: skip
_ALSO_OTHERWISE = frozenset(("quarter", "quarters", "third", "fifth"))
"""Parts that are as often one of a row, or three months."""
_COUNTS_OF_PARTS = frozenset(("a", "one", "two", "three", "four"))
_COMPARING = frozenset(("more", "less", "fewer", "higher", "lower", "larger", "smaller"))
_HALVES = frozenset(("half", "halved", "halves", "halving"))
_OF_TWO = frozenset(("first", "second", "last", "other"))
"""Words before a half of a match or a year."""
_NO_SHARE = frozenset(("hour", "time", "year", "century", "marathon", "and"))
"""Words behind a half that make a thing of it: half-time."""
_OF_UNIT = re.compile(r"\s(?:of\s)?an?\s")
_MOST_PARTS = 100


def share(reading: Reading, at: int) -> Numeral | None:
    """Return the part of something that begins with a word: a percentage, or so much of a unit ("half a metre")."""
    found = _so_many_in(reading, at) or _half(reading, at) or _parts(reading, at)
    return _of_a_unit(reading, found) if found and found.unit == PERCENT else found


def _so_many_in(reading: Reading, at: int) -> Numeral | None:
    """Return "one in five", "three out of ten"."""
    plain = [word.plain for word in reading.words[at : at + 4]]
    out_of = plain[1:3] == ["out", "of"]
    if len(plain) < 3 or not (out_of or plain[1] == "in"):
        return None
    last = at + (3 if out_of else 2)
    top, bottom = _number(plain[0]), _number(plain[last - at]) if last - at < len(plain) else None
    if top is None or bottom is None or not (top < bottom and top <= 10 and 3 <= bottom <= 100):
        return None
    if reading.between(at, at + 1) != " " or _follows_dash(reading, at):
        return None
    return _percentage(top / bottom, at, last)


def _half(reading: Reading, at: int) -> Numeral | None:
    """Return "half" as a share, and "half a million" as the number it is."""
    words = reading.words
    if words[at].plain not in _HALVES or (at and words[at - 1].plain in _OF_TWO):
        return None
    behind = [word.plain for word in words[at + 1 : at + 3]]
    whole = multiple(behind[1]) if behind[:1] == ["a"] and len(behind) > 1 and behind[1] != "dozen" else None
    if whole:
        return Numeral(Decimal(whole) / 2, at, at + 2)
    return None if behind and behind[0] in _NO_SHARE else _percentage(Decimal("0.5"), at, at)


def _parts(reading: Reading, at: int) -> Numeral | None:
    """Return "two-thirds", "a quarter"."""
    words = reading.words
    if at + 1 >= len(words) or words[at + 1].plain not in _PARTS:
        return None
    count = Decimal(1) if words[at].plain == "a" else _number(words[at].plain)
    if count is None or count > _MOST_PARTS or not JOINT.fullmatch(reading.between(at, at + 1)):
        return None
    if words[at + 1].plain in _ALSO_OTHERWISE and not _is_part(reading, at):
        return None
    top, bottom = _PARTS[words[at + 1].plain]
    return _percentage(count * top / bottom, at, at + 1)


def _is_part(reading: Reading, at: int) -> bool:
    """Tell whether "a quarter", "a third" is a share, and no part of a year and no other one in a row."""
    if reading.words[at].plain not in _COUNTS_OF_PARTS:
        return False
    after = reading.words[at + 2] if at + 2 < len(reading.words) else None
    if after is None or after.sentence != reading.words[at].sentence:
        return True
    return not after.is_content or after.plain in _COMPARING


def _of_a_unit(reading: Reading, part: Numeral) -> Numeral:
    """Return a share of a unit as so much of it: "half a metre", "a quarter of a percentage point"."""
    joint = _OF_UNIT.match(reading.text, reading.words[part.last].end)
    if joint is None:
        return part
    article = part.last + len(joint[0].split())
    if article + 1 >= len(reading.words):
        return part
    unit, last = unit_behind(reading, article)
    return replace(part, value=part.value / 100, unit=unit, last=last) if unit else part


def _number(word: str) -> Decimal | None:
    found = written_number([word])
    return found[0] if found else None


def _percentage(part: Decimal, first: int, last: int) -> Numeral:
    return Numeral((part * 100).quantize(Decimal("0.1")).normalize(), first, last, PERCENT)


def _follows_dash(reading: Reading, at: int) -> bool:
    """Tell whether a number is the end of a range or a score: "2-1 in five games"."""
    start = reading.words[at].start
    return reading.text[max(0, start - 1) : start] in ("-", "–")
