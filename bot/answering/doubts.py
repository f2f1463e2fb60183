"""Doubts: why the best sentence is no answer, however well it matches.

A near miss, a question whose who, where, when or quantity was swapped for another, finds the sentence that answers the
original. What gives it away are words: a name that is not there, a like one in its place, killed for wounded, another
year. Each of these is a reason to decline that a reader can check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answering.amounts import counts_people, is_year, lacks_amount
from bot.answering.asked import Asked
from bot.answering.borne_out import missing_names, stems_of
from bot.answering.contrasts import contrasts, unspoken
from bot.answering.evidence import Evidence
from bot.answering.measures import lacks_measure
from bot.answering.naming import other_name
from bot.answering.standing_alone import context_start
from index.retrieval import RetrievedPassage
from index.words import stem, words


def doubt_about(asked: Asked, best: Evidence, found: Sequence[RetrievedPassage]) -> str | None:
    """Return why `best` does not answer, as a sentence for the reader, or None; `found` is all that was found."""
    return _something_else(asked, best) or _unmentioned(asked, best, found) or _not_given(asked, best)


def _something_else(asked: Asked, best: Evidence) -> str | None:
    """Tell what the sentence speaks of in the place of what is asked about."""
    text = best.sentence.text
    leant_on = _stems_leant_on(best)
    for name in asked.names:
        other = other_name(name, text)
        if other and not {stem(word) for word in words(name)} <= leant_on:
            return _instead(other, name)
    for contrast in contrasts(asked.words, words(text)):
        return _instead(contrast.instead, contrast.asked)
    return None


def _unmentioned(asked: Asked, best: Evidence, found: Sequence[RetrievedPassage]) -> str | None:
    """Tell what its passage does not speak of."""
    source = best.sentence.source
    missing = [*missing_names(asked, source), *unspoken(asked.words, stems_of(source))]
    if not missing:
        return None
    held = {word for source in found for word in stems_of(source)}
    nowhere = [name for name in missing if not any(stem(word) in held for word in words(name))]
    if nowhere:
        return f"No passage found speaks of {_listed(nowhere)}."
    return f"What comes nearest does not speak of {_listed(missing)}."


def _not_given(asked: Asked, best: Evidence) -> str | None:
    """Tell what the sentence does not give: the number, the sum, the measure, the office or the year asked for."""
    text = best.sentence.text
    if best["counted"] == -1 and not counts_people(asked.amount):
        return f"What comes nearest gives no number of {' '.join(asked.amount.counted)}."
    if lacks_amount(asked.amount, text, asked.all_stems):
        return "What comes nearest does not say how much."
    if asked.measure and lacks_measure(asked.measure, text):
        return f"What comes nearest does not say how {asked.measure.asked}."
    if best["office"] < 0:
        return "What comes nearest does not say who holds such an office."
    if best["another year"]:
        return _instead(_listed(filter(is_year, words(text))), _listed(filter(is_year, words(asked.text))))
    return None


def _stems_leant_on(best: Evidence) -> set[str]:
    """Return the stems of the sentence before, where this one leans on it: "She may carry less than the Tern was"."""
    start = context_start(best.sentence)
    if start is None:
        return set()
    return {stem(word) for word in words(best.sentence.source.article.text[start : best.sentence.start])}


def _instead(found: str, asked: str) -> str:
    return f"What comes nearest speaks of {found}, not of {asked}."


def _listed(names: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(names))
