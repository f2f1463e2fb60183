from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.periods.periods import PREVIEW, Period, matcher_of, nearness, periods_in

NOW = datetime(2022, 6, 16, 12, tzinfo=UTC)
"""A Thursday."""

NAMED = {
    # years, decades
    "What happened in 2021?": "2021-01-01..2021-12-31",
    "What was 2021's biggest film?": "2021-01-01..2021-12-31",
    "What was 2020’s biggest film?": "2020-01-01..2020-12-31",
    "Who won the 2022 World Cup?": "2022-01-01..2022-12-31",
    "Who won Euro 2020?": "2020-01-01..2020-12-31",
    "Who conceded after the 2020 election?": "2020-01-01..2020-12-31",
    "Who won in the 2022 midterm elections?": "2022-01-01..2022-12-31",
    "How many 2018 midterm elections were close?": "2018-01-01..2018-12-31",
    "Who announced a 2024 White House bid?": "2024-01-01..2024-12-31",
    "What was the word of the year for 2022?": "2022-01-01..2022-12-31",
    "How many people were killed in 2021?": "2021-01-01..2021-12-31",
    "How many miners died in the outbreak of 1854?": "1854-01-01..1854-12-31",
    "What happened in 1066?": "1066-01-01..1066-12-31",
    "Who won the 2021-22 season?": "2021-01-01..2022-12-31",
    "Who ruled in the 1990s?": "1990-01-01..1999-12-31",
    "Who ruled in the '90s?": "1990-01-01..1999-12-31",
    "Who ruled in the 1980's?": "1980-01-01..1989-12-31",
    "Who ruled in the 1600s?": "1600-01-01..1699-12-31",
    "Who revolutionised cinema in the late 1950s and 60s?": "1950-01-01..1969-12-31",
    # months and days
    "What happened in May 2021?": "2021-05-01..2021-05-31",
    "what happened in may 2021": "2021-05-01..2021-05-31",
    "Who won the January 2006 election?": "2006-01-01..2006-01-31",
    "What cost oil in March of 1974?": "1974-03-01..1974-03-31",
    "In Sept 1706 who negotiated?": "1706-09-01..1706-09-30",
    "What happened in June?": "2022-06-01..2022-06-30",
    "what happened in august": "2021-08-01..2021-08-31",
    "What happened in March?": "2022-03-01..2022-03-31",
    "What happened last August?": "2021-08-01..2021-08-31",
    "What happened last June?": "2021-06-01..2021-06-30",
    "What happens this August?": "2022-08-01..2022-08-31",
    "What happens next March?": "2023-03-01..2023-03-31",
    "What happened in August last year?": "2021-08-01..2021-08-31",
    "What was in the July ceasefire deal?": "2021-07-01..2021-07-31",
    "Who broke January’s truce?": "2022-01-01..2022-01-31",
    "What happened on March 3?": "2022-03-03..2022-03-03",
    "What happened on 20 June?": "2021-06-20..2021-06-20",
    "What happened on 3 March 2023?": "2023-03-03..2023-03-03",
    "What happened on the 3rd of March 2021?": "2021-03-03..2021-03-03",
    "What happened on Aug. 5, 2021?": "2021-08-05..2021-08-05",
    "What happened on Monday, March 1, 2021?": "2021-03-01..2021-03-01",
    "What happened on 2021-08-05?": "2021-08-05..2021-08-05",
    "What happened on February 29?": "2020-02-29..2020-02-29",
    # weekdays and days seen from the question
    "What happened on Monday?": "2022-06-13..2022-06-13",
    "what happened on friday": "2022-06-10..2022-06-10",
    "Who was without power Thursday due to the storm?": "2022-06-16..2022-06-16",
    "What happened last Thursday?": "2022-06-09..2022-06-09",
    "What happens this Friday?": "2022-06-17..2022-06-17",
    "What happened this Monday?": "2022-06-13..2022-06-13",
    "What will happen next Monday?": "2022-06-20..2022-06-20",
    "What was said after Monday’s attack?": "2022-06-13..2022-06-13",
    "What happened today?": "2022-06-16..2022-06-16",
    "What happened this morning?": "2022-06-16..2022-06-16",
    "What happened last night?": "2022-06-15..2022-06-15",
    "What happened the day before yesterday?": "2022-06-14..2022-06-14",
    "What will happen tomorrow?": "2022-06-17..2022-06-17",
    "What happened over the weekend?": "2022-06-11..2022-06-12",
    "What happens this weekend?": "2022-06-18..2022-06-19",
    # units seen from the question
    "What happened this week?": "2022-06-10..2022-06-19",
    "What happened last week?": "2022-06-06..2022-06-12",
    "What happened in the past week?": "2022-06-09..now",
    "What happened last month?": "2022-05-01..2022-05-31",
    "What happened in the last month?": "2022-05-16..now",
    "How many trees are displayed this year?": "2022-01-01..2022-12-31",
    "Who will perform at next year’s Super Bowl?": "2023-01-01..2023-12-31",
    "How did last quarter go?": "2022-01-01..2022-03-31",
    "Who ruled last decade?": "2010-01-01..2019-12-31",
    "What happened over the past decade?": "2012-06-16..now",
    "What happened in the past three months?": "2022-03-16..now",
    "What happened in the last 10 days?": "2022-06-06..now",
    "What happened 5 days ago?": "2022-06-11..2022-06-11",
    "What happened two weeks ago?": "2022-05-30..2022-06-05",
    "What happened a couple of months ago?": "2022-04-01..2022-04-30",
    "What happened 10 years ago?": "2012-01-01..2012-12-31",
    # parts
    "What happened in the first half of 2021?": "2021-01-01..2021-06-30",
    "What happened in early 2022?": "2022-01-01..2022-04-30",
    "What happened in mid-2021?": "2021-05-01..2021-08-31",
    "What happened at the end of last year?": "2021-09-01..2021-12-31",
    "What happens early next month?": "2022-07-01..2022-07-10",
    "What happened earlier this year?": "2022-01-01..now",
    "What did Michigan start in the mid-1980s?": "1983-05-01..1986-08-31",
    "How did Q3 2021 go?": "2021-07-01..2021-09-30",
    "How did the third quarter of 2021 go?": "2021-07-01..2021-09-30",
    "How did Q4 go?": "2021-10-01..2021-12-31",
    "What happened in the spring of 2022?": "2022-03-01..2022-05-31",
    "What happened in fall 2021?": "2021-09-01..2021-11-30",
    "What happened in winter 2022?": "2021-12-01..2022-02-28",
    "What happened last summer?": "2021-06-01..2021-08-31",
    "How is this summer?": "2022-06-01..2022-08-31",
    # ranges
    "What happened between 2019 and 2021?": "2019-01-01..2021-12-31",
    "Where did it spread between 1348 and 1350?": "1348-01-01..1350-12-31",
    "What happened from May to July 2021?": "2021-05-01..2021-07-31",
    "What happened from November to February?": "2021-11-01..2022-02-28",
    "What happened between May and June?": "2022-05-01..2022-06-30",
    "What happened from 3 to 5 March 2022?": "2022-03-03..2022-03-05",
    "What happened from March 30 to April 2, 2021?": "2021-03-30..2021-04-02",
    "What happened from December 28, 2021 to January 3?": "2021-12-28..2022-01-03",
    "What happened from Monday to Wednesday?": "2022-06-13..2022-06-15",
    "How did it go from Q1 to Q3 2021?": "2021-01-01..2021-09-30",
    # open ones
    "What happened since Monday?": "2022-06-13..now",
    "What happened since 2014?": "2014-01-01..now",
    "What happened since the 2020 election?": "2020-01-01..now",
    "What happened after 2020?": "2021-01-01..now",
    "What happened before 2020?": "1600-01-01..2019-12-31",
    "What happened until 2020?": "1600-01-01..2020-12-31",
    "What will happen by the end of 2023?": "1600-01-01..2023-12-31",
}

