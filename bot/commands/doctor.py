"""`footnote doctor`: whether all is well, what to do where it is not, and doing what is safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from rich.table import Table
from rich.text import Text

from bot import wiring
from bot.commands.json_output import print_json
from bot.commands.progress import shown_progress
from bot.console import console
from bot.doctor.examining import examine
from bot.doctor.findings import Finding, Level, problem
from bot.doctor.mending import Mender
from bot.doctor.patient import Patient
from bot.errors import SettingsError
from bot.settings import load_settings
from bot.visible import visible
from index.errors import FootnoteError

_STYLES = {Level.OK: "green", Level.WARNING: "yellow", Level.PROBLEM: "bold red"}


def run(*, fix: bool, as_json: bool) -> int:
    """Look everything over and say what was found; return 1 where there is a problem, else 0."""
    mended: list[str] = []
    try:
        settings = load_settings()
    except SettingsError as error:
        # Where the home is, and which model, is not known for certain: nothing else can be looked at.
        findings = [problem("Settings", error.message, f"{error.remedy} Then run footnote doctor again.")]
    else:
        patient = Patient(settings, wiring.home(settings), datetime.now(UTC))
        findings = examine(patient)
        if fix:
            mended, findings = _mended(patient, findings)
    if as_json:
        print_json(_as_json(findings, mended))
    else:
        _show(findings, mended, fix=fix)
    return 1 if any(finding.level is Level.PROBLEM for finding in findings) else 0


def _mended(patient: Patient, findings: list[Finding]) -> tuple[list[str], list[Finding]]:
    """Mend what can be, and look everything over again."""
    if all(finding.mend is None for finding in findings):
        return [], findings
    try:
        with shown_progress() as progress:
            mended = Mender(patient, progress).mend(findings)
    except FootnoteError as error:
        return [], [*findings, problem("Mending", error.message, error.remedy)]
    return mended, examine(patient)


def _show(findings: Sequence[Finding], mended: Sequence[str], *, fix: bool) -> None:
    out = console()
    for line in mended:
        out.print(Text(f"Mended: {visible(line)}", style="bold"))
    table = Table(show_header=False, box=None, pad_edge=False)
    for style in (None, "bold", None):
        table.add_column(style=style)
    for finding in findings:
        said = Text(visible(finding.message))
        if finding.remedy:
            said.append(f"\n{visible(finding.remedy)}", style="italic")
        table.add_row(Text(finding.level, style=_STYLES[finding.level]), Text(finding.subject), said)
    out.print(table)
    out.print(Text(f"{_counted(findings, Level.PROBLEM)}, {_counted(findings, Level.WARNING)}."))
    if not fix and any(finding.mend is not None for finding in findings):
        out.print(Text("footnote doctor --fix mends what can be mended without a loss."))


def _counted(findings: Sequence[Finding], level: Level) -> str:
    count = sum(finding.level is level for finding in findings)
    return f"{count} {level}{'' if count == 1 else 's'}"


def _as_json(findings: Sequence[Finding], mended: Sequence[str]) -> dict[str, object]:
    return {
        "problems": sum(finding.level is Level.PROBLEM for finding in findings),
        "warnings": sum(finding.level is Level.WARNING for finding in findings),
        "mended": list(mended),
        "findings": [
            {**asdict(finding), "mend": finding.mend and finding.mend.name.lower()} for finding in findings
        ],
    }
