from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.readers.bylines import Credits, read_byline, read_credits

THIRD, FOURTH = datetime(2023, 3, 3, tzinfo=UTC), datetime(2023, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "authors", "published", "updated"),
    [
        ("By Ada Brook", ("Ada Brook",), None, None),
        ("By Ada Brook and Bo Lee in Kabul", ("Ada Brook", "Bo Lee"), None, None),
        ("By Ada Brook | 3 March 2023", ("Ada Brook",), THIRD, None),
        ("By Ada Brook, March 3, 2023", ("Ada Brook",), THIRD, None),
        ("By Ada Brook on 3 March 2023", ("Ada Brook",), THIRD, None),
        ("Published 3 March 2023, updated 4 March 2023", (), THIRD, FOURTH),
        ("Published: 2023-03-03. Updated: 2023-03-04", (), THIRD, FOURTH),
        ("Friday, 3 March 2023", (), THIRD, None),
        ("Kabul, 3 March 2023", (), THIRD, None),
        ("3 mars 2023", (), THIRD, None),
        ("03/04/2023", (), None, None),
    ],
)
def test_a_byline_is_read(
    line: str, authors: tuple[str, ...], published: datetime | None, updated: datetime | None
) -> None:
    credit = read_byline(line)
    assert credit is not None
    assert (credit.authors, credit.published_at, credit.updated_at) == (authors, published, updated)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the talks had ended",
        "By March 3, 2023 the army had left the town.",
        "Kabul",
        "In March 2023",
        "",
    ],
)
def test_a_line_of_the_article_is_none(line: str) -> None:
    assert read_byline(line) is None


LONG = "The port authority said that it would open four more lanes. " * 4


@pytest.mark.parametrize(
    ("paragraphs", "title", "authors", "expected", "places"),
    [
        pytest.param(
            ["By Ada Brook", "3 March 2023", LONG],
            -1,
            (),
            Credits(("Ada Brook",), THIRD),
            {0, 1},
            id="before the text",
        ),
        pytest.param(
            ["4 March 2023", "Headline", "By Ada Brook", LONG],
            1,
            (),
            Credits(("Ada Brook",), FOURTH),
            {0, 2},
            id="around the headline",
        ),
        pytest.param(
            ["Ada Brook", "3 March 2023", LONG],
            -1,
            (),
            Credits(("Ada Brook",), THIRD),
            {0, 1},
            id="name and day",
        ),
        pytest.param(
            ["Ada Brook", LONG], -1, ("Ada Brook",), Credits(("Ada Brook",)), {0}, id="a known name"
        ),
        pytest.param(["Ada Brook", LONG], -1, (), Credits(), set(), id="an unknown name"),
        pytest.param([LONG, "3 March 2023"], -1, (), Credits(), set(), id="a day inside the text"),
        pytest.param(
            [f"KABUL, 3 March 2023 – {LONG}"], -1, (), Credits(published_at=THIRD), set(), id="dateline"
        ),
        pytest.param(
            [LONG, LONG, "Reporting by Ada Brook; editing by Bo Lee"],
            -1,
            (),
            Credits(("Ada Brook",)),
            {2},
            id="at the end",
        ),
        pytest.param([LONG, "Photo: Ada Brook", LONG], -1, (), Credits(), {1}, id="photo credit"),
    ],
)
def test_credits_around_an_article(
    paragraphs: list[str], title: int, authors: tuple[str, ...], expected: Credits, places: set[int]
) -> None:
    assert read_credits(paragraphs, title, authors) == (expected, places)
