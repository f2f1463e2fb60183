"""Whether a sentence has turned round who does what to whom in its sources.

Such sentences are among the structural contradictions of Marneffe, Rafferty and Manning, "Finding Contradictions in
Text", ACL 2008. A deed of the sentence is held against each deed of the sources with the same verb, a synonym, or a
converse ("bought from", "sold to"), and each part in it against each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.verifying.alignment import SAME, SYNONYM, Alignment
from bot.verifying.deeds import Deed, deeds_in
from bot.verifying.excerpts import excerpt
from bot.verifying.grammar import word_after
from bot.verifying.parts import HARDLY, SURELY, alike
from bot.verifying.reading import Reading
from bot.verifying.relations import are_converse, are_synonyms

_DYING = frozenset(("die", "dies", "died", "dying"))
"""To an embedding model they are near to "killed", whose object is who dies."""
_TAKING = frozenset(("take", "takes", "took", "taken", "taking"))
_MEANS_THE_SAME = 0.65
"""How well two verbs match at least to tell the same deed."""
_SPEAKS_OF_IT = 0.7
"""How much of what the best sentence says of it another has to say, for its deeds to be held against it."""
_CLEARLY = 0.35
"""How much better the parts have to fit turned round, two together (0..2)."""
_AT_LEAST = 0.5
_MUCH_LONGER = 4
"""How many times as many words one part has as the other where it cannot be its counterpart."""


def role_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence has somebody do what is done to them in the sources."""
    for deed in deeds_in(alignment.sentence):
        for source, reading in enumerate(alignment.readings):
            for own in deeds_in(reading):
                if (
                    alignment.speaks_of_it(source, own.verb, _SPEAKS_OF_IT)
                    and _same_verb(alignment, deed, source, own)
                    and _contradicts(alignment, deed, source, own)
                ):
                    yield f"The passages have it the other way round: {excerpt(reading, own.verb)}."
                    return


def _contradicts(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether somebody has another part in a deed of the sentence than in that one of a source."""
    if are_converse(_verb(alignment.sentence, deed.verb), _verb(alignment.readings[source], own.verb)):
        return _is_same_agent(alignment, deed, source, own) or _is_turned_round(
            alignment, deed, source, _turned(own)
        )
    return (
        _is_turned_round(alignment, deed, source, own)
        or _is_done_by_whom_it_is_done_to(alignment, deed, source, own)
        or _is_done_to_who_does_it(alignment, deed, source, own)
        or _have_changed_places(alignment, deed, source, own)
    )


def _verb(reading: Reading, number: int) -> str:
    """Return a verb in lower case, what takes something over as what acquires it."""
    word = reading.words[number].plain
    return "acquire" if word in _TAKING and word_after(reading, number) == "over" else word


def _same_verb(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    verb, other = _verb(alignment.sentence, deed.verb), _verb(alignment.readings[source], own.verb)
    if _DYING & {verb, other}:
        return verb == other
    match = float(alignment.matches[deed.verb, alignment.column(source, own.verb)])
    return match >= _MEANS_THE_SAME or are_converse(verb, other) or are_synonyms(verb, other)


def _turned(deed: Deed) -> Deed:
    """Return a deed as its converse tells it: who buys from somebody is sold to by them."""
    if deed.source or deed.goal:
        return Deed(
            deed.verb,
            agent=deed.source or deed.goal,
            patient=deed.patient,
            source=deed.agent if deed.goal else (),
            goal=deed.agent if deed.source else (),
        )
    return Deed(deed.verb, agent=deed.patient, patient=deed.agent)


def _is_same_agent(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether somebody gives what the sources have them receive."""
    if not (deed.agent and own.agent) or alike(alignment, deed.agent, source, own.agent) < SURELY:
        return False
    if not (deed.patient and own.patient):
        return bool(deed.source or deed.goal or own.source or own.goal)
    return alike(alignment, deed.patient, source, own.patient) >= _AT_LEAST


def _is_turned_round(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether two parts of a deed fit those of a source clearly better the other way round."""
    for one, other, mine, theirs in (
        (deed.agent, deed.patient, own.agent, own.patient),
        (deed.source, deed.goal, own.source, own.goal),
        (deed.agent, deed.source, own.agent, own.source),
        (deed.agent, deed.goal, own.agent, own.goal),
    ):
        if not (one and other and mine and theirs) or len(one) > len(other) * _MUCH_LONGER:
            continue
        straight = alike(alignment, one, source, mine) + alike(alignment, other, source, theirs)
        over, back = alike(alignment, one, source, theirs), alike(alignment, other, source, mine)
        if over + back > straight + _CLEARLY and min(over, back) >= _AT_LEAST:
            return True
    return False


def _is_done_by_whom_it_is_done_to(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether somebody does what is done to them in a source that leaves open who does it."""
    if own.agent or not (deed.agent and deed.patient and own.patient):
        return False
    return (
        alike(alignment, deed.agent, source, own.patient) > SURELY
        and alike(alignment, deed.patient, source, own.patient) < HARDLY
    )


def _is_done_to_who_does_it(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether something is done to who does it in a source that has a pronoun for whom it is done to."""
    pronoun = word_after(alignment.readings[source], own.verb) in ("it", "him", "her", "them")
    if not pronoun or own.patient or not (deed.agent and deed.patient and own.agent):
        return False
    return (
        alike(alignment, deed.patient, source, own.agent) > SURELY
        and alike(alignment, deed.agent, source, own.agent) < HARDLY
    )


def _have_changed_places(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether who does it, or to whom, is another one than in a source, and each stands elsewhere in the other."""
    same_verb = float(alignment.matches[deed.verb, alignment.column(source, own.verb)]) >= SAME
    return any(
        mine
        and theirs
        and alike(alignment, mine, source, theirs) < HARDLY
        and _stand_elsewhere(
            alignment,
            mine,
            source,
            theirs,
            named=not (same_verb and mine == deed.agent and len(mine) == len(theirs) == 1),
        )
        for mine, theirs in ((deed.agent, own.agent), (deed.patient, own.patient))
    )


def _stand_elsewhere(
    alignment: Alignment, mine: Sequence[int], source: int, theirs: Sequence[int], *, named: bool
) -> bool:
    """Tell whether a source says `mine` apart from `theirs` in its sentence, and the sentence those apart from `mine`.

    If `named`, only the names among them count.
    """
    sentence, reading = alignment.sentence, alignment.readings[source]
    moved = [number for number in mine if not named or sentence.words[number].named]
    came = [place for place in theirs if not named or reading.words[place].named]
    elsewhere = [number for number in range(len(sentence.words)) if number not in mine]
    others = [
        place for place in reading.of_sentence(reading.words[theirs[0]].sentence) if place not in theirs
    ]
    if not (moved and came and elsewhere and others):
        return False
    matches = alignment.matches
    there = matches[np.ix_(moved, [alignment.column(source, place) for place in others])].max(axis=1)
    here = matches[np.ix_(elsewhere, [alignment.column(source, place) for place in came])].max(axis=0)
    return bool(there.min() >= SYNONYM and here.min() >= SURELY)
