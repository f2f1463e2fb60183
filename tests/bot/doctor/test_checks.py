"""Checks of what is not in the home: settings, models, versions, clock."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.doctor import clock, examining, model_checks, settings_checks, versions
from bot.doctor.findings import Finding, Level, fine
from bot.doctor.patient import Patient
from bot.settings import Settings
from index.model_files import DEFAULT_MODEL, locate_model
from tests.conftest import PROJECT
from tests.process import called


def worst(findings: Iterator[Finding]) -> Finding:
    return max(findings, key=lambda finding: list(Level).index(finding.level))


def given(patient: Patient, **settings: object) -> Patient:
    return dataclasses.replace(patient, settings=Settings(home=patient.home.folder, **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("FOOTNOTE_RETENTIONDAYS", "FOOTNOTE_RETENTION_DAYS"),
        ("FOOTNOTE_CHATMODEL", "FOOTNOTE_CHAT_MODEL"),
        ("FOOTNOTE_XYZ", ".env.example"),
    ],
)
def test_a_misspelled_setting_is_told_wherever_it_stands(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, name: str, hint: str
) -> None:
    Path(".env").write_text(f"{name}=1\n")
    from_file = worst(settings_checks.check_variables(patient))
    Path(".env").unlink()
    monkeypatch.setenv(name, "1")
    from_environment = worst(settings_checks.check_variables(patient))
    for found in (from_file, from_environment):
        assert found.level is Level.WARNING
        assert name in found.message
        assert hint in str(found.remedy)


def test_settings_that_are_right_are_fine(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", "somewhere")
    Path(".env").write_text("FOOTNOTE_QUEUE=5\nfootnote_passages=3\nOPENAI_API_KEY=x\n")
    assert worst(settings_checks.check_variables(patient)).level is Level.OK


def test_settings_that_cannot_be_read_are_the_finding(tmp_path: Path) -> None:
    done = called(tmp_path, "doctor", "--json", FOOTNOTE_PASSAGES="many")
    assert done.returncode == 1
    findings = json.loads(done.stdout)["findings"]
    assert [finding["subject"] for finding in findings] == ["Settings"]
    assert "FOOTNOTE_PASSAGES" in findings[0]["message"]


def test_articles_that_are_gone_are_told(patient: Patient, tmp_path: Path) -> None:
    there = given(patient, articles=(tmp_path,))
    assert worst(settings_checks.check_articles(there)).level is Level.OK
    gone = given(patient, articles=(tmp_path, tmp_path / "gone"))
    assert worst(settings_checks.check_articles(gone)).level is Level.PROBLEM


@pytest.mark.parametrize("content", [None, "{}", '{"threshold": 0.4, "numbers": "another version"}'])
def test_a_calibration_that_does_not_fit_is_told(
    patient: Patient, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "calibration.json"
    if content is not None:
        file.write_text(content)
    found = worst(settings_checks.check_calibration(given(patient, calibration=file)))
    assert found.level is Level.PROBLEM
    assert "footnote calibrate" in str(found.remedy)


def test_prompts_that_are_none_are_told(patient: Patient, tmp_path: Path) -> None:
    gone = given(patient, prompts=tmp_path / "gone")
    assert worst(settings_checks.check_prompts(gone)).level is Level.PROBLEM
    own = given(patient, prompts=PROJECT / "prompts")
    assert worst(settings_checks.check_prompts(own)).level is Level.OK


# Models


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(locate_model(DEFAULT_MODEL).folder, tmp_path_factory.mktemp("models") / "model")


def test_the_same_weights_in_another_folder_are_fine(patient: Patient, model: Path) -> None:
    assert (
        worst(model_checks.check_embedding_model(given(patient, embedding_model=str(model)))).level
        is Level.OK
    )


def test_other_weights_than_the_indexs_are_told(patient: Patient, model: Path, tmp_path: Path) -> None:
    other = shutil.copytree(model, tmp_path / "other")
    with (other / "model.safetensors").open("ab") as stream:
        stream.write(b"more")
    found = worst(model_checks.check_embedding_model(given(patient, embedding_model=str(other))))
    assert found.level is Level.PROBLEM
    assert "The index was built with" in found.message


@pytest.mark.parametrize(
    ("removed", "message"),
    [
        (["model.safetensors"], "does not hold a sentence-transformers model"),
        (["tokenizer.json", "vocab.txt"], "no tokenizer"),
    ],
)
def test_files_of_the_model_that_are_missing_are_told(
    patient: Patient, model: Path, tmp_path: Path, removed: list[str], message: str
) -> None:
    other = shutil.copytree(model, tmp_path / "other")
    for name in removed:
        (other / name).unlink()
    found = worst(model_checks.check_embedding_model(given(patient, embedding_model=str(other))))
    assert found.level is Level.PROBLEM
    assert message in found.message


def test_a_model_that_is_not_here_is_told_and_not_downloaded(patient: Patient) -> None:
    elsewhere = given(patient, embedding_model="nobody/has-this", verifier_model="nobody/has-that")
    for check in (model_checks.check_embedding_model, model_checks.check_verifier_model):
        found = worst(check(elsewhere))
        assert found.level is Level.PROBLEM
        assert "not downloaded yet" in found.message


@pytest.mark.parametrize(
    ("name", "level"),
    [("nobody:gpt", Level.PROBLEM), ("openai:gpt-4o-mini", Level.PROBLEM), (None, None)],
)
def test_a_language_model_without_its_key_is_told(
    patient: Patient, name: str | None, level: Level | None
) -> None:
    found = list(model_checks.check_chat_model(given(patient, chat_model=name)))
    assert [finding.level for finding in found] == ([] if level is None else [level])


# Versions and clock


@pytest.mark.parametrize(
    ("requirement", "fault"),
    [
        ("numpy>=1.0", False),
        ("numpy>=99", True),
        ("numpy<2,>=1", True),
        ("numpy", False),
        ("no-such-package>=1", True),
        ("torch>=2.6", False),  # 2.9.0+cpu, for one
        ("typer==0.0.1", True),
    ],
)
def test_what_is_installed_is_held_against_what_is_asked_for(requirement: str, fault: bool) -> None:
    assert (versions.requirement_fault(requirement) is not None) is fault


@pytest.mark.parametrize(
    ("now", "level"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), Level.PROBLEM),
        (datetime(2199, 1, 1, tzinfo=UTC), Level.PROBLEM),
        (datetime.now(UTC) - timedelta(days=2), Level.PROBLEM),
        (datetime.now(UTC) + timedelta(days=2), Level.OK),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(patient: Patient, now: datetime, level: Level) -> None:
    now = max(now, datetime(2026, 1, 1, tzinfo=UTC)) if level is Level.OK else now
    assert worst(clock.check_clock(dataclasses.replace(patient, now=now))).level is level


def test_a_check_that_stumbles_is_a_finding_and_not_the_end(patient: Patient) -> None:
    def check_the_moon(_patient: Patient) -> Iterator[Finding]:
        yield fine("Moon", "It is there.")
        raise ZeroDivisionError("no tide")

    found = examining.examine(patient, [check_the_moon, clock.check_clock])
    assert [finding.level for finding in found] == [Level.OK, Level.PROBLEM, Level.OK]
    assert found[1].subject == "The moon"
    assert "ZeroDivisionError: no tide" in found[1].message


def test_it_is_shown_with_remedies_and_without_loading_a_model(patient: Patient) -> None:
    shutil.rmtree(patient.home.vectors)
    look = (
        "import sys; sys.argv = ['footnote', 'doctor']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "finally: sys.stderr.write(' '.join(name for name in ('torch', 'spacy') if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look],
        cwd=PROJECT,
        env={"FOOTNOTE_HOME": str(patient.home.folder), "COLUMNS": "200", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == ""
    assert "problem  Vectors" in done.stdout
    assert "Rebuild them from the catalogue: footnote doctor --fix" in done.stdout
    assert "1 problem, 0 warnings" in done.stdout
