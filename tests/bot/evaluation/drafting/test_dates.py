from __future__ import annotations

import pytest

from bot.evaluation.drafting.dates import read_date, without_passing_times
from bot.evaluation.drafting.tokens import joined, tokens_of


@pytest.mark.parametrize(
    ("words", "date", "behind"),
    [
        ("on 3 May 2024 by law", "3 May 2024", "by law"),
        ("on May 3, 2024, by law", "May 3, 2024", ", by law"),
        ("on Friday, May 3, by law", "May 3", ", by law"),
        ("on Sept. 12", "Sept. 12", ""),
        ("in March 2019", "March 2019", ""),
        ("in early March", "early March", ""),
        ("in 2019 and again", "2019", "and again"),
        ("since 2011", "2011", ""),
    ],
)
def test_a_date_is_read_behind_its_preposition(words: str, date: str, behind: str) -> None:
    tokens = tokens_of(words)
    found = read_date(tokens, 0)
    assert found is not None
    assert (found.text, joined(tokens[found.end :])) == (date, behind)


@pytest.mark.parametrize(
    "words",
    [
        "on Friday",
        "in 2,019 cases",
        "in May and June",
        "in 2019-20",
        "by 2019",
        "on 3 boats",
        "in the spring",
        "in",
    ],
)
def test_what_is_no_single_date_is_none(words: str) -> None:
    assert read_date(tokens_of(words), 0) is None


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("The bridge closed on Tuesday evening for good", "The bridge closed for good"),
        ("The bridge closed last week", "The bridge closed"),
        ("The bridge closed earlier this month for good", "The bridge closed for good"),
        ("The vote last year's board lost", "The vote last year's board lost"),
        ("The bridge closed after last week", "The bridge closed after last week"),
        ("The Tuesday vote", "The Tuesday vote"),
    ],
)
def test_times_that_pass_are_left_out_where_nothing_hangs_on_them(sentence: str, kept: str) -> None:
    assert joined(without_passing_times(tokens_of(sentence))) == kept
