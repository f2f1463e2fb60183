from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tables import TableRow, is_head, row_at
from index.words import stems

HARBOURS = """What the ministry reported on Monday was little.

Calls at the harbours of the coast

Harbour | Ships 2025 | Ships 2024 | Dock workers
Port Elden | 1,460 | 1,390 | 2,350
Skarrow | 310 | 295 | 420

Ida Holm runs Skarrow."""
OPEN = "Harbour | Ships 2025 | Workers 2024\nSkarrow | 310 | 420"


def line_at(text: str, beginning: str) -> tuple[int, int]:
    """Return where the line begins and ends that begins so."""
    start = ("\n" + text).index("\n" + beginning)
    return start, (text + "\n").index("\n", start)


def row(text: str, beginning: str, floor: int = 0) -> TableRow | None:
    return row_at(text, *line_at(text, beginning), floor)


def read(text: str, beginning: str) -> str | None:
    found = row(text, beginning)
    return found.reading if found else None


def rows_and_heads(text: str, floor: int) -> list[tuple[int, int, TableRow | None, bool]]:
    """Return each line of a text: where it is, the row that it is, and whether it is a head."""
    lines, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        lines.append((start, end, row_at(text, start, end, min(floor, start)), is_head(text, start, end)))
        start = end + 1
    return lines


@pytest.mark.parametrize(
    ("text", "line", "reading"),
    [
        (HARBOURS, "Skarrow", "Harbour Skarrow: Ships 2025 310; Ships 2024 295; Dock workers 420"),
        (
            HARBOURS,
            "Port Elden",
            "Harbour Port Elden: Ships 2025 1,460; Ships 2024 1,390; Dock workers 2,350",
        ),
        ("Name | Office\nIda Holm | captain\nPer Brandt | mate", "Per", "Name Per Brandt: Office mate"),
        # The first column often has no name.
        ("| 2024 | 2025\nSkarrow | 295 | 310", "Skarrow", "Skarrow: 2024 295; 2025 310"),
        ("2024 | 2025\nSkarrow | 295 | 310", "Skarrow", "Skarrow: 2024 295; 2025 310"),
        ("Town | Toll | Since\nElden |  | May", "Elden", "Town Elden: Since May"),
        ("Town | Toll | Since\nElden | 9", "Elden", "Town Elden: Toll 9"),
        ("Town | Toll |\nElden | 9 | crowns", "Elden", "Town Elden: Toll 9; crowns"),
    ],
)
def test_a_row_is_read_with_the_head_of_its_table(text: str, line: str, reading: str) -> None:
    assert read(text, line) == reading


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(HARBOURS, "Ida Holm", id="a sentence"),
        pytest.param(HARBOURS, "Calls", id="a caption"),
        pytest.param(HARBOURS, "Harbour |", id="the head itself"),
        pytest.param("Elden | 9\nSkarrow | 4", "Skarrow", id="figures above it, and no head"),
        pytest.param("Town | Toll\n\nElden | 9", "Elden", id="a blank line between"),
        pytest.param("Town | Toll\nIt is said:\nElden | 9", "Elden", id="a sentence between"),
        pytest.param("Town | Toll\nElden | 9 | May | 1961", "Elden", id="two cells too many"),
        pytest.param("Elden | 9", "Elden", id="alone"),
    ],
)
def test_what_has_no_head_above_it_is_no_row(text: str, line: str) -> None:
    assert row(text, line) is None


def test_a_row_says_where_its_head_stands() -> None:
    found = row(HARBOURS, "Skarrow")
    assert found is not None
    assert HARBOURS[found.start : found.end] == "Harbour | Ships 2025 | Ships 2024 | Dock workers"


