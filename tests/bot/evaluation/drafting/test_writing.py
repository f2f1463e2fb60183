from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.evaluation.cases import load_cases
from bot.evaluation.drafting.drafts import DraftedCase
from bot.evaluation.drafting.writing import cases_file

CASE = DraftedCase(
    id="ferry-1",
    question="How many people were killed?",
    asked_on=date(2024, 3, 12),
    answers=("6,500", "six and a half thousand"),
    sources=("ferry.md",),
    tags=("numbers",),
    sentence="At least 6,500 people were killed.",
)
SWAPPED = DraftedCase(
    id="ferry-1-swapped",
    question="How many cows were killed?",
    asked_on=None,
    answers=(),
    sources=(),
    tags=("numbers", "near-miss", "noun"),
    sentence=CASE.sentence,
)


def test_the_file_tells_the_reviewer_what_to_do_and_shows_the_sentences() -> None:
    text = cases_file([CASE, SWAPPED], ["../articles"], "ferry.cases.yaml")
    instructions, cases = text.split('articles: ["../articles"]\n\n')
    assert "footnote eval ferry.cases.yaml" in instructions
    assert all(line.startswith("#") for line in instructions.splitlines() if line)
    assert cases == (
        "cases:\n"
        "  # At least 6,500 people were killed.\n"
        "  - id: ferry-1\n"
        '    question: "How many people were killed?"\n'
        "    asked_at: 2024-03-12\n"
        '    answers: ["6,500", "six and a half thousand"]\n'
        '    sources: ["ferry.md"]\n'
        "    tags: [numbers]\n"
        "\n"
        "  # Near miss, noun exchanged: At least 6,500 people were killed.\n"
        "  - id: ferry-1-swapped\n"
        '    question: "How many cows were killed?"\n'
        "    declines: true\n"
        "    tags: [numbers, near-miss, noun]\n"
    )


def test_a_long_sentence_is_cut() -> None:
    text = cases_file([replace(CASE, sentence="long " * 100)], [], "FILE")
    (comment,) = (line for line in text.splitlines() if line.startswith("  # long"))
    assert len(comment) <= 204
    assert comment.endswith("…")


def test_what_would_steer_a_terminal_is_shown_in_the_comment() -> None:
    text = cases_file([replace(CASE, sentence="one\x1b[31m\ntwo\u2028three \ud800")], [], "FILE")
    assert "  # one␛[31m two three ⟨U+D800⟩\n" in text


TRICKY = st.sampled_from(
    [
        "010",
        "yes",
        "null",
        "1:30",
        "2024-03-12",
        "a: b",
        "# no",
        "- x",
        "'",
        '"',
        "\\",
        "{",
        "[a]",
        "&a",
        "*a",
        "!",
        "|\n x",
    ]
)
TEXTS = TRICKY | st.text(st.characters(exclude_categories=()), min_size=1).filter(str.strip)
DAYS = st.dates(min_value=date(1601, 1, 1), max_value=date(2200, 1, 1))
CASES = st.builds(
    DraftedCase,
    id=TEXTS,
    question=TEXTS,
    asked_on=st.none() | DAYS,
    answers=st.lists(TEXTS, max_size=3).map(tuple),
    sources=st.lists(TEXTS, max_size=3).map(tuple),
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    sentence=st.text(st.characters(exclude_categories=())),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CASES, min_size=1, max_size=4, unique_by=lambda case: case.id))
def test_whatever_a_case_says_it_is_read_back(tmp_path: Path, cases: list[DraftedCase]) -> None:
    path = tmp_path / "some.cases.yaml"
    path.write_text(cases_file(cases, ["articles: 1", "b # c"], "FILE"), encoding="utf-8", newline="\n")
    file = load_cases(path)
    assert file.articles == (tmp_path / "articles: 1", tmp_path / "b # c")
    assert len(file.cases) == len(cases)
    for read, case in zip(file.cases, cases, strict=True):
        assert (read.id, read.question, read.answers, read.tags) == (
            case.id,
            case.question,
            case.answers,
            case.tags,
        )
        assert read.sources == (() if case.declines else case.sources)
        assert read.declines is case.declines
        assert (read.asked_at and read.asked_at.date()) == case.asked_on
