from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.errors import EvaluationError
from bot.evaluation.speed.processes import environment, output_of, seconds_of, variables
from bot.settings import Settings


def test_a_process_is_timed_to_its_end(tmp_path: Path) -> None:
    assert seconds_of([sys.executable, "-c", "import time; time.sleep(0.2)"], tmp_path) >= 0.2


def test_what_a_process_writes_is_returned(tmp_path: Path) -> None:
    assert output_of([sys.executable, "-c", "import os; print(os.getcwd())"], tmp_path) == f"{tmp_path}\n"


def test_a_process_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="exit code 3: no wind"):
        seconds_of([sys.executable, "-c", "import sys; sys.stderr.write('no wind'); sys.exit(3)"], tmp_path)


def test_a_command_that_is_not_installed_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="Install Footnote"):
        seconds_of([tmp_path / "footnote"], tmp_path)


def test_a_process_answers_by_the_settings_and_by_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_CHAT_MODEL", "openai:gpt")
    settings = Settings.model_construct(
        home=tmp_path, embedding_model=str(tmp_path), passages=5, lexical_weight=0.3
    )
    found = {name: value for name, value in environment(settings).items() if name.startswith("FOOTNOTE_")}
    assert found == {
        "FOOTNOTE_HOME": str(tmp_path),
        "FOOTNOTE_EMBEDDING_MODEL": str(tmp_path),
        "FOOTNOTE_PASSAGES": "5",
        "FOOTNOTE_LEXICAL_WEIGHT": "0.3",
    }


def test_a_model_s_name_stays_a_name(tmp_path: Path) -> None:
    assert variables(Settings(home=tmp_path))["FOOTNOTE_EMBEDDING_MODEL"].startswith("sentence-transformers/")
