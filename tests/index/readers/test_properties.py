from __future__ import annotations

import pytest

from index.readers.properties import believable_authors, believable_title, choose_title


@pytest.mark.parametrize(
    "title",
    [
        "",
        "untitled",
        "(untitled)",
        "Untitled document",
        "Microsoft Word - draft3.doc",
        "Document1",
        "lanes_final_v2.indd",
        "lanes_final",
        "scan0042",
        "PowerPoint Presentation",
        "about:blank",
        "https://example.com/a",
        "C:\\Users\\ada\\lanes",
        "2023",
        "(anonymous)",
    ],
)
def test_titles_that_programs_leave_are_none(title: str) -> None:
    assert believable_title(title) is None


@pytest.mark.parametrize("title", ["Harbour Opens Four New Lanes", "Untouched", "In Print: 40 Years of News"])
def test_titles_that_people_write_are_believed(title: str) -> None:
    assert believable_title(f" {title}\x00 ") == title


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("Ada Brook", ("Ada Brook",)),
        ("Ada Brook; Bo Lee", ("Ada Brook", "Bo Lee")),
        ("Ada Brook and Bo Lee", ("Ada Brook", "Bo Lee")),
        ("Brook, Ada", ("Ada Brook",)),
        ("User", ()),
        ("Administrator", ()),
        ("python-docx", ()),
        ("Microsoft Office User", ()),
        ("(anonymous)", ()),
        ("Adobe InDesign 18.1", ()),
        ("ada@example.com", ()),
        ("DESKTOP\\ada", ()),
        ("", ()),
    ],
)
def test_authors_that_are_people_are_believed(author: str, authors: tuple[str, ...]) -> None:
    assert believable_authors(author) == authors


@pytest.mark.parametrize(
    ("property_", "headline", "expected"),
    [
        ("Four New Lanes", 1, ("Four New Lanes", 1)),
        ("Four New Lanes | The Courier", 1, ("Four New Lanes", 1)),
        ("New Lanes", 1, ("Four New Lanes", 1)),
        ("Harbour News", 1, ("Harbour News", -1)),
        ("untitled", 1, ("Four New Lanes", 1)),
        ("", -1, (None, -1)),
    ],
)
def test_the_title_is_the_one_that_readers_see(
    property_: str, headline: int, expected: tuple[str | None, int]
) -> None:
    assert choose_title(property_, ["The Courier", "Four New Lanes", "The port said."], headline) == expected