NOT_NAMED = [
    # figures
    "How many of the 2,021 people left?",
    "Where are the 2000 fighters?",
    "Did 2000 armed fighters surrender?",
    "Did 2000 Ukrainian soldiers surrender?",
    "Who gave 1,500 dollars?",
    "Who won by 2024 votes?",
    "Were more than 2000 homes destroyed?",
    "Were at least 2021 killed?",
    "Who paid $2021?",
    "How far is 2000 km?",
    "Who was here at 2000 GMT?",
    "How old is the 2000-year-old statue?",
    "Was it between 1500 and 2500 homes?",
    "Were 1500-2000 people killed?",
    "Which animal was frozen 46,000 years ago?",
    # names
    "How many Boeing 737 crashed?",
    "What is new in the iPhone 14?",
    "Does it run on Windows 2000?",
    "Who signed Agenda 2030?",
    "Who starred in Blade Runner 2049?",
    "What is COP26?",
    "What did Theresa May say?",
    "What did Cameron and May say?",
    "After May resigned, who took over?",
    "What did April Jones say?",
    "Who is June Carter?",
    "Where is Mar-a-Lago?",
    "Who said so in the Sunday Times?",
    "Who hosted Saturday Night Live?",
    "What were the sales on Black Friday?",
    "Who won Super Tuesday?",
    "Who reported it in USA Today?",
    "What is the Arab Spring?",
    "Who won the Winter Olympics?",
    # words
    "may I ask who won?",
    "Who may march 3 miles?",
    "How long was the march?",
    "Who joined the Women's March?",
    "Who won the second match?",
    "How did the bridge fall?",
    "Was the second half better?",
    "Did the strike last two weeks?",
    "What is the last day of school?",
    # not one time, or no certain one
    "What is said every Monday?",
    "What do people do on Sundays?",
    "What happened on February 30?",
    "Have rents risen compared to a year ago?",
    "What was recently announced?",
    "What is the latest on the ferry?",
    "What happened in recent weeks?",
    "Who is currently the mayor?",
    "",
]

