"""Figures of a text: how much of what, and whether that is a bound: "up to 6.5 thousand", "between 40 and 50 percent".

That numbers have to be read, and not matched as text, is shown by Ravichander et al., "EQUATE: A Benchmark Evaluation
Framework for Quantitative Reasoning in Natural Language Inference", CoNLL 2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from bot.verifying.amounts.bounds import Bound, bound_of
from bot.verifying.amounts.digits import in_digits
from bot.verifying.amounts.figure import Figure
from bot.verifying.amounts.numeral import Numeral
from bot.verifying.amounts.ranges import with_ranges, with_shared_units
from bot.verifying.amounts.shares import share
from bot.verifying.amounts.spelled import in_words, one_and_a_half
from bot.verifying.amounts.units import TIMES, WITHOUT_A_BOUND, unit_around, unit_behind
from bot.verifying.dates import dates_in
from bot.verifying.reading import Reading

_TIMES = {"twice": 2, "double": 2, "doubled": 2, "doubling": 2, "triple": 3, "tripled": 3, "thrice": 3}
_ONE = frozenset(("a", "an", "per"))


@lru_cache(maxsize=512)
def figures_in(reading: Reading) -> tuple[Figure, ...]:
    """Return the figures of a text, in order."""
    ranges = list(with_ranges(reading, list(_single(reading))))
    return tuple(with_shared_units(reading, ranges))


@lru_cache(maxsize=512)
def undated_figures(reading: Reading) -> tuple[Figure, ...]:
    """Return the figures of a text that are no part of a date."""
    words, dates = reading.words, dates_in(reading.text)
    return tuple(
        figure
        for figure in figures_in(reading)
        if not any(
            date.start < words[figure.last].end and words[figure.first].start < date.end for date in dates
        )
    )


@lru_cache(maxsize=512)
def single_units_in(reading: Reading) -> tuple[Figure, ...]:
    """Return where a text says one of something without the number: "more than a century", "an hour".

    Not within a figure: half an hour is no hour.
    """
    counted = {number for figure in figures_in(reading) for number in range(figure.first, figure.last + 1)}
    found = []
    for number, word in enumerate(reading.words[:-1]):
        unit, last = unit_behind(reading, number) if word.plain in _ONE else ("", number)
        if unit and number not in counted:
            # What bounds it stands before the article.
            bound = bound_of(reading, number, number)
            found.append(Figure(Decimal(1), Decimal(1), unit, bound, number, last))
    return tuple(found)


def _single(reading: Reading) -> Iterator[Figure]:
    at = 0
    while at < len(reading.words):
        numeral = _numeral(reading, at)
        if numeral is None:
            at += 1
            continue
        figure = _figure(reading, numeral)
        yield figure
        at = figure.last + 1


def _numeral(reading: Reading, at: int) -> Numeral | None:
    word = reading.words[at]
    found = one_and_a_half(reading, at) or share(reading, at)
    if found:
        return found
    if word.plain in _TIMES:
        return Numeral(Decimal(_TIMES[word.plain]), at, at, TIMES)
    return in_digits(reading, at) if word.is_figure else in_words(reading, at)


def _figure(reading: Reading, numeral: Numeral) -> Figure:
    value, first, last, unit = numeral.value, numeral.first, numeral.last, numeral.unit
    if unit is None:
        unit, last = unit_around(reading, first, last)
    bound = Bound.NONE if unit in WITHOUT_A_BOUND else bound_of(reading, first, last)
    return Figure(value, value, unit, bound, first, last)
