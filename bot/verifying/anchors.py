"""Whether what a sentence says of somebody, by a figure, a date or a quotation, stands in its sources in a sentence about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.answering.naming import TITLES
from bot.verifying.alignment import ANOTHER_FORM, Alignment
from bot.verifying.figures import undated_figures
from bot.verifying.name_checks import CALENDAR, acts, name_runs
from bot.verifying.quantities import same_amount
from bot.verifying.quotations import quoted_stretches
from bot.verifying.reading import Reading, Word
from bot.verifying.slots import goes_on

_ALIKE = 0.25
Place = tuple[int, int]
"""A source, and a word of it."""


def anchor_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the figures and quotations that stand in a sentence about somebody else."""
    for first, last, places in _anchored(alignment):
        names = _names_beside(alignment.sentence, first, last)
        if not names or not places:
            continue
        others = [_others_named(alignment, place, names) for place in places]
        if all(others):
            written = alignment.sentence.text[
                alignment.sentence.words[first].start : alignment.sentence.words[last].end
            ]
            mine = " ".join(word.text for word in names[0])
            yield f"The passages say “{written}” of {others[0]}, not of {mine}."
            return


def _anchored(alignment: Alignment) -> Iterator[tuple[int, int, list[Place]]]:
    """Give the figures and quotations of the sentence (first and last word), with where the sources have them."""
    sentence = alignment.sentence
    for figure in undated_figures(sentence):
        yield (
            figure.first,
            figure.last,
            [
                (source, own.first)
                for source, reading in enumerate(alignment.readings)
                for own in undated_figures(reading)
                if same_amount(figure, own)
            ],
        )
    for first, last in quoted_stretches(sentence):
        wanted = [word.stem for word in sentence.words[first : last + 1]]
        yield (
            first,
            last,
            [
                (source, at)
                for source, reading in enumerate(alignment.readings)
                for at in range(len(reading.words) - len(wanted) + 1)
                if [word.stem for word in reading.words[at : at + len(wanted)]] == wanted
            ],
        )


def _names_beside(sentence: Reading, first: int, last: int) -> list[list[Word]]:
    """Return the names in the clause of a stretch of a sentence, titles and days apart."""
    clauses = {sentence.words[first].clause, sentence.words[last].clause}
    clauses |= {clause - 1 for clause in clauses}
    runs = [
        [word for word in run if word.stem not in TITLES and word.plain not in CALENDAR]
        for run in name_runs(sentence)
        if run[0].clause in clauses and acts(sentence, run) and not (run[0].opens and len(run) == 1)
    ]
    return [run for run in runs if run]


def _others_named(alignment: Alignment, place: Place, names: Sequence[Sequence[Word]]) -> str | None:
    """Return whom a sentence of a source names instead; None where it names one of these, or may be about them."""
    source, at = place
    reading = alignment.readings[source]
    number = reading.words[at].sentence
    start, end = reading.sentences[number]
    if goes_on(reading, number) or reading.text[start:end].lstrip('“"').startswith("The "):
        return None
    rows = [alignment.sentence.words.index(word) for run in names for word in run]
    own = [alignment.column(source, word) for word in reading.of_sentence(number)]
    if float(alignment.matches[np.ix_(rows, own)].max()) >= ANOTHER_FORM:
        return None
    said = {word.stem for word in alignment.sentence.words}
    for run in name_runs(reading):
        telling = [word for word in run if word.stem not in TITLES and word.plain not in CALENDAR]
        if (
            run[0].clause != reading.words[at].clause
            or not telling
            or not acts(reading, run)
            or any(word.stem in said for word in telling)
            or (len(run) == 1 and run[0].opens)
        ):
            continue
        columns = [alignment.column(source, reading.words.index(word)) for word in telling]
        if float(alignment.matches[np.ix_(rows, columns)].max()) >= _ALIKE:
            return " ".join(word.text for word in run)
    return None
