from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.published import age, published
from tests.bot.made import ASKED


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-3, "today"),
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (20, "2 weeks ago"),
        (21, "3 weeks ago"),
        (59, "8 weeks ago"),
        (60, "8 weeks ago"),
        (61, "2 months ago"),
        (729, "23 months ago"),
        (730, "2 years ago"),
        (36_500, "100 years ago"),
    ],
)
def test_an_articles_age_is_told_in_the_largest_unit_of_which_there_are_two(days: int, said: str) -> None:
    assert age(ASKED - timedelta(days=days), ASKED) == said


def test_an_age_counts_days_of_the_calendar() -> None:
    night = datetime(2024, 5, 19, 23, 59, tzinfo=UTC)
    assert age(night, night + timedelta(minutes=2)) == "yesterday"
    assert age(night.replace(hour=0), night) == "today"


@pytest.mark.parametrize(
    ("published_at", "said"),
    [
        (datetime(2023, 9, 28, tzinfo=UTC), "28 September 2023 (7 months ago)"),
        (datetime(2024, 5, 1, 23, 59, tzinfo=UTC), "1 May 2024 (2 weeks ago)"),
        (None, "undated"),
    ],
)
def test_a_date_is_said_with_its_age(published_at: datetime | None, said: str) -> None:
    assert published(published_at, ASKED) == said
