from __future__ import annotations

import pytest

from bot.evaluation.drafting.figures import read_figure
from bot.evaluation.drafting.tokens import joined, tokens_of


@pytest.mark.parametrize(
    ("words", "figure", "behind"),
    [
        ("19 people", "19", "people"),
        ("at least 19 people", "19", "people"),
        ("Two dozen volunteers", "two dozen", "volunteers"),
        ("twenty-one boats", "twenty-one", "boats"),
        ("nearly 6.2 million tonnes", "6.2 million", "tonnes"),
        ("as many as 1,870,000 tonnes", "1,870,000", "tonnes"),
        ("$4.5 billion in aid", "4.5 billion", "in aid"),
        ("£3m in fines", "£3m", "in fines"),
        ("12% of voters", "12", "of voters"),
        ("6.4 percent in July", "6.4", "in July"),
        ("9 per cent", "9", ""),
        ("48,000, less than before", "48,000", ", less than before"),
    ],
)
def test_a_figure_is_read_without_what_surrounds_it(words: str, figure: str, behind: str) -> None:
    tokens = tokens_of(words)
    found = read_figure(tokens, 0)
    assert found is not None
    assert (found.text, joined(tokens[found.end :])) == (figure, behind)


@pytest.mark.parametrize(
    "words",
    [
        "2024 was dry",
        "5 to 10 boats",
        "5-10 boats",
        "two-thirds of boats",
        "one boat",
        "two in three boats",
        "2.5 percentage points",
        "5G masts",
        "the 1990s",
        "thousands of boats",
        "people",
    ],
)
def test_ranges_years_fractions_and_vague_numbers_are_no_figures(words: str) -> None:
    assert read_figure(tokens_of(words), 0) is None
