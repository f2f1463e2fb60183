"""Whether the figures of a sentence stand in its sources, in the same unit, on the same side, and for the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.verifying.alignment import Alignment, title_of
from bot.verifying.dates import dates_in
from bot.verifying.figures import Figure, counts_nothing, figures_in, single_units_in
from bot.verifying.quantities import differ_in_unit, rounds, same_amount, same_number, same_side
from bot.verifying.reading import Reading
from bot.verifying.slots import around, fit

_CLEARLY = 1.12
"""How much better another figure has to fit, to be the one for what the sentence speaks of."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure of a source; `source` is None for one of a title."""

    figure: Figure
    source: int | None


def figure_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield why the figures of a sentence are not borne out."""
    sentence = alignment.sentence
    yield from _unread(alignment)
    yield from _per_another(alignment)
    said = undated_figures(sentence)
    if not said:
        return
    found = list(_found(alignment))
    for figure in said:
        # What the sentence says itself is no other figure's place.
        others = [
            each
            for each in found
            if not any(same_amount(other, each.figure) for other in said if other is not figure)
        ]
        same = [each for each in found if same_amount(figure, each.figure)]
        reason = _reason(alignment, figure, [*others, *(each for each in same if each not in others)])
        if reason:
            yield reason


def _unread(alignment: Alignment) -> Iterator[str]:
    """Yield what holds digits and is no figure that could be compared, as a finishing time, where the sources lack it."""
    sentence = alignment.sentence
    read = {place for figure in figures_in(sentence) for place in range(figure.first, figure.last + 1)}
    dates = dates_in(sentence.text)
    held = {word.plain for word in alignment.words}
    held |= {word.plain for source in alignment.sources for word in title_of(source).words}
    for number, word in enumerate(sentence.words):
        dated = any(date.start <= word.start < date.end for date in dates)
        if number not in read and not dated and any(map(str.isdigit, word.text)) and word.plain not in held:
            yield f"No cited passage gives {word.text}."


def _per_another(alignment: Alignment) -> Iterator[str]:
    """Yield what something is given per, where the sources give it per something else: a tonne, for a quintal."""
    words = alignment.sentence.words
    held = {word.stem for word in alignment.words}
    if "per" not in {word.plain for word in alignment.words}:
        return
    for number, word in enumerate(words[:-1]):
        per = words[number + 1]
        if (
            word.plain == "per"
            and per.is_content
            and per.plain not in ("cent", "year", "head", "day")
            and per.stem not in held
        ):
            yield f"No cited passage gives this per {per.text}."


def undated_figures(reading: Reading) -> list[Figure]:
    """Return the figures of a text that are no part of a date."""
    dates = dates_in(reading.text)
    return [
        figure
        for figure in figures_in(reading)
        if not any(
            date.start < reading.words[figure.last].end and reading.words[figure.first].start < date.end
            for date in dates
        )
    ]


def _found(alignment: Alignment) -> Iterator[_Found]:
    for number, reading in enumerate(alignment.readings):
        for figure in (*undated_figures(reading), *single_units_in(reading)):
            yield _Found(figure, number)
    for source in alignment.sources:
        if source.title:
            for figure in undated_figures(title_of(source)):
                yield _Found(figure, None)


def _reason(alignment: Alignment, said: Figure, found: Sequence[_Found]) -> str | None:
    written = said.text(alignment.sentence)
    same = [each for each in found if same_amount(said, each.figure)]
    if not same and said.unit == "":
        units = {each.unit for each in figures_in(alignment.sentence)}
        bare = counts_nothing(alignment.sentence, said)
        same = [
            each
            for each in found
            if same_number(said, each.figure)
            and each.figure.unit != "th"
            and (bare or each.figure.unit in units)
        ]
    near = [each for each in found if rounds(said, each.figure)]
    fitting = [each for each in same if same_side(said, each.figure)] + near
    if not fitting:
        other_unit = next((each for each in found if differ_in_unit(said, each.figure)), None)
        if same:
            return f"The passages do not give {_bounded(said, written)} so: {_written(alignment, same[0])}."
        if other_unit:
            return f"The passages give {_written(alignment, other_unit)}, not {written}."
        return f"No cited passage gives {written}."
    if any(each.source is None for each in fitting):
        return None
    rival = _rival(alignment, said, fitting, found)
    if rival:
        return f"The passages give {written} for something else; for this they give {_written(alignment, rival)}."
    return None


def _bounded(said: Figure, written: str) -> str:
    return f"{said.bound.name.lower().replace('_', ' ')} {written}" if said.bound.name != "NONE" else written


def _written(alignment: Alignment, each: _Found) -> str:
    if each.source is None:
        return ""
    reading = alignment.readings[each.source]
    first = max(0, each.figure.first - 2)
    return f"“{reading.text[reading.words[first].start : reading.words[each.figure.last].end]}”"


def _rival(
    alignment: Alignment, said: Figure, fitting: Sequence[_Found], found: Sequence[_Found]
) -> _Found | None:
    """Return the figure of a source that fits better what is said around a figure of the sentence."""
    asked = around(alignment.sentence, said.first, said.last)
    own = max(
        fit(alignment, asked, each.source, each.figure.first, each.figure.last)
        for each in fitting
        if each.source is not None
    )
    best, most = None, own * _CLEARLY
    least = max(covered(alignment, each) for each in fitting)
    for each in found:
        if each.source is None or each in fitting or not _same_kind(said, each.figure):
            continue
        if covered(alignment, each) < least:
            continue
        score = fit(alignment, asked, each.source, each.figure.first, each.figure.last)
        if score > most:
            best, most = each, score
    return best


def covered(alignment: Alignment, each: _Found) -> float:
    """Return how much the sentence that a figure stands in says of what the verified one says."""
    if each.source is None:
        return 0.0
    return float(alignment.covered[alignment.sentences[alignment.column(each.source, each.figure.first)]])


def _same_kind(said: Figure, other: Figure) -> bool:
    return said.unit == other.unit and not same_amount(said, other)
