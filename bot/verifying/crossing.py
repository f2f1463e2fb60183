"""Whether two that a sentence names have changed places: "A rose faster than B" for "B rose faster than A".

Where a sentence has the words of a source around the same verb, in the same voice, its subject and its object have to
be on the same sides of it. Such sentences share all their words, so that comparing word by word cannot tell them apart:
the structural contradictions of Marneffe, Rafferty and Manning, "Finding Contradictions in Text", ACL 2008.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.verbs import verbs
from bot.verifying.alignment import ANOTHER_FORM, SAME, SYNONYM, Alignment
from bot.verifying.excerpts import excerpt
from bot.verifying.figures import figures_in
from bot.verifying.grammar import DETERMINERS, is_done_by_somebody, is_passive, may_be_verb, word_before
from bot.verifying.names import CALENDAR
from bot.verifying.reading import Reading
from bot.verifying.relations import are_converse
from bot.verifying.saying import SAYING

Pair = tuple[int, int]
"""A word of the sentence, and the word of a source that says it."""

_COMPARED = frozenset(("than", "behind", "ahead"))
_DESCRIBING = ("al", "ic", "ive", "ous", "s’", "s'")
"""What adjectives and genitives end in: what follows them is a noun."""
_SAYING_TO_NOBODY = SAYING - frozenset((
    "told", "asked", "accused", "accuses", "urged", "urges", "criticised", "criticized", "praised", "blamed",
    "blames", "warned", "warns",
))  # fmt: skip
_REACH = 9
"""Words between a verb and what it is about."""
_SPEAKS_OF_IT = 0.75
"""How much of what the best sentence says of it another has to say, for its order of words to tell anything."""


def crossing_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where two words of the sentence stand on the other sides of a verb than in the sources."""
    for source, reading in enumerate(alignment.readings):
        for number in range(len(reading.sentences)):
            own = reading.of_sentence(number)
            crossed = _crossed(alignment, source, own)
            if crossed:
                one, other = crossed
                yield f"The passages have {one} and {other} the other way round: {excerpt(reading, own[0])}."
                return


def _crossed(alignment: Alignment, source: int, own: Sequence[int]) -> tuple[str, str] | None:
    """Return two words that a sentence of a source, with these words, has on the other sides of a verb."""
    if not own or not alignment.speaks_of_it(source, own[0], _SPEAKS_OF_IT):
        return None
    sentence, reading = alignment.sentence, alignment.readings[source]
    pairs = _pairs(alignment, source, own)
    things = [pair for pair in pairs if _is_thing(sentence, pair[0]) and _is_thing(reading, pair[1])]
    for anchor, at in pairs:
        if not (_is_anchor(sentence, anchor) and _is_anchor(reading, at)):
            continue
        turned = is_passive(sentence, anchor) != is_passive(reading, at)
        if turned and not (is_done_by_somebody(sentence, anchor) or is_done_by_somebody(reading, at)):
            continue
        near = [
            (one, other)
            for one, other in things
            if _beside(sentence, anchor, one) and _beside(reading, at, other)
        ]
        # In the other voice, it is where they stand on the same sides that they have changed places.
        before = [one for one, other in near if one < anchor and (other < at) == turned]
        after = [one for one, other in near if one > anchor and (other > at) == turned]
        if before and after:
            return sentence.words[before[-1]].text, sentence.words[after[0]].text
    return None


def _beside(reading: Reading, anchor: int, thing: int) -> bool:
    return reading.words[anchor].clause == reading.words[thing].clause and abs(anchor - thing) <= _REACH


def _pairs(alignment: Alignment, source: int, own: Sequence[int]) -> list[Pair]:
    """Return the words of the sentence with the word of a source's sentence that says each, where only one does."""
    first = alignment.column(source, own[0])
    found = []
    for number, matches in enumerate(alignment.matches[:, first : first + len(own)].tolist()):
        place = _partner(alignment, source, number, dict(zip(own, matches, strict=True)))
        if place is not None:
            found.append((number, place))
    return found


def _partner(alignment: Alignment, source: int, number: int, matches: dict[int, float]) -> int | None:
    """Return the word of a source's sentence that says a word of the sentence; None where several do, or none."""
    word, theirs = alignment.sentence.words[number], alignment.readings[source].words
    least = ANOTHER_FORM if word.is_content else SAME
    same = [place for place, match in matches.items() if match >= least]
    if not same and word.is_content:
        same = [
            place
            for place, match in matches.items()
            if match >= SYNONYM and not are_converse(word.plain, theirs[place].plain)
        ]
    if len(same) > 1:
        same = [place for place in same if theirs[place].plain == word.plain]
    return same[0] if len(same) == 1 else None


def _is_anchor(reading: Reading, number: int) -> bool:
    """Tell whether a word is one whose two sides tell who is who: a verb, or "than"."""
    word = reading.words[number]
    if word.plain in _COMPARED:
        return True
    before = word_before(reading, number)
    counted = number > 0 and any(each.last == number - 1 for each in figures_in(reading))
    described = counted or before in DETERMINERS or before == "for" or before.endswith(_DESCRIBING)
    return may_be_verb(word) and word.plain not in _SAYING_TO_NOBODY and not described


def _is_thing(reading: Reading, number: int) -> bool:
    word = reading.words[number]
    if not word.is_content or word.plain in CALENDAR or word.plain in verbs().all:
        return False
    return not any(each.first <= number <= each.last for each in figures_in(reading))
