from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verifying.amounts.bounds import Bound
from bot.verifying.amounts.figure import Figure
from bot.verifying.amounts.ranges import counts_nothing
from bot.verifying.figures import figures_in, single_units_in, undated_figures
from bot.verifying.reading import read

NEAR_FIGURES = st.text(
    st.sampled_from("019 ,.:%$€°-–'’½²٣mktaone wo and half third of per dozen\n"), max_size=60
)


def only(text: str) -> Figure:
    (figure,) = figures_in(read(text))
    return figure


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        # how large
        ("6,500 people came", "6500", ""),
        ("6.5 thousand people came", "6500", ""),
        ("six and a half thousand people came", "6500", ""),
        ("1,00,000 people came", "100000", ""),
        ("two hundred and five people came", "205", ""),
        ("twenty-one people came", "21", ""),
        ("three dozen people came", "36", ""),
        ("half a million people came", "500000", ""),
        ("half a million a year came", "500000", ""),
        ("12 lakh people came", "1200000", ""),
        ("100m people came", "100000000", ""),
        ("one person came", "1", ""),
        # money
        ("$5m was spent", "5000000", "dollar"),
        ("US$ 3 million was spent", "3000000", "dollar"),
        ("£6.5bn was spent", "6500000000", "pound"),
        ("Rs 40 crore was spent", "400000000", "rupee"),
        ("NOK 300 was spent", "300", "krone"),
        ("500 US dollars were spent", "500", "dollar"),
        ("5 million kroner were spent", "5000000", "krone"),
        # shares
        ("prices rose 5%", "5", "percent"),
        ("prices rose 5 percent", "5", "percent"),
        ("prices rose five per cent", "5", "percent"),
        ("two-thirds of voters", "66.7", "percent"),
        ("a quarter of voters", "25", "percent"),
        ("half of voters", "50", "percent"),
        ("one in five voters", "20", "percent"),
        ("three out of ten voters", "30", "percent"),
        ("rates fell 2 percentage points", "2", "point"),
        ("rates fell 2% points", "2", "point"),
        ("rates fell 25 basis points", "25", "basis point"),
        ("a five-point lead", "5", "point"),
        ("a quarter of a percentage point", "0.25", "point"),
        ("twice as many came", "2", "times"),
        # measures
        ("20°C at noon", "20", "degree"),
        ("20 °F at noon", "20", "degree fahrenheit"),
        ("5 square kilometres burned", "5", "square kilometre"),
        ("3 nautical miles away", "3", "nautical mile"),
        ("5 kilowatt hours used", "5", "kilowatt hour"),
        ("the 100m sprint", "100", "metre"),
        ("a 10-second delay", "10", "second"),
        ("a second-quarter profit", "2", "th"),
        ("a 40-year-old man", "40", "year"),
        ("half an hour later", "0.5", "hour"),
        ("an hour and a half later", "1.5", "hour"),
        ("two and a half years later", "2.5", "year"),
        ("at 10:30 they left", "10.30", "o'clock"),
        # places in a row
        ("the third stage", "3", "th"),
        ("the 3rd stage", "3", "th"),
        ("the twenty-first stage", "21", "th"),
        ("the 21st stage", "21", "th"),
        ("the third quarter", "3", "th"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, number: str, unit: str) -> None:
    figure = only(text)
    assert (figure.low, figure.high, figure.unit) == (Decimal(number), Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("40 people", Bound.NONE),
        ("exactly 40 people", Bound.EXACT),
        ("about 40 people", Bound.ABOUT),
        ("an estimated 40 people", Bound.ABOUT),
        ("nearly 40 people", Bound.NEARLY),
        ("more than 40 people", Bound.MORE),
        ("well over 40 people", Bound.MORE),
        ("people over the age of 40", Bound.MORE),
        ("fewer than 40 people", Bound.FEWER),
        ("just under $40", Bound.FEWER),
        ("at least 40 people", Bound.AT_LEAST),
        ("no fewer than 40 people", Bound.AT_LEAST),
        ("40 people or more", Bound.AT_LEAST),
        ("40+ people", Bound.AT_LEAST),
        ("40 euros at the very least", Bound.AT_LEAST),
        ("up to $40", Bound.AT_MOST),
        ("no more than 40 people", Bound.AT_MOST),
        ("no later than 40 days", Bound.AT_MOST),
        ("no earlier than 40 days", Bound.AT_LEAST),
        ("handed over 40 people", Bound.NONE),
        ("40 or fewer", Bound.AT_MOST),
        ("more than 40 percent at the most", Bound.AT_MOST),
        ("more than the third stage", Bound.NONE),
    ],
)
def test_what_bounds_a_number_stands_before_or_behind_it(text: str, bound: Bound) -> None:
    assert only(text).bound is bound


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("10–12 km away", 10, 12, "kilometre"),
        ("30 to 40 percent", 30, 40, "percent"),
        ("between 40 and 50 people", 40, 50, ""),
        ("twenty to 30 people", 20, 30, ""),
        ("5-6 million dollars", 5_000_000, 6_000_000, "dollar"),
        ("5 to 6 million people", 5_000_000, 6_000_000, ""),
    ],
)
def test_the_ends_of_a_range_are_one_figure(text: str, low: int, high: int, unit: str) -> None:
    figure = only(text)
    assert (int(figure.low), int(figure.high), figure.unit) == (low, high, unit)
    assert figure.is_range


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param("they won 3-1 at home", [(3, ""), (1, "")], id="a score"),
        pytest.param("from 3 to 5 points", [(3, ""), (5, "")], id="a change"),
        pytest.param("40 men and 50 women", [(40, ""), (50, "")], id="two things"),
        pytest.param("from 12 to 15 percent", [(12, "percent"), (15, "percent")], id="unit behind both"),
        pytest.param(
            "12 percent, and 15 in May", [(12, "percent"), (15, "percent")], id="unit behind the first"
        ),
        pytest.param("12 percent and 15 boats", [(12, "percent"), (15, "")], id="a unit that is not shared"),
        pytest.param("12 percent and 1995", [(12, "percent"), (1995, "")], id="a year"),
        pytest.param("12 or 13 km", [(12, "kilometre"), (13, "kilometre")], id="one or the other"),
    ],
)
def test_other_figures_side_by_side_are_two(text: str, figures: list[tuple[int, str]]) -> None:
    assert [(int(figure.low), figure.unit) for figure in figures_in(read(text))] == figures


