from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.verifying.date_checks import date_reasons
from bot.verifying.sources import source_from_text
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

BRIDGE = (
    "The Karsund bridge was approved by parliament on 3 March 2018, and the first cars crossed it on Tuesday. "
    "The old ferry sank in a storm in 1994."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Parliament approved the bridge in March 2018.",
        "Parliament approved the bridge in 2018.",
        "The first cars crossed the bridge on Tuesday.",
        "The first cars crossed the bridge on 14 May 2024.",
        "The ferry sank in 1994.",
        "The bridge is long.",
    ],
)
def test_a_date_of_the_passage_is_borne_out(embedder: Embedder, sentence: str) -> None:
    published = datetime(2024, 5, 15, tzinfo=UTC)
    source = source_from_text(BRIDGE, embedder, published_at=published)
    assert list(date_reasons(aligned(embedder, sentence, source))) == []


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The ferry sank in 1995.", "No cited passage gives the year 1995."),
        ("Parliament approved the bridge on 4 March 2018.", "No cited passage gives the date 4 March 2018."),
        ("Parliament approved the bridge in October.", "No cited passage gives the month October."),
        ("The first cars crossed the bridge on Friday.", "No cited passage gives the day Friday."),
        (
            "The old ferry sank in a storm in 2018.",
            "The passages give 2018 for something else; for this they give 1994.",
        ),
    ],
)
def test_another_date_is_given_with_what_the_passage_says(
    embedder: Embedder, sentence: str, reason: str
) -> None:
    assert list(date_reasons(aligned(embedder, sentence, BRIDGE))) == [reason]


@pytest.mark.parametrize(
    ("title", "published"), [("Storm of 1996", None), (None, datetime(1996, 5, 1, tzinfo=UTC))]
)
def test_a_date_may_stand_over_the_passage(
    embedder: Embedder, title: str | None, published: datetime | None
) -> None:
    source = source_from_text("The ferry sank.", embedder, title=title, published_at=published)
    assert list(date_reasons(aligned(embedder, "The ferry sank in 1996.", source))) == []


def test_a_day_has_the_one_year_that_the_passage_names(embedder: Embedder) -> None:
    passage = "The ferry sank on 3 May. The inquiry of 2018 found no fault."
    assert list(date_reasons(aligned(embedder, "The ferry sank on 3 May 2018.", passage))) == []
    assert list(date_reasons(aligned(embedder, "The ferry sank on 3 May 2019.", passage))) == [
        "No cited passage gives the date 3 May 2019."
    ]
