"""Details of a question that can be exchanged: names, years, months, things counted; and what may stand in their place.

What may be put in stands elsewhere in the articles, in the same one where possible: whoever answers from a sentence
that is only near falls for that most easily.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.amounts import is_year
from bot.evaluation.drafting.collection import Collection
from bot.evaluation.drafting.name_words import BODY_NOUNS
from bot.evaluation.drafting.names import NameKind, Names, last_name
from bot.evaluation.drafting.proposing import Candidate
from bot.evaluation.drafting.runs import is_part, runs_of
from bot.evaluation.drafting.tokens import tokens_of
from bot.evaluation.drafting.word_classes import MONTHS
from index.words import stem, stems

_FAR = 40
"""Names from other articles that are offered beside those of the same one."""
_YEARS = 5
"""How far another year may lie from the one in the question."""
_YEAR = re.compile(r"(?<![\w$£€¥.,–-])\d{4}(?![\w%]|[-–/.,]\d)")
_MONTH = re.compile(r"\b(?:in|on|of|by|since|early|late) (" + "|".join(MONTHS) + r")\b", re.IGNORECASE)
_OTHER_MONTHS = tuple(month for month in MONTHS if month != "May")
"""May is among the commonest words: where it stands as a month cannot be looked up."""
_COUNTED = re.compile(r"How many ([a-z]+s|men|women|children)\b(?! of\b)")
_MEASURES = frozenset((
    "tonnes", "tons", "dollars", "crowns", "euros", "pounds", "metres", "meters", "miles", "kilometres", "kilometers",
    "feet", "inches", "degrees", "acres", "barrels", "gallons", "litres", "hectares", "minutes", "hours", "days",
    "weeks", "months", "years", "times", "points", "votes", "marks", "seconds",
))  # fmt: skip
_PERSONS = ("men", "women", "children", "ers", "ors", "ists", "ians", "ees", "ents", "ants")
"""Endings of what people are called."""
_VOWELS = "AEIOUaeiou"


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail of a question: of what kind, from character `start` to `end`, and what may stand there, best first."""

    kind: str
    start: int
    end: int
    others: tuple[str, ...]


class Details:
    """Finds the details of questions, and others of their kinds in the collection; `chance` settles the order."""

    def __init__(
        self, collection: Collection, names: Names, found: Sequence[Candidate], chance: random.Random
    ) -> None:
        self._collection = collection
        self._names = names
        self._chance = chance
        self._all = {kind: names.of_kind(kind) for kind in NameKind}
        self._near = _names_by_article(collection, names)
        self._counted = _counted_by_article(found)

    def of(self, candidate: Candidate) -> Iterator[Detail]:
        """Give the details of a candidate's question."""
        question, article = candidate.proposal.question, candidate.sentence.article
        yield from self._named(question, article)
        for month in _MONTH.finditer(question):
            yield self._detail("month", month, 1, _OTHER_MONTHS)
        for year in _YEAR.finditer(question):
            if is_year(year[0]):
                yield self._detail("year", year, 0, self._years(int(year[0]), article))
        counted = _COUNTED.match(question)
        if counted and counted[1] not in _MEASURES:
            yield self._detail("noun", counted, 1, sorted(self._counted[article]))

    def _detail(self, kind: str, match: re.Match[str], group: int, others: Sequence[str]) -> Detail:
        fitting = [other for other in others if other != match[group] and _counts_alike(other, match[group])]
        self._chance.shuffle(fitting)
        return Detail(kind, match.start(group), match.end(group), tuple(fitting))

    def _years(self, year: int, article: int) -> list[str]:
        """Return the years around one that had begun when an article was published."""
        published = self._collection.articles[article].published
        last = min(year + _YEARS, published.year if published else year + _YEARS)
        return [str(other) for other in range(year - _YEARS, last + 1)]

    def _named(self, question: str, article: int) -> Iterator[Detail]:
        tokens = tokens_of(question)
        for run in runs_of(tokens):
            kind = self._kind(run.text, article)
            match = re.search(rf"(?<!\w){re.escape(run.text)}(?!\w)", question)
            if kind and match and run.start and not run.titled and not is_part(tokens, run):
                others = self._others(run.text, kind, article)
                fitting = (
                    other for other in others if _fits_article(question[: match.start()], run.text, other)
                )
                yield Detail(kind.value, match.start(), match.end(), tuple(fitting))

    def _kind(self, name: str, article: int) -> NameKind | None:
        """Return what a name names; a last name alone is a person where the article has the full one."""
        near = self._near[article]
        lasts = {last_name(each) for each in near if self._names.kinds[each] is NameKind.PERSON}
        return self._names.kinds.get(name) or (NameKind.PERSON if name in lasts else None)

    def _others(self, name: str, kind: NameKind, article: int) -> Iterator[str]:
        near = [other for other in self._near[article] if self._names.kinds[other] is kind]
        self._chance.shuffle(near)
        far = self._chance.sample(self._all[kind], min(_FAR, len(self._all[kind])))
        alone = kind is NameKind.PERSON and " " not in name
        for other in dict.fromkeys((*near, *far)):
            if self._is_like(name, other, kind):
                yield last_name(other) if alone else other

    def _is_like(self, name: str, other: str, kind: NameKind) -> bool:
        """Tell whether another name is a different one that fits where the first stands."""
        if kind is NameKind.PERSON and stem(last_name(name)) == stem(last_name(other)):
            return False
        if kind is NameKind.BODY and _group(name) != _group(other):
            return False
        one, two = stems(name), stems(other)
        contained = one <= two or two <= one
        return not contained and (name in self._names.with_article) == (other in self._names.with_article)


def _group(body: str) -> str | None:
    return BODY_NOUNS.get(body.split()[-1].casefold())


def _counts_alike(one: str, other: str) -> bool:
    return one.endswith(_PERSONS) == other.endswith(_PERSONS)


def _fits_article(before: str, name: str, other: str) -> bool:
    """Tell whether "a" or "an", where it stands before a name, fits another one."""
    if before.split()[-1].casefold() not in ("a", "an"):
        return True
    return (name[0] in _VOWELS) == (other[0] in _VOWELS)


def _names_by_article(collection: Collection, names: Names) -> list[list[str]]:
    found: list[set[str]] = [set() for _ in collection.articles]
    for sentence in collection.sentences:
        runs = (run.text for run in runs_of(sentence.tokens))
        found[sentence.article].update(name for name in runs if name in names.kinds)
    return [sorted(each) for each in found]


def _counted_by_article(found: Sequence[Candidate]) -> defaultdict[int, set[str]]:
    counted: defaultdict[int, set[str]] = defaultdict(set)
    for candidate in found:
        match = _COUNTED.match(candidate.proposal.question)
        if match and match[1] not in _MEASURES:
            counted[candidate.sentence.article].add(match[1])
    return counted
