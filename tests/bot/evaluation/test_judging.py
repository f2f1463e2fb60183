from __future__ import annotations

from dataclasses import replace
from math import log2
from typing import Any

import pytest

from bot.answers import Answer, Claim, Explanation, Written
from bot.evaluation.cases import QuestionCase
from bot.evaluation.judging import is_matched, judge, unknown_sources
from bot.evaluation.metrics.ranking import RANKING
from bot.evaluation.results import CaseResult, Found
from bot.evaluation.sources import Collection
from index.articles import Article
from tests.bot import made
from tests.bot.evaluation.stand_ins import outcome

TOLL = made.article(
    "Ida Holm spoke on Monday. She said it is nine crowns. The dues of the ferry rose.",
    id="toll",
    title="Toll",
    origin="/news/toll.md",
)
SNOW = made.article("It is nine crowns. Snow fell.", id="snow", title="Snow", origin="/news/snow.md")
COPY = made.article("It is nine crowns, they say.", id="copy", title="Toll again", origin="/news/copy.md")
COLLECTION = Collection([TOLL, SNOW, COPY], [("toll", "copy")])

NINE = made.citation(TOLL, "She said it is nine crowns.")
DUES = made.citation(TOLL, "The dues of the ferry rose.", 2)
SNOWED = made.citation(SNOW, "It is nine crowns.", 3)
COPIED = made.citation(COPY, "It is nine crowns, they say.", 4)


def case(*answers: str, sources: tuple[str, ...] = (), declines: bool = False) -> QuestionCase:
    return QuestionCase("c", "How high?", answers=answers, sources=sources, declines=declines)


def claims(*given: Claim | Any, first: Explanation | None = None) -> Answer:
    """Return an answer of these claims, or of one claim a citation; what ranks first is the first citation."""
    all_claims = tuple(
        each if isinstance(each, Claim) else Claim(" ".join(each.quote.split()), (each,)) for each in given
    )
    cited = all_claims[0].citations[0]
    explanation = first or Explanation(cited.quote, cited.article, (), 0.5)
    return replace(made.answer(explanation=explanation), claims=all_claims)


def declined(first: Explanation | None = None) -> Answer:
    return made.answer(declined=True, reason="Nothing says so.", confidence=0.2, explanation=first)


def judged(of: QuestionCase, given: Answer | None, *found: Article) -> CaseResult:
    [result] = judge("some.cases.yaml", [outcome(of, given, *found)], COLLECTION)
    return result


NO_ANSWER = "no sentence shown holds an expected answer (nine crowns)"
ELSEWHERE = "the answer does not rest on an expected source, but on Snow"
LEANING = replace(NINE, context_start=0)


