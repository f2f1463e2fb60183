"""The records of what was asked in Slack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

from bot import wiring
from bot.doctor.findings import Finding, fine, problem, warning
from bot.doctor.patient import Patient
from bot.errors import RecordsError
from bot.records.database import Database
from bot.records.inbox import Inbox
from index.database_files import integrity_problems
from index.locks import lock_holder

_RECORDS = "Slack records"


def check_records(patient: Patient) -> Iterator[Finding]:
    """Tell whether they are whole, of this version, and whether questions wait while nobody answers."""
    if not patient.records.exists():
        yield fine(_RECORDS, "There are none: footnote slack has not run here.")
        return
    problems = integrity_problems(patient.records)
    if problems:
        yield problem(
            _RECORDS,
            f"{patient.records} is damaged: {problems[0]}.",
            f"Restore a backup (footnote restore FILE --replace); or move {patient.records} away: the bot begins new "
            "ones, and forgets what was asked.",
        )
        return
    try:
        with closing(Database(patient.records)) as database:
            inbox = Inbox(database)
            waiting, since = inbox.waiting(), inbox.waiting_since()
    except RecordsError as error:
        yield problem(_RECORDS, error.message, error.remedy)
        return
    yield fine(_RECORDS, "SQLite finds them whole.")
    if waiting and since is not None and lock_holder(wiring.bot_lock(patient.settings)) is None:
        moment = datetime.fromtimestamp(since, UTC)
        yield warning(
            _RECORDS,
            f"{waiting:,} questions wait since {moment:%Y-%m-%d %H:%M} UTC, and no bot is running.",
            "Start it: footnote slack",
        )
