"""Numbers in words: "two hundred and five", "the twenty-first", "six and a half thousand", "an hour and a half"."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.numbers import belongs_to_number, written_number, written_ordinal
from bot.verifying.amounts.numeral import LONGEST, Numeral
from bot.verifying.amounts.scales import scaled
from bot.verifying.amounts.units import ORDINAL, unit_behind
from bot.verifying.reading import Reading

JOINT = re.compile(r"\s|\s?[-‐‑]\s?|")
"""What may stand between the words of one number: "two hundred", "twenty-one"."""
_AND_A_HALF = ["and", "a", "half"]
_ONE_OF = re.compile(r"\s(?:of|another|day|way|time|or|more|side|hand)\b", re.I)
_GOES_ON = re.compile(r"[\s-]\w")
_NO_NUMBER = frozenset(("no", "any", "some", "every", "each", "this", "that", "which", "the", "last", "next"))
"""Words before a "one" that stands for a thing: "this one"."""
_BEFORE_A_UNIT = frozenset(("a", "per", "each", "every"))
"""Words before a "second" that is a sixtieth of a minute."""


def one_and_a_half(reading: Reading, at: int) -> Numeral | None:
    """Return "an hour and a half" as one and a half hours, where it begins with this word."""
    words = reading.words
    if words[at].plain not in ("a", "an", "one") or not _says(reading, at + 2, _AND_A_HALF):
        return None
    unit, last = unit_behind(reading, at)
    return Numeral(Decimal("1.5"), at, at + 4, unit) if unit and last == at + 1 else None


def in_words(reading: Reading, at: int) -> Numeral | None:
    """Return the number or ordinal, written out, that begins with a word."""
    run = _run(reading, at)
    ordinal = written_ordinal(run)
    if ordinal:
        hyphened = reading.text[reading.words[at].end :].startswith("-")  # "a second-quarter profit"
        before = reading.words[at - 1].plain if at else ""
        unit_second = run[0] == "second" and before in _BEFORE_A_UNIT and not hyphened
        return None if unit_second else Numeral(Decimal(ordinal[0]), at, at + ordinal[1] - 1, ORDINAL)
    number = written_number(run)
    if number is None or (run[0] == "one" and number[1] == 1 and _is_no_number(reading, at)):
        return None
    value, after = number[0], at + number[1]
    if _says(reading, after, _AND_A_HALF):
        value, last = scaled(reading, value + Decimal("0.5"), at, after + 2)
        return Numeral(value, at, last)
    return Numeral(value, at, after - 1)


def _run(reading: Reading, at: int) -> list[str]:
    """Return the words from one on that may be a number's."""
    words = reading.words
    if words[at].plain == "and" or not belongs_to_number(words[at].plain):
        return []
    end = at + 1
    while (
        end < min(len(words), at + LONGEST)
        and belongs_to_number(words[end].plain)
        and JOINT.fullmatch(reading.between(end - 1, end))
    ):
        end += 1
    return [word.plain for word in words[at:end]]


def _says(reading: Reading, at: int, wanted: list[str]) -> bool:
    return [word.plain for word in reading.words[at : at + len(wanted)]] == wanted


def _is_no_number(reading: Reading, at: int) -> bool:
    """Tell whether a "one" counts nothing: "this one", "one of them", "one day"."""
    before = reading.words[at - 1].plain if at else ""
    behind = reading.text[reading.words[at].end :][:10]
    return before in _NO_NUMBER or bool(_ONE_OF.match(behind)) or not _GOES_ON.match(behind)
