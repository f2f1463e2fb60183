"""Questions that a date answers: when, in which year, since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.evaluation.drafting.clauses import Clause
from bot.evaluation.drafting.dates import DatePhrase, read_date
from bot.evaluation.drafting.figures import read_figure
from bot.evaluation.drafting.predicates import endings
from bot.evaluation.drafting.questions import Proposal
from bot.evaluation.drafting.tokens import Tokens, joined
from bot.evaluation.drafting.word_classes import CONJUNCTIONS, JOINING, PREPOSITIONS, RELATIVES, TIME_UNITS
from bot.verbs import verbs

_TIMELESS = frozenset((
    "say", "tell", "warn", "believe", "claim", "argue", "have", "expect", "predict", "promise", "be",
))  # fmt: skip
"""Verbs beside which a date belongs to something else more often than not."""
_KEEPING = frozenset(
    ("of", "for", "on", "about", "against", "over", "between", "under", "during", "than", "as")
)
"""Behind these a date may belong to the noun and not to the verb: the budget for schools in 2025."""
_MADE = frozenset((
    "completed", "built", "founded", "established", "opened", "launched", "created", "formed", "published", "released",
    "signed", "passed", "enacted", "introduced",
))  # fmt: skip


def about_dates(clause: Clause) -> Iterator[Proposal]:
    """Give the questions that the dates of a clause answer."""
    yield from _made(clause)
    clause = replace(clause, date=())
    # In the present tense a past date is a caption's: "Marren visits the mill in April 2017".
    of_now = clause.verb.auxiliary in ("does", "do", *(("is", "are") if clause.verb.passive else ()))
    if of_now or clause.verb.base in _TIMELESS or read_figure(clause.subject, 0):
        return
    if clause.fronted:
        yield from _asked(clause, clause.fronted, clause.rest, 0)
        return
    for at in range(len(clause.rest)):
        date = read_date(clause.rest, at)
        if date and not (at and clause.rest[at - 1].lower in TIME_UNITS):
            yield from _asked(clause, date, clause.rest[:at] + clause.rest[date.end :], at)
        if date or _leads_away(clause.rest, at):
            return


def _asked(clause: Clause, date: DatePhrase, rest: Tokens, least: int) -> Iterator[Proposal]:
    if date.preposition == "since":
        asking = "Since when" if clause.verb.auxiliary in ("has", "have") else ""
    else:
        asking = "In which year" if date.bare_year else "When"
    for ending in endings(rest, least):
        if (
            asking
            and not _tells_time(ending)
            and (len(ending) == least or ending[least].lower not in CONJUNCTIONS)
        ):
            yield Proposal("dates", "date", clause.ask(asking, ending), (date.text,))


def _leads_away(rest: Tokens, at: int) -> bool:
    """Tell whether what follows a token may happen at another time than the verb's."""
    word = rest[at].lower
    if word in RELATIVES | CONJUNCTIONS | JOINING | _KEEPING | {"that"} or word in verbs().progressive:
        return True
    return word == "to" and at + 1 < len(rest) and rest[at + 1].lower in verbs().bases


def _tells_time(rest: Tokens) -> bool:
    """Tell whether something else says when, so that nobody would ask: a time of day, another date."""
    clock = any(token.lower.replace(".", "") in ("am", "pm", "noon", "midnight") for token in rest)
    return clock or any(read_date(rest, at) is not None for at in range(len(rest)))


def _made(clause: Clause) -> Iterator[Proposal]:
    """Ask about "The dam, completed in 1971, is 58 metres high": in which year was the dam completed."""
    aside = clause.aside
    if (
        len(aside) < 3
        or aside[0].lower not in _MADE
        or clause.verb.auxiliary in ("are", "were", "have", "do")
    ):
        return
    date = read_date(aside, 1)
    if date and date.end == len(aside) and not any(token.lower in PREPOSITIONS for token in clause.subject):
        asking = "In which year" if date.bare_year else "When"
        question = f"{asking} was {joined(clause.subject)} {aside[0].text}?"
        yield Proposal("dates", "made", question, (date.text,))
