"""Candidates: the questions that the sentences of a collection answer, without those that have several answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.evaluation.drafting.about_dates import about_dates
from bot.evaluation.drafting.about_figures import about_existence, about_figures
from bot.evaluation.drafting.about_names import about_names, about_persons
from bot.evaluation.drafting.clauses import clauses_of
from bot.evaluation.drafting.collection import Collection, SourceSentence, is_plain
from bot.evaluation.drafting.dates import holds_date
from bot.evaluation.drafting.figures import read_figure
from bot.evaluation.drafting.names import NameKind, Names, by_last_name
from bot.evaluation.drafting.questions import Proposal, stands_alone
from bot.evaluation.drafting.runs import runs_of
from bot.evaluation.drafting.tokens import Tokens
from bot.evaluation.matching import holds_any
from index.words import stems

_ASKING = frozenset(
    stems("who which what how many much when where since percentage year level long old tall high")
)
_FEWEST_STEMS = 3
"""Words that a question has to share with its sentence, or it could be about anything."""
_SAME = 0.75
"""A sentence with this share of a question's words, by what they tell, may answer it as well."""
_CONFIRMING = 0.9
_WHOEVER = frozenset(("office", "age"))
"""Forms of which the words of the question are few by nature."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, the sentence that answers it, and the stems of the question's content words.

    `telling` are those of them that stand in the sentence as well.
    """

    proposal: Proposal
    sentence: SourceSentence
    stems: frozenset[str]
    telling: frozenset[str]

    @classmethod
    def of(cls, proposal: Proposal, sentence: SourceSentence) -> Candidate:
        """Return the candidate that a proposal about a sentence is."""
        asked = frozenset(stems(proposal.question)) - _ASKING
        return cls(proposal, sentence, asked, asked & sentence.stems)


def candidates(collection: Collection, names: Names) -> list[Candidate]:
    """Return what the sentences of a collection can be asked, each form once a sentence."""
    known = _persons(collection, names)
    found: list[Candidate] = []
    for sentence in collection.sentences:
        if is_plain(sentence):
            full = known[sentence.article]
            found += [Candidate.of(each, sentence) for each in _of_sentence(sentence, names, full)]
    return _without_conflicts(found)


def _persons(collection: Collection, names: Names) -> dict[int, dict[str, str]]:
    """Return the persons of each article by their last names."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for sentence in collection.sentences:
        runs = [run.text for run in runs_of(sentence.tokens)]
        found[sentence.article].update(name for name in runs if names.kinds.get(name) is NameKind.PERSON)
    return {article: by_last_name(persons) for article, persons in found.items()}


def _of_sentence(sentence: SourceSentence, names: Names, full: Mapping[str, str]) -> Iterator[Proposal]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for proposal in _proposals(sentence.tokens, names, full):
        which = (proposal.form, proposal.answers)
        if which not in seen and stands_alone(proposal, sentence.text):
            seen.add(which)
            yield proposal


def _proposals(tokens: Tokens, names: Names, full: Mapping[str, str]) -> Iterator[Proposal]:
    yield from about_persons(tokens, names)
    yield from about_existence(tokens)
    for clause in clauses_of(tokens, names):
        yield from about_figures(clause)
        yield from about_dates(clause)
        yield from about_names(clause, names, full)


def _without_conflicts(found: list[Candidate]) -> list[Candidate]:
    answers: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for candidate in found:
        answers[candidate.proposal.question.casefold()].add(candidate.proposal.answers)
    return [each for each in found if len(answers[each.proposal.question.casefold()]) == 1]


def sources_of(candidate: Candidate, collection: Collection) -> tuple[str, ...]:
    """Return what cites the articles that answer a candidate, its own first; none where another one contradicts.

    Articles published later than its own do not count: they do not exist for the question.
    """
    telling = candidate.telling
    own = collection.articles[candidate.sentence.article]
    if candidate.proposal.form in _WHOEVER:
        return (own.source,)
    if len(telling) < _FEWEST_STEMS:
        return ()
    sources = [own.source]
    for other, share in collection.sharing(telling):
        article = collection.articles[other.article]
        if share < _SAME or other is candidate.sentence or _is_later(article.published, own.published):
            continue
        if holds_any(other.text, candidate.proposal.answers):
            sources += [article.source] if share >= _CONFIRMING else []
        elif _has_answer(candidate, other):
            return ()
    return tuple(dict.fromkeys(sources))


def _is_later(published: date | None, own: date | None) -> bool:
    return published is not None and own is not None and published > own


def _has_answer(candidate: Candidate, other: SourceSentence) -> bool:
    """Tell whether a sentence holds something that could be an answer of the kind that is asked for."""
    tokens = other.tokens
    if candidate.proposal.kind == "numbers":
        return any(read_figure(tokens, at) is not None for at in range(len(tokens)))
    if candidate.proposal.kind == "dates":
        return holds_date(tokens)
    asked = candidate.proposal.question
    return any(run.text not in asked for run in runs_of(tokens))
