from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verifying.dates import Date, dates_in, dates_meant

Said = tuple[int | None, int | None, int | None, int | None]
WEDNESDAY = datetime(2024, 5, 15, 9, tzinfo=UTC)
NEAR_DATES = st.lists(
    st.sampled_from(
        ["May", "3rd", " ", "2024", "-", "05", "Monday", ",", "last month", "Sept.", "yesterday", "٢٠٢٤"]
    ),
    max_size=12,
).map("".join)


def said(date: Date) -> Said:
    return (date.day, date.month, date.year, date.weekday)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 2024-05-06", [(6, 5, 2024, None)]),
        ("on 6 May 2024", [(6, 5, 2024, None)]),
        ("on the 6th of May", [(6, 5, None, None)]),
        ("on May 6, 2024", [(6, 5, 2024, None)]),
        ("on Monday, 6 May 2024", [(6, 5, 2024, 0)]),
        ("on Sept. 6", [(6, 9, None, None)]),
        ("in May 2024", [(None, 5, 2024, None)]),
        ("in October", [(None, 10, None, None)]),
        ("in May", [(None, 5, None, None)]),
        ("on Mondays", [(None, None, None, 0)]),
        ("in 1996", [(None, None, 1996, None)]),
        ("in 1996 and 2001", [(None, None, 1996, None), (None, None, 2001, None)]),
        ("In May they left", [(None, 5, None, None)]),
        ("Last May nobody left", [(None, 5, None, None)]),
        ("Theresa May resigned", []),
        ("April Lund resigned", []),
        ("they may march", []),
        ("2,024 boats", []),
        ("$2024", []),
        ("In May 5 percent left", [(None, 5, None, None)]),
        ("room 20241", []),
    ],
)
def test_a_date_is_read_as_far_as_it_is_said(text: str, dates: list[Said]) -> None:
    assert [said(date) for date in dates_in(text)] == dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("today", (15, 5, 2024, 2)),
        ("Last night", (14, 5, 2024, 1)),
        ("tomorrow", (16, 5, 2024, 3)),
        ("on Wednesday", (15, 5, 2024, 2)),
        ("on Thursday", (9, 5, 2024, 3)),
        ("last month", (None, 4, 2024, None)),
        ("next month", (None, 6, 2024, None)),
        ("a year ago", (None, None, 2023, None)),
        ("earlier this year", (None, None, 2024, None)),
        ("on 3 May", (3, 5, 2024, None)),
        ("on 3 June", (3, 6, 2023, None)),
    ],
)
def test_what_a_date_means_depends_on_when_it_was_published(text: str, date: Said) -> None:
    assert date in [said(each) for each in dates_meant(text, WEDNESDAY)]


def test_without_a_date_of_publication_a_date_means_what_it_says() -> None:
    assert dates_meant("yesterday, on 3 May", None) == dates_in("yesterday, on 3 May")


def test_the_year_may_turn_between_two_months() -> None:
    january = datetime(2024, 1, 10, tzinfo=UTC)
    assert [said(date) for date in dates_meant("last month", january)] == [(None, 12, 2023, None)]


@pytest.mark.parametrize(
    ("own", "other", "bears_out", "contradicts"),
    [
        ("6 May 2024", "6 May", True, False),
        ("6 May 2024", "May 2024", True, False),
        ("6 May", "6 May 2024", False, False),
        ("6 May", "7 May", False, True),
        ("6 May", "6 June", False, True),
        ("Monday", "1996", False, False),
    ],
)
def test_a_date_bears_out_what_says_no_more(own: str, other: str, bears_out: bool, contradicts: bool) -> None:
    (one,), (two,) = dates_in(f"on {own}"), dates_in(f"on {other}")
    assert (one.bears_out(two), one.contradicts(two)) == (bears_out, contradicts)


@given(text=st.text(max_size=60) | NEAR_DATES, published=st.none() | st.datetimes(datetime(1900, 1, 1)))
def test_dates_of_any_text_lie_within_it(text: str, published: datetime | None) -> None:
    for date in (*dates_in(text), *dates_meant(text, published)):
        assert 0 <= date.start < date.end <= len(text)
