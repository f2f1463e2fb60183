"""Whether a sentence has one who is named do, or suffer, what another one who is named does in its sources.

A deed of the sentence is held against those of the sources with the same verb: where all other parts are the same, and
only one full name is another, it is another's. Who the sources do not name elsewhere is left to the checks of names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.verifying.alignment import ANOTHER_FORM, SAME, Alignment
from bot.verifying.deeds import Deed, deeds_in
from bot.verifying.excerpts import excerpt, written
from bot.verifying.names import name_runs, telling
from bot.verifying.parts import HARDLY, SURELY, alike
from bot.verifying.reading import Reading

_SPEAKS_OF_IT = 0.7
"""How much of what the best sentence says of it another has to say, for its deeds to be held against it."""
_WHO_AND_WHOM = 2
"""The first parts of a deed, which have to be there on both sides."""


def another_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence has one who is named do, or suffer, what another one who is named does in the sources."""
    for deed in deeds_in(alignment.sentence):
        told = [
            (source, own)
            for source, reading in enumerate(alignment.readings)
            for own in deeds_in(reading)
            if _is_form_of_verb(alignment, deed, source, own)
        ]
        for part in range(len(deed.parts)):
            other = _another(alignment, deed, part, told)
            if other is not None:
                source, own = other
                name = written(alignment.readings[source], own.parts[part])
                yield f"The passages say this of {name}: {excerpt(alignment.readings[source], own.verb)}."
                return


def _another(
    alignment: Alignment, deed: Deed, part: int, told: Sequence[tuple[int, Deed]]
) -> tuple[int, Deed] | None:
    """Return the deed in which another one has a part, the rest being the same; None if that one has it, too."""
    mine = _named_in(alignment.sentence, deed.parts[part])
    if not mine:
        return None
    found = None
    for source, own in told:
        theirs = _named_in(alignment.readings[source], own.parts[part])
        if not theirs or alike(alignment, mine, source, own.parts[part]) >= HARDLY:
            if own.parts[part]:
                return None
            continue
        if (
            alignment.speaks_of_it(source, own.verb, _SPEAKS_OF_IT)
            and _is_elsewhere(alignment, mine, source, theirs)
            and all(
                _is_alike_in(alignment, deed, source, own, each)
                for each in range(len(deed.parts))
                if each != part
            )
        ):
            found = found or (source, own)
    return found


def _is_alike_in(alignment: Alignment, deed: Deed, source: int, own: Deed, part: int) -> bool:
    """Tell whether a part is the same in two deeds; from and to where or whom may be left out."""
    mine, theirs = deed.parts[part], own.parts[part]
    if not mine or not theirs:
        return part >= _WHO_AND_WHOM
    return alike(alignment, mine, source, theirs) >= SURELY


def _is_elsewhere(alignment: Alignment, mine: Sequence[int], source: int, theirs: Sequence[int]) -> bool:
    """Tell whether a source has a name somewhere beside another one."""
    others = [
        alignment.column(source, each)
        for each in range(len(alignment.readings[source].words))
        if each not in theirs
    ]
    return bool(others) and float(alignment.matches[np.ix_(mine, others)].max(axis=1).min()) >= SAME


def _named_in(reading: Reading, numbers: Sequence[int]) -> list[int]:
    """Return the first of these words that are a full name, one behind the other; one word may be no name at all."""
    for run in name_runs(reading):
        full = [word.number for word in telling(run) if word.number in numbers]
        if len(full) > 1:
            return full
    return []


def _is_form_of_verb(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    match = float(alignment.matches[deed.verb, alignment.column(source, own.verb)])
    return match >= ANOTHER_FORM