@pytest.mark.parametrize(
    ("of", "given", "faults", "right"),
    [
        pytest.param(case("nine crowns"), claims(NINE), (), True, id="an answer"),
        pytest.param(case("ten", "nine crowns"), claims(NINE), (), True, id="any of the answers"),
        pytest.param(case("nine crowns", sources=("toll.md",)), claims(NINE), (), True, id="from the source"),
        pytest.param(
            case("nine crowns", sources=("snow.md", "Toll")), claims(NINE), (), True, id="from any of them"
        ),
        pytest.param(
            case("nine crowns", sources=("toll.md",)),
            claims(COPIED),
            (),
            True,
            id="from a copy of the source",
        ),
        pytest.param(
            case("nine crowns", sources=("toll.md",)),
            claims(SNOWED),
            (ELSEWHERE,),
            False,
            id="from elsewhere",
        ),
        pytest.param(
            case("nine crowns", sources=("toll.md",)),
            claims(DUES, SNOWED),
            (ELSEWHERE,),
            False,
            id="the source says something else",
        ),
        pytest.param(
            case("nine crowns", sources=("toll.md",)), claims(SNOWED, NINE), (), False, id="a later claim"
        ),
        pytest.param(
            case("nine crowns", sources=("toll.md",)),
            claims(Claim("It is nine crowns.", (SNOWED, NINE))),
            (),
            False,
            id="one of a claim's sources",
        ),
        pytest.param(case("nine crowns"), claims(DUES), (NO_ANSWER,), False, id="another sentence"),
        pytest.param(
            case("nine crowns", sources=("toll.md",)), claims(DUES), (NO_ANSWER,), False, id="of the source"
        ),
        pytest.param(
            case("dues crowns", "nine dues"),
            claims(NINE, DUES),
            ("no sentence shown holds an expected answer (dues crowns; nine dues)",),
            False,
            id="not across sentences",
        ),
        pytest.param(
            case("Holm"),
            claims(Claim("She said so.", (NINE,), context="Ida Holm spoke.")),
            (),
            False,
            id="context",
        ),
        pytest.param(
            case("Holm"),
            claims(Claim("She said so.", (NINE,), notes=("said Ida Holm",))),
            (),
            False,
            id="note",
        ),
        pytest.param(case("Holm"), claims(Claim("She said so.", (LEANING,))), (), False, id="cited context"),
        pytest.param(case("nine"), claims(Claim("Crowns.", (NINE,))), (), True, id="quote"),
        pytest.param(
            case("Holm said"),
            claims(Claim("Said she.", (NINE,), context="It was Ida Holm")),
            ("no sentence shown holds an expected answer (Holm said)",),
            False,
            id="not across context and sentence",
        ),
        pytest.param(case(sources=("toll.md",)), claims(DUES), (), True, id="only a source"),
        pytest.param(
            case(sources=("toll.md",)), claims(SNOWED), (ELSEWHERE,), False, id="only a source, and another"
        ),
        pytest.param(
            case("nine crowns"),
            declined(Explanation("It is nine crowns.", SNOW, (), 0.5)),
            ("it was declined: Nothing says so.",),
            True,
            id="declined, and the nearest was right",
        ),
        pytest.param(
            case("nine crowns", sources=("toll.md",)),
            declined(),
            ("it was declined: Nothing says so.",),
            False,
            id="declined without a sentence",
        ),
        pytest.param(
            case("nine crowns", sources=("toll.md", "gone.md")),
            claims(NINE),
            ("its source 'gone.md' is no path, URL or title of an article that was asked",),
            True,
            id="a source that is unknown",
        ),
        pytest.param(
            case("nine crowns", sources=("gone.md",)),
            claims(SNOWED),
            (ELSEWHERE, "its source 'gone.md' is no path, URL or title of an article that was asked"),
            False,
            id="all sources unknown",
        ),
        pytest.param(case(declines=True), declined(), (), False, id="to be declined"),
        pytest.param(
            case(declines=True, sources=("gone.md",)),
            declined(),
            (),
            False,
            id="to be declined, unknown source",
        ),
        pytest.param(
            case(declines=True),
            claims(NINE),
            ("it was answered, and the articles do not hold an answer",),
            False,
            id="to be declined and answered",
        ),
        pytest.param(
            case(declines=True, sources=("toll.md",)),
            claims(NINE),
            ("it was answered, and the articles do not hold an answer",),
            False,
            id="to be declined and answered from what it looks like",
        ),
    ],
)
def test_a_case_is_as_expected_or_told_what_is_not(
    of: QuestionCase, given: Answer, faults: tuple[str, ...], right: bool
) -> None:
    result = judged(of, given)
    assert result.faults == faults
    assert result.passed == (not faults)
    assert result.right is right


def test_where_nothing_is_explained_a_case_is_right_if_it_is_answered() -> None:
    unexplained = replace(claims(SNOWED, NINE), explanation=None)
    assert judged(case("nine crowns", sources=("toll.md",)), unexplained).right
    assert not judged(case("ten"), unexplained).right


SHOWN = {"quotes_verbatim": 1.0, "supported": 1.0}
MISSED = dict.fromkeys(("answered", "containment", "exact_match", "token_f1"), 0.0)


@pytest.mark.parametrize(
    ("of", "given", "expected"),
    [
        pytest.param(
            case("nine crowns"),
            claims(NINE),
            SHOWN | {"answered": 1, "containment": 1, "exact_match": 0, "token_f1": 2 * 2 / (6 + 2)},
            id="an answer",
        ),
        pytest.param(
            case("it is nine crowns", sources=("toll.md",)),
            claims(SNOWED),
            SHOWN
            | {"answered": 0, "containment": 1, "exact_match": 1, "token_f1": 1}
            | {"citation_precision": 0, "citation_recall": 0},
            id="word for word, from elsewhere",
        ),
        pytest.param(
            case("nine crowns", sources=("toll.md",)),
            claims(SNOWED, NINE),
            SHOWN
            | {"answered": 1, "containment": 1, "exact_match": 0, "token_f1": 2 * 2 / (10 + 2)}
            | {"citation_precision": 1 / 2, "citation_recall": 1 / 2},
            id="half of it from the source",
        ),
        pytest.param(
            case(sources=("toll.md",)),
            claims(DUES),
            SHOWN | {"answered": 1, "citation_precision": 1, "citation_recall": 1},
            id="only a source",
        ),
        pytest.param(case("nine crowns", sources=("toll.md",)), declined(), MISSED, id="declined"),
        pytest.param(case(declines=True), declined(), {}, id="to be declined"),
        pytest.param(case(declines=True, sources=("toll.md",)), claims(NINE), SHOWN, id="and answered"),
    ],
)
def test_a_case_has_the_figures_that_apply_to_it(
    of: QuestionCase, given: Answer, expected: dict[str, float]
) -> None:
    found = {name: value for name, value in judged(of, given).values.items() if name not in RANKING}
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("of", "found", "expected"),
    [
        pytest.param(case(sources=("toll.md",)), [TOLL], (1, 1, 1), id="found first"),
        pytest.param(case(sources=("toll.md",)), [SNOW, TOLL], (0, 1 / 2, 1), id="found second"),
        pytest.param(case(sources=("toll.md",)), [COPY], (1, 1, 1), id="its copy stands for it"),
        pytest.param(case(sources=("toll.md", "snow.md")), [COPY], (1, 1, 1 / 2), id="one of two"),
        pytest.param(
            case(sources=("toll.md", "copy.md", "snow.md")), [SNOW], (1, 1, 1 / 2), id="copies count once"
        ),
        pytest.param(case(sources=("toll.md",)), [], (0, 0, 0), id="nothing found"),
        pytest.param(case("nine"), [TOLL], None, id="no source"),
        pytest.param(case(sources=("gone.md",)), [TOLL], None, id="an unknown source"),
        pytest.param(case(declines=True, sources=("toll.md",)), [TOLL], None, id="to be declined"),
    ],
)
def test_the_ranking_is_held_against_the_sources(
    of: QuestionCase, found: list[Article], expected: tuple[float, ...] | None
) -> None:
    values = judged(of, declined(), *found).values
    if expected is None:
        assert not set(values) & set(RANKING)
    else:
        assert [values[name] for name in ("hit@1", "mrr@10", "recall@10")] == pytest.approx(list(expected))


