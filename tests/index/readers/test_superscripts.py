from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.superscripts import with_raised, without_markers


@pytest.mark.parametrize(
    ("before", "raised", "expected"),
    [
        ("6,500", "1", "6,500"),
        ("6,500", "12", "6,500"),
        ("6,500", "1,2", "6,500"),
        ("6,500", "[3]", "6,500"),
        ("6,500", "*", "6,500"),
        ("6,500", "a", "6,500"),
        ("the end.", "4", "the end."),
        ("24 km", "2", "24 km²"),
        ("3 × 10", "6", "3 × 10⁶"),
        ("some 10", "6", "some 10⁶"),
        ("R", "2", "R²"),
        ("s", "-1", "s⁻¹"),
        ("the 21", "st", "the 21st"),
        ("au XIX", "e", "au XIXe"),
        ("word", " ", "word"),
    ],
)
def test_markers_fall_away_and_exponents_stay(before: str, raised: str, expected: str) -> None:
    assert without_markers(with_raised(before, raised)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6,500¹ came", "6,500 came"),
        ("an area of 5 km² and 3 m³", "an area of 5 km² and 3 m³"),
        ("km²³", "km"),
        ("¹/2 a loaf", "1/2 a loaf"),
        ("no markers here", "no markers here"),
    ],
)
def test_superscripts_in_a_text(text: str, expected: str) -> None:
    assert without_markers(text) == expected


@given(st.from_regex(r"\d{1,3}(,\d{3})?", fullmatch=True), st.integers(1, 999))
def test_a_marker_never_changes_a_figure(figure: str, marker: int) -> None:
    read = without_markers(with_raised(f"some {figure}", str(marker)) + " came")
    assert read.startswith(f"some {figure}")
    assert not read[len(f"some {figure}")].isdigit() or not read[len(f"some {figure}")].isascii()
