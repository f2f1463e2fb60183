"""Questions that a figure answers: how many, how much, how long, what percentage, what something was set at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from bot.evaluation.drafting.clauses import Clause
from bot.evaluation.drafting.figures import Figure, read_figure
from bot.evaluation.drafting.noun_phrases import looks_past, names_several
from bot.evaluation.drafting.predicates import endings
from bot.evaluation.drafting.questions import Proposal
from bot.evaluation.drafting.tokens import TokenKind, Tokens, joined
from bot.evaluation.drafting.word_classes import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    JOINING,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    TIME_UNITS,
)

_MEASURES = frozenset(("long", "tall", "high", "deep", "wide", "old", "thick", "heavy"))
_RISING = frozenset((
    "fall", "rise", "drop", "climb", "grow", "increase", "decrease", "decline", "jump", "soar", "surge", "slip",
    "tumble", "shrink", "plunge", "gain",
))  # fmt: skip
_REACHING = frozenset(("reach", "total", "exceed", "average", "hit", "be"))
_PAYING = frozenset((
    "pay", "spend", "raise", "donate", "earn", "invest", "lose", "cost", "pledge", "receive", "owe", "borrow",
    "contribute", "allocate", "offer", "save", "make", "win", "give", "generate", "charge", "provide", "grant",
    "fine", "request", "seek", "demand", "commit", "approve", "collect",
))  # fmt: skip
_NO_COUNTERS = frozenset(("turn", "become", "remain", "say", "rank", "average", "be")) | _RISING
_PARTICLES = frozenset((
    ("bring", "in"), ("take", "in"), ("lay", "off"), ("carry", "out"), ("set", "up"), ("hand", "out"),
))  # fmt: skip
"""Verbs with a particle before their object: brought in 1.87 million tonnes."""
_PUTTING = frozenset(("put", "set", "estimate", "value"))
_SET = frozenset(
    ("set", "value", "estimate", "stand", "peak", "license", "sentence", "close", "price", "put", "cap")
)
_NOT_SET = _RISING | {"be", "range", "go"}
_SET_BY = PREPOSITIONS - {"up", "down", "over", "than", "from"}
_COUNTED_BEHIND = frozenset(("for", "to", "by", "on", "with"))
_UNCOUNTED = TIME_UNITS | {"other", "others", "of", "percentage"}
_CLOSING = (
    PREPOSITIONS | JOINING | RELATIVES | CONJUNCTIONS | AUXILIARIES | DETERMINERS
    | {"aboard", "ashore", "later", "ago", "away", "apart", "each", "annually", "daily", "overall", "back", "home"}
)  # fmt: skip

_Asked = Iterator[tuple[str, str, Figure]]


def about_figures(clause: Clause) -> Iterator[Proposal]:
    """Give the questions that the figures of a clause answer."""
    counts = (_counted_subject, _counted_object, _share, _sum)
    levels = (_change, _measure, _amount, _put_at, _set_at)
    for ask in (*counts, *levels):
        for form, question, figure in ask(clause):
            yield Proposal("numbers", form, question, (figure.text,))


def about_existence(sentence: Tokens) -> Iterator[Proposal]:
    """Give the question about "There were 140 monitors in Maleth": how many monitors were there in Maleth."""
    if len(sentence) < 4 or sentence[0].lower != "there" or sentence[1].lower not in ("are", "were"):
        return
    figure = read_figure(sentence, 2)
    end = figure and _counted_end(sentence, figure.end)
    if not figure or not end or figure.money or figure.percent:
        return
    after = tuple(takewhile(lambda token: token.kind is not TokenKind.MARK, sentence[end:]))
    counted = joined(sentence[figure.end : end])
    for rest in _going_on(after):
        question = f"How many {counted} {sentence[1].lower} there {joined(rest)}?"
        yield Proposal("numbers", "existence", question, (figure.text,))


def _counted_subject(clause: Clause) -> _Asked:
    """Ask about "14 people were killed in Port Elden": how many people were killed in Port Elden."""
    figure = read_figure(clause.subject, 0)
    if figure is None or clause.aside or figure.money:
        return
    counted = clause.subject[figure.end :]
    asking = _counting(counted, percent=figure.percent)
    if asking:
        for rest in endings(clause.rest, 0):
            yield "counted subject", clause.ask_subject(asking, rest), figure


def _counting(counted: Tokens, *, percent: bool) -> str:
    if not counted or counted[0].lower in CONJUNCTIONS:
        return ""
    if percent:
        return f"What percentage {joined(counted)}" if counted[0].lower == "of" else ""
    head = next((at for at, token in enumerate(counted) if token.lower in PREPOSITIONS), len(counted))
    if not head or counted[0].lower in _UNCOUNTED or not names_several(counted[head - 1]):
        return ""
    return f"How many {joined(counted)}"


def _counted_object(clause: Clause) -> _Asked:
    """Ask about "Ferries carried 2.7 million passengers": how many passengers did ferries carry."""
    particle = bool(clause.rest) and (clause.verb.base, clause.rest[0].lower) in _PARTICLES
    figure = read_figure(clause.rest, int(particle))
    if figure is None or figure.money or figure.percent or clause.verb.base in _NO_COUNTERS:
        return
    end = _counted_end(clause.rest, figure.end)
    if end is None:
        return
    counted = joined(clause.rest[figure.end : end])
    for rest in _going_on(clause.rest[end:]):
        yield "counted object", clause.ask(f"How many {counted}", clause.rest[: int(particle)] + rest), figure


def _counted_end(tokens: Tokens, start: int) -> int | None:
    """Return where what a figure counts ends: the words up to a plural, and "of" with what follows it."""
    at = _run_end(tokens, start)
    if at == start or not names_several(tokens[at - 1]) or tokens[start].lower in _UNCOUNTED - TIME_UNITS:
        return None
    following = [token.lower for token in tokens[at : at + 2]]
    if tokens[at - 1].lower in TIME_UNITS:
        if following[:1] and following[0] in ("ago", "after", "before", "later", "earlier", "from"):
            return None
        if following in (["in", "prison"], ["in", "jail"], ["behind", "bars"]):
            return at + 2
    if following[:1] == ["per"] and len(following) == 2:
        return at + 2
    if following[:1] == ["of"]:
        end = _run_end(tokens, at + 1)
        return end if end > at + 1 else None
    return at


def _going_on(after: Tokens) -> Iterator[Tokens]:
    """Give what stands behind what is counted in ever shorter forms, where it does not belong to that."""
    if not after or after[0].lower not in CONJUNCTIONS | {"of"}:
        yield from endings(after, 0)


def _run_end(tokens: Tokens, at: int) -> int:
    start = at
    while at < len(tokens) and tokens[at].is_word and not _closes(tokens[at].lower):
        if at > start and looks_past(tokens, at):
            break
        at += 1
    return at


def _closes(word: str) -> bool:
    return word in _CLOSING or (word.endswith("ly") and word != "family")


def _share(clause: Clause) -> _Asked:
    """Ask about "Marran won 40% of the votes": what percentage of the votes did Marran win."""
    figure = read_figure(clause.rest, 0)
    if figure is None or not figure.percent or clause.verb.base in _NO_COUNTERS:
        return
    after = clause.rest[figure.end :]
    if not after or after[0].lower != "of":
        return
    end = _run_end(after, 1)
    if end == 1 or after[1].lower in POSSESSIVES | ARTICLES:
        end = _run_end(after, 2)
    for rest in _going_on(after[end:]):
        yield "share", clause.ask(f"What percentage {joined(after[:end])}", rest), figure


def _sum(clause: Clause) -> _Asked:
    """Ask about "Lorvane Steel lost $87 million": how much did Lorvane Steel lose."""
    figure = read_figure(clause.rest, 0)
    if figure is None or not figure.money or clause.verb.base not in _PAYING:
        return
    after = clause.rest[figure.end :]
    if not after or after[0].lower in (PREPOSITIONS | JOINING) - {"of"}:
        for rest in endings(after, 0):
            yield "sum", clause.ask("How much", rest), figure


def _change(clause: Clause) -> _Asked:
    """Ask about "Rents rose 5% in May": by what percentage did rents rise; "to $900": what did rents rise to."""
    if clause.verb.base not in _RISING or not clause.rest:
        return
    preposition = clause.rest[0].lower if clause.rest[0].lower in ("by", "to") else ""
    figure = read_figure(clause.rest, 1 if preposition else 0)
    if figure is None:
        return
    after = clause.rest[figure.end :]
    goes_on = bool(after) and after[0].lower not in PREPOSITIONS - {"of"}
    if preposition == "to":
        yield from _level(clause, figure, goes_on=goes_on)
    elif figure.percent and not goes_on:
        for rest in endings(after, 0):
            yield "change", clause.ask("By what percentage", rest), figure


def _level(clause: Clause, figure: Figure, *, goes_on: bool) -> _Asked:
    to = clause.rest[:1]
    if figure.percent or figure.money:
        if not goes_on:
            for rest in endings(clause.rest[figure.end :], 0):
                yield "level", clause.ask("What", (*to, *rest)), figure
        return
    end = _counted_end(clause.rest, figure.end)
    if end is not None:
        for rest in endings(clause.rest[end:], 0):
            counted = joined(clause.rest[figure.end : end])
            yield "level", clause.ask(f"How many {counted}", (*to, *rest)), figure


def _measure(clause: Clause) -> _Asked:
    """Ask about "The tower is 38 metres tall": how tall is the tower."""
    figure = read_figure(clause.rest, 0)
    stands = clause.verb.base == "stand" or (clause.verb.base == "be" and not clause.verb.main)
    if figure is None or not stands:
        return
    after = clause.rest[figure.end :]
    if len(after) > 1 and after[1].lower in _MEASURES:
        for rest in _going_on(after[2:]):
            yield "measure", clause.ask(f"How {after[1].lower}", rest), figure


def _amount(clause: Clause) -> _Asked:
    """Ask about "Unemployment was 14.5 percent in May": what was unemployment in May."""
    figure = read_figure(clause.rest, 0)
    if figure is None or clause.verb.base not in _REACHING or clause.verb.passive:
        return
    if not (figure.percent or figure.money):
        return
    after = clause.rest[figure.end :]
    if not after or after[0].lower in PREPOSITIONS - {"of", "to"}:
        for rest in endings(after, 0):
            yield "amount", clause.ask("What", rest), figure


def _put_at(clause: Clause) -> _Asked:
    """Ask about "The Authority puts the stock at 196,000 tonnes": at how many tonnes does it put the stock."""
    if clause.verb.base not in _PUTTING or clause.verb.passive:
        return
    at = next((at for at, token in enumerate(clause.rest) if token.lower == "at"), 0)
    figure = read_figure(clause.rest, at + 1) if at else None
    if figure is None:
        return
    placed, end = clause.rest[:at], figure.end
    if any(token.lower in PREPOSITIONS - {"of", "for", "on"} for token in placed):
        return
    if not (figure.percent or figure.money):
        end = _counted_end(clause.rest, figure.end) or 0
    if end:
        counted = joined(clause.rest[figure.end : end])
        asking = f"At how many {counted}" if counted else "At what level"
        for rest in _going_on(clause.rest[end:]):
            yield "put at", clause.ask(asking, (*placed, *rest)), figure


def _set_at(clause: Clause) -> _Asked:
    """Ask about "The ferry was licensed for 320 passengers": how many passengers was the ferry licensed for."""
    preposition = clause.rest[:1]
    if clause.verb.base in _NOT_SET or not any(token.lower in _SET_BY for token in preposition):
        return
    figure = read_figure(clause.rest, 1)
    if figure is None:
        return
    after = clause.rest[figure.end :]
    if figure.money or figure.percent:
        if clause.verb.base in _SET and (not after or after[0].lower in PREPOSITIONS - {"of"}):
            for rest in endings(after, 0):
                yield "set at", clause.ask("What", (*preposition, *rest)), figure
        return
    end = _counted_end(clause.rest, figure.end)
    if end is not None:
        yield from _counted_behind(clause, figure, end)


def _counted_behind(clause: Clause, figure: Figure, end: int) -> _Asked:
    preposition, counted = clause.rest[:1], joined(clause.rest[figure.end : end])
    lasting = clause.rest[end - 1].lower in TIME_UNITS
    if lasting and preposition[0].lower == "for":
        for rest in endings(clause.rest[end:], 0):
            yield "duration", clause.ask(f"For how many {counted}", rest), figure
        return
    wanted = {"to"} if lasting else _COUNTED_BEHIND | ({"at"} if clause.verb.base in _SET else set())
    if preposition[0].lower in wanted:
        for rest in _going_on(clause.rest[end:]):
            yield "set at", clause.ask(f"How many {counted}", (*preposition, *rest)), figure
