"""The benchmark's table, for the terminal and for a Markdown file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.errors import EvaluationError
from bot.evaluation.metrics.confidence import ReliabilityRow
from bot.evaluation.rows.figures import Figure, Row, Target

BEGIN = "<!-- benchmark: what stands between these marks is written by --save -->"
END = "<!-- benchmark: end -->"

_SHORT = "✗"
_LEGEND = f"{_SHORT} misses what it should be at least"
_HEAD = ("", "measured", "at least", "aim")
_RELIABILITY_HEAD = ("answers", "mean confidence", "share right")


def as_text(facts: Iterable[tuple[str, str]], rows: Sequence[Row]) -> str:
    """Return the table in columns, `facts` above it."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    said = [f"{name}: {value}" for name, value in facts]
    return "\n".join([*said, "", *(line.rstrip() for line in lines), *_legend(rows)]) + "\n"


def as_markdown(
    facts: Iterable[tuple[str, str]], rows: Sequence[Row], reliability: Sequence[ReliabilityRow]
) -> str:
    """Return the table in Markdown, `facts` above it and the reliability table, where there is one, below."""
    said = [f"- {name}: `{value}`" if name == "command" else f"- {name}: {value}" for name, value in facts]
    parts = ["\n".join(said), _markdown_table(_HEAD, map(_cells, rows)), "\n".join(_legend(rows))]
    if reliability:
        parts.append(
            "SQuAD's questions by confidence, lowest first, and how often the first sentence was right:"
        )
        parts.append(_markdown_table(_RELIABILITY_HEAD, map(_reliability_cells, reliability)))
    return "\n\n".join(filter(None, parts)) + "\n"


def _cells(row: Row) -> tuple[str, str, str, str]:
    targets = [figure.target for figure in row.figures]
    return (
        row.what,
        " / ".join(map(_value, row.figures)),
        _targets(targets, "bound"),
        _targets(targets, "aim"),
    )


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return figure.pattern.format(figure.value) + (f" {_SHORT}" if figure.short else "")


def _targets(targets: Sequence[Target | None], which: str) -> str:
    """Return the targets of a row's figures, those without one behind the others left out."""
    said = [
        "–" if each is None else f"{'≤ ' if each.low else ''}{getattr(each, which):g}" for each in targets
    ]
    while said and said[-1] == "–":
        said.pop()
    return " / ".join(said)


def _legend(rows: Sequence[Row]) -> list[str]:
    return [_LEGEND] if any(figure.short for row in rows for figure in row.figures) else []


def _reliability_cells(row: ReliabilityRow) -> tuple[str, ...]:
    return f"{row.count:,}", f"{row.confidence:.3f}", f"{row.right:.3f}"


def _markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def check_marks(file: Path) -> None:
    """Check that `file` has a place for the table, before hours go into measuring.

    Raises:
        EvaluationError: it cannot be read, or has no place.
    """
    _around(file)


def save(file: Path, table: str) -> None:
    """Put `table` between the marks of a Markdown file, in place of what stands there.

    Raises:
        EvaluationError: the file cannot be read or written, or lacks the marks.
    """
    before, after = _around(file)
    try:
        file.write_text(f"{before}{BEGIN}\n\n{table}\n{END}{after}", encoding="utf-8", newline="")
    except OSError as error:
        raise EvaluationError(
            f"{file} cannot be written ({error.strerror or error}).", "Give this user access to it."
        ) from error


def _around(file: Path) -> tuple[str, str]:
    """Return what stands before the first mark, and behind the second."""
    remedy = f"It has to be a text file that holds these two lines:\n{BEGIN}\n{END}"
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise EvaluationError(f"{file} cannot be opened ({error.strerror or error}).", remedy) from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{file} is not UTF-8 text.", remedy) from error
    before, begins, rest = text.partition(BEGIN)
    _, ends, after = rest.partition(END)
    if not (begins and ends):
        raise EvaluationError(f"{file} has no place for the table.", remedy)
    return before, after
