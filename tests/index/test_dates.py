from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import EARLIEST, end_of, format_date, format_moment, parse_date, start_of, stored_date

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = datetime(2023, 3, 4, tzinfo=UTC)
MORNING = DAY.replace(hour=10, minute=15)

CERTAIN = {
    "2023-03-04": DAY,
    "2023/03/04": DAY,
    "2023.3.4": DAY,
    " 2023-3-4\n": DAY,
    "2023-03-04T10:15:00Z": MORNING,
    "2023-03-04T10:15:00.000Z": MORNING,
    "2023-03-04 10:15": MORNING,
    "2023-03-04T12:15+02:00": MORNING,
    "2023-03-04T05:15:00-0500": MORNING,
    "2023-03-04T05:15:00 EST": MORNING,
    "2023/03/04 10:15 GMT": MORNING,
    "2023-03-04 10:15 Uhr": MORNING,
    "2023-03-04T00:30:00+02:00": DAY - timedelta(minutes=90),
    "Sat, 04 Mar 2023 10:15:00 GMT": MORNING,
    "4 Mar 2023 11:15:00 +0100": MORNING,
    "Sat Mar 04 10:15:00 UTC 2023": MORNING,
    "4 March 2023": DAY,
    "March 4, 2023": DAY,
    "March 4th, 2023": DAY,
    "Mar. 4 2023": DAY,
    "Saturday, 4 March 2023": DAY,
    "SAT MAR 4 2023": DAY,
    "04-Mar-2023": DAY,
    "4 March 2023 at 10:15": MORNING,
    "March 4, 2023 10:15 a.m.": MORNING,
    "10:15 AM, March 4, 2023": MORNING,
    "4 March 2023, 12:15 GMT+2": MORNING,
    "4 mars 2023": DAY,
    "samedi 4 mars 2023 à 10h15": MORNING,
    "1er mars 2023": DAY.replace(day=1),
    "4. März 2023": DAY,
    "4. März 2023, 10:15 Uhr": MORNING,
    "4 de marzo de 2023": DAY,
    "4 marzo 2023": DAY,
    "4 de março de 2023 às 10:15": MORNING,
    "4 maart 2023": DAY,
    "4 марта 2023 г., 10:15": MORNING,
    "4 березня 2023": DAY,
    "2023年3月4日": DAY,
    "2023年3月4日 10:15": MORNING,
    "2023년 3월 4일": DAY,
    "4 tháng 3, 2023": DAY,
    "٤ مارس ٢٠٢٣": DAY,
    "4 Mart 2023": DAY,
    "2023. március 4.": DAY,
    "25/12/2023": datetime(2023, 12, 25, tzinfo=UTC),
    "12/25/2023": datetime(2023, 12, 25, tzinfo=UTC),
    "25.12.2023": datetime(2023, 12, 25, tzinfo=UTC),
    "25/12/2023 10:15": datetime(2023, 12, 25, 10, 15, tzinfo=UTC),
    "03/03/2023": datetime(2023, 3, 3, tzinfo=UTC),
    "29 February 2024": datetime(2024, 2, 29, tzinfo=UTC),
    "1700-01-02": datetime(1700, 1, 2, tzinfo=UTC),
}

OPEN = [
    *(
        "",
        " ",
        "2023",
        "2023-03",
        "March 2023",
        "march",
        "4 March",
        "spring 2023",
        "Q1 2023",
        "© 2023",
        "the 1990s",
    ),
    *(
        "03/04/2023",
        "3.4.2023",
        "03-04-2023",
        "03/04/2023 10:15",
        "03/04/2023 10:15 AM",
        "Sat 3/4/2023",
        "03-04-2023 UTC",
    ),
    *(
        "03/04/23",
        "4 March 23",
        "3-5 March 2023",
        "3–5 March 2023",
        "3-5 May 2023",
        "3 and 4 March 2023",
        "March 3-5, 2023",
    ),
    *("30 March - 2 April 2023", "12 2023", "2023 12", "Sun 5 2023", "Sun 12 2023", "Sat 12 2023"),
    *(
        "2023-W10-3",
        "2023W103",
        "2023-062",
        "20230304",
        "1677924900",
        "+49 30 2023 0304",
        "week 12 2023",
        "12 o'clock 2023",
    ),
    *(
        "today",
        "yesterday",
        "now",
        "Monday",
        "2 days ago",
        "tomorrow 2023",
        "in 2023",
        "March 2023 3 min read",
    ),
]

ABSURD = [
    *(
        "2023-02-30",
        "2023-13-01",
        "2023-13-01T00:00:00",
        "2023/13/04 10:15",
        "2023-00-10",
        "2023-03-00",
        "30 February 2023",
    ),
    *(
        "31 April 2023",
        "32 March 2023",
        "29 February 2023",
        "13/13/2023",
        "31/04/2023",
        "2023-03-04T25:00",
        "0/3/2023",
    ),
    *(
        "2023-03-04T10:00:00+99:00",
        "0001-01-01",
        "0000-00-00",
        "0001-01-01T00:00:00Z",
        "4 March 1066",
        "1599-12-31",
    ),
    *(
        "9999-12-31T23:59:59-12:00",
        "9999-12-31",
        "2026-01-03",
        "4 March 2923",
        "3 Mar 2023 4 Mar 2023",
        "x" * 500,
        "4 March 2023 " + "x" * 90,
    ),
]