def test_a_head_before_the_passage_is_not_read() -> None:
    head, first = HARBOURS.index("Harbour |"), HARBOURS.index("Port Elden |")
    at_head = row(HARBOURS, "Skarrow", head)
    assert at_head is not None
    assert (at_head.start, at_head.caption) == (head, "")
    assert row(HARBOURS, "Skarrow", first) is None


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("Calls at the harbours\n", "Calls at the harbours"),
        ("Nobody knew.\n\nCalls at the harbours\n\n\n", "Calls at the harbours"),
        ("Nobody knew, " * 20 + "\n\n", ""),
        ("", ""),
    ],
)
def test_the_short_line_before_a_table_is_its_caption(before: str, caption: str) -> None:
    found = row(before + OPEN, "Skarrow")
    assert found is not None
    assert found.caption == caption


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many dock workers has Skarrow?", ("Dock workers", "420")),
        ("How many ships came in 2025?", ("Ships 2025", "310")),
        ("What was it in 2024?", ("Ships 2024", "295")),
        ("How many ships were there?", None),
        ("How many ferries were there?", None),
        # What a row is about answers nothing.
        ("Which harbour?", None),
        ("", None),
    ],
)
def test_the_cell_asked_for_is_in_the_column_that_says_most_of_it(
    question: str, found: tuple[str, str] | None
) -> None:
    skarrow = row(HARBOURS, "Skarrow")
    assert skarrow is not None
    assert skarrow.asked_for(stems(question)) == found


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("How many workers were there in 2024?", False),
        ("How many workers were there in 2025?", True),
        ("How many ships were there in 2025?", False),
        ("How many ships were there in 2023?", True),
        ("How many workers were there?", False),
        ("What was it in 2023?", False),
    ],
)
def test_a_column_of_another_year_is_told(question: str, another: bool) -> None:
    skarrow = row(OPEN, "Skarrow")
    assert skarrow is not None
    assert skarrow.another_year(stems(question)) is another


@pytest.mark.parametrize(
    ("text", "head"),
    [
        pytest.param("Town | Toll\nElden | 9", True, id="words above figures"),
        pytest.param("Town | 2025\nElden | 9", True, id="a year"),
        pytest.param("Name | Office\nIda Holm | captain", True, id="words above words"),
        pytest.param("Elden | 9\nSkarrow | 4", False, id="figures"),
        pytest.param("Town | Toll", False, id="nothing below"),
        pytest.param("Town | Toll\nNobody knew.", False, id="a sentence below"),
        pytest.param("Town: Toll\nElden | 9", False, id="no cells"),
    ],
)
def test_a_head_has_no_figures_but_years_and_rows_below_it(text: str, head: bool) -> None:
    first = text.partition("\n")[0]
    for whole in (text, f"The tolls\n\n{text}\n\nNobody knew."):
        assert is_head(whole, *line_at(whole, first)) is head


def test_only_the_first_row_is_the_head() -> None:
    text = "Name | Office\nIda Holm | captain\nPer Brandt | mate"
    assert [head for _, _, _, head in rows_and_heads(text, 0)] == [True, False, False]


CELLS = st.text(st.characters(exclude_characters="|\n", exclude_categories=["Cs"]), min_size=1, max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4).map(" | ".join), max_size=5).map("\n".join)
TEXTS = st.one_of(st.text(max_size=40), st.text("ab1 |\n2024", max_size=40), TABLES)
PLACES = st.integers(0, 45)


@given(TEXTS, PLACES, PLACES)
def test_no_stretch_of_any_text_is_too_odd(text: str, start: int, end: int) -> None:
    assert not is_head(text, start, end) or " | " in text[start:end]


@given(TEXTS, PLACES, st.frozensets(st.text(max_size=4), max_size=3))
def test_a_line_of_any_text_is_a_row_or_a_head_or_neither(
    text: str, floor: int, wanted: frozenset[str]
) -> None:
    for start, end, found, head in rows_and_heads(text, floor):
        assert not (found and head)
        if found:
            assert min(floor, start) <= found.start < found.end < start <= end <= len(text)
            assert text[found.end] == "\n"
            assert "\n" not in text[found.start : found.end] + found.caption
            assert len(found.columns) == len(found.cells)
            assert all(cell in found.reading for cell in found.cells)
            shown = zip(found.columns[1:], found.cells[1:], strict=True)
            assert all(column in found.reading for column, cell in shown if cell)
            assert found.asked_for(wanted) in {None, *zip(found.columns, found.cells, strict=True)}
            assert isinstance(found.another_year(wanted), bool)


@given(st.lists(CELLS.map(str.strip).filter(bool), min_size=2, max_size=4))
def test_a_row_holds_the_cells_as_they_are_written(cells: list[str]) -> None:
    head = " | ".join("Town" for _ in cells)
    found = row_at(f"{head}\n{' | '.join(cells)}", len(head) + 1, len(head) + 1 + len(" | ".join(cells)), 0)
    assert found is not None
    assert list(found.cells) == cells
