"""All checks, one after the other. What a check stumbles over is a finding, not the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.doctor import (
    catalogue_checks,
    clock,
    home_checks,
    model_checks,
    records_checks,
    settings_checks,
    vectors_checks,
    versions,
)
from bot.doctor.findings import Finding, problem
from bot.doctor.patient import Patient
from index.errors import FootnoteError

Check = Callable[[Patient], Iterator[Finding]]

CHECKS: Sequence[Check] = (
    versions.check_python,
    versions.check_versions,
    settings_checks.check_variables,
    settings_checks.check_articles,
    settings_checks.check_calibration,
    settings_checks.check_prompts,
    home_checks.check_home,
    home_checks.check_room,
    home_checks.check_locks,
    home_checks.check_left_overs,
    home_checks.check_aside,
    model_checks.check_embedding_model,
    model_checks.check_verifier_model,
    model_checks.check_chat_model,
    catalogue_checks.check_catalogue,
    catalogue_checks.check_integrity,
    catalogue_checks.check_fit,
    catalogue_checks.check_full_text,
    catalogue_checks.check_swept,
    vectors_checks.check_vectors,
    records_checks.check_records,
    clock.check_clock,
    clock.check_future_articles,
)


def examine(patient: Patient, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """Return what all checks find."""
    return [finding for check in checks for finding in _found(check, patient)]


def _found(check: Check, patient: Patient) -> list[Finding]:
    subject = check.__name__.removeprefix("check_").replace("_", " ").capitalize()
    found: list[Finding] = []
    try:
        for finding in check(patient):
            found.append(finding)  # noqa: PERF402 - what was found before it stumbled stays
    except FootnoteError as error:
        found.append(problem(subject, error.message, error.remedy))
    except Exception as error:
        # Whatever is broken out there, the other checks are worth having.
        found.append(
            problem(
                subject,
                f"This could not be looked at: {type(error).__name__}: {error}.",
                "Look at the other findings first; if it stays, it is a mistake in Footnote: please report it.",
            )
        )
    return found
