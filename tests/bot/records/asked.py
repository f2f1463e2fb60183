"""Questions as they arrive, made by hand, and an inbox to put them into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.records.database import Database
from bot.records.inbox import Inbox
from bot.records.records import Arrival, Outcome, Surface
from bot.records.retractions import Retractions

NOW = 1_700_000_000.0
"""Seconds since 1970 at which questions are taken in, unless a test says otherwise."""


def arrival(ts: str = "100.000001", **fields: Any) -> Arrival:
    """Return a question of Anna's in #news that begins a thread, but for the fields given."""
    plain = Arrival(
        workspace="T0FOOTNOTE",
        channel="C0NEWS",
        ts=ts,
        thread=ts,
        person="U0ANNA",
        surface=Surface.MENTION,
        text="What is the toll?",
    )
    return replace(plain, **fields)


@contextmanager
def open_inbox(path: Path) -> Iterator[Inbox]:
    """Give the inbox in a file, opened anew."""
    database = Database(path)
    try:
        yield Inbox(database)
    finally:
        database.close()


@contextmanager
def open_retractions(path: Path) -> Iterator[Retractions]:
    """Give the retractions in a file, opened anew; what they say is their day."""
    database = Database(path)
    try:
        yield Retractions(database, lambda at: {"text": f"Withdrawn on {at:%-d %B %Y}", "blocks": []})
    finally:
        database.close()


@contextmanager
def new_inbox(folder: Path) -> Iterator[Inbox]:
    """Give an empty inbox in a file in this folder, faster than making one."""
    file = folder / "records.sqlite3"
    file.write_bytes(_empty())
    with open_inbox(file) as inbox:
        yield inbox


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "records.sqlite3"
        Database(file).close()
        return file.read_bytes()


def taken(inbox: Inbox, of: Arrival | None = None, now: float = NOW) -> int:
    """Take a question in that is new, and return its id."""
    of = of or arrival()
    question = inbox.take(f"Ev-{of.workspace}-{of.channel}-{of.ts}", of, now)
    assert question is not None
    return question


def composed(
    inbox: Inbox, of: Arrival | None = None, outcome: Outcome = Outcome.ANSWERED, **said: Any
) -> int:
    """Take a question in and compose what it came to; return its id."""
    question = taken(inbox, of)
    assert inbox.admit(question)
    assert inbox.compose(question, outcome, [{"text": "40 euros", "blocks": []}], **said)
    return question


def done(inbox: Inbox, of: Arrival | None = None, outcome: Outcome = Outcome.ANSWERED, **said: Any) -> int:
    """Take a question in, answer it and finish it; return its id."""
    question = composed(inbox, of, outcome, **said)
    inbox.finish(question, outcome, NOW + 1)
    return question
