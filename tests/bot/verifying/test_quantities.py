from __future__ import annotations

import pytest

from bot.verifying.amounts.figure import Figure
from bot.verifying.figures import figures_in
from bot.verifying.quantities import differ_in_unit, rounds, same_amount, same_side
from bot.verifying.reading import read


def figure(text: str) -> Figure:
    (found,) = figures_in(read(text))
    return found


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("6,500 boats", "six and a half thousand boats"),
        ("two tonnes", "2,000 kilograms"),
        ("90 minutes", "an hour and a half"),
        ("18 months", "one and a half years"),
        ("0.5 percentage points", "50 basis points"),
        ("1.2 km", "1,200 metres"),
        ("33 percent of boats", "a third of boats"),
        ("aged 24 boats", "24 years"),
        ("at least 40 boats", "40 to 50 boats"),
        ("up to 50 boats", "40 to 50 boats"),
        ("40 to 50 boats", "between 40 and 50 boats"),
        ("the 21st boat", "the twenty-first boat"),
    ],
)
def test_the_same_amount_can_be_written_in_many_ways(said: str, own: str) -> None:
    assert same_amount(figure(said), figure(own))


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("6,500 boats", "650 boats"),
        ("65 boats", "6.5 boats"),
        ("5 km", "5 miles"),
        ("5 percent", "5 percentage points"),
        ("$5", "£5"),
        ("30 days", "one month"),
        ("31 percent of boats", "a third of boats"),
        ("40 boats", "40 to 50 boats"),
        ("up to 40 boats", "40 to 50 boats"),
        ("40 to 55 boats", "40 to 50 boats"),
        ("the 21st boat", "21 boats"),
    ],
)
def test_other_amounts_are_not_the_same(said: str, own: str) -> None:
    assert not same_amount(figure(said), figure(own))


@pytest.mark.parametrize(
    ("said", "own", "may"),
    [
        ("40", "40", True),
        ("40", "about 40", True),
        ("40", "more than 40", False),
        ("about 40", "40", True),
        ("about 40", "nearly 40", True),
        ("about 40", "more than 40", False),
        ("more than 40", "more than 40", True),
        ("more than 40", "at least 40", False),
        ("at least 40", "more than 40", True),
        ("at least 40", "up to 40", False),
        ("at least 40", "40 to 50", True),
        ("up to 40", "fewer than 40", True),
        ("up to 40", "at least 40", False),
        ("nearly 40", "40", False),
        ("nearly 40", "just under 40", True),
        ("fewer than 40", "nearly 40", True),
    ],
)
def test_a_bound_rests_on_one_of_the_same_side(said: str, own: str, may: bool) -> None:
    assert same_side(figure(said), figure(own)) is may


@pytest.mark.parametrize(
    ("said", "own", "rounder"),
    [
        ("nearly 6,500", "6,480", True),
        ("about 6,500", "6,480", True),
        ("more than 6,000", "6,480", True),
        ("more than 6,000", "about 6,480", False),
        ("more than 5,000", "6,480", False),
        ("nearly 6,500", "6,520", False),
        ("nearly 6,481", "6,480", False),
        ("6,500", "6,480", False),
        ("about 2 tonnes", "1,980 kilograms", True),
        ("about 2 tonnes", "1,980 metres", False),
        ("about 0", "1", False),
        ("about 6,500", "6,480 to 6,490", False),
        ("about 4,000", "4,000", True),
        ("at least 4,000", "4,000", False),
        ("more than 4,000", "4,000", False),
        ("under two", "two", True),  # piers, say
    ],
)
def test_a_rounder_figure_rests_on_an_exacter_one(said: str, own: str, rounder: bool) -> None:
    assert rounds(figure(said), figure(own)) is rounder


def test_figures_may_differ_in_nothing_but_the_unit() -> None:
    assert differ_in_unit(figure("5 km"), figure("5 miles"))
    assert not differ_in_unit(figure("5 km"), figure("5,000 metres"))
