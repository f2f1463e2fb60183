"""Whether somebody says in the sources what the sentence has them say, or somebody else does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.verifying.alignment import Alignment
from bot.verifying.clauses import OWN, Clause, Noun
from bot.verifying.deeds import is_named, words_of
from bot.verifying.excerpts import written
from bot.verifying.likest import covered, likest
from bot.verifying.quotations import quoted_stretches
from bot.verifying.referents import SURELY, alike
from bot.verifying.sayers import only_tells_who, quoted_from, sayers, tells_opinion

_PERSONS = frozenset(("he", "she"))
_ENOUGH = 0.45
"""How far the likest clause says what somebody says, at least, for who says it there to tell anything."""
_SAME_VERB = 0.5
"""How near the verbs are, at least, of a source that tells that somebody demands something, and of a sentence in which
somebody else says that they do."""
_SURELY_NOT = 0.4
"""How far (0..1) two speakers are the same, at most, where somebody else says it."""


def sayer_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield who says, or is quoted with, in the sources what the sentence has somebody else say."""
    yield from _quoted_of_another(alignment)
    for clause in alignment.told.clauses:
        speakers = _speakers(alignment, clause)
        if not speakers:
            continue
        said_by = words_of(speakers)
        found = [
            (source, _sayers_there(alignment, clause, source, own))
            for source, own in likest(alignment, clause)
            if covered(alignment, clause, source, own, said_by) >= _ENOUGH
        ]
        if found and all(_are_others(alignment, speakers, *each) for each in found):
            source, theirs = found[0]
            somebody = written(alignment.readings[source], theirs[0].words)
            yield f"The passages have this said by {somebody}, not by {_shown(alignment, speakers)}."
            return


def _quoted_of_another(alignment: Alignment) -> Iterator[str]:
    """Yield whom the sources quote with what the sentence quotes somebody else with."""
    sentence = alignment.sentence
    for first, last in quoted_stretches(sentence):
        mine = quoted_from(sentence, alignment.told, first)
        wanted = [word.stem for word in sentence.words[first : last + 1]]
        theirs = [
            (source, quoted_from(reading, alignment.told_by(source), at))
            for source, reading in enumerate(alignment.readings)
            for at in reading.places_of(wanted)
        ]
        if not theirs or not is_named(alignment, sentence, mine):
            continue
        if all(
            is_named(alignment, alignment.readings[source], nouns)
            and _are_others(alignment, mine, source, nouns)
            for source, nouns in theirs
        ):
            source, nouns = theirs[0]
            somebody = written(alignment.readings[source], nouns[0].words)
            yield f"The passages quote {somebody} with this, not {_shown(alignment, mine)}."
            return


def _speakers(alignment: Alignment, clause: Clause) -> tuple[Noun, ...]:
    """Return who says a clause of the sentence, where this is somebody that sources can be asked for."""
    sentence, told = alignment.sentence, alignment.told
    speakers = sayers(sentence, told, clause)
    if only_tells_who(sentence, told, clause):
        return ()
    if clause.doers == speakers and not tells_opinion(sentence, told, clause):
        return ()
    known = any(not noun.is_pronoun and noun.determiner not in OWN for noun in speakers)
    return speakers if known else ()


def _sayers_there(alignment: Alignment, clause: Clause, source: int, own: Clause) -> tuple[Noun, ...]:
    """Return who says a clause of a source; nobody where it only tells, as the sentence does, that somebody said it."""
    reading, told = alignment.readings[source], alignment.told_by(source)
    if tells_opinion(reading, told, own):
        if alike(alignment, clause.doers, source, own.doers) >= SURELY:
            return ()
        opinion = tells_opinion(alignment.sentence, alignment.told, clause)
        if not opinion and alignment.match(clause.verb, source, own.verb) >= _SAME_VERB:
            return ()
    return _named_before(alignment, source, sayers(reading, told, own))


def _named_before(alignment: Alignment, source: int, speakers: tuple[Noun, ...]) -> tuple[Noun, ...]:
    """Return whom "he" or "she" stands for, as speakers of a source: who last did or said something by name before."""
    reading = alignment.readings[source]
    if not speakers or any(reading.words[noun.word].plain not in _PERSONS for noun in speakers):
        return speakers
    here = reading.words[speakers[0].word].sentence
    before = (
        clause.doers
        for clause in reversed(alignment.told_by(source).clauses)
        if reading.words[clause.verb].sentence < here
    )
    return next((doers for doers in before if is_named(alignment, reading, doers)), speakers)


def _are_others(alignment: Alignment, mine: Sequence[Noun], source: int, theirs: Sequence[Noun]) -> bool:
    """Tell whether speakers of a source are surely others than those of the sentence."""
    own = all(noun.determiner in OWN for noun in theirs)
    return not own and alike(alignment, mine, source, theirs) < _SURELY_NOT


def _shown(alignment: Alignment, speakers: Sequence[Noun]) -> str:
    return written(alignment.sentence, speakers[0].words)
