from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answer_json import answer_to_json
from bot.answers import Answer, Claim, Explanation
from bot.evaluation.cases import QuestionCase
from bot.evaluation.failure_text import failure_text
from bot.evaluation.results import CaseResult, Found
from bot.questions import Exchange
from index.articles import Article
from tests.bot import made

FERRY = made.article("It capsized.\nAt least 14 people died when the ferry capsized, the coastguard said.")
CASE = QuestionCase(
    id="toll",
    question="What is the toll?",
    asked_at=datetime(2024, 5, 20, 9, 30, tzinfo=UTC),
    answers=("24", "twenty-four"),
    sources=("ferry-inquiry.docx",),
)
WRONG = "no sentence shown holds an expected answer"
FOUND = (Found("ferry", "Ferry toll rises", 0.9124, False), Found("inquiry", "Ferry inquiry", 0.5, True))


def shown(answer: Answer, *faults: str, case: QuestionCase = CASE, found: tuple[Found, ...] = FOUND) -> str:
    """Return the failure of a case, answered so."""
    said = answer_to_json(answer, case.id, explain=True)
    return failure_text(CaseResult("sea.cases.yaml", case, faults or (WRONG,), {}, found, answer=said))


def cited(article: Article = FERRY, **claim: Any) -> Answer:
    """Return an answer of one claim, which rests on the whole of the article's last paragraph."""
    citation = made.citation(article, article.text.rpartition("\n")[2])
    return made.answer(citation, claims=(replace(Claim(citation.quote, (citation,)), **claim),))


def declined(nearest: str | None = "It capsized.") -> Answer:
    explanation = Explanation(nearest, FERRY, (), 0.4) if nearest else None
    return made.answer(
        declined=True, reason="No sentence says it.", confidence=0.123, explanation=explanation
    )


def test_all_that_came_of_a_case_stands_beside_what_was_expected() -> None:
    case = replace(
        CASE, history=(Exchange("What happened?", "A ferry sank off Port Elden."), Exchange("Which?", ""))
    )
    answer = cited(context="It capsized.", notes=("said by the coastguard", "a later article says 24"))
    source = "its source 'x.md' is no path"
    assert (
        shown(answer, WRONG, source, case=case)
        == """\
wrong     no sentence shown holds an expected answer
          its source 'x.md' is no path
question  What is the toll?
asked     20 May 2024, 09:30 UTC
after     What happened?
            A ferry sank off Port Elden.
          Which?
expected  a sentence that holds "24" or "twenty-four"
          a source that is "ferry-inquiry.docx"
answered  (It capsized.) At least 14 people died when the ferry capsized, the coastguard said. (said
          by the coastguard; a later article says 24) [1]
          confidence 0.75
sources   [1] Ferry toll rises, Harbour Post, 13 May 2024 (7 days ago)
              "At least 14 people died when the ferry capsized, the coastguard said."
found     0.912 Ferry toll rises
          0.500 Ferry inquiry (expected)"""
    )


def test_a_decline_shows_its_reason_and_the_sentence_it_would_have_answered_with() -> None:
    assert (
        shown(declined(), "it was declined: No sentence says it.", found=())
        == """\
wrong     it was declined: No sentence says it.
question  What is the toll?
asked     20 May 2024, 09:30 UTC
expected  a sentence that holds "24" or "twenty-four"
          a source that is "ferry-inquiry.docx"
declined  No sentence says it.
nearest   "It capsized."
          Ferry toll rises, Harbour Post, 13 May 2024 (7 days ago)
          confidence 0.12, answered from 0.40 on
found     nothing"""
    )


@pytest.mark.parametrize(
    ("case", "line"),
    [
        (replace(CASE, answers=()), 'expected  a source that is "ferry-inquiry.docx"'),
        (replace(CASE, sources=()), 'expected  a sentence that holds "24" or "twenty-four"'),
        (
            replace(CASE, answers=(), sources=(), declines=True),
            "expected  to be declined, the articles do not hold an answer",
        ),
        (replace(CASE, asked_at=None), "asked     now"),
    ],
)
def test_what_was_expected_is_said_of_any_case(case: QuestionCase, line: str) -> None:
    assert line in shown(cited(), case=case).splitlines()


def test_a_search_that_found_no_sentence_says_so() -> None:
    assert "nearest   no sentence" in shown(declined(nearest=None)).splitlines()


def test_an_article_of_unknown_title_publisher_and_date_goes_by_its_id() -> None:
    unknown = replace(FERRY, title=None, publisher=None, published_at=None)
    assert "sources   [1] ferry, undated" in shown(cited(unknown)).splitlines()


def test_what_was_only_searched_for_shows_what_was_found() -> None:
    text = failure_text(CaseResult("sea.cases.yaml", CASE, ("nothing expected is found",), {}, FOUND))
    assert "answered" not in text
    assert text.endswith("0.500 Ferry inquiry (expected)")


def test_foreign_text_steers_no_terminal() -> None:
    evil = made.article("Fourteen \x1b[31mdied\u202e.", title="Toll\nwrong     \x9b2J", publisher="P\x07")
    case = replace(
        CASE, question="\x1b]0;Who?\x07", answers=("\x1b[2J",), history=(Exchange("\u202eAnd?", "\x1bc"),)
    )
    text = shown(cited(evil), "\x1b[31mwrong", case=case, found=(Found("a", "\x1b[5mblink", 1.0, True),))
    assert all(character.isprintable() or character == "\n" for character in text)
    assert "[1] Toll wrong ⟨U+009B⟩2J, P␇, 13 May 2024" in text


def test_long_text_is_broken_between_words_and_stays_beside_its_label() -> None:
    long = made.article(" ".join(["ferry"] * 30 + ["x" * 150]))
    lines = shown(cited(long)).splitlines()
    begins = next(place for place, line in enumerate(lines) if line.startswith("answered"))
    assert [len(line) <= 100 for line in lines[begins : begins + 2]] == [True, True]
    assert lines[begins + 1].startswith(" " * 10 + "ferry")
    assert " " * 10 + "x" * 150 in lines
