from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.calibration import calibrated, calibration_to_json, digest_of
from bot.answering.choice import SIGNS
from bot.answering.evidence import FEATURES
from bot.answering.model import load_fitted
from bot.errors import SettingsError

SHIPPED = load_fitted(FEATURES, SIGNS)
OTHERS = replace(SHIPPED, right=replace(SHIPPED.right, bias=SHIPPED.right.bias + 1))


def saved(folder: Path, said: object) -> Path:
    path = folder / "calibration.json"
    path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return path


@pytest.mark.parametrize("threshold", [0.0, 0.1234, 1.0])
def test_what_was_written_replaces_the_threshold_and_nothing_else(tmp_path: Path, threshold: float) -> None:
    path = saved(tmp_path, calibration_to_json(SHIPPED, threshold, {"made_at": "2024-05-20"}))
    numbers = calibrated(SHIPPED, path)
    assert numbers.threshold == threshold
    assert digest_of(numbers) == digest_of(SHIPPED)


def test_the_facts_stand_beside_the_threshold() -> None:
    said = calibration_to_json(SHIPPED, 0.12344, {"made_at": "2024-05-20"})
    assert said == {"threshold": 0.1234, "numbers": digest_of(SHIPPED), "made_at": "2024-05-20"}


def test_the_digest_is_of_what_confidence_is_made_of() -> None:
    assert digest_of(replace(SHIPPED, threshold=0.9)) == digest_of(SHIPPED)
    assert digest_of(OTHERS) != digest_of(SHIPPED)


GOOD = {"threshold": 0.25, "numbers": digest_of(SHIPPED)}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param("", "is no calibration", id="empty"),
        pytest.param("threshold: 0.25", "is no calibration", id="no JSON"),
        pytest.param("[" * 100_000, "is no calibration", id="nested too deeply"),
        pytest.param([0.25], "is no calibration", id="a list"),
        pytest.param({"numbers": GOOD["numbers"]}, "is no calibration", id="no threshold"),
        pytest.param({"threshold": 0.25}, "is no calibration", id="no digest"),
        pytest.param({**GOOD, "threshold": "high"}, "is no calibration", id="words for a threshold"),
        pytest.param({**GOOD, "threshold": None}, "is no calibration", id="null for a threshold"),
        pytest.param({**GOOD, "threshold": -0.1}, r"is not in 0\.\.1", id="below 0"),
        pytest.param({**GOOD, "threshold": 1.1}, r"is not in 0\.\.1", id="above 1"),
        pytest.param('{"threshold": NaN, "numbers": ""}', r"is not in 0\.\.1", id="not a number"),
        pytest.param(
            calibration_to_json(OTHERS, 0.25, {}), "another version of Footnote", id="other numbers"
        ),
        pytest.param({**GOOD, "numbers": None}, "another version of Footnote", id="null for a digest"),
    ],
)
def test_what_is_no_calibration_for_these_numbers_is_refused(
    tmp_path: Path, said: object, reason: str
) -> None:
    path = saved(tmp_path, said)
    with pytest.raises(SettingsError, match=reason) as refused:
        calibrated(SHIPPED, path)
    assert str(path) in refused.value.message
    assert "FOOTNOTE_CALIBRATION" in refused.value.message
    assert "footnote calibrate" in refused.value.remedy


@pytest.mark.parametrize("name", ["gone.json", ""], ids=["missing", "a folder"])
def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be opened"):
        calibrated(SHIPPED, tmp_path / name)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="is no calibration"):
        calibrated(SHIPPED, path)
