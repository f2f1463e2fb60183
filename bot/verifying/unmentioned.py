"""Whether the sources say of another name, and without mentioning this one, what the sentence says of one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.verifying.alignment import SYNONYM, Alignment
from bot.verifying.clauses import Clause, Noun
from bot.verifying.deeds import is_named, words_of
from bot.verifying.likest import covered, likest
from bot.verifying.referents import UNKNOWN, alike, is_name

_SAID = 0.6
"""How much of what else a clause says one of a source says, at least, to be about the same."""
_ENOUGH_WORDS = 2


def unmentioned(alignment: Alignment, clause: Clause) -> tuple[int, Clause, Noun] | None:
    """Return where the sources say it, and of whom; None where it may be of whom the sentence says it.

    It may be wherever one of the likest clauses has their name in its sentence, or anything that may stand for them,
    or no name of another.
    """
    said_by = words_of(clause.doers)
    if len(clause.doers) != 1 or not is_named(alignment, alignment.sentence, clause.doers):
        return None
    rest = [word for word in clause.words - said_by if alignment.sentence.words[word].is_content]
    near = [each for each in likest(alignment, clause) if covered(alignment, clause, *each, said_by) >= _SAID]
    others = [_another(alignment, clause.doers, *each) for each in near]
    if len(rest) < _ENOUGH_WORDS or not others or not all(others) or others[0] is None:
        return None
    return *near[0], others[0]


def _another(alignment: Alignment, doers: Sequence[Noun], source: int, own: Clause) -> Noun | None:
    """Return who has a part in a clause of a source instead; None where it may be about whom the sentence names."""
    reading = alignment.readings[source]
    here = reading.of_sentence(reading.words[own.verb].sentence)
    if alignment.best_match(words_of(doers), source, here) >= SYNONYM:
        return None
    if any(alike(alignment, doers, source, [taker]) >= UNKNOWN for taker in own.takers):
        return None
    everything = range(len(alignment.sentence.words))
    return next(
        (
            taker
            for taker in own.takers
            if is_name(alignment, reading, taker)
            and alignment.best_match(everything, source, [taker.word]) < SYNONYM
        ),
        None,
    )
