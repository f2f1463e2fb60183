"""Whether a figure or quotation that a sentence has of somebody stands in its sources in a sentence about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.verifying.alignment import ANOTHER_FORM, Alignment
from bot.verifying.figures import undated_figures
from bot.verifying.name_slots import may_go_on
from bot.verifying.names import Run, acts, name_runs, only_opens, telling
from bot.verifying.quantities import same_amount
from bot.verifying.quotations import quoted_stretches
from bot.verifying.reading import Reading, Word

_ALIKE = 0.25
"""How near in meaning two names have to be for one to stand in the other's place; tuned on cases by hand."""
_Place = tuple[int, int]
"""A source, and a word of it."""


def anchor_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the first figure or quotation that stands in sentences about somebody else."""
    sentence = alignment.sentence
    for first, last, places in _anchored(alignment):
        names = _names_beside(sentence, first, last)
        others = [_other_named(alignment, place, names) for place in places] if names else []
        if others and others[0] and all(others):
            mine = sentence.written(names[0][0].number, names[0][-1].number)
            said = sentence.written(first, last)
            yield f"The passages say “{said}” of {others[0]}, not of {mine}."
            return


def _anchored(alignment: Alignment) -> Iterator[tuple[int, int, list[_Place]]]:
    """Give the figures and quotations of the sentence (first and last word), with where the sources have them."""
    sentence = alignment.sentence
    for figure in undated_figures(sentence):
        places = [
            (source, own.first)
            for source, reading in enumerate(alignment.readings)
            for own in undated_figures(reading)
            if same_amount(figure, own)
        ]
        yield figure.first, figure.last, places
    for first, last in quoted_stretches(sentence):
        wanted = [word.stem for word in sentence.words[first : last + 1]]
        places = [
            (source, at)
            for source, reading in enumerate(alignment.readings)
            for at in reading.places_of(wanted)
        ]
        yield first, last, places


def _names_beside(sentence: Reading, first: int, last: int) -> list[Run]:
    """Return the names in the clauses of a stretch of a sentence and in those before, titles and days apart."""
    clauses = {sentence.words[first].clause, sentence.words[last].clause}
    clauses |= {clause - 1 for clause in clauses}
    runs = (
        telling(run)
        for run in name_runs(sentence)
        if run[0].clause in clauses and acts(sentence, run) and not only_opens(run)
    )
    return [run for run in runs if run]


def _other_named(alignment: Alignment, place: _Place, names: Sequence[Run]) -> str | None:
    """Return whom a sentence of a source names instead; None where it names one of these, or may be about them."""
    source, at = place
    reading = alignment.readings[source]
    sentence = reading.words[at].sentence
    mine = [word for run in names for word in run]
    theirs = [reading.words[number] for number in reading.of_sentence(sentence)]
    if may_go_on(reading, sentence) or _nearness(alignment, mine, source, theirs) >= ANOTHER_FORM:
        return None
    said = {word.stem for word in alignment.sentence.words}
    for run in name_runs(reading):
        own = telling(run)
        if run[0].clause != reading.words[at].clause or not own or any(word.stem in said for word in own):
            continue
        somebody = acts(reading, run) and not only_opens(run)
        if somebody and _nearness(alignment, mine, source, own) >= _ALIKE:
            return reading.written(own[0].number, own[-1].number)
    return None


def _nearness(alignment: Alignment, mine: Sequence[Word], source: int, theirs: Sequence[Word]) -> float:
    """Return how near the nearest of some words of the sentence and of a source are in meaning."""
    rows = [word.number for word in mine]
    columns = [alignment.column(source, word.number) for word in theirs]
    return float(alignment.matches[np.ix_(rows, columns)].max())