@pytest.mark.parametrize(("value", "moment"), CERTAIN.items(), ids=CERTAIN)
def test_a_certain_date_is_understood(value: str, moment: datetime) -> None:
    found = parse_date(value, NOW)
    assert found == moment
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize("value", OPEN)
def test_what_leaves_day_month_or_year_open_is_no_date(value: str) -> None:
    assert parse_date(value, NOW) is None


@pytest.mark.parametrize("value", ABSURD)
def test_what_cannot_be_is_no_date(value: str) -> None:
    assert parse_date(value, NOW) is None


@pytest.mark.parametrize("form", ["%Y-%m-%dT%H:%M:%SZ", "%d %B %Y %H:%M"])
def test_a_date_lies_a_day_ahead_of_the_clock_at_most(form: str) -> None:
    now = datetime.now(UTC)
    assert parse_date((now + timedelta(hours=23)).strftime(form)) is not None
    assert parse_date((now + timedelta(hours=25)).strftime(form)) is None


@given(
    st.integers(1, 12),
    st.integers(1, 31),
    st.integers(1900, 2025),
    st.sampled_from(
        [
            "{a:02}/{b:02}/{year}",
            "{a}.{b}.{year}",
            "{a}-{b}-{year}",
            "{a}/{b}/{year} 10:15",
            "Sun {a}/{b}/{year}",
        ]
    ),
)
def test_figures_in_either_order_are_a_date_only_where_it_is_the_same(
    a: int, b: int, year: int, form: str
) -> None:
    for value in (form.format(a=a, b=b, year=year), form.format(a=b, b=a, year=year)):
        found = parse_date(value, NOW)
        if b <= 12 and a != b:
            assert found is None
        elif found is not None:
            assert (found.month, found.day, found.year) == (a, b, year)


MOMENTS = st.datetimes(datetime(1600, 1, 1), datetime(2100, 1, 1))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1601, 1, 1), datetime(2100, 1, 1), timezones=ZONES))
def test_a_stored_date_comes_back(moment: datetime) -> None:
    for written in (format_date(moment), format_moment(moment)):
        assert stored_date(written) == moment
        assert parse_date(written, datetime(2101, 1, 1, tzinfo=UTC)) == moment


@given(st.dates(EARLIEST.date()))
def test_a_stored_day_comes_back_as_a_day(day: object) -> None:
    written = str(day)
    stored = stored_date(written)
    assert stored is not None
    assert format_date(stored) == written


def test_no_date_is_stored_as_none() -> None:
    assert stored_date(None) is None


@pytest.mark.parametrize(
    ("moment", "date", "whole"),
    [
        (DAY, "2023-03-04", "2023-03-04T00:00:00Z"),
        (MORNING, "2023-03-04T10:15:00Z", "2023-03-04T10:15:00Z"),
        (DAY.replace(microsecond=7), "2023-03-04T00:00:00.000007Z", "2023-03-04T00:00:00.000007Z"),
        (DAY.astimezone(timezone(timedelta(hours=-5))), "2023-03-04", "2023-03-04T00:00:00Z"),
    ],
)
def test_a_date_is_written_in_utc_as_a_day_where_only_that_is_known(
    moment: datetime, date: str, whole: str
) -> None:
    assert format_date(moment) == date
    assert format_moment(moment) == whole


LAST = timedelta(days=1) - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2023-03-04", DAY, DAY + LAST),
        ("4 March 2023", DAY, DAY + LAST),
        ("2023年3月4日", DAY, DAY + LAST),
        ("2023-03-04T00:00", DAY, DAY),
        ("2023-03-04T00:00:00Z", DAY, DAY),
        ("2023-03-04T00", DAY, DAY),
        ("2023-03-04T10", DAY.replace(hour=10), DAY.replace(hour=10)),
        ("2023-03-04T1015", MORNING, MORNING),
        ("2023-03-04T12:15+02:00", MORNING, MORNING),
        ("March 4, 2023 5pm", DAY.replace(hour=17), DAY.replace(hour=17)),
        ("March 4, 2023 12 am", DAY, DAY),
        ("9999-12-30", datetime(9999, 12, 30, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC) + LAST),
        ("9999-12-31", None, None),
        ("1066-10-14", None, None),
        ("soon", None, None),
    ],
)
def test_a_day_begins_at_midnight_and_ends_at_its_last_moment(
    value: str, start: datetime | None, end: datetime | None
) -> None:
    assert start_of(value) == start
    assert end_of(value) == end


@given(st.text(st.characters(), max_size=30))
def test_any_text_is_a_date_or_none(value: str) -> None:
    found = parse_date(value, NOW)
    assert found is None or EARLIEST <= found <= NOW + timedelta(days=1)
