"""Whether a sentence says the opposite of its sources: rose for fell, before for after.

Antonyms are one of the types of contradiction in Marneffe, Rafferty and Manning, "Finding Contradictions in Text", ACL
2008. An opposite tells something only where it stands in the place of the word: what is around it has to fit better
than what is around the word itself, if the sources say that one too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from bot.verifying.alignment import OPPOSED, SYNONYM, Alignment
from bot.verifying.figures import figures_in
from bot.verifying.grammar import may_be_verb, word_after
from bot.verifying.negation import negated
from bot.verifying.quantities import same_amount
from bot.verifying.reading import Reading
from bot.verifying.slots import Stretch, around, best_fit

_CLEARLY = 0.13
"""How much better the place of an opposite has to fit than that of the word itself."""
_FITS = 0.45
"""How well it has to fit at least, where its sentence speaks of the same; `_FITS_WELL` where it does not."""
_FITS_WELL = 0.6
_SPEAKS_OF_IT = 0.85
"""How much of what the best sentence says of it the sentence of an opposite has to say."""
_MORE = frozenset(
    ("more", "higher", "above", "larger", "bigger", "longer", "faster", "better", "older", "ahead", "up")
)
_LESS = frozenset((
    "less", "fewer", "lower", "below", "smaller", "shorter", "slower", "worse", "younger", "behind", "down",
))  # fmt: skip
"""What stands behind a figure for a difference."""
_NOT_BEFORE_THAN = frozenset(("above", "below", "ahead", "behind", "up", "down"))
_THAN = re.compile(rf"\b({'|'.join(sorted((_MORE | _LESS) - _NOT_BEFORE_THAN))}) than ([a-z]+ [a-z]+)", re.I)
_DENYING = frozenset(("neither", "nobody", "none", "nor", "nothing"))
"""What reaches so far that a sentence with it may say the same by the opposite."""


def opposite_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the words in whose place the sources have the opposite."""
    sentence = alignment.sentence
    if any(word.plain in _DENYING for word in sentence.words):
        return
    denied = negated(sentence)
    for number, word in enumerate(sentence.words):
        if word.is_content and not denied[number] and not _bounds(sentence, number):
            opposite = _opposite(alignment, number)
            if opposite:
                yield f"Where the sentence says “{word.text}”, the passages say “{opposite}”."


def difference_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where something is so much more in the sentence that the sources say is so much less, or the other way."""
    sentence = alignment.sentence
    yield from _compared(alignment)
    for said in figures_in(sentence):
        mine = word_after(sentence, said.last)
        if mine not in _MORE | _LESS:
            continue
        opposite = _LESS if mine in _MORE else _MORE
        theirs = [
            word_after(reading, own.last)
            for reading in alignment.readings
            for own in figures_in(reading)
            if same_amount(said, own)
        ]
        if theirs and all(each in opposite for each in theirs):
            yield f"The passages say “{said.text(sentence)} {theirs[0]}”, not “{said.text(sentence)} {mine}”."


def _compared(alignment: Alignment) -> Iterator[str]:
    """Yield where something is more than something in the sentence, and less than the same in the sources."""
    told = [found for reading in alignment.readings for found in _THAN.finditer(reading.text)]
    for found in _THAN.finditer(alignment.sentence.text):
        opposite = _LESS if found[1].lower() in _MORE else _MORE
        same = [each[1].lower() for each in told if each[2].lower() == found[2].lower()]
        if same and all(each in opposite for each in same):
            yield f"The passages say “{same[0]} than {found[2]}”, not “{found[0]}”."


def _opposite(alignment: Alignment, number: int) -> str | None:
    """Return the opposite that the sources have in a word's place; None where they have none."""
    opposed = np.nonzero(alignment.matches[number] == OPPOSED)[0].tolist()
    places = [_where(alignment, column) for column in opposed if not _is_another_matter(alignment, column)]
    if not places:
        return None
    asked = around(alignment.sentence, number, number)
    said = np.nonzero(alignment.matches[number] >= SYNONYM)[0].tolist()
    own, _ = best_fit(alignment, asked, [_where(alignment, column) for column in said])
    rival, where = best_fit(alignment, asked, places)
    if where is None or rival <= max(own + _CLEARLY, _FITS):
        return None
    source, word, _ = where
    if rival >= _FITS_WELL or alignment.speaks_of_it(source, word, _SPEAKS_OF_IT):
        return alignment.readings[source].words[word].text
    return None


def _bounds(reading: Reading, number: int) -> bool:
    """Tell whether a word only bounds a figure: "up to", "more than", which are held against each other with it."""
    if reading.words[number].plain in ("above", "below", "over", "under"):
        return True
    if may_be_verb(reading.words[number]):
        return False  # "rose to 40" bounds nothing
    counts = any(each.first <= number + 2 <= each.last for each in figures_in(reading))
    return counts and word_after(reading, number) in ("to", "than")


def _where(alignment: Alignment, column: int) -> Stretch:
    place = alignment.places[column]
    return place.source, place.word, place.word


def _is_another_matter(alignment: Alignment, column: int) -> bool:
    """Tell whether a word of a source is denied there, and so no opposite, or only bounds a figure."""
    place = alignment.places[column]
    reading = alignment.readings[place.source]
    return _bounds(reading, place.word) or negated(reading)[place.word]
