"""Whether a sentence tells as done what its sources only expect, plan or think possible: "reached" for "would reach".

Whether something is a fact or not is one of the contradictions of Marneffe, Rafferty and Manning, "Finding
Contradictions in Text", ACL 2008 ("factive"). A verb in the past is held against the same verb in the sources.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.verbs import verbs
from bot.verifying.alignment import Alignment
from bot.verifying.excerpts import excerpt, written
from bot.verifying.grammar import word_before
from bot.verifying.reading import Reading
from bot.verifying.slots import around, best_fit

_OPEN = frozenset(("will", "would", "could", "may", "might", "should", "shall", "can", "must", "ll"))
"""What stands before something that is not done, or not known to be."""
_AIMING = frozenset((
    "plan", "plans", "planned", "planning", "aim", "aims", "aimed", "want", "wants", "wanted", "hope", "hopes",
    "hoped", "expect", "expects", "expected", "intend", "intends", "intended", "propose", "proposes", "proposed",
    "is", "are", "due", "threaten", "threatens", "threatened", "promise", "promises", "promised", "likely", "set",
    "scheduled", "vowed", "wish", "wishes", "wished", "consider", "considers", "offered", "asked", "urged",
    "ordered", "about", "ready", "agreed", "decided",
))  # fmt: skip
"""What stands before the "to" of something that is to be done."""
_BETWEEN = frozenset((
    "be", "have", "been", "also", "then", "now", "soon", "only", "still", "again", "not", "therefore",
))  # fmt: skip
_REACH = 3
"""Words between what leaves a verb open and the verb."""
_SPEAKS_OF_IT = 0.85
"""How much of what the best sentence says of it another has to say, for its verb to be held against it."""
_FITS = 0.35
"""How well what is around the verb has to fit at least (`bot.verifying.slots`)."""


def modality_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the verbs of a sentence that tell as done what the sources leave open."""
    sentence = alignment.sentence
    for number, word in enumerate(sentence.words):
        if not _is_done(sentence, number):
            continue
        base = verbs().past.get(word.plain, word.plain)
        places = [
            (source, other.number, other.number)
            for source, reading in enumerate(alignment.readings)
            for other in reading.words
            if _has_base(other.plain, base) or (other.stem == word.stem and other.plain.endswith("ed"))
        ]
        if any(_opener(alignment.readings[source], at) is None for source, at, _ in places):
            continue
        score, best = best_fit(alignment, around(sentence, number, number), places)
        if best is None or score < _FITS:
            continue
        source, at, _ = best
        if alignment.speaks_of_it(source, at, _SPEAKS_OF_IT):
            reading = alignment.readings[source]
            first = max(_opener(reading, at) or at, at - _REACH)
            yield f"The passages say “{written(reading, (first, at))}”, not “{word.text}”: {excerpt(reading, at)}."
            return


def _is_done(sentence: Reading, number: int) -> bool:
    """Tell whether a word tells that something was done: a verb in the past that nothing leaves open."""
    word = sentence.words[number]
    is_past = word.plain in verbs().past or word.plain.endswith("ed")
    if word.named or not is_past or _opener(sentence, number) is not None:
        return False
    return word_before(sentence, number) not in ("the", "a", "an", "be", "to")


def _has_base(plain: str, base: str) -> bool:
    return plain == base or verbs().past.get(plain) == base or verbs().third.get(plain) == base


def _opener(reading: Reading, number: int) -> int | None:
    """Return the word that leaves a verb open, "would reach", "plans to build"; None where it is told as a fact."""
    words = reading.words
    for place in range(number - 1, max(-1, number - 1 - _REACH), -1):
        word = words[place]
        if word.sentence != words[number].sentence:
            return None
        if word.text == "May":
            return None  # "which left in May, told reporters"
        if word.plain in _OPEN:
            return place
        if word.plain == "to":
            return place - 1 if place and words[place - 1].plain in _AIMING else None
        if word.plain not in _BETWEEN and not word.plain.endswith("ly"):
            return None
    return None
