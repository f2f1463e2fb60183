"""Whether a sentence says of one what its sources say of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.answering.naming import TITLES
from bot.verifying.alignment import ANOTHER_FORM, Alignment
from bot.verifying.name_checks import CALENDAR, acts, name_runs
from bot.verifying.reading import Reading, Word
from bot.verifying.slots import around, best_fit, goes_on
from index.arrays import Vectors

_CLEARLY = 1.03
_BESIDE = 4
_ALIKE = 0.22
"""How near in meaning a name in another's place is to it: a person to a person, a town to a town."""


def name_slot_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the names in whose place the sources have another."""
    for run, other, _ in candidates(alignment):
        yield f"The passages say this of {other}, not of {run}."
        return


def candidates(alignment: Alignment) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    sentence = alignment.sentence
    said = {word.stem for word in sentence.words}
    numbers = {id(word): number for number, word in enumerate(sentence.words)}
    for run in name_runs(sentence):
        telling = [word for word in run if word.stem not in TITLES and word.plain not in CALENDAR]
        if not telling or not acts(sentence, run):
            continue
        if telling[0].opens and len(run) == 1 and not _is_held_as_name(alignment, telling[0]):
            continue
        places = [numbers[id(word)] for word in telling]
        own = [
            (place.source, place.word, place.word)
            for column, place in enumerate(alignment.places)
            if any(alignment.matches[number, column] >= ANOTHER_FORM for number in places)
        ]
        if not own:
            continue
        asked = around(sentence, numbers[id(run[0])], numbers[id(run[-1])])
        asked[_of_its_own(alignment, own)] = 0
        source, best = _best_sentence(alignment, asked)
        reading = alignment.readings[source]
        if any(at == source and reading.words[word].sentence == best for at, word, _ in own):
            continue
        if _may_go_on(reading, best) and any(
            at == source and 0 < best - reading.words[word].sentence <= 2 for at, word, _ in own
        ):
            continue
        score, _ = best_fit(alignment, asked, own)
        for first, last in _others(reading, best, said):
            columns = [alignment.column(source, number) for number in range(first, last + 1)]
            alike = float(alignment.matches[np.ix_(places, columns)].max())
            rival, _ = best_fit(alignment, asked, [(source, first, last)])
            if alike >= _ALIKE and rival > score * _CLEARLY:
                text = reading.text[reading.words[first].start : reading.words[last].end]
                yield " ".join(word.text for word in run), text, (alike, rival, score)


def _of_its_own(alignment: Alignment, own: Sequence[tuple[int, int, int]]) -> list[int]:
    """Return the words of the sentence that stand beside a name in the sources: they say who it is, not what of it."""
    found = []
    for number, word in enumerate(alignment.sentence.words):
        if not word.is_content:
            continue
        for source, place, _ in own:
            near = [
                alignment.column(source, other)
                for other in range(
                    max(0, place - _BESIDE), min(len(alignment.readings[source].words), place + _BESIDE + 1)
                )
                if alignment.readings[source].words[other].segment
                == alignment.readings[source].words[place].segment
            ]
            if near and float(alignment.matches[number, near].max()) >= ANOTHER_FORM:
                found.append(number)
                break
    return found


def _may_go_on(reading: Reading, sentence: int) -> bool:
    """Tell whether a sentence may be about whom the one before is about: "The Italian won ...", "He ..."."""
    start, end = reading.sentences[sentence]
    return goes_on(reading, sentence) or reading.text[start:end].lstrip('“"').startswith("The ")


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


def _is_held_as_name(alignment: Alignment, word: Word) -> bool:
    return any(other.stem == word.stem and other.named and not other.opens for other in alignment.words)


def _others(reading: Reading, sentence: int, said: set[str]) -> Iterator[tuple[int, int]]:
    """Give the names (first word, last word) of a sentence of a source that the verified sentence does not have."""
    numbers = {id(word): number for number, word in enumerate(reading.words)}
    for run in name_runs(reading):
        telling = [word for word in run if word.stem not in TITLES and word.plain not in CALENDAR]
        if run[0].sentence != sentence or not telling or any(word.stem in said for word in telling):
            continue
        last = numbers[id(run[-1])]
        describes = (
            len(telling) == 1
            and last + 1 < len(reading.words)
            and reading.between(last, last + 1) == " "
            and reading.words[last + 1].is_content
            and not reading.words[last + 1].named
            and telling[0].plain.endswith(("n", "sh", "ese", "ch", "i"))
        )
        if not describes and acts(reading, run) and not (len(run) == 1 and run[0].opens):
            yield numbers[id(run[0])], last
