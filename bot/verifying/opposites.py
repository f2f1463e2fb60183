"""Whether a sentence says the opposite of its sources: rose for fell, before for after."""

from __future__ import annotations

from collections.abc import Iterator

from bot.verifying.alignment import SYNONYM, Alignment
from bot.verifying.polarity import negated
from bot.verifying.reading import Reading
from bot.verifying.relations import are_opposites, has_opposites
from bot.verifying.slots import around, best_fit

_CLEARLY = 0.13
"""How much better the place of an opposite has to fit."""
_FITS = 0.45
_SPEAKS_OF_IT = 0.85
"""How much of what the best sentence says of it the sentence of an opposite has to say."""


def opposite_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the words in whose place the sources have the opposite."""
    sentence = alignment.sentence
    denied = negated(sentence)
    best = float(alignment.covered.max(initial=0.0))
    for number, word in enumerate(sentence.words):
        if not has_opposites(word.plain) or denied[number] or _bounds(sentence, number):
            continue
        same, opposite = [], []
        for column, place in enumerate(alignment.places):
            other = alignment.words[column]
            where = (place.source, place.word, place.word)
            if alignment.matches[number, column] >= SYNONYM:
                same.append(where)
            elif _speaks_of_it(alignment, column, best) and are_opposites(word.plain, other.plain) and not negated(alignment.readings[place.source])[place.word]:
                opposite.append(where)
        if not opposite:
            continue
        asked = around(sentence, number, number)
        own, _ = best_fit(alignment, asked, same)
        rival, where = best_fit(alignment, asked, opposite)
        if where is not None and rival > max(own + _CLEARLY, _FITS):
            text = alignment.readings[where[0]].words[where[1]].text
            yield f"Where the sentence says “{word.text}”, the passages say “{text}”."


def _bounds(reading: Reading, number: int) -> bool:
    """Tell whether a word only bounds a figure: "up to", "more than", which are held against each other with it."""
    after = reading.words[number + 1].plain if number + 1 < len(reading.words) else ""
    return after in ("to", "than") or reading.words[number].plain in ("above", "below", "over", "under")


def _speaks_of_it(alignment: Alignment, column: int, best: float) -> bool:
    return float(alignment.covered[alignment.sentences[column]]) >= _SPEAKS_OF_IT * best