ASKED_THEN = [
    # A month or a day that has not come yet this year is last year's.
    ("What happened in March?", datetime(2022, 2, 28, tzinfo=UTC), "2021-03-01..2021-03-31"),
    ("What happened in March?", datetime(2022, 3, 1, tzinfo=UTC), "2022-03-01..2022-03-31"),
    ("What happened in February?", datetime(2022, 3, 31, tzinfo=UTC), "2022-02-01..2022-02-28"),
    ("What happened last month?", datetime(2022, 3, 31, tzinfo=UTC), "2022-02-01..2022-02-28"),
    ("What happened on March 3?", datetime(2022, 3, 3, tzinfo=UTC), "2022-03-03..2022-03-03"),
    ("What happened last week?", datetime(2022, 1, 3, tzinfo=UTC), "2021-12-27..2022-01-02"),
    ("What happened last quarter?", datetime(2022, 2, 1, tzinfo=UTC), "2021-10-01..2021-12-31"),
    ("What happened this week?", datetime(2022, 6, 13, 9, tzinfo=UTC), "2022-06-07..2022-06-19"),
    ("What happened last weekend?", datetime(2022, 6, 18, 9, tzinfo=UTC), "2022-06-11..2022-06-12"),
    ("What happened over the weekend?", datetime(2022, 6, 18, 9, tzinfo=UTC), "2022-06-18..2022-06-19"),
    ("Will homes be warm this winter?", datetime(2022, 9, 29, tzinfo=UTC), "2022-12-01..2023-02-28"),
    ("Were homes warm this winter?", datetime(2022, 3, 1, tzinfo=UTC), "2021-12-01..2022-02-28"),
    # It is Friday in UTC.
    (
        "What happened today?",
        datetime(2022, 6, 16, 20, tzinfo=timezone(-timedelta(hours=5))),
        "2022-06-17..2022-06-17",
    ),
]


def written(period: Period, now: datetime) -> str:
    day = period.start.date().isoformat()
    assert period.start == datetime.fromisoformat(f"{day}T00:00:00Z")
    if period.end == now:
        return f"{day}..now"
    last = period.end.date().isoformat()
    assert period.end == datetime.fromisoformat(f"{last}T23:59:59.999999Z")
    return f"{day}..{last}"


def only(question: str, now: datetime = NOW) -> Period:
    (period,) = periods_in(question, now)
    return period


@pytest.mark.parametrize(("question", "expected"), NAMED.items(), ids=NAMED)
def test_a_period_is_read_as_of_the_question(question: str, expected: str) -> None:
    period = only(question)
    assert written(period, NOW) == expected
    assert period.phrase in question


@pytest.mark.parametrize(("question", "now", "expected"), ASKED_THEN)
def test_the_moment_of_the_question_decides(question: str, now: datetime, expected: str) -> None:
    assert written(only(question, now), now) == expected


@pytest.mark.parametrize("question", NOT_NAMED)
def test_a_figure_a_name_or_a_vague_word_is_no_period(question: str) -> None:
    assert periods_in(question, NOW) == ()


def test_what_lies_ahead_begins_with_the_question() -> None:
    period = only("Who will tour later this year?")
    assert (period.start, period.end.date().isoformat()) == (NOW, "2022-12-31")


def test_periods_come_in_the_order_of_the_words() -> None:
    found = periods_in("What did he say last August, in 2019 and on Monday about 2000 homes?", NOW)
    assert [period.phrase for period in found] == ["last August", "2019", "Monday"]


def test_weekdays_in_the_other_order_are_no_range() -> None:
    tuesday = NOW - timedelta(days=2)
    found = periods_in("What happened from Monday to Wednesday?", tuesday)
    assert [period.start.date().isoformat() for period in found] == ["2022-06-13", "2022-06-08"]


