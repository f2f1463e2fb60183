"""Judging: whether what came of a case is what its author expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.answer_json import answer_to_json
from bot.answers import Answer, Claim
from bot.evaluation.asking import Outcome
from bot.evaluation.cases import QuestionCase
from bot.evaluation.matching import holds_any
from bot.evaluation.metrics.citations import (
    BearsOut,
    citation_precision,
    citation_recall,
    quotes_verbatim,
    supported_sentences,
)
from bot.evaluation.metrics.ranking import RANKING, ranking_values
from bot.evaluation.metrics.texts import exact_match, token_f1
from bot.evaluation.results import CaseResult, Found
from bot.evaluation.sources import Collection, Expected

ANSWERED = "answered"
CONTAINMENT = "containment"
EXACT_MATCH = "exact_match"
TOKEN_F1 = "token_f1"  # noqa: S105 - no secret
CITATION_PRECISION = "citation_precision"
CITATION_RECALL = "citation_recall"
QUOTES_VERBATIM = "quotes_verbatim"
SUPPORTED = "supported"

_FOUND = "hit@10"
"""What decides about a case that is only searched for."""


def judge(
    file: str, outcomes: Sequence[Outcome], collection: Collection, bears_out: BearsOut | None = None
) -> list[CaseResult]:
    """Return what came of each case of a file, judged against the articles of `collection`.

    `bears_out` is asked about sentences that a language model wrote and that stand in no passage word for word.
    """
    expected = [collection.expected(outcome.case.sources) for outcome in outcomes]
    runs, grades = {}, {}
    for place, (outcome, each) in enumerate(zip(outcomes, expected, strict=True)):
        found = outcome.searched.articles
        runs[str(place)] = {article.id: score for article, score in found}
        # No ranking is right for a question that no article answers.
        grades[str(place)] = {} if outcome.case.declines else each.grades(article for article, _ in found)
    rankings = ranking_values(runs, grades)
    return [
        _result(file, outcome, each, rankings.get(str(place), {}), bears_out)
        for place, (outcome, each) in enumerate(zip(outcomes, expected, strict=True))
    ]


def _result(
    file: str,
    outcome: Outcome,
    expected: Expected,
    ranking: Mapping[str, float],
    bears_out: BearsOut | None,
) -> CaseResult:
    case, answered = outcome.case, outcome.answered
    found = tuple(
        Found(article.id, article.title or article.id, score, expected(article))
        for article, score in outcome.searched.articles
    )
    if answered is None:
        missed = () if ranking.get(_FOUND) else ("no expected article is among the first ten",)
        return CaseResult(file, case, missed, ranking, found)
    answer = answered.answer
    return CaseResult(
        file=file,
        case=case,
        faults=tuple(_faults(case, answer, expected)),
        values=dict(_values(case, answer, expected, ranking, bears_out)),
        found=found,
        declined=_answers_nothing(answer),
        confidence=answer.confidence,
        right=_is_right(case, answer, expected),
        seconds=answered.seconds,
        answer=answer_to_json(answer, case.id, explain=True),
    )


def _answers_nothing(answer: Answer) -> bool:
    """Tell whether nothing of the articles is shown: a decline, or a reply to words that are no question for them."""
    return answer.declined or answer.reply is not None


def _faults(case: QuestionCase, answer: Answer, expected: Expected) -> Iterator[str]:
    """Give what is not as expected, in words."""
    if case.declines:
        if not _answers_nothing(answer):
            yield "it was answered, and the articles do not hold an answer"
        return
    if _answers_nothing(answer):
        yield f"it was declined: {answer.reason or answer.reply}"
    elif not _holding(case, answer):
        yield f"no sentence shown holds an expected answer ({'; '.join(case.answers)})"
    elif not _is_answered(case, answer, expected):
        titles = {
            citation.article.title or citation.article.id
            for claim in _holding(case, answer)
            for citation in claim.citations
        }
        yield f"the answer does not rest on an expected source, but on {'; '.join(sorted(titles))}"
    for source in expected.unknown:
        yield f"its source {source!r} is no path, URL or title of an article that was asked"


def _values(
    case: QuestionCase,
    answer: Answer,
    expected: Expected,
    ranking: Mapping[str, float],
    bears_out: BearsOut | None,
) -> Iterator[tuple[str, float]]:
    """Give the case's figures that apply."""
    yield from ((name, ranking[name]) for name in RANKING if name in ranking)
    of_answer: dict[str, float | None] = {
        QUOTES_VERBATIM: quotes_verbatim(answer),
        SUPPORTED: supported_sentences(answer, bears_out),
    }
    if not case.declines:
        said = " ".join(claim.text for claim in answer.claims)
        of_answer[ANSWERED] = float(_is_answered(case, answer, expected))
        of_answer[CONTAINMENT] = float(bool(_holding(case, answer))) if case.answers else None
        of_answer[EXACT_MATCH] = exact_match(said, case.answers)
        of_answer[TOKEN_F1] = token_f1(said, case.answers)
        if case.sources:
            of_answer[CITATION_PRECISION] = citation_precision(answer, expected)
            of_answer[CITATION_RECALL] = citation_recall(answer, expected)
    yield from ((name, value) for name, value in of_answer.items() if value is not None)


def _is_answered(case: QuestionCase, answer: Answer, expected: Expected) -> bool:
    """Tell whether a claim that holds an expected answer, if any is named, rests on an expected source, if any is."""
    return any(
        not case.sources or any(expected(citation.article) for citation in claim.citations)
        for claim in _holding(case, answer)
    )


def _holding(case: QuestionCase, answer: Answer) -> list[Claim]:
    """Return the claims that hold an expected answer; all of them where none is named."""
    return [
        claim
        for claim in answer.claims
        if not case.answers or any(holds_any(shown, case.answers) for shown in _shown(claim))
    ]


def _shown(claim: Claim) -> Iterator[str]:
    """Give all that a reader sees of a claim: what it leans on, its notes and its quotes count too."""
    yield from filter(None, (claim.context, claim.text, *claim.notes))
    for citation in claim.citations:
        yield from filter(None, (citation.context, citation.quote))


def _is_right(case: QuestionCase, answer: Answer, expected: Expected) -> bool:
    """Tell whether the sentence that ranks first answers the case; none answers one that is to be declined."""
    if case.declines:
        return False
    first = answer.explanation
    if first is None:
        return _is_answered(case, answer, expected)
    stands_right = not case.sources or expected(first.article)
    return stands_right and (not case.answers or holds_any(first.quote, case.answers))


def is_matched(result: CaseResult) -> bool | None:
    """Tell whether a case is rightly declined, or answered with an expected answer, whatever its source.

    Where no answer is named, its source counts. None for a case that was only searched for.
    """
    if result.declined is None:
        return None
    if result.case.declines:
        return result.declined
    return bool(result.values.get(CONTAINMENT, result.values.get(ANSWERED)))


def unknown_sources(cases: Iterable[QuestionCase], collection: Collection) -> list[tuple[str, str]]:
    """Return the cases' sources that name no article, each with the id of its case."""
    return [(case.id, source) for case in cases for source in collection.expected(case.sources).unknown]
