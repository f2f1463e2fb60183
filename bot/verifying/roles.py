"""Whether a sentence has turned round who does what to whom in its sources.

Such sentences are among the structural contradictions of Marneffe, Rafferty and Manning, "Finding Contradictions in
Text", ACL 2008. A deed of the sentence is held against each deed of the sources with the same verb, a synonym, or a
converse ("bought from", "sold to"), and each part in it against each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.answering.naming import TITLES
from bot.verifying.alignment import ANOTHER_FORM, SAME, SYNONYM, Alignment
from bot.verifying.deeds import Deed, deeds_in
from bot.verifying.excerpts import excerpt, written
from bot.verifying.grammar import word_after
from bot.verifying.names import name_runs, telling
from bot.verifying.reading import Reading
from bot.verifying.relations import are_converse, are_synonyms

_PARTS = ("agent", "patient", "source", "goal")
_DYING = frozenset(("die", "dies", "died", "dying"))
"""To an embedding model they are near to "killed", whose object is who dies."""
_TAKING = frozenset(("take", "takes", "took", "taken", "taking"))
_MEANS_THE_SAME = 0.65
"""How well two verbs match at least to tell the same deed."""
_SPEAKS_OF_IT = 0.7
"""How much of what the best sentence says of it another has to say, for its deeds to be held against it."""
_CLEARLY = 0.35
"""How much better the parts have to fit turned round, two together (0..2)."""
_SURELY = 0.8
"""How far words say the same at least where they are the same somebody; `_AT_LEAST` where they may be."""
_AT_LEAST = 0.5
_HARDLY = 0.45
"""How far they do at most where they are somebody else."""
_ANOTHER_NAME = 0.2
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


def another_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence has one who is named do, or suffer, what another one who is named does in the sources."""
    for deed in deeds_in(alignment.sentence):
        told = [
            (source, own)
            for source, reading in enumerate(alignment.readings)
            for own in deeds_in(reading)
            if _is_form_of_verb(alignment, deed, source, own)
        ]
        for part in _PARTS:
            other = _another(alignment, deed, part, told)
            if other is not None:
                source, own = other
                name = written(alignment.readings[source], getattr(own, part))
                yield f"The passages say this of {name}: {excerpt(alignment.readings[source], own.verb)}."
                return


def _another(
    alignment: Alignment, deed: Deed, part: str, told: Sequence[tuple[int, Deed]]
) -> tuple[int, Deed] | None:
    """Return the deed in which another one has a part, the rest being the same; None if that one has it, too."""
    mine = _named_in(alignment.sentence, getattr(deed, part))
    if not mine:
        return None
    found = None
    for source, own in told:
        theirs = _named_in(alignment.readings[source], getattr(own, part))
        if not theirs or _alike(alignment, mine, source, getattr(own, part)) >= _HARDLY:
            if getattr(own, part):
                return None
            continue
        if (
            alignment.speaks_of_it(source, own.verb, _SPEAKS_OF_IT)
            and _is_elsewhere(alignment, mine, source, theirs)
            and all(_is_alike_in(alignment, deed, source, own, each) for each in _PARTS if each != part)
        ):
            found = found or (source, own)
    return found


def _is_alike_in(alignment: Alignment, deed: Deed, source: int, own: Deed, part: str) -> bool:
    mine, theirs = getattr(deed, part), getattr(own, part)
    if not mine or not theirs:
        return part != "patient" and part != "agent"
    return _alike(alignment, mine, source, theirs) >= _SURELY


def _is_elsewhere(alignment: Alignment, mine: Sequence[int], source: int, theirs: Sequence[int]) -> bool:
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
    if not (deed.agent and own.agent) or _alike(alignment, deed.agent, source, own.agent) < _SURELY:
        return False
    if not (deed.patient and own.patient):
        return bool(deed.source or deed.goal or own.source or own.goal)
    return _alike(alignment, deed.patient, source, own.patient) >= _AT_LEAST


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
        straight = _alike(alignment, one, source, mine) + _alike(alignment, other, source, theirs)
        over, back = _alike(alignment, one, source, theirs), _alike(alignment, other, source, mine)
        if over + back > straight + _CLEARLY and min(over, back) >= _AT_LEAST:
            return True
    return False


def _is_done_by_whom_it_is_done_to(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether somebody does what is done to them in a source that leaves open who does it."""
    if own.agent or not (deed.agent and deed.patient and own.patient):
        return False
    return (
        _alike(alignment, deed.agent, source, own.patient) > _SURELY
        and _alike(alignment, deed.patient, source, own.patient) < _HARDLY
    )


def _is_done_to_who_does_it(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether something is done to who does it in a source that has a pronoun for whom it is done to."""
    pronoun = word_after(alignment.readings[source], own.verb) in ("it", "him", "her", "them")
    if not pronoun or own.patient or not (deed.agent and deed.patient and own.agent):
        return False
    return (
        _alike(alignment, deed.patient, source, own.agent) > _SURELY
        and _alike(alignment, deed.agent, source, own.agent) < _HARDLY
    )


def _have_changed_places(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether who does it, or to whom, is another one than in a source, and each stands elsewhere in the other."""
    same_verb = float(alignment.matches[deed.verb, alignment.column(source, own.verb)]) >= SAME
    return any(
        mine
        and theirs
        and _alike(alignment, mine, source, theirs) < _HARDLY
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
    return bool(there.min() >= SYNONYM and here.min() >= _SURELY)


def _alike(alignment: Alignment, words: Sequence[int], source: int, others: Sequence[int]) -> float:
    """Return how far words of the sentence say what some words of a source say (0..1)."""
    columns = [alignment.column(source, other) for other in others]
    telling = [word for word in words if alignment.sentence.words[word].stem not in TITLES] or words
    best = [max(0.0, float(alignment.matches[word, columns].max())) for word in telling]
    # One name is as near to another as it likes: it is that one, or it is not.
    names = {number for number in telling if alignment.sentence.words[number].named}
    best = [
        score if score >= SYNONYM or word not in names else min(score, _ANOTHER_NAME)
        for word, score in zip(telling, best, strict=True)
    ]
    return sum(best) / len(best)