def test_an_open_period_keeps_what_its_words_name() -> None:
    period = only("What happened since March 2021?")
    assert period.phrase == "since March 2021"
    assert period.named == only("What happened in March 2021?").named


def test_a_pasted_article_costs_no_more_than_a_question() -> None:
    only("What happened on Monday?")
    began = time.process_time()
    periods_in("What happened on Monday, in 2021 and on March 3? " * 2_000, NOW)
    assert time.process_time() - began < 1


WORDS = st.sampled_from(
    "in on since between and to the last this next past early mid- late first half of years year weeks month ago 3 31 "
    "2021 1999 0000 9999 2000 1990s ' may May March Feb. February Monday Sunday winter Q3 two 999 decades today - – ,"
    " ? until before by 2021-02-30".split(" ")
)


@given(
    st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join)),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
)
def test_any_text_names_periods_that_begin_before_they_end(question: str, now: datetime) -> None:
    for period in periods_in(question, now):
        assert period.start <= period.end
        assert period.named.start <= period.named.end
        assert period.phrase in question
        assert 0 <= nearness(now, period) <= 1
        matcher_of(period)(question)


# A question, texts that name its period or a part of it, and texts that do not.
TEXTS = [
    (
        "What happened in 2021?",
        ["In 2021, he left.", "Aug. 5, 2021", "2021's fires", "2021-08-05", "the 2021 vote"],
        ["2,021 people", "in 2020", "$2021", "12021", "2021.5 points", "Aug. 5"],
    ),
    (
        "What happened in August 2021?",
        ["in August 2021", "Aug. 5, 2021", "5 August 2021", "5th of August, 2021", "2021-08-05"],
        ["in 2021", "in August", "August 2022", "July 2021", "2021-09-05"],
    ),
    (
        "What happened on January 6, 2021?",
        ["January 6, 2021", "the Jan. 6 committee", "6 January", "2021-01-06", "January 6th"],
        ["January 6, 2020", "6 January 2022", "January 16", "16 January", "January 60", "2021"],
    ),
    ("What happened in September 2021?", ["Sept. 5, 2021", "Sep 2021", "September of 2021"], ["Sept. 5"]),
    ("What happened from June to July 2021?", ["June 5, 2021", "July 2021"], ["August 2021", "2021"]),
    ("What happened in the 1990s?", ["in 1994", "the 1990s", "the 1990’s"], ["1989", "the 2000s"]),
    ("What happened in 1990?", ["in 1990", "1990's fires"], ["the 1990s"]),
    ("What happened between 1950 and 2021?", ["1950", "1999", "2021"], ["1949", "2022"]),
    ("How did Q3 2021 go?", ["in Q3 2021", "August 2021"], ["2021"]),
    ("What happened since 2014?", ["since 2014"], ["in 2016"]),
    ("What happened on Monday?", ["on June 13", "13 June 2022"], ["June 12", "June 13, 2021"]),
    ("What happened in the last 20 days?", ["May 31", "June 1", "1 June"], ["May 26", "June 17"]),
]


@pytest.mark.parametrize(("question", "naming", "other"), TEXTS, ids=[row[0] for row in TEXTS])
def test_a_text_is_seen_to_name_a_period_or_a_part_of_it(
    question: str, naming: list[str], other: list[str]
) -> None:
    names = matcher_of(only(question))
    assert [text for text in naming if not names(f"Then {text} came.")] == []
    assert [text for text in other if names(f"Then {text} came.")] == []


def test_an_article_of_the_period_is_nearest() -> None:
    period = only("What happened on Monday?")
    for published in (period.start, period.end, period.start + timedelta(hours=9)):
        assert nearness(published, period) == 1


@pytest.mark.parametrize(
    ("question", "days", "expected"),
    [
        ("What happened on Monday?", 7, 0.37),
        ("What happened on Monday?", 1, 0.87),
        ("What happened on Monday?", 60, 0.0),
        ("What happened in 2021?", 60, 0.72),
        ("What happened in the 1990s?", 365, 0.82),
        ("What happened until 2020?", 366, 0.14),
    ],
)
def test_reports_go_on_coming_and_longer_after_a_longer_period(
    question: str, days: int, expected: float
) -> None:
    period = only(question)
    assert nearness(period.end + timedelta(days=days), period) == pytest.approx(expected, abs=0.01)


def test_an_article_before_the_period_can_only_announce_it() -> None:
    period = only("What happened on Monday?")
    near, far = (nearness(period.start - timedelta(days=days), period) for days in (1, 30))
    assert 0 < far < 0.01 < near < PREVIEW
