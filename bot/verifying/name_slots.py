"""Whether a sentence says of one what its sources say of another.

Attributed to a source, a statement has to be about whom the source speaks of (Rashkin et al., "Measuring Attribution
in Natural Language Generation Models", Computational Linguistics 2023).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.verifying.alignment import ANOTHER_FORM, Alignment
from bot.verifying.names import Run, acts, name_runs, only_opens, telling, written
from bot.verifying.reading import Reading, Word
from bot.verifying.slots import Stretch, around, best_fit, goes_on
from index.arrays import Vectors

_CLEARLY = 1.03
"""How much better another name has to fit; tuned on cases by hand."""
_BESIDE = 4
"""Words: so near to a name stands what says who it is."""
_ALIKE = 0.22
"""How near in meaning a name in another's place is to it: a person to a person, a town to a town."""
_GOES_ON = 2
"""Sentences after the one that names somebody which may still be about them."""
_OF_A_PEOPLE = ("n", "sh", "ese", "ch", "i")
"""Ends of names that describe what comes behind: "Swedish police"."""


def name_slot_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the first name in whose place the sources have another."""
    yield from _elsewhere(alignment)
    for run in name_runs(alignment.sentence):
        if not acts(alignment.sentence, run) or (only_opens(run) and not _is_held_as_name(alignment, run[0])):
            continue
        other = _in_its_place(alignment, run)
        if other:
            yield f"The passages say this of {other}, not of {written(run)}."
            return


def _elsewhere(alignment: Alignment) -> Iterator[str]:
    """Yield the first place in which the sentence has happen what the sources have happen in another one."""
    for run in name_runs(alignment.sentence):
        if not _is_where(alignment.sentence, run):
            continue
        own = _places(alignment, [word.number for word in telling(run)])
        if not own:
            continue
        asked = around(alignment.sentence, run[0].number, run[-1].number)
        source, best = _best_sentence(alignment, asked)
        reading = alignment.readings[source]
        if any(reading.words[word].sentence == best for at, word, _ in own if at == source):
            continue
        for other in name_runs(reading):
            if (
                other[0].sentence == best
                and _is_where(reading, other)
                and not _says(alignment.sentence, other)
            ):
                yield f"The passages say this of {written(other)}, not of {written(run)}."
                return


def _is_where(reading: Reading, run: Run) -> bool:
    """Tell whether a name is that of where something happens: "in Torsk", "in the United States"."""
    before = [word.plain for word in reading.words[max(0, run[0].number - 2) : run[0].number]]
    return not only_opens(run) and bool(telling(run)) and (before[-1:] == ["in"] or before == ["in", "the"])


def _says(sentence: Reading, run: Run) -> bool:
    """Tell whether a sentence has a name, too, or one that it is short for."""
    initials = "".join(word.plain[0] for word in run)
    return any(word.stem == other.stem or word.plain == initials for word in sentence.words for other in run)


def may_go_on(reading: Reading, sentence: int) -> bool:
    """Tell whether a sentence may be about whom the one before is about: "The Italian won ...", "He ..."."""
    start, end = reading.sentences[sentence]
    return goes_on(reading, sentence) or reading.text[start:end].lstrip('“"').startswith("The ")


def _in_its_place(alignment: Alignment, run: Run) -> str | None:
    """Return the name of which a source says what the sentence says of one that it has elsewhere."""
    words = [word.number for word in telling(run)]
    own = _places(alignment, words)
    if not own:
        return None
    asked = around(alignment.sentence, run[0].number, run[-1].number)
    asked[_of_its_own(alignment, own)] = 0
    source, best = _best_sentence(alignment, asked)
    reading = alignment.readings[source]
    if any(_may_be_about(reading, best, word) for at, word, _ in own if at == source):
        return None
    score, _ = best_fit(alignment, asked, own)
    for first, last in _others(alignment, reading, best):
        columns = [alignment.column(source, number) for number in range(first, last + 1)]
        alike = float(alignment.matches[np.ix_(words, columns)].max())
        rival, _ = best_fit(alignment, asked, [(source, first, last)])
        if alike >= _ALIKE and rival > score * _CLEARLY:
            return reading.written(first, last)
    return None


def _places(alignment: Alignment, words: Sequence[int]) -> list[Stretch]:
    """Return where the sources have one of these words of the sentence."""
    if not words:
        return []
    held = (alignment.matches[list(words)] >= ANOTHER_FORM).any(axis=0)
    found = (alignment.places[column] for column in np.nonzero(held)[0])
    return [(place.source, place.word, place.word) for place in found]


def _of_its_own(alignment: Alignment, own: Sequence[Stretch]) -> list[int]:
    """Return the words of the sentence that stand beside a name in the sources: they say who it is, not what of it."""
    near = sorted({column for place in own for column in _beside(alignment, place)})
    return [
        word.number
        for word in alignment.sentence.words
        if word.is_content and float(alignment.matches[word.number, near].max(initial=0)) >= ANOTHER_FORM
    ]


def _beside(alignment: Alignment, place: Stretch) -> Iterator[int]:
    source, at, _ = place
    words = alignment.readings[source].words
    for other in words[max(0, at - _BESIDE) : at + _BESIDE + 1]:
        if other.segment == words[at].segment:
            yield alignment.column(source, other.number)


def _best_sentence(alignment: Alignment, asked: Vectors) -> tuple[int, int]:
    """Return the sentence (source, number) that says most of the words so weighted."""
    scores = [
        float(
            np.maximum(alignment.matches[:, alignment.sentences == number].max(axis=1, initial=0.0), 0)
            @ asked
        )
        for number in range(int(alignment.sentences.max()) + 1)
    ]
    column = int(np.nonzero(alignment.sentences == int(np.argmax(scores)))[0][0])
    return alignment.places[column].source, alignment.words[column].sentence


def _may_be_about(reading: Reading, sentence: int, word: int) -> bool:
    """Tell whether a sentence may be about whom a word names: it stands there, or in one that this goes on about."""
    back = sentence - reading.words[word].sentence
    return back == 0 or (0 < back <= _GOES_ON and may_go_on(reading, sentence))


def _is_held_as_name(alignment: Alignment, word: Word) -> bool:
    return any(other.stem == word.stem and other.named and not other.opens for other in alignment.words)


def _others(alignment: Alignment, reading: Reading, sentence: int) -> Iterator[tuple[int, int]]:
    """Give the names (first word, last word) of a sentence of a source that the verified sentence does not have."""
    said = {word.stem for word in alignment.sentence.words}
    for run in name_runs(reading):
        own = telling(run)
        if run[0].sentence != sentence or not own or any(word.stem in said for word in own):
            continue
        if acts(reading, run) and not only_opens(run) and not _describes(reading, run):
            yield run[0].number, run[-1].number


def _describes(reading: Reading, run: Run) -> bool:
    """Tell whether a name says of what people something is: "Swedish police"."""
    own, behind = telling(run), run[-1].number + 1
    if len(own) != 1 or not own[0].plain.endswith(_OF_A_PEOPLE) or behind >= len(reading.words):
        return False
    word = reading.words[behind]
    return reading.between(behind - 1, behind) == " " and word.is_content and not word.named
