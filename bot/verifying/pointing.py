"""Small numbers that count nothing new: "the two sides" for two that were named, "one condition", "not one of them"."""

from __future__ import annotations

from bot.verifying.alignment import SYNONYM, Alignment
from bot.verifying.amounts.figure import Figure
from bot.verifying.amounts.units import ORDINAL
from bot.verifying.figures import figures_in
from bot.verifying.grammar import word_after, word_before

_DEFINITE = frozenset(("the", "these", "those", "both", "other"))
_MOST = 3
"""How many are told apart at a glance, and counted without being told how many they are."""
_ONE = 1
_A_SHARE = frozenset(("of", "in", "out"))
"""Behind these comes what some are of."""


def only_points(alignment: Alignment, figure: Figure) -> bool:
    """Tell whether a figure of the sentence only points at what is spoken of, and no source counts this otherwise."""
    sentence, behind = alignment.sentence, figure.last + 1
    word = sentence.words[figure.first]
    if word.is_figure or figure.first != figure.last or behind >= len(sentence.words):
        return False
    if figure.unit == ORDINAL:
        points = word.plain == "first" and not sentence.words[behind].is_content
    else:
        definite = word_before(sentence, figure.first) in _DEFINITE or figure.low == _ONE
        points = not figure.unit and figure.low <= _MOST and definite
    if not points or word_after(sentence, figure.last) in _A_SHARE:
        return False
    return not any(
        alignment.match(behind, source, own.last + 1) >= SYNONYM
        for source, reading in enumerate(alignment.readings)
        for own in figures_in(reading)
        if own.last + 1 < len(reading.words) and own.unit in ("", ORDINAL)
    )
