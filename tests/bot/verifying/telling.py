"""What texts tell, as the checks of clauses get it."""

from __future__ import annotations

from functools import cache

from bot.verifying.clauses import Clause, Noun, Told
from bot.verifying.excerpts import written
from bot.verifying.reading import Reading, read
from bot.verifying.syntax import SpacyParser
from bot.verifying.told import Teller


@cache
def teller() -> Teller:
    """Return what finds what texts tell; the parser is loaded once."""
    return Teller(SpacyParser())


def told(text: str) -> tuple[Reading, Told]:
    """Return the reading of a text, and what it tells."""
    reading = read(text)
    return reading, teller().told([reading])[0]


def clause_of(text: str, verb: str) -> tuple[Reading, Told, Clause]:
    """Return the clause of a text that has a verb."""
    reading, found = told(text)
    return (
        reading,
        found,
        next(each for each in found.clauses if reading.words[each.verb].text == verb),
    )


def shown(reading: Reading, nouns: tuple[Noun, ...]) -> list[str]:
    """Return nouns as they are written."""
    return [written(reading, noun.words) for noun in nouns]
