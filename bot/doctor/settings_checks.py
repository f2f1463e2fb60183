"""The settings: variables that nothing reads, and what they name."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator

from bot import wiring
from bot.doctor.findings import Finding, fine, problem, warning
from bot.doctor.patient import Patient
from bot.errors import SettingsError
from bot.settings import PREFIX, setting_names, unknown_variables

_SETTINGS = "Settings"


def check_variables(_patient: Patient) -> Iterator[Finding]:
    """Look for variables with the settings' prefix that are no setting: a slip of the pen, most likely."""
    unknown = unknown_variables()
    for name in unknown:
        near = difflib.get_close_matches(name.removeprefix(PREFIX), setting_names(), n=1)
        meant = (
            f"If it is to be {PREFIX}{near[0]}, name it so; else"
            if near
            else "Look the name up in .env.example, or"
        )
        yield warning(_SETTINGS, f"{name} is no setting, and is not read.", f"{meant} remove it.")
    if not unknown:
        yield fine(_SETTINGS, "All variables that begin with FOOTNOTE_ are settings.")


def check_articles(patient: Patient) -> Iterator[Finding]:
    """Look for the folders and files that a bare reindex reads."""
    paths = patient.settings.articles
    for path in paths:
        if not path.exists():
            yield problem(
                _SETTINGS,
                f"FOOTNOTE_ARTICLES names {path}, which is not there.",
                "Correct the path, or bring the folder back; what the index holds from there stays.",
            )
        elif not os.access(path, os.R_OK):
            yield problem(
                _SETTINGS,
                f"FOOTNOTE_ARTICLES names {path}, which this user may not read.",
                f"Give this user read access: chmod -R u+rX {path}",
            )
    if paths and all(os.access(path, os.R_OK) for path in paths):
        yield fine(_SETTINGS, f"What FOOTNOTE_ARTICLES names can be read: {', '.join(map(str, paths))}.")


def check_calibration(patient: Patient) -> Iterator[Finding]:
    """Read the file that says from which confidence on to answer."""
    if patient.settings.calibration is None:
        return
    try:
        threshold = wiring.fitted_numbers(patient.settings).threshold
    except SettingsError as error:
        yield problem(_SETTINGS, error.message, error.remedy)
    else:
        yield fine(_SETTINGS, f"The calibration is for this version: answers from {threshold:.2f} on.")


def check_prompts(patient: Patient) -> Iterator[Finding]:
    """Read a user's own words for language models."""
    if patient.settings.prompts is None:
        return
    try:
        wiring.loaded_prompts(patient.settings)
    except SettingsError as error:
        yield problem(_SETTINGS, error.message, error.remedy)
    else:
        yield fine(_SETTINGS, f"The prompts in {patient.settings.prompts} can be used.")