def test_what_was_found_is_kept_in_its_order_and_marked_where_it_is_expected() -> None:
    untitled = made.article("Words.", id="untitled", title=None)
    result = judged(case(sources=("toll.md",)), declined(), SNOW, COPY, untitled)
    assert result.found == (
        Found("snow", "Snow", 0.0, expected=False),
        Found("copy", "Toll again", -1.0, expected=True),
        Found("untitled", "untitled", -2.0, expected=False),
    )


@pytest.mark.parametrize(
    ("found", "faults", "ndcg"),
    [
        ([SNOW, TOLL], (), 1 / log2(3)),
        ([SNOW], ("no expected article is among the first ten",), 0.0),
        ([], ("no expected article is among the first ten",), 0.0),
    ],
)
def test_a_case_that_is_only_searched_for_passes_where_an_expected_article_is_found(
    found: list[Article], faults: tuple[str, ...], ndcg: float
) -> None:
    result = judged(case(sources=("toll",)), None, *found)
    assert (result.faults, result.passed) == (faults, not faults)
    assert set(result.values) == set(RANKING)
    assert result.values["ndcg@10"] == pytest.approx(ndcg)
    nothing = (result.declined, result.confidence, result.right, result.seconds, result.answer)
    assert nothing == (None,) * 5


def test_a_result_tells_the_answer_as_the_command_prints_it() -> None:
    result = judged(case("nine crowns"), claims(NINE))
    assert (result.name, result.declined, result.confidence, result.seconds) == (
        "some.cases.yaml::c",
        False,
        0.75,
        0.5,
    )
    assert result.answer is not None
    assert (result.answer["id"], result.answer["explanation"]["quote"]) == ("c", NINE.quote)


@pytest.mark.parametrize(
    ("of", "given", "matched"),
    [
        (case("nine crowns"), claims(NINE), True),
        (case("nine crowns", sources=("toll.md",)), claims(SNOWED), True),
        (case("ten crowns"), claims(NINE), False),
        (case("nine crowns"), declined(), False),
        (case(sources=("toll.md",)), claims(DUES), True),
        (case(sources=("toll.md",)), claims(SNOWED), False),
        (case(declines=True), declined(), True),
        (case(declines=True), claims(NINE), False),
        (case("nine crowns"), None, None),
    ],
)
def test_a_case_is_matched_by_what_is_said_whatever_its_source(
    of: QuestionCase, given: Answer | None, matched: bool | None
) -> None:
    assert is_matched(judged(of, given)) is matched


def test_what_a_language_model_wrote_is_supported_where_the_verifier_says_so() -> None:
    given = replace(claims(Claim("The toll is now nine crowns.", (NINE,))), written=Written("...", ()))
    for verdict in (True, False):
        [result] = judge("f", [outcome(case("nine"), given)], COLLECTION, lambda *_, said=verdict: said)
        assert result.values["supported"] == float(verdict)
    assert judged(case("nine"), given).values["supported"] == 0


def test_results_come_in_the_order_of_the_cases() -> None:
    asked = [replace(case(sources=(name,)), id=name) for name in ("snow", "toll")]
    results = judge("f", [outcome(each, None, SNOW) for each in asked], COLLECTION)
    assert [(result.case.id, result.passed) for result in results] == [("snow", True), ("toll", False)]
    assert judge("f", [], COLLECTION) == []


def test_sources_that_name_no_article_are_listed_with_their_cases() -> None:
    cases = [
        replace(case(sources=("toll.md", "gone.md")), id="one"),
        replace(case(declines=True, sources=("Nobody",)), id="two"),
        replace(case("nine"), id="three"),
    ]
    assert unknown_sources(cases, COLLECTION) == [("one", "gone.md"), ("two", "Nobody")]
