"""Whether the dates of a sentence stand in its sources, or follow from when these were published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.verifying.alignment import Alignment
from bot.verifying.dates import Date, date_of, dates_in, dates_meant
from bot.verifying.reading import Reading
from bot.verifying.slots import around, fit
from bot.verifying.sources import Source

_CLEARLY = 1.25
"""How much better another date has to fit, to be the one of what the sentence speaks of; tuned on cases by hand."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A date in the text of a source."""

    source: int
    date: Date


def date_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield why the dates of a sentence are not borne out."""
    sentence = alignment.sentence
    for said in dates_in(sentence.text):
        fitting, others = _in_texts(alignment, said)
        beside = any(_stands_over(source, said) for source in alignment.sources)
        written = sentence.text[said.start : said.end]
        if not fitting and not beside:
            yield f"No cited passage gives the {_kind(said)} {written}."
        elif not beside:
            rival = _rival(alignment, said, fitting, others)
            if rival:
                yield f"The passages give {written} for something else; for this they give {rival}."


def _in_texts(alignment: Alignment, said: Date) -> tuple[list[_Found], list[_Found]]:
    """Return the dates of the sources that bear one out, and the others."""
    fitting: list[_Found] = []
    others: list[_Found] = []
    for number, source in enumerate(alignment.sources):
        meant = dates_meant(source.text, source.published_at)
        for own in meant:
            fits = own.bears_out(said) or _together(own, said, meant)
            (fitting if fits else others).append(_Found(number, own))
    return fitting, others


def _stands_over(source: Source, said: Date) -> bool:
    """Tell whether a date is that of a source's publication, or stands in its title."""
    if source.published_at and date_of(source.published_at).bears_out(said):
        return True
    return any(own.bears_out(said) for own in dates_in(source.title or ""))


def _kind(said: Date) -> str:
    """Return what a date that says no day of a month is."""
    if said.day or (said.month and said.year):
        return "date"
    return "month" if said.month else "year" if said.year else "day"


def _together(own: Date, said: Date, others: Sequence[Date]) -> bool:
    """Tell whether a date is borne out with the year of another one beside it: "on 3 May", in a text of 2024."""
    if said.year is None or own.year is not None or own.month is None:
        return False
    years = {other.year for other in others if other.year}
    return own.bears_out(replace(said, year=None)) and years == {said.year}


def _rival(
    alignment: Alignment, said: Date, fitting: Sequence[_Found], others: Sequence[_Found]
) -> str | None:
    """Return the date that the sources have, as they write it, for what the sentence says of another."""
    place = _words_of(alignment.sentence, said)
    if place is None:
        return None
    asked = around(alignment.sentence, *place)

    def score(found: _Found) -> float:
        own = _words_of(alignment.readings[found.source], found.date)
        return fit(alignment, asked, found.source, *own) if own else 0.0

    stated = [each for each in dates_in(alignment.sentence.text) if each != said]
    rivals = (
        found
        for found in others
        if _same_kind(said, found.date) and not any(found.date.bears_out(each) for each in stated)
    )
    best = max(rivals, key=score, default=None)
    if best is None or score(best) <= max(map(score, fitting)) * _CLEARLY:
        return None
    return alignment.sources[best.source].text[best.date.start : best.date.end]


def _same_kind(said: Date, other: Date) -> bool:
    return said.contradicts(other) and (said.year is None) == (other.year is None)


def _words_of(reading: Reading, date: Date) -> tuple[int, int] | None:
    return reading.within(date.start, date.end)
