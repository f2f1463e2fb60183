"""Whether a figure or date goes with what the sentence has it go with, or in its sources with another beside it.

"58 people died in Amber and 37 in Kessab": what tells that 58 are not Kessab's is that Kessab stands with the other figure,
and that Amber, which the sentence does not name, stands with this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.verbs import verbs
from bot.verifying.alignment import ANOTHER_FORM, Alignment
from bot.verifying.dates import dates_in
from bot.verifying.amounts.figure import Figure
from bot.verifying.figures import figures_in
from bot.verifying.quantities import same_amount
from bot.verifying.reading import Reading

Stretch = tuple[int, int]
"""The first and the last word of a figure or date."""


def pairing_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the figures and dates that the sources give for another than the sentence does."""
    sentence = alignment.sentence
    mine = _stretches(sentence)
    for said in mine:
        for source, reading in enumerate(alignment.readings):
            theirs = _stretches(reading)
            same = [each for each in theirs if _same(sentence, said, reading, each)]
            if len(same) != 1 or _says_respectively(reading):
                continue
            other = _paired_with_another(alignment, source, said, mine, same[0], theirs)
            if other:
                shown = reading.text[reading.words[same[0][0]].start : reading.words[same[0][1]].end]
                yield f"The passages give {shown} for {other[0]}, not for {other[1]}."
                return


def _says_respectively(reading: Reading) -> bool:
    return "respectively" in reading.text


def _stretches(reading: Reading) -> list[Stretch]:
    dated = []
    for date in dates_in(reading.text):
        numbers = [number for number, word in enumerate(reading.words) if date.start <= word.start < date.end]
        if numbers:
            dated.append((numbers[0], numbers[-1]))
    figures = [
        (figure.first, figure.last)
        for figure in figures_in(reading)
        if not any(first <= figure.last and figure.first <= last for first, last in dated)
    ]
    return sorted(dated + figures)


def _figure(reading: Reading, stretch: Stretch) -> Figure | None:
    return next((each for each in figures_in(reading) if (each.first, each.last) == stretch), None)


def _same(sentence: Reading, said: Stretch, reading: Reading, own: Stretch) -> bool:
    one, other = _figure(sentence, said), _figure(reading, own)
    if one and other:
        return same_amount(one, other)
    mine = [word.plain for word in sentence.words[said[0] : said[1] + 1]]
    theirs = [word.plain for word in reading.words[own[0] : own[1] + 1]]
    return mine == theirs


def _same_kind(reading: Reading, one: Stretch, other: Stretch) -> bool:
    mine, theirs = _figure(reading, one), _figure(reading, other)
    if mine and theirs:
        alike = mine.unit == theirs.unit or (
            "" in (mine.unit, theirs.unit) and min(mine.low, theirs.low) >= _LARGE
        )
        return alike and mine.is_year == theirs.is_year
    return mine is None and theirs is None


def _paired_with_another(
    alignment: Alignment,
    source: int,
    said: Stretch,
    mine: Sequence[Stretch],
    own: Stretch,
    theirs: Sequence[Stretch],
) -> tuple[str, str] | None:
    """Return what a figure goes with in a source, and what the sentence has it go with, where these are two."""
    sentence, reading = alignment.sentence, alignment.readings[source]
    at = reading.words[own[0]]
    segments = _segments(reading, own, theirs)
    own_segment = segments[own]
    rivals = [
        each
        for each in theirs
        if each != own
        and reading.words[each[0]].sentence == at.sentence
        and segments[each] != own_segment
        and _same_kind(reading, own, each)
    ]
    segments_said = _segments(sentence, said, mine)
    for rival in rivals:
        also = next(
            (other for other in mine if other != said and _same(sentence, other, reading, rival)), None
        )
        if also:
            word = _gone_to(alignment, source, segments_said[said], rival, own, segments)
            back = _gone_to(alignment, source, segments_said[also], own, rival, segments)
            if word and back and segments_said[said] != segments_said[also]:
                return back, word
            continue
        unsaid = _unsaid(alignment, source, own_segment)
        word = _gone_to(alignment, source, list(_own_words(sentence, said, mine)), rival, own, segments)
        if word and unsaid:
            return " ".join(reading.words[place].text for place in unsaid), word
    return None


def _gone_to(
    alignment: Alignment,
    source: int,
    numbers: Iterable[int],
    rival: Stretch,
    own: Stretch,
    segments: dict[Stretch, range],
) -> str | None:
    """Return the word among these of the sentence that in a source goes with the other figure, and not with its own."""
    sentence, reading = alignment.sentence, alignment.readings[source]
    figure = _figure(reading, own)
    undated = figure is not None and not figure.is_year
    for number in numbers:
        word = sentence.words[number]
        if (
            not word.is_content
            or word.is_figure
            or word.plain in _NO_THINGS
            or (undated and word.plain in verbs().all)
        ):
            continue
        places = [
            place
            for place in range(len(reading.words))
            if reading.words[place].sentence == reading.words[own[0]].sentence
            and alignment.matches[number, alignment.column(source, place)] >= ANOTHER_FORM
        ]
        # What comes before the first of several is said of them all.
        if places and all(
            place in segments[rival]
            and (rival > own or place > rival[1] or _is_apposed(reading, place, rival))
            for place in places
        ):
            return word.text
    return None


def _is_apposed(reading: Reading, place: int, stretch: Stretch) -> bool:
    """Tell whether a figure only tells of the name right before it: "Junko Arai, 22"."""
    return (
        reading.words[place].named
        and 0 < stretch[0] - place <= _BESIDE
        and "," in reading.between(place, stretch[0])
    )


def _segments(reading: Reading, own: Stretch, theirs: Sequence[Stretch]) -> dict[Stretch, range]:
    """Return for each figure of a sentence the words that go with it: up to the next comma, "and" or the like."""
    found = {}
    for stretch in theirs:
        at = reading.words[stretch[0]]
        numbers = [
            number
            for number, word in enumerate(reading.words)
            if word.sentence == at.sentence and word.segment == at.segment
        ]
        first = numbers[0]
        if not any(
            reading.words[number].is_content and not stretch[0] <= number <= stretch[1] for number in numbers
        ):
            # "Junko Arai, 22, ..."
            before = first - 1
            while (
                before >= 0
                and reading.words[before].sentence == at.sentence
                and (reading.words[before].segment == reading.words[first - 1].segment)
            ):
                before -= 1
            first = before + 1
        found[stretch] = range(first, numbers[-1] + 1)
    return found


def _own_words(sentence: Reading, said: Stretch, mine: Sequence[Stretch]) -> Iterator[int]:
    """Give the words of the sentence that go with a figure rather than with another one of it."""
    for number, word in enumerate(sentence.words):
        if not word.is_content or any(first <= number <= last for first, last in mine):
            continue
        distances = {each: min(abs(number - each[0]), abs(number - each[1])) for each in mine}
        if distances[said] == min(distances.values()):
            yield number


def _unsaid(alignment: Alignment, source: int, numbers: range) -> list[int]:
    """Return the words of a source among these that the sentence does not say: what the figure is of instead."""
    reading = alignment.readings[source]
    return [
        number
        for number in numbers
        if reading.words[number].is_content
        and not reading.words[number].is_figure
        and float(alignment.matches[:, alignment.column(source, number)].max()) < _SAID
    ]


_NO_THINGS = frozenset(
    ("ahead", "behind", "compared", "respectively", "alone", "only", "total", "favour", "favor")
)
_SAID = 0.6
_BESIDE = 2
_LARGE = 1000
"""Such figures go without their unit where one beside them has it."""
