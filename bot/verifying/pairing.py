"""Whether a figure or date goes with what the sentence has it go with, or in its sources with another beside it.

"58 people died in Amber and 37 in Kessab": what tells that 58 are not Kessab's is that Kessab stands with the other
figure, and that Amber, which the sentence does not name, stands with this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.verbs import verbs
from bot.verifying.alignment import ANOTHER_FORM, Alignment
from bot.verifying.amounts.figure import Figure
from bot.verifying.dates import dates_in
from bot.verifying.figures import figures_in
from bot.verifying.quantities import same_amount
from bot.verifying.reading import Reading

_SAID = 0.6
"""A word of a source is said by the sentence where something there means that much the same."""
_BESIDE = 2
"""Words: an age stands so near behind a name."""
_LARGE = 1000
"""From here on figures go without their unit where one beside them has it."""
_NO_THINGS = frozenset((
    "ahead", "behind", "compared", "respectively", "alone", "only", "total", "favour", "favor",
))  # fmt: skip
"""Content words that no figure goes with."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure or date: its first and last word, and the words that go with it; `figure` is None for most dates."""

    first: int
    last: int
    figure: Figure | None
    beside: range = range(0)

    @property
    def is_year(self) -> bool:
        return self.figure is not None and self.figure.is_year


def pairing_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the first figure or date that the sources give for another than the sentence does."""
    sentence = alignment.sentence
    for said in _items(sentence):
        for source, reading in enumerate(alignment.readings):
            same = [own for own in _items(reading) if _is_same(sentence, said, reading, own)]
            if len(same) != 1 or "respectively" in reading.text:
                continue
            word = _goes_with_another(alignment, source, said, same[0])
            if word:
                shown = reading.written(same[0].first, same[0].last)
                yield f"The passages say “{_shown(reading, same[0])}”, and do not give {shown} with “{word}”."
                return


@lru_cache(maxsize=512)
def _items(reading: Reading) -> tuple[_Item, ...]:
    """Return the figures and dates of a text, in order."""
    figures = {(figure.first, figure.last): figure for figure in figures_in(reading)}
    dates = [reading.within(date.start, date.end) for date in dates_in(reading.text)]
    dated = [stretch for stretch in dates if stretch]
    undated = [
        (first, last)
        for first, last in figures
        if not any(one <= last and first <= other for one, other in dated)
    ]
    items = (_Item(*stretch, figures.get(stretch)) for stretch in sorted(dated + undated))
    return tuple(replace(item, beside=_beside(reading, item)) for item in items)


def _beside(reading: Reading, item: _Item) -> range:
    """Return the words that go with a figure: up to the next comma, "and" or the like, on either side."""
    words = reading.words
    first, last = _segment(reading, item.first)
    if any(word.is_content for word in words[first : last + 1] if not item.first <= word.number <= item.last):
        return range(first, last + 1)
    # "Junko Arai, 22, ..."
    if first and words[first - 1].sentence == words[first].sentence:
        first, _ = _segment(reading, first - 1)
    return range(first, last + 1)


def _segment(reading: Reading, at: int) -> tuple[int, int]:
    """Return the first and the last word of the segment that a word stands in, within its sentence."""
    words, first, last = reading.words, at, at
    own = (words[at].sentence, words[at].segment)
    while first and (words[first - 1].sentence, words[first - 1].segment) == own:
        first -= 1
    while last + 1 < len(words) and (words[last + 1].sentence, words[last + 1].segment) == own:
        last += 1
    return first, last


def _is_same(sentence: Reading, said: _Item, reading: Reading, own: _Item) -> bool:
    if said.figure and own.figure:
        return same_amount(said.figure, own.figure)
    mine = [word.plain for word in sentence.words[said.first : said.last + 1]]
    return mine == [word.plain for word in reading.words[own.first : own.last + 1]]


def _is_same_kind(one: _Item, other: _Item) -> bool:
    mine, theirs = one.figure, other.figure
    if mine is None or theirs is None:
        return mine is theirs
    large = "" in (mine.unit, theirs.unit) and min(mine.low, theirs.low) >= _LARGE
    return (large or mine.unit == theirs.unit) and mine.is_year == theirs.is_year


def _goes_with_another(alignment: Alignment, source: int, said: _Item, own: _Item) -> str | None:
    """Return what the sentence has a figure go with, where in a source this goes with another one."""
    sentence, reading = alignment.sentence, alignment.readings[source]
    mine = _items(sentence)
    for rival in _rivals(reading, own):
        also = next(
            (each for each in mine if each != said and _is_same(sentence, each, reading, rival)), None
        )
        if also is None:
            exchanged = _has_unsaid(alignment, source, own)
            word = _gone_to(alignment, source, _own_words(sentence, said, mine), rival, own)
        else:
            exchanged = said.beside != also.beside and bool(
                _gone_to(alignment, source, also.beside, own, rival)
            )
            word = _gone_to(alignment, source, said.beside, rival, own)
        if word and exchanged:
            return word
    return None


def _rivals(reading: Reading, own: _Item) -> Iterator[_Item]:
    """Give the figures of the same kind in the same sentence that other words go with."""
    sentence = reading.words[own.first].sentence
    for each in _items(reading):
        if (
            reading.words[each.first].sentence == sentence
            and each.beside != own.beside
            and _is_same_kind(own, each)
        ):
            yield each


def _gone_to(
    alignment: Alignment, source: int, numbers: Iterable[int], rival: _Item, own: _Item
) -> str | None:
    """Return the word, of these of the sentence, that in a source goes with the other figure, and not with its own."""
    reading = alignment.readings[source]
    sentence = reading.words[own.first].sentence
    columns = [(place, alignment.column(source, place)) for place in reading.of_sentence(sentence)]
    words = (alignment.sentence.words[number] for number in numbers)
    # A name says best what a figure is of.
    for word in sorted(words, key=lambda word: not word.named):
        # What was done with a figure is said of both.
        done = own.figure is not None and not own.is_year and word.plain in verbs().all
        if not word.is_content or word.is_figure or word.plain in _NO_THINGS or done:
            continue
        places = [
            place for place, column in columns if alignment.matches[word.number, column] >= ANOTHER_FORM
        ]
        if places and all(_is_of(reading, place, rival, own) for place in places):
            return word.text
    return None


def _is_of(reading: Reading, place: int, rival: _Item, own: _Item) -> bool:
    """Tell whether a word goes with the rival alone: what comes before the first of several is said of them all."""
    behind = rival.first > own.first or place > rival.last
    return place in rival.beside and (behind or _is_apposed(reading, place, rival))


def _is_apposed(reading: Reading, place: int, item: _Item) -> bool:
    """Tell whether a figure only tells of the name right before it: "Junko Arai, 22"."""
    near = 0 < item.first - place <= _BESIDE
    return reading.words[place].named and near and "," in reading.between(place, item.first)


def _own_words(sentence: Reading, said: _Item, mine: Sequence[_Item]) -> Iterator[int]:
    """Give the words of the sentence that go with a figure rather than with another one of it."""
    for word in sentence.words:
        if not word.is_content or any(item.first <= word.number <= item.last for item in mine):
            continue
        distances = {item: min(abs(word.number - item.first), abs(word.number - item.last)) for item in mine}
        if distances[said] == min(distances.values()):
            yield word.number


def _has_unsaid(alignment: Alignment, source: int, own: _Item) -> bool:
    """Tell whether beside a figure of a source stand words that the sentence does not say: what it is of instead."""
    words = (alignment.readings[source].words[number] for number in own.beside)
    return any(
        word.is_content
        and not word.is_figure
        and float(alignment.matches[:, alignment.column(source, word.number)].max()) < _SAID
        for word in words
    )


def _shown(reading: Reading, own: _Item) -> str:
    """Return what goes with a figure as it is written, without the "and" or the like that it begins with."""
    first = next(number for number in own.beside if number == own.first or reading.words[number].is_content)
    return reading.written(first, own.beside[-1])
