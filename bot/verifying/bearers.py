"""Whose a figure is: whether the clause that has it in the sources is about whom the sentence gives it of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.verifying.alignment import SYNONYM, Alignment
from bot.verifying.amounts.figure import Figure
from bot.verifying.clauses import Clause, Noun, Told
from bot.verifying.deeds import words_of
from bot.verifying.excerpts import written
from bot.verifying.figures import figures_in
from bot.verifying.grammar import BE
from bot.verifying.quantities import same_amount
from bot.verifying.reading import Reading
from bot.verifying.referents import HARDLY, SURELY, alike, is_name


def bearer_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the first figure that somebody else has in the sources than in the sentence."""
    sentence = alignment.sentence
    for figure in figures_in(sentence):
        rival = _rival(alignment, figure)
        if rival:
            yield f"The passages say “{sentence.written(figure.first, figure.last)}” of {rival}."
            return
        mine = _bearers(alignment, sentence, alignment.told, figure.first)
        if not any(is_name(alignment, sentence, noun) for noun in mine):
            continue
        places = [
            (source, own.first)
            for source, reading in enumerate(alignment.readings)
            for own in figures_in(reading)
            if same_amount(figure, own)
        ]
        others = [_other(alignment, mine, *place) for place in places]
        if others and others[0] and all(others):
            said = sentence.written(figure.first, figure.last)
            yield f"The passages say “{said}” of {others[0]}, not of {written(sentence, mine[0].words)}."
            return


def _rival(alignment: Alignment, figure: Figure) -> str | None:
    """Return whose a figure is in the sources, where these have another one of whom the sentence gives it."""
    clause = _clause_of(alignment.told, figure.first)
    mine = () if clause is None else clause.doers or clause.objects
    if clause is None or not mine or figure.first not in words_of((*clause.objects, *clause.called)):
        return None
    if any(figure.first in noun.words for noun in mine):
        return None
    others, own = [], False
    for source, reading in enumerate(alignment.readings):
        told = alignment.told_by(source)
        for there in figures_in(reading):
            place = _clause_of(told, there.first)
            theirs = () if place is None else place.doers or place.objects
            if there.unit != figure.unit or not theirs or any(there.first in noun.words for noun in theirs):
                if same_amount(figure, there):
                    return None
                continue
            score = alike(alignment, mine, source, theirs)
            if same_amount(figure, there):
                if score >= HARDLY:
                    return None
                others.append(written(reading, theirs[0].words))
            own = own or (score >= SURELY and not same_amount(figure, there))
    return others[0] if others and own else None


def _other(alignment: Alignment, mine: Sequence[Noun], source: int, place: int) -> str | None:
    """Return whose a figure of a source surely is instead; None where it may be theirs."""
    reading, told = alignment.readings[source], alignment.told_by(source)
    clause = _clause_of(told, place)
    theirs = _bearers(alignment, reading, told, place)
    if clause is None or not any(is_name(alignment, reading, noun) for noun in theirs):
        return None
    names = [word for noun in mine for word in noun.names]
    if alike(alignment, mine, source, theirs) >= HARDLY:
        return None
    if alignment.best_match(names, source, clause.words) >= SYNONYM:
        return None
    return written(reading, theirs[0].words)


def _bearers(alignment: Alignment, reading: Reading, told: Told, place: int) -> tuple[Noun, ...]:
    """Return whose a figure is: whom it stands beside, as an age, or of whom a clause with "is" says it."""
    clause = _clause_of(told, place)
    if clause is None:
        return ()
    for nouns in (clause.doers, clause.objects):
        beside = any(noun.word == place for noun in nouns)
        if beside and any(is_name(alignment, reading, noun) for noun in nouns):
            return nouns
    said = {word for noun in clause.called for word in noun.words}
    return clause.doers if reading.words[clause.verb].plain in BE and said else ()


def _clause_of(told: Told, place: int) -> Clause | None:
    return next((clause for clause in told.clauses if place in clause.words), None)
