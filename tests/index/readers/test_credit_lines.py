from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.readers.credit_lines import CreditLine, read_credit_line, split_names

MARCH_3 = datetime(2023, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: The Daily",
        "Photo credit: Ann Lee",
        "Photo by Ann Lee",
        "(Photo by Ann Lee/Getty Images)",
        "[Image: The Daily]",
        "Image credit: NASA/JPL",
        "Illustration by Ann Lee",
        "FILE PHOTO: The bridge at Ashford is seen in May.",
        "File photo",
        "Getty Images",
        "Ann Lee/Getty Images",
        "Ann Lee via Getty Images",
        "REUTERS/Ann Lee",
        "AP Photo/Ann Lee, File",
        "Caption: The bridge.",
        "###",
        "-30-",
        "--ENDS--",
        "© 2023 The Daily",
        "Copyright 2023 The Daily. All rights reserved.",
        "(c) 2023 The Daily",
        "Editing by Bo Lee",
        "Our Standards: The Daily Trust Principles.",
        "Read more: Council votes for bridge",
        "5 min read",
        "Image source, Getty Images",
        "Ann Lee in Ashford contributed to this report.",
        "By Staff",
    ],
)
def test_a_line_that_is_only_to_be_left_out(line: str) -> None:
    assert read_credit_line(line) == CreditLine()


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("BY JANE DOE", ("JANE DOE",)),
        ("by Jane Doe", ("Jane Doe",)),
        ("By: Jane Doe", ("Jane Doe",)),
        ("By Jane Doe and John Roe, Staff Writers", ("Jane Doe", "John Roe")),
        ("By Jane Doe, John Roe & Cy van der Ott", ("Jane Doe", "John Roe", "Cy van der Ott")),
        ("By Jane Doe, The Daily Correspondent", ("Jane Doe",)),
        ("By Jane Doe, CNN", ("Jane Doe",)),
        ("By Jane Doe in Ashford", ("Jane Doe",)),
        ("By Jane M. O’Doe-Smith", ("Jane M. O’Doe-Smith",)),
        ("By Martin Luther King Jr.", ("Martin Luther King Jr.",)),
        ("By Mohammed bin Rashid al-Amin", ("Mohammed bin Rashid al-Amin",)),
        ("By The Associated Press", ("The Associated Press",)),
        ("Von Jörg Müller", ("Jörg Müller",)),
        ("Author: Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("(Reporting by Jane Doe in Ashford; Editing by Bo Lee)", ("Jane Doe",)),
        ("Reporting by Jane Doe and John Roe; editing by Bo Lee", ("Jane Doe", "John Roe")),
    ],
)
def test_a_by_line(line: str, authors: tuple[str, ...]) -> None:
    assert read_credit_line(line) == CreditLine(authors=authors)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("3 March 2023", CreditLine(published_at=MARCH_3, is_date=True)),
        ("Friday, March 3, 2023", CreditLine(published_at=MARCH_3, is_date=True)),
        ("2023-03-03", CreditLine(published_at=MARCH_3, is_date=True)),
        ("03/04/2023", CreditLine(is_date=True)),
        ("Published: 3 March 2023", CreditLine(published_at=MARCH_3, is_date=True)),
        ("Published on March 3, 2023", CreditLine(published_at=MARCH_3, is_date=True)),
        ("Posted March 3, 2023", CreditLine(published_at=MARCH_3, is_date=True)),
        (
            "Updated 3 March 2023, 10:00 UTC",
            CreditLine(updated_at=datetime(2023, 3, 3, 10, tzinfo=UTC), is_date=True),
        ),
        ("Last updated: 3 March 2023", CreditLine(updated_at=MARCH_3, is_date=True)),
        ("Published: 03/04/2023", CreditLine(is_date=True)),
        ("Jane Doe | 3 March 2023", CreditLine(authors=("Jane Doe",), published_at=MARCH_3, is_date=True)),
        (
            "By Jane Doe — March 3, 2023",
            CreditLine(authors=("Jane Doe",), published_at=MARCH_3, is_date=True),
        ),
        (
            "Published 3 March 2023 | Updated 4 March 2023",
            CreditLine(published_at=MARCH_3, updated_at=datetime(2023, 3, 4, tzinfo=UTC), is_date=True),
        ),
        ("Source: https://example.com/a", CreditLine(url="https://example.com/a")),
        ("URL: https://example.com/a", CreditLine(url="https://example.com/a")),
        ("https://example.com/a", CreditLine(url="https://example.com/a")),
        ("Source: The Daily", CreditLine(publisher="The Daily")),
        ("(Reuters)", CreditLine(publisher="Reuters")),
        ("REUTERS", CreditLine(publisher="Reuters")),
        ("AP", CreditLine(publisher="AP")),
        (
            "Jane Doe | Reuters | 3 March 2023",
            CreditLine(("Jane Doe",), MARCH_3, publisher="Reuters", is_date=True),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_line_that_tells_something(line: str, expected: CreditLine) -> None:
    assert read_credit_line(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By Monday, the river had risen.",
        "By Monday",
        "By the time Jane Doe came it was over",
        "By Jane Doe’s account, nobody was hurt.",
        "By Friday Evening",
        "Published in the journal Nature, the study says otherwise",
        "Updated figures show more",
        "Jane Doe",
        "Jane Doe | John Roe",
        "Council votes for bridge",
        "Court sides with Getty Images",
        "Photo shows bridge before it fell",
        "Images of the flood",
        "Reuters reported it first.",
        "On 3 March 2023 the council met.",
        "In March 2023",
        "2023",
        "6,500",
        "Town | Votes",
        "Source of the river found",
        "Ending the war",
        "Related news agencies agreed.",
        "The council met on Monday. It voted for the bridge.",
    ],
)
def test_a_line_of_the_article_is_none(line: str) -> None:
    assert read_credit_line(line) is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Ada Brook", ("Ada Brook",)),
        ("Ada Brook and Bo Lee", ("Ada Brook", "Bo Lee")),
        ("Ada Brook, Bo Lee, and Cy Ott", ("Ada Brook", "Bo Lee", "Cy Ott")),
        ("Brook, Ada", ("Brook, Ada",)),
        ("Reuters", ("Reuters",)),
        (" ", ()),
    ],
)
def test_names_are_told_apart(names: str, expected: tuple[str, ...]) -> None:
    assert split_names(names) == expected


@settings(deadline=None)
@given(st.text(st.characters(), max_size=400))
def test_any_line_is_read_without_an_error(line: str) -> None:
    read_credit_line(line)


@pytest.mark.parametrize(
    ("line", "authors", "publisher"),
    [
        ("By Jane Doe, Ashford Courier", ("Jane Doe",), "Ashford Courier"),
        ("By Jane Doe and John Roe, The Ashford Post", ("Jane Doe", "John Roe"), "The Ashford Post"),
        ("By Jane Doe, Emily Post", ("Jane Doe", "Emily Post"), None),
        ("By the Newsdesk, Ashford Evening Mail", (), "Ashford Evening Mail"),
        ("By Jane Doe, Ashford News Agency", ("Jane Doe",), "Ashford News Agency"),
    ],
)
def test_the_outlet_behind_a_name_is_the_publisher(
    line: str, authors: tuple[str, ...], publisher: str | None
) -> None:
    assert read_credit_line(line) == CreditLine(authors=authors, publisher=publisher)
