"""Whether a sentence says the opposite of its sources: rose for fell, before for after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bot.verifying.alignment import OPPOSED, SYNONYM, Alignment
from bot.verifying.figures import figures_in
from bot.verifying.polarity import negated
from bot.verifying.reading import Reading
from bot.verifying.slots import around, best_fit

_CLEARLY = 0.13
"""How much better the place of an opposite has to fit."""
_FITS = 0.45
_FITS_WELL = 0.6
_SPEAKS_OF_IT = 0.85
"""How much of what the best sentence says of it the sentence of an opposite has to say."""


def opposite_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the words in whose place the sources have the opposite."""
    sentence = alignment.sentence
    denied = negated(sentence)
    best = float(alignment.covered.max(initial=0.0))
    if any(word.plain in ("neither", "nobody", "none", "nor", "nothing") for word in sentence.words):
        return
    for number, word in enumerate(sentence.words):
        if not word.is_content or denied[number] or _bounds(sentence, number):
            continue
        opposite = [
            _where(alignment, column)
            for column in np.nonzero(alignment.matches[number] == OPPOSED)[0].tolist()
            if not _is_another_matter(alignment, column)
        ]
        if not opposite:
            continue
        asked = around(sentence, number, number)
        said = np.nonzero(alignment.matches[number] >= SYNONYM)[0].tolist()
        own, _ = best_fit(alignment, asked, [_where(alignment, column) for column in said])
        rival, where = best_fit(alignment, asked, opposite)
        if where is None or rival <= max(own + _CLEARLY, _FITS):
            continue
        if rival >= _FITS_WELL or _speaks_of_it(alignment, alignment.column(where[0], where[1]), best):
            text = alignment.readings[where[0]].words[where[1]].text
            yield f"Where the sentence says “{word.text}”, the passages say “{text}”."


def _bounds(reading: Reading, number: int) -> bool:
    """Tell whether a word only bounds a figure: "up to", "more than", which are held against each other with it."""
    words = reading.words
    if words[number].plain in ("above", "below", "over", "under"):
        return True
    after = words[number + 1].plain if number + 1 < len(words) else ""
    counts = any(each.first <= number + 2 <= each.last for each in figures_in(reading))
    return after in ("to", "than") and counts


def _where(alignment: Alignment, column: int) -> tuple[int, int, int]:
    place = alignment.places[column]
    return place.source, place.word, place.word


def _is_another_matter(alignment: Alignment, column: int) -> bool:
    """Tell whether a word of a source is denied there, and so no opposite, or only bounds a figure."""
    place = alignment.places[column]
    reading = alignment.readings[place.source]
    return _bounds(reading, place.word) or negated(reading)[place.word]


def _speaks_of_it(alignment: Alignment, column: int, best: float) -> bool:
    return float(alignment.covered[alignment.sentences[column]]) >= _SPEAKS_OF_IT * best
