"""Whether what is counted, or given per something, is the same in a sentence and in its sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.verifying.alignment import SAME, SYNONYM, Alignment
from bot.verifying.amounts.figure import Figure
from bot.verifying.figures import undated_figures
from bot.verifying.quantities import same_amount, same_number
from bot.verifying.reading import Reading

_ANYBODY = frozenset(("people", "persons", "men", "women"))
"""Who may be counted as cases, deaths or members."""
_AS_A_MATTER_OF_COURSE = frozenset(("cent", "year", "head", "day"))
"""What things are so often given per that passages do not say it each time."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A figure with the number of the word that it counts."""

    figure: Figure
    noun: int


def counted_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield what the sentence counts, or gives something per, and the sources do otherwise."""
    yield from _per_another(alignment)
    yield from _counts_another(alignment)


def _per_another(alignment: Alignment) -> Iterator[str]:
    """Yield what something is given per, where the sources give it per something else: a tonne, for a quintal."""
    theirs = [after.text for word, after in pairwise(alignment.words) if word.plain == "per"]
    held = {word.stem for word in alignment.words}
    words = alignment.sentence.words
    for word, after in pairwise(words):
        known = after.plain in _AS_A_MATTER_OF_COURSE or after.stem in held
        if theirs and word.plain == "per" and after.is_content and not known:
            yield f"The passages give this per {theirs[0]}, not per {after.text}."


def _counts_another(alignment: Alignment) -> Iterator[str]:
    """Yield what a figure counts that another one counts in the sources: "48 goals in 11 matches", turned round."""
    told = [(each, source) for source, reading in enumerate(alignment.readings) for each in _counted(reading)]
    for said in _counted(alignment.sentence):
        matches = alignment.matches[said.noun]
        same = [(each, source) for each, source in told if same_amount(said.figure, each.figure)]
        counts_it = any(matches[alignment.column(source, each.noun)] >= SYNONYM for each, source in same)
        if not same or counts_it:
            continue
        if any(
            matches[alignment.column(source, each.noun)] >= SAME and not same_number(said.figure, each.figure)
            for each, source in told
        ):
            own, source = same[0]
            number = said.figure.text(alignment.sentence)
            theirs = alignment.readings[source].words[own.noun].text
            yield f"The passages say “{number} {theirs}”, not “{number} {alignment.sentence.words[said.noun].text}”."


def _counted(reading: Reading) -> Iterator[_Counted]:
    """Give the figures without a unit that have a noun right behind them."""
    for figure in undated_figures(reading):
        behind = figure.last + 1
        if figure.unit or behind >= len(reading.words) or reading.between(figure.last, behind) != " ":
            continue
        word = reading.words[behind]
        if word.is_content and not word.is_figure and word.plain not in _ANYBODY:
            yield _Counted(figure, behind)
