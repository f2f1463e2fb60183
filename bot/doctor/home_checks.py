"""The home: write access, room on the disk, who holds its locks, and what a process that was killed left there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator

from bot import wiring
from bot.backup.restoring import STAGING
from bot.doctor.findings import Finding, Mend, fine, problem, warning
from bot.doctor.patient import Patient
from index.locks import lock_holder
from index.repairing import unfinished_rebuild

_HOME = "Home"
_LOCKS = "Locks"
_ROOM = 500_000_000
"""Bytes that should be free, beside as many as the catalogue has: a rebuild holds it twice."""


def check_home(patient: Patient) -> Iterator[Finding]:
    """Tell whether the folder is there, and can be written."""
    folder = patient.home.folder.absolute()
    if not folder.exists():
        yield problem(
            _HOME,
            f"{folder} does not exist.",
            "footnote doctor --fix makes it; or set FOOTNOTE_HOME to another folder.",
            Mend.MAKE_HOME,
        )
        return
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        yield problem(
            _HOME,
            f"Nothing can be written in {folder}: {error.strerror}.",
            f"Give this user write access (chown -R $USER {folder}), or set FOOTNOTE_HOME to another folder.",
        )
    else:
        yield fine(_HOME, f"{folder} can be written.")


def check_room(patient: Patient) -> Iterator[Finding]:
    """Tell whether the disk has room for a rebuild."""
    folder, catalogue = patient.home.folder.absolute(), patient.home.catalogue
    there = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(there).free
    wanted = _ROOM + (catalogue.stat().st_size if catalogue.exists() else 0)
    said = f"{free / 1e9:,.1f} GB are free on the disk that holds {folder}"
    if free < wanted:
        yield warning(
            _HOME,
            f"{said}; a rebuild can take {wanted / 1e9:,.1f} GB.",
            "Free some space, or set FOOTNOTE_HOME to a folder on a larger disk.",
        )
    else:
        yield fine(_HOME, f"{said}.")


def check_locks(patient: Patient) -> Iterator[Finding]:
    """Tell who is writing, and who answers in Slack. Either is as it should be."""
    for file, doing in (
        (patient.home.writer_lock, "writing to the index"),
        (wiring.bot_lock(patient.settings), "answering in Slack"),
    ):
        holder = lock_holder(file)
        yield fine(_LOCKS, f"{f'A process is {doing} ({holder})' if holder else f'No process is {doing}'}.")


def check_left_overs(patient: Patient) -> Iterator[Finding]:
    """Look for what a restore or a rebuild left that was killed."""
    if lock_holder(patient.home.writer_lock) is not None:
        return
    for folder in (patient.home.folder.absolute() / STAGING, unfinished_rebuild(patient.home.vectors)):
        if folder.exists():
            yield warning(
                _HOME,
                f"{folder} was left by a restore or a rebuild that was killed.",
                "footnote doctor --fix deletes it; what is served is whole without it.",
                Mend.SWEEP_STAGING,
            )


def check_aside(patient: Patient) -> Iterator[Finding]:
    """Look for a catalogue that could not be read, which a reindex has kept."""
    if patient.home.aside.exists():
        yield warning(
            _HOME,
            f"{patient.home.aside} is a catalogue that could not be read; footnote reindex --full has kept it.",
            f"Delete it when nothing is wanted from it any more: rm {patient.home.aside}*",
        )
