"""Whether the dates of a sentence stand in its sources, or follow from when these were published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.verifying.alignment import Alignment
from bot.verifying.dates import Date, dates_in, dates_meant
from bot.verifying.reading import Reading
from bot.verifying.slots import around, fit

_CLEARLY = 1.25
_Found = tuple[int, Date | None]


def date_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield why the dates of a sentence are not borne out."""
    sentence = alignment.sentence
    for said in dates_in(sentence.text):
        written = sentence.text[said.start : said.end]
        fitting: list[_Found] = []
        others: list[_Found] = []
        for number, source in enumerate(alignment.sources):
            texts = dates_meant(source.text, source.published_at)
            for own in texts:
                (fitting if own.bears_out(said) or _together(own, said, texts) else others).append(
                    (number, own)
                )
            published = source.published_at
            if published and Date(
                0, 0, published.day, published.month, published.year, published.weekday()
            ).bears_out(said):
                fitting.append((number, None))
            if source.title and any(own.bears_out(said) for own in dates_in(source.title)):
                fitting.append((number, None))
        if not fitting:
            yield f"No cited passage gives the date {written}."
        elif all(own is not None for _, own in fitting):
            rival = _rival(alignment, said, fitting, others)
            if rival:
                yield f"The passages give {written} for something else; for this they give {rival}."


def _together(own: Date, said: Date, others: tuple[Date, ...]) -> bool:
    """Tell whether a date is borne out with the year of another one beside it: "on 3 May", in a text of 2024."""
    if said.year is None or own.year is not None or own.month is None:
        return False
    return own.bears_out(replace(said, year=None)) and {other.year for other in others if other.year} == {
        said.year
    }


def _rival(alignment: Alignment, said: Date, fitting: list[_Found], others: list[_Found]) -> str | None:
    place = _words_of(alignment.sentence, said)
    if place is None:
        return None
    asked = around(alignment.sentence, *place)

    def score(found: _Found) -> float:
        number, date = found
        own = _words_of(alignment.readings[number], date) if date else None
        return fit(alignment, asked, number, *own) if own else 0.0

    own = max(map(score, fitting))
    stated = dates_in(alignment.sentence.text)
    rivals = [
        found
        for found in others
        if found[1]
        and _same_kind(said, found[1])
        and not any(found[1].bears_out(each) for each in stated if each != said)
    ]
    best = max(rivals, key=score, default=None)
    if best is None or best[1] is None or score(best) <= own * _CLEARLY:
        return None
    return alignment.sources[best[0]].text[best[1].start : best[1].end]


def _same_kind(said: Date, other: Date) -> bool:
    return said.contradicts(other) and (said.year is None) == (other.year is None)


def _words_of(reading: Reading, date: Date) -> tuple[int, int] | None:
    numbers = [number for number, word in enumerate(reading.words) if date.start <= word.start < date.end]
    return (numbers[0], numbers[-1]) if numbers else None
