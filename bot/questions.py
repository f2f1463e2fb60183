"""Questions, and how batch mode writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.errors import QuestionError
from index.dates import end_of, start_of
from index.scope import Scope

_REMEDY = 'Write one object a line, like {"id": "1", "question": "Who won?", "asked_at": "2026-03-01"}'


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question of the conversation, and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What the asker narrows the articles to; None leaves a side open. Both ends are inclusive, UTC."""

    since: datetime | None = None
    until: datetime | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked; `asked_at` is UTC, articles published after it do not exist for it."""

    text: str
    asked_at: datetime
    filters: Filters = Filters()
    history: tuple[Exchange, ...] = ()

    @property
    def scope(self) -> Scope:
        """The articles that may answer."""
        return Scope(self.asked_at, self.filters.since, self.filters.until, self.filters.publisher)


def moment_asked(value: str | None) -> datetime:
    """Return when a question is asked: `value` (a day means its end), or now.

    Raises:
        QuestionError: `value` is no date.
    """
    if value is None:
        return datetime.now(UTC)
    return _moment(value, end_of(value))


def _moment(value: str, found: datetime | None) -> datetime:
    if found is None:
        raise QuestionError(f"{value!r} is not a date.", "Write it like 2026-03-01 or 2026-03-01T12:00:00Z.")
    return found


def filters_from(since: str | None, until: str | None, publisher: str | None) -> Filters:
    """Return the filters that options spell out; `until` a day includes that day.

    Raises:
        QuestionError: a date is none, or the range is empty.
    """
    if publisher is not None and not publisher.isprintable():
        raise QuestionError(
            "--publisher holds something that is no text.", "Write the name as `footnote status` does."
        )
    first = None if since is None else _moment(since, start_of(since))
    last = None if until is None else _moment(until, end_of(until))
    if first and last and first > last:
        raise QuestionError(f"--since {since} is after --until {until}.", "Swap them, or leave one out.")
    return Filters(first, last, publisher)


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A line of batch mode: the question, and the id that its answer will carry."""

    id: Any
    question: Question


def parse_batch_line(line: str, remedy: str = _REMEDY) -> dict[str, Any]:
    """Return the object that one line of batch mode holds.

    Raises:
        QuestionError: it is no JSON object; `remedy` shows one.
    """
    try:
        said = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise QuestionError("The line is not JSON.", remedy) from error
    if not isinstance(said, dict):
        raise QuestionError("The line is not a JSON object.", remedy)
    return said


def _no_constant(name: str) -> None:
    # Python reads NaN, and would write it into the answer as an id, where nobody else could read it.
    raise ValueError(f"{name} is not JSON")


def batch_question(said: Mapping[str, Any], default_moment: datetime | None, filters: Filters) -> Question:
    """Return the question that an object of batch mode asks, at `default_moment` (or now) unless it says when.

    Raises:
        QuestionError: it holds no question, or a known key has a wrong value.
    """
    text = said.get("question")
    if not isinstance(text, str) or not text.strip():
        raise QuestionError("The line holds no question.", _REMEDY)
    asked_at = said.get("asked_at")
    if asked_at is not None and not isinstance(asked_at, str):
        raise QuestionError("asked_at is not text.", _REMEDY)
    moment = default_moment if default_moment and asked_at is None else moment_asked(asked_at)
    return Question(text, moment, filters, _history(said.get("history")))


def _history(value: object) -> tuple[Exchange, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise QuestionError("history is not a list.", _REMEDY)
    exchanges = []
    for each in value:
        if not isinstance(each, dict) or not isinstance(each.get("question"), str):
            raise QuestionError("history holds something without a question.", _REMEDY)
        exchanges.append(Exchange(each["question"], str(each.get("answer") or "")))
    return tuple(exchanges)