@pytest.mark.parametrize(
    "text",
    [
        "one of them left", "this one left", "one day it left", "a second later", "agent 007 left", "the A320 left",
        "she ran 2:21:43 uphill", "half-time came", "version 1.2.3 came",
    ],
)  # fmt: skip
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert figures_in(read(text)) == ()


@pytest.mark.parametrize(
    ("text", "written", "bounded"),
    [
        ("It cost up to US$ 5m then.", "US$ 5m", "up to US$ 5m"),
        ("It cost NOK 300.", "NOK 300", "NOK 300"),
        ("It rose by nearly 5% then.", "5%", "nearly 5%"),
        ("It was 20 °C there.", "20 °C", "20 °C"),
        ("It was 5 metres or more.", "5 metres", "5 metres or more"),
        ("It took 30+ boats.", "30", "30+"),
        ("It was the 21st time.", "21st", "21st"),
    ],
)
def test_a_figure_is_quoted_with_its_signs_and_its_bound(text: str, written: str, bounded: str) -> None:
    reading = read(text)
    (figure,) = figures_in(reading)
    assert (figure.text(reading), figure.bounded_text(reading)) == (written, bounded)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("more than a century ago", [("century", Bound.MORE)]),
        ("It takes an hour.", [("hour", Bound.NONE)]),
        ("three flights per week", [("week", Bound.NONE)]),
        ("half an hour", []),
        ("an hour and a half", []),
        ("5 per cent", []),
    ],
)
def test_one_of_a_unit_may_go_without_its_number(text: str, units: list[tuple[str, Bound]]) -> None:
    assert [(figure.unit, figure.bound) for figure in single_units_in(read(text))] == units


@pytest.mark.parametrize(("text", "is_year"), [("in 1995", True), ("995 boats", False), ("1995 km", False)])
def test_a_bare_number_of_four_digits_may_be_a_year(text: str, is_year: bool) -> None:
    assert only(text).is_year is is_year


def test_the_figures_of_dates_are_left_out() -> None:
    reading = read("On 3 May 2024, 40 boats sank.")
    assert [figure.text(reading) for figure in undated_figures(reading)] == ["40"]


@pytest.mark.parametrize(
    ("text", "nothing"), [("to 34.", True), ("from 51 by selling", True), ("51 boats", False)]
)
def test_a_figure_counts_the_noun_behind_it(text: str, nothing: bool) -> None:
    assert counts_nothing(read(text), only(text)) is nothing


@given(text=st.text(max_size=80) | NEAR_FIGURES)
def test_figures_of_any_text_lie_within_it_one_after_the_other(text: str) -> None:
    reading = read(text)
    figures = figures_in(reading)
    places = [place for figure in figures for place in (figure.first, figure.last)]
    assert places == sorted(places)
    assert all(0 <= place < len(reading.words) for place in places)
    assert all(figure.low <= figure.high for figure in figures)
    assert all(figure.text(reading) in figure.bounded_text(reading) for figure in figures)
    assert all(figure.bounded_text(reading) in text for figure in (*figures, *single_units_in(reading)))


@pytest.mark.parametrize("text", ["1" * 5000 + " thirds", "1" + " trillion" * 500, "9" * 5000, "one " * 500])
def test_monstrous_numbers_are_read(text: str) -> None:
    reading = read(text)
    assert all(figure.text(reading) in text for figure in figures_in(reading))
