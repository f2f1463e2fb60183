"""Batch mode: one JSON object a line in, one a line out, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.questions import BatchQuestion, Filters, moment_asked, parse_batch_line
from index.errors import FootnoteError


def run_batch(
    answer: Callable[[BatchQuestion], Mapping[str, Any]], filters: Filters, asked_at: str | None
) -> int:
    """Answer each line of standard input as it comes; return 1 where a line could not be answered, else 0.

    Such a line gets {"id", "error", "remedy"}, so that output lines stay in step with input lines. `filters` hold for
    every question, `asked_at` for those that do not say when they were asked.
    """
    default_moment = moment_asked(asked_at) if asked_at else None
    failed = False
    # JSON is UTF-8 whatever the terminal speaks; a lone surrogate goes out as the escape it came in as.
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    for line in sys.stdin:
        if not line.strip():
            continue
        asked_id: Any = None
        try:
            asked = parse_batch_line(line, default_moment)
            asked_id = asked.id
            result = answer(replace(asked, question=replace(asked.question, filters=filters)))
        except FootnoteError as error:
            failed = True
            result = {"id": asked_id or _id_in(line), "error": error.message, "remedy": error.remedy}
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 1 if failed else 0


def _id_in(line: str) -> Any:
    """Return the id of a line that holds no question, so that its sender knows which one it was."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said.get("id") if isinstance(said, dict) else None
