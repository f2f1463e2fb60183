"""JSON out, and batch mode: one JSON object a line in, one a line out, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from bot.errors import QuestionError
from bot.questions import BatchQuestion, Filters, batch_question, moment_asked, parse_batch_line
from index.errors import FootnoteError


def run_batch(
    answer: Callable[[BatchQuestion], Mapping[str, Any]], filters: Filters, asked_at: str | None
) -> int:
    """Answer each line of standard input as it comes; return 1 where a line could not be answered, else 0.

    Such a line gets {"id", "error", "remedy"}, with its id where that can be read, so that output lines stay in step
    with input lines. `filters` hold for every question, `asked_at` for those that do not say when they were asked.
    """
    if sys.stdin is None:
        raise QuestionError("Standard input is closed.", "Pipe the questions in, one JSON object a line.")
    default_moment = None if asked_at is None else moment_asked(asked_at)
    failed = False
    # Some programs put a byte order mark before their JSON.
    sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
    for line in sys.stdin:
        if not line.strip():
            continue
        asked_id: Any = None
        try:
            said = parse_batch_line(line)
            asked_id = said.get("id")
            result = answer(BatchQuestion(asked_id, batch_question(said, default_moment, filters)))
        except FootnoteError as error:
            failed = True
            result = {"id": asked_id, "error": error.message, "remedy": error.remedy}
        print_json(result, indent=None)
    return 1 if failed else 0


def print_json(value: Mapping[str, Any], *, indent: int | None = 2) -> None:
    """Print `value` at once as JSON: UTF-8 whatever the terminal speaks, a lone surrogate as its escape."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")
    sys.stdout.flush()
