"""Whether a clause of the sentence denies what the likest clause of its sources says, or says what that denies.

Where the words are the same, the checks of polarity tell (`bot.verifying.polarity`); these are for other words: "would
not be necessary" for "we will need". The thresholds were tuned on cases by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.verifying.alignment import Alignment
from bot.verifying.clauses import Clause
from bot.verifying.deeds import words_of
from bot.verifying.denied import denies, denies_itself, nobody_in, words_that_may_deny
from bot.verifying.excerpts import excerpt
from bot.verifying.likest import covered, likest
from bot.verifying.polarity import denies_strongly, may_deny
from bot.verifying.referents import SURELY, UNKNOWN, alike
from bot.verifying.relations import are_opposites
from bot.verifying.saying import SAYING, says

_ENOUGH = 0.55
"""How far the likest clause says what a clause says, at least, to be held against it."""
_ENOUGH_WORDS = 2
_SAME_DEED = 0.35
"""How near two verbs are, at least, for a clause's own words to tell whether it denies, not its sentence."""
_DENIED_SENSE, _SENSE = 0.3, 0.2
"""How near they are, at least, for one to be denied by the sentence, or by a source."""
_CORE, _MOST = 0.45, 0.65
"""How far the verb and the main nouns of a clause are said, or else all its words, at least, by one that denies it."""
_SPEAKS_OF_IT = 0.8
"""How much of what the best sentence says of it another says that may deny it as well."""
_COMPARING = frozenset(("than", "until", "before", "earliest"))
"""With these, what is denied is a matter of more and less, or of sooner and later."""


def denial_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a clause denies what the sources say, or says what they deny, in other words."""
    sentence, told = alignment.sentence, alignment.told
    if any(word.plain in _COMPARING for word in sentence.words):
        return
    for clause in told.clauses:
        if (says(sentence, clause.verb) and not clause.objects) or not _tells_enough(alignment, clause):
            continue
        near = likest(alignment, clause)
        if not near or _said(alignment, clause, *near[0]) < _ENOUGH:
            continue
        source, own = near[0]
        said = excerpt(alignment.readings[source], own.verb)
        if all(_is_opposite(alignment, clause, *each) for each in near):
            yield f"The passages say the opposite: {said}."
        elif denies(sentence, told, clause):
            if not _may_be_denied_there(alignment, clause, near):
                yield f"The sentence denies what the passages say: {said}."
        elif _is_denied_there(alignment, clause, near):
            yield f"The passages deny this: {said}."


def _tells_enough(alignment: Alignment, clause: Clause) -> bool:
    return sum(alignment.sentence.words[word].is_content for word in clause.words) >= _ENOUGH_WORDS


def _said(alignment: Alignment, clause: Clause, source: int, own: Clause) -> float:
    return max(covered(alignment, clause, source, own), _core_said(alignment, clause, source, own))


def _core_said(alignment: Alignment, clause: Clause, source: int, own: Clause) -> float:
    """Return how far a clause of a source says the verb and the main nouns of a clause (0..1)."""
    core = [clause.verb, *(noun.word for noun in (*clause.doers, *clause.objects))]
    return sum(alignment.best_match([word], source, own.words) for word in core) / len(core)


def _nearness(alignment: Alignment, clause: Clause, source: int, own: Clause) -> float:
    """Return how near the verbs of two clauses are, or what somebody is said to be in them (0..1)."""
    mine, theirs = ([each.verb, *(noun.word for noun in each.called)] for each in (clause, own))
    if alignment.sentence.words[clause.verb].plain in SAYING:
        mine += [noun.word for noun in clause.objects]  # "a pullout was announced"
    return alignment.best_match(mine, source, theirs)


def _is_opposite(alignment: Alignment, clause: Clause, source: int, own: Clause) -> bool:
    """Tell whether the same somebody does the opposite in a clause of a source: refuses, for agrees."""
    verb, other = alignment.sentence.words[clause.verb], alignment.readings[source].words[own.verb]
    if own.negated != clause.negated or not are_opposites(verb.plain, other.plain):
        return False
    return alike(alignment, clause.doers or clause.objects, source, own.doers or own.objects) >= SURELY


def _may_be_denied_there(alignment: Alignment, clause: Clause, near: Sequence[tuple[int, Clause]]) -> bool:
    """Tell whether the sources may deny, too, what a clause denies."""
    source, own = near[0]
    if _nearness(alignment, clause, source, own) < _DENIED_SENSE:
        return True
    if _denied_beside(alignment, source, alignment.readings[source].words[own.verb].sentence):
        return True
    return any(_may_be_negative(alignment, clause, *each) for each in near)


def _denied_beside(alignment: Alignment, source: int, sentence: int) -> bool:
    """Tell whether another sentence of a source that says as much of it denies something."""
    reading = alignment.readings[source]
    return any(
        word.sentence != sentence
        and denies_strongly(reading, word.number)
        and alignment.speaks_of_it(source, word.number, _SPEAKS_OF_IT)
        for word in reading.words
    )


def _may_be_negative(alignment: Alignment, clause: Clause, source: int, own: Clause) -> bool:
    """Tell whether a clause of a source may deny, too, be it in its own words or in those of its sentence."""
    reading = alignment.readings[source]
    same = alignment.match(clause.verb, source, own.verb) >= _SAME_DEED
    words = (
        words_that_may_deny(alignment.told_by(source), own)
        if same and denies_itself(alignment.sentence, clause)
        else reading.of_sentence(reading.words[own.verb].sentence)
    )
    return any(may_deny(reading, word) for word in words) or _has_opposite(alignment, clause, source, own)


def _is_denied_there(alignment: Alignment, clause: Clause, near: Sequence[tuple[int, Clause]]) -> bool:
    """Tell whether the sources deny what a clause says."""
    if _may_be_negative_itself(alignment, clause, *near[0]):
        return False
    return all(_denies_it(alignment, clause, *each) for each in near)


def _may_be_negative_itself(alignment: Alignment, clause: Clause, source: int, own: Clause) -> bool:
    """Tell whether a clause of the sentence may deny: by a word that is no noun, nor its verb if a source has it."""
    sentence = alignment.sentence
    nouns = words_of(noun for noun in clause.takers if noun not in clause.called)
    words = words_that_may_deny(alignment.told, clause)
    words -= {word for word in nouns if sentence.words[word].is_content}
    if alignment.match(clause.verb, source, own.verb) >= _SAME_DEED:
        words.discard(clause.verb)
    return any(may_deny(sentence, word) for word in words)


def _denies_it(alignment: Alignment, clause: Clause, source: int, own: Clause) -> bool:
    """Tell whether a clause of a source denies what a clause of the sentence says."""
    reading = alignment.readings[source]
    if not denies(reading, alignment.told_by(source), own) or _has_opposite(alignment, clause, source, own):
        return False
    nobody = nobody_in(reading, own)
    if nobody and alike(alignment, (*clause.doers, *clause.objects), source, nobody) <= UNKNOWN:
        return False
    if _nearness(alignment, clause, source, own) < _SENSE:
        return False
    return (
        _core_said(alignment, clause, source, own) >= _CORE
        or covered(alignment, clause, source, own) >= _MOST
    )


def _has_opposite(alignment: Alignment, clause: Clause, source: int, own: Clause) -> bool:
    mine, theirs = alignment.sentence.words, alignment.readings[source].words
    return any(
        are_opposites(mine[one].plain, theirs[other].plain) for one in clause.words for other in own.words
    )
