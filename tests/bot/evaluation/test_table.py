from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import EvaluationError
from bot.evaluation.metrics.confidence import ReliabilityRow
from bot.evaluation.rows.figures import Figure, Row, Target
from bot.evaluation.table import BEGIN, END, as_markdown, as_text, check_marks, save
from tests.conftest import PROJECT

FACTS = [("command", "measure DATA"), ("date", "2026-01-31")]
ROWS = [
    Row("Found: first / in five", (Figure(0.65, Target(0.65, 0.75)), Figure(0.92949, Target(0.93, 0.97)))),
    Row("Speed: ratio / time", (Figure(2, Target(8, 3, low=True)), Figure(12.345, pattern="{:.1f} ms"))),
    Row("Nothing", (Figure(None, Target(0.9, 0.97)),)),
]


def test_the_table_has_figures_and_what_they_should_be_in_columns() -> None:
    assert as_text(FACTS, ROWS) == (
        "command: measure DATA\n"
        "date: 2026-01-31\n"
        "\n"
        "                        measured         at least     aim\n"
        "----------------------  ---------------  -----------  -----------\n"
        "Found: first / in five  0.650 / 0.929 ✗  0.65 / 0.93  0.75 / 0.97\n"
        "Speed: ratio / time     2.000 / 12.3 ms  ≤ 8          ≤ 3\n"
        "Nothing                 –                0.9          0.97\n"
        "✗ misses what it should be at least\n"
    )


def test_the_mark_is_explained_where_it_stands() -> None:
    assert "✗" not in as_text(FACTS, ROWS[1:])


def test_markdown_holds_the_same_and_how_reliable_confidence_is() -> None:
    written = as_markdown(FACTS, ROWS[:1], [ReliabilityRow(1200, 0.25, 0.2)])
    assert "- command: `measure DATA`\n- date: 2026-01-31\n\n|  | measured" in written
    assert "| Found: first / in five | 0.650 / 0.929 ✗ | 0.65 / 0.93 | 0.75 / 0.97 |\n" in written
    assert (
        "| answers | mean confidence | share right |\n| --- | --- | --- |\n| 1,200 | 0.250 | 0.200 |\n"
        in written
    )
    assert "mean confidence" not in as_markdown(FACTS, ROWS, ())


def test_saving_leaves_the_rest_of_the_file_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "some.md"
    file.write_bytes(f"# Title\r\n\n{BEGIN}\nold\n{END}\n\n über\n".encode())
    for table in ("first\n", "second\n"):
        save(file, table)
    assert file.read_bytes() == f"# Title\r\n\n{BEGIN}\n\nsecond\n\n{END}\n\n über\n".encode()


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{END}\n{BEGIN}"])
def test_a_file_without_a_place_for_the_table_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "some.md"
    file.write_text(text)
    with pytest.raises(EvaluationError, match="no place for the table"):
        save(file, "table")
    assert file.read_text() == text


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"gone\.md cannot be opened"):
        check_marks(tmp_path / "gone.md")
    (tmp_path / "latin.md").write_bytes(b"\xff")
    with pytest.raises(EvaluationError, match=r"latin\.md is not UTF-8"):
        check_marks(tmp_path / "latin.md")


def test_the_documentation_has_a_place_for_the_table() -> None:
    check_marks(PROJECT / "docs" / "benchmarks.md")
