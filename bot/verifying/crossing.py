"""Whether two that a sentence names have changed places: "A rose faster than B" for "B rose faster than A".

Where a sentence has the words of a source around the same verb, in the same voice, its subject and its object have to be
on the same sides of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.verbs import verbs
from bot.verifying.alignment import ANOTHER_FORM, SYNONYM, Alignment
from bot.verifying.figures import figures_in
from bot.verifying.name_checks import CALENDAR
from bot.verifying.reading import Reading
from bot.verifying.relations import are_converse
from bot.verifying.speakers import SAYING

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_COMPARED = frozenset(("than", "behind", "ahead"))
_DETERMINERS = frozenset(
    ("the", "a", "an", "its", "his", "her", "their", "of", "s", "this", "no", "any", "some", "for")
)
_SAYING_TO_NOBODY = SAYING - frozenset(
    ["told", "asked", "accused", "accuses", "urged", "urges", "criticised", "criticized", "praised", "blamed", "blames", "warned", "warns"]
)
_REACH = 9
"""Words."""


def crossing_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where two words of the sentence stand on the other sides of a verb than in the sources."""
    for source, reading in enumerate(alignment.readings):
        for number in range(len(reading.sentences)):
            found = _crossed(alignment, source, number)
            if found:
                start, end = reading.sentences[number]
                yield f"The passages have {found[0]} and {found[1]} the other way round: “{' '.join(reading.text[start:end].split())[:160]}”."
                return


def _crossed(alignment: Alignment, source: int, number: int) -> tuple[str, str] | None:
    sentence, reading = alignment.sentence, alignment.readings[source]
    own = reading.of_sentence(number)
    if not own or float(
        alignment.covered[alignment.sentences[alignment.column(source, own[0])]]
    ) < 0.75 * float(alignment.covered.max()):
        return None
    pairs = _pairs(alignment, source, own)
    anchors = [
        (one, other) for one, other in pairs if _is_anchor(sentence, one) and _is_anchor(reading, other)
    ]
    things = [(one, other) for one, other in pairs if _is_thing(sentence, one) and _is_thing(reading, other)]
    for anchor, at in anchors:
        near = [
            (one, other)
            for one, other in things
            if _beside(sentence, anchor, one) and _beside(reading, at, other)
        ]
        turned = is_passive(sentence, anchor) != is_passive(reading, at)
        if turned and not (_has_doer(sentence, anchor) or _has_doer(reading, at)):
            continue
        # In the other voice, it is where they stand on the same sides that they have changed places.
        before = [(one, other) for one, other in near if one < anchor and (other < at) == turned]
        after = [(one, other) for one, other in near if one > anchor and (other > at) == turned]
        if before and after:
            return sentence.words[before[-1][0]].text, sentence.words[after[0][0]].text
    return None


def _beside(reading: Reading, anchor: int, thing: int) -> bool:
    return reading.words[anchor].clause == reading.words[thing].clause and abs(anchor - thing) <= _REACH


def _pairs(alignment: Alignment, source: int, own: list[int]) -> list[tuple[int, int]]:
    """Return the words of the sentence with the word of a source's sentence that says each, where only one does."""
    found = []
    for number in range(len(alignment.sentence.words)):
        columns = [alignment.column(source, place) for place in own]
        same = [
            place
            for place, column in zip(own, columns, strict=True)
            if alignment.matches[number, column]
            >= (ANOTHER_FORM if alignment.sentence.words[number].is_content else 1.0)
        ]
        if not same and alignment.sentence.words[number].is_content:
            same = [
                place
                for place, column in zip(own, columns, strict=True)
                if alignment.matches[number, column] >= SYNONYM
                and not are_converse(
                    alignment.sentence.words[number].plain, alignment.readings[source].words[place].plain
                )
            ]
        if len(same) > 1:
            written = alignment.sentence.words[number].plain
            same = [place for place in same if alignment.readings[source].words[place].plain == written]
        if len(same) == 1:
            found.append((number, same[0]))
    return found


def _is_anchor(reading: Reading, number: int) -> bool:
    word = reading.words[number]
    if word.plain in _COMPARED:
        return True
    verb = word.plain in verbs().all or (word.plain.endswith("ed") and not word.named)
    before = reading.words[number - 1] if number else None
    described = before is not None and (
        before.plain in _DETERMINERS or before.plain.endswith(("al", "ic", "ive", "ous", "s’", "s'"))
    )
    return verb and word.plain not in _SAYING_TO_NOBODY and not described


def _is_thing(reading: Reading, number: int) -> bool:
    word = reading.words[number]
    figure = any(each.first <= number <= each.last for each in figures_in(reading))
    return word.is_content and not figure and word.plain not in CALENDAR and word.plain not in verbs().all


def _has_doer(reading: Reading, number: int) -> bool:
    """Tell whether a verb in the passive says by whom."""
    return is_passive(reading, number) and any(
        word.plain == "by" for word in reading.words[number + 1 : number + 3]
    )


def is_passive(reading: Reading, number: int) -> bool:
    """Tell whether a verb is in the passive: "was told", "told by"."""
    words = reading.words
    if words[number].plain.endswith("ing"):
        return False
    if "by" in [word.plain for word in words[number + 1 : number + 3]][:2] and not words[
        number
    ].plain.endswith("s"):
        return True
    for place in range(number - 1, max(-1, number - 4), -1):
        if words[place].plain in _BE:
            return True
        if not (
            words[place].plain in ("not", "also", "never", "t", "now", "still")
            or words[place].plain.endswith("ly")
        ):
            return False
    return False
