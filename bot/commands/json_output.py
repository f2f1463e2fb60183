"""JSON out, and batch mode: one JSON object a line in, one a line out, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from bot.errors import QuestionError
from bot.in_order import in_order
from bot.questions import BatchQuestion, Filters, batch_question, moment_asked, parse_batch_line
from index.errors import FootnoteError

_Result = tuple[Mapping[str, Any], bool]
"""What a line is answered with, and whether it could not be answered."""


def run_batch(
    answer: Callable[[BatchQuestion], Mapping[str, Any]],
    filters: Filters,
    asked_at: str | None,
    *,
    at_once: int = 1,
) -> int:
    """Answer the questions on standard input as `run_lines` does.

    `filters` hold for every question, `asked_at` for those that do not say when they were asked.
    """
    default_moment = None if asked_at is None else moment_asked(asked_at)

    def answered(said: Mapping[str, Any]) -> Mapping[str, Any]:
        return answer(BatchQuestion(said.get("id"), batch_question(said, default_moment, filters)))

    return run_lines(answered, parse_batch_line, at_once=at_once)


def run_lines(
    answer: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    parse: Callable[[str], Mapping[str, Any]],
    *,
    at_once: int = 1,
) -> int:
    """Answer each line of standard input as it comes; return 1 where a line could not be answered, else 0.

    `parse` returns the object that a line holds. A line that cannot be answered gets {"id", "error", "remedy"}, with
    its id where that can be read, so that output lines stay in step with input lines. So many are answered `at_once`.
    """
    if sys.stdin is None:
        raise QuestionError("Standard input is closed.", "Pipe the lines in, one JSON object each.")
    # Some programs put a byte order mark before their JSON.
    sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
    lines = (line for line in sys.stdin if line.strip())

    def result(line: str) -> _Result:
        return _answered(line, answer, parse)

    failed = False
    for said, is_failure in map(result, lines) if at_once == 1 else in_order(result, lines, at_once):
        failed |= is_failure
        print_json(said, indent=None)
    return 1 if failed else 0


def _answered(
    line: str,
    answer: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    parse: Callable[[str], Mapping[str, Any]],
) -> _Result:
    asked_id: Any = None
    try:
        said = parse(line)
        asked_id = said.get("id")
        return answer(said), False
    except FootnoteError as error:
        return {"id": asked_id, "error": error.message, "remedy": error.remedy}, True


def print_json(value: Mapping[str, Any], *, indent: int | None = 2) -> None:
    """Print `value` at once as JSON: UTF-8 whatever the terminal speaks, a lone surrogate as its escape."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")
    sys.stdout.flush()
