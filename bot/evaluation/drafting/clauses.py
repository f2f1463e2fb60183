"""Sentences read as one main clause: who or what, the verb, and what follows, so that they can be asked about.

There is no parser here. A clause is read only where its subject is a plain noun phrase, its verb is one of a list, and
nothing behind it could turn out to be the real verb; all other sentences are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.evaluation.drafting.dates import DatePhrase, read_date, without_passing_times
from bot.evaluation.drafting.names import Names
from bot.evaluation.drafting.noun_phrases import find_subject, is_plural
from bot.evaluation.drafting.predicates import LINKS, predicate_of
from bot.evaluation.drafting.tokens import Tokens, joined, token_of
from bot.evaluation.drafting.verb_groups import VerbGroup, read_verb_group
from bot.evaluation.drafting.word_classes import CONJUNCTIONS, OPENERS

_LONGEST_OPENING = 8
"""Tokens in which the comma behind "Earlier this month," is looked for."""
_REPORTING = frozenset((
    "said", "says", "told", "added", "reported", "announced", "confirmed", "estimated", "showed", "shows", "found",
    "noted", "showing", "reports",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A main clause.

    `subject` begins as it is written inside a sentence; `aside` is what stands between commas behind it, `fronted` a
    date before it, of which `date` is what a question takes along. `rest` is what follows the verb, up to the first
    comma or dash.
    """

    subject: Tokens
    aside: Tokens
    verb: VerbGroup
    rest: Tokens
    fronted: DatePhrase | None
    date: Tokens

    def ask(self, asking: str, rest: Tokens) -> str:
        """Return the question that `asking` opens, with the verb around the subject."""
        return self._question(asking, self.verb.auxiliary, joined(self.subject), self.verb.main, rest=rest)

    def ask_subject(self, asking: str, rest: Tokens) -> str:
        """Return the question that asks for the subject."""
        return self._question(asking, self.verb.finite, rest=rest)

    def _question(self, *parts: str, rest: Tokens) -> str:
        said = " ".join(part for part in (*parts, joined(rest)) if part)
        date = joined(self.date)
        if date and any(token.lower in LINKS for token in rest):
            # Behind a clause the date would be the clause's own.
            return f"{date[0].upper()}{date[1:]}, {said[0].lower()}{said[1:]}?"
        return f"{said} {date[0].lower()}{date[1:]}?" if date else f"{said}?"


def clauses_of(sentence: Tokens, names: Names) -> Iterator[Clause]:
    """Give the clauses of a sentence that can be told for certain: the first, those behind "said that" and ", and"."""
    opens = _clause_at(sentence, names, inside=False)
    if opens:
        yield opens
    for at in _clause_starts(sentence):
        clause = _clause_at(sentence[at:], names, inside=True)
        if clause:
            yield clause


def _clause_starts(sentence: Tokens) -> Iterator[int]:
    """Give where a clause of its own begins behind "said that", ", and" or a semicolon."""
    for at in range(2, len(sentence) - 5):
        token, before = sentence[at], sentence[at - 1]
        if (
            (token.lower == "that" and _REPORTING & {each.lower for each in sentence[max(0, at - 4) : at]})
            or token.text == ";"
            or (before.text == "," and token.lower in ("and", "but", "while"))
        ):
            yield at + 1


def _clause_at(sentence: Tokens, names: Names, *, inside: bool) -> Clause | None:
    start, fronted = _opening(sentence)
    tokens = _as_inside(without_passing_times(sentence[start:]), names, opens=not (start or inside))
    found = find_subject(tokens)
    if found is None:
        return None
    end, verb_at = found
    subject = tokens[:end]
    verb = read_verb_group(tokens, verb_at, plural=is_plural(subject))
    if verb is None:
        return None
    rest = predicate_of(verb, tokens[verb.end :])
    if rest is None:
        return None
    date = sentence[: fronted.end] if fronted else ()
    return Clause(subject, tokens[end + 1 : verb_at - 1], verb, rest, fronted, date)


def _as_inside(tokens: Tokens, names: Names, *, opens: bool) -> Tokens:
    """Return a clause with its first word as it is written inside a sentence; nothing where nobody can tell."""
    if not tokens or not (opens or tokens[0].text == "The"):
        return tokens
    written = names.written_inside(tokens)
    return () if written is None else (token_of(written, tokens[0].kind, spaced=False), *tokens[1:])


def _opening(tokens: Tokens) -> tuple[int, DatePhrase | None]:
    """Return where the main clause begins behind "However," or "In 2019,", and the date that stood there."""
    first = tokens[0].lower if tokens else ""
    if first in OPENERS and len(tokens) > 1:
        if tokens[1].text == ",":
            return 2, None
        if first in CONJUNCTIONS:
            return 1, None
    date = read_date(tokens, 0) if tokens else None
    if date and date.end < len(tokens) and tokens[date.end].text == ",":
        return date.end + 1, date
    if date:
        return date.end, date
    return _passing_opening(tokens), None


def _passing_opening(tokens: Tokens) -> int:
    """Return where the main clause begins behind "On Tuesday," or "Last year,"."""
    comma = next((at for at, token in enumerate(tokens[:_LONGEST_OPENING]) if token.text == ","), 0)
    return comma + 1 if comma and not without_passing_times(tokens[:comma]) else 0
