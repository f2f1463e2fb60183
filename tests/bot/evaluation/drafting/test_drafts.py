from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.drafting.collection import SourceArticle
from bot.evaluation.drafting.drafts import DraftedCase, draft_cases
from bot.evaluation.matching import holds_any
from tests.bot.evaluation.drafting.asked import CONTEXT

TEXTS = (
    "Two welders were hurt in Maleth when a crane fell. Sarrow Line bought the old shipyard of Maleth in 1987. "
    "Carl Nystrand, who runs the museum of Maleth, mended a sail.",
    "Lorvane Steel hired 310 masons for its kiln in Dovrin. The theatre of Dovrin was closed on 3 May 2021. "
    "Anna Bergel, the director of the Dovrin Choir, sang.",
    "Farmers in Wexmoor sold 96 goats at the spring fair. In June, Lorvane Energy moved its office to Wexmoor. "
    "Poet Mira Oslund wrote the hymn of Wexmoor.",
    "The library of Ambrell has 7,200 maps in drawers. Thieves broke into the bank of Ambrell in early March. "
    "Rolf Teskin, 58, keeps bees in Ambrell.",
    "Brannholt built 44 windmills on the ridge above its river. Brannholt has brewed stout since 1912. "
    "Mayor Petra Quell opened the tunnel under Brannholt.",
    "The tram of Skarrow cost 4.2 million crowns to repair. In 2018, Skarrow planted its orange orchard. "
    "Ida Varn, who trains the swimmers of Skarrow, won.",
)
ARTICLES = (
    *(
        SourceArticle(f"{n}.txt", f"{text}\n\n{CONTEXT}", published=date(2024, 3, n))
        for n, text in enumerate(TEXTS, 1)
    ),
)


def draft(count: int, seed: int = 0) -> tuple[DraftedCase, ...]:
    return draft_cases(ARTICLES, count, seed)


def test_two_of_five_cases_are_near_misses_of_the_case_before_them() -> None:
    cases = draft(15)
    assert len(cases) == 15
    assert sum(case.declines for case in cases) == 6
    for before, case in pairwise(cases):
        if case.declines:
            assert case.id == f"{before.id}-swapped"
            assert case.question != before.question
            assert (case.asked_on, case.sources, case.answers) == (before.asked_on, (), ())
            assert case.tags[:2] == (before.tags[0], "near-miss")


def test_a_case_is_answered_by_its_sentence_on_the_day_of_its_article() -> None:
    for case in draft(15):
        assert case.asked_on in {each.published for each in ARTICLES if case.sentence in each.text}
        assert case.declines or holds_any(case.sentence, case.answers)
        assert not holds_any(case.question, case.answers)


def test_cases_are_spread_over_articles_and_kinds() -> None:
    answerable = [case for case in draft(15) if not case.declines]
    articles = Counter(case.sources for case in answerable)
    kinds = Counter(case.tags[0] for case in answerable)
    assert len(articles) == len(TEXTS)
    assert set(kinds) == {"numbers", "dates", "names"}
    assert max(kinds.values()) <= 5


def test_a_seed_makes_one_draft_and_another_seed_another() -> None:
    assert draft(10, seed=1) == draft(10, seed=1)
    assert draft(10, seed=1) != draft(10, seed=2)


def test_ids_are_told_apart() -> None:
    ids = [case.id for case in draft(30)]
    assert len(ids) == len(set(ids))


def test_fewer_cases_come_where_the_articles_hold_no_more() -> None:
    assert 0 < len(draft(1000)) < 100


def test_articles_in_other_languages_are_passed_over() -> None:
    german = "Die Linie 9 fährt seit 2024 bis zum Hafen, und 310 Fahrgäste sitzen in jedem Zug nach Maleth."
    declared = SourceArticle("b.txt", "Port Maleth counted 12 cranes in the first half.", language="de")
    assert draft_cases([SourceArticle("a.txt", german), declared], 10, 0) == ()


WORDS = st.sampled_from(
    "The A In On 2019 May 3 , . , . ; – “ ” ( ) $5 12% killed was were has fell to by and that who when people"
    " Ilsa Marren Dovrin CSTO closed boats at least nine of of the its his 6.2 million said is not".split()
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=14).map(" ".join), min_size=1, max_size=12).map(". ".join)
)
def test_whatever_is_written_every_case_holds_what_a_case_needs(text: str) -> None:
    for case in draft_cases([SourceArticle("a.txt", f"{text}. {CONTEXT}")], 10, 0):
        assert case.question.endswith("?")
        assert case.declines or (case.sources and holds_any(case.sentence, case.answers))


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_text_stops_the_drafting(text: str) -> None:
    draft_cases([SourceArticle("a.txt", f"{CONTEXT} {text}")], 10, 0)
