"""Whether one thing has taken another's place: "expect the bridge to cost" for "expect the tunnel to cost".

Where a sentence has the same words as a source on both sides of a gap, what stands in the gap has to be the same thing,
too. It is held against the source only if the sources speak of both things, so that one could be meant for the other:
another word for the same thing is hardly the word for something else beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

import numpy as np

from bot.answering.naming import same_word
from bot.numbers import belongs_to_number
from bot.verifying.alignment import ANOTHER_FORM, SAME, SYNONYM, Alignment
from bot.verifying.excerpts import excerpt
from bot.verifying.grammar import may_be_verb
from bot.verifying.names import CALENDAR
from bot.verifying.reading import Reading, Word

_WIDEST = 5
"""Words from the one before a gap to the one after it."""
_MOST_FILLING = 2
_A_STEM = 4
"""Letters of a name that others are made from."""
_SPEAKS_OF_IT = 0.85
"""How much of what the best sentence says of it another has to say, for its gaps to tell anything."""


def replaced_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the first thing in whose place a source has another one between the same words."""
    for ends, fillings in _gaps(alignment.sentence).items():
        for source, reading in enumerate(alignment.readings):
            for filling, own in product(fillings, _gaps(reading).get(ends, ())):
                if alignment.speaks_of_it(source, own[0], _SPEAKS_OF_IT) and _are_two_things(
                    alignment, filling, source, own
                ):
                    mine = alignment.sentence.written(filling[0], filling[-1])
                    theirs = reading.written(own[0], own[-1])
                    yield f"The passages say this of “{theirs}”, not of “{mine}”: {excerpt(reading, own[0])}."
                    return


@lru_cache(maxsize=512)
def _gaps(reading: Reading) -> dict[tuple[str, str], list[list[int]]]:
    """Return the things of a text by the stems of the content words on both sides; nothing where a sentence begins."""
    found: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for number in range(len(reading.sentences)):
        content = [each for each in reading.of_sentence(number) if reading.words[each].is_content]
        for size in range(1, _MOST_FILLING + 1):
            for at in range(len(content) - size):
                before = reading.words[content[at - 1]] if at else None
                *filling, after = content[at : at + size + 1]
                near = after - (before.number if before else content[0]) <= _WIDEST
                # Where a sentence begins, little tells what stands in another's place: names do.
                tells = before is not None or all(reading.words[each].named for each in filling)
                if near and tells and all(_is_thing(reading.words[each]) for each in filling):
                    found[before.stem if before else "", reading.words[after].stem].append(filling)
    return dict(found)


def _is_thing(word: Word) -> bool:
    if word.is_figure or belongs_to_number(word.plain) or word.plain in CALENDAR:
        return False
    return word.named or not (may_be_verb(word) or word.plain.endswith("ly"))


def _are_two_things(alignment: Alignment, filling: Sequence[int], source: int, own: Sequence[int]) -> bool:
    """Tell whether what fills a gap stands in another sentence of the sources, and theirs nowhere in the sentence."""
    reading = alignment.readings[source]
    named = any(alignment.sentence.words[each].named for each in filling)
    if len(filling) != len(own) or named != any(reading.words[each].named for each in own):
        return False
    columns = [alignment.column(source, each) for each in own]
    if named and any(
        _are_forms(alignment.sentence.words[one], reading.words[other])
        for one, other in product(filling, own)
    ):
        return False
    # Names that are spelled alike are near to the model, and still two.
    if alignment.matches[np.ix_(filling, columns)].max() >= (ANOTHER_FORM if named else SYNONYM):
        return False
    said = alignment.matches[list(filling)] >= (ANOTHER_FORM if named else SAME)
    beside = alignment.sentences == alignment.sentences[columns[0]]
    if said[:, beside].any() or not said.any(axis=1).all():
        return False
    return bool(alignment.matches[:, columns].max() < ANOTHER_FORM)


def _are_forms(one: Word, other: Word) -> bool:
    """Tell whether two names are forms of one: Tajik and Tajikistan, Denmark and Danish."""
    shorter, longer = sorted((one.plain, other.plain), key=len)
    return same_word(one.text, other.text) or (len(shorter) >= _A_STEM and longer.startswith(shorter))
