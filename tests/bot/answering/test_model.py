from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.answering.choice import SIGNS
from bot.answering.evidence import FEATURES
from bot.answering.model import FITTED, Linear, load_fitted, probability
from bot.errors import SettingsError

SUM = Linear(
    ("a", "b"),
    np.array([2, -1], dtype=np.float32),
    np.array([1, 0], dtype=np.float32),
    np.array([0.5, 1], dtype=np.float32),
    0.25,
)


def test_a_sum_is_weighted_moved_and_scaled() -> None:
    assert SUM(np.array([[1, 0], [2, 3]], dtype=np.float32)).tolist() == [0.25, 1.25]
    assert SUM.parts(np.array([2, 3], dtype=np.float32)) == {"a": 4, "b": -3}


def test_what_is_written_is_read_again() -> None:
    again = Linear.from_json(json.loads(json.dumps(SUM.to_json())), ("a", "b"))
    rows = np.array([[0.3, 0.7]], dtype=np.float32)
    assert again(rows) == pytest.approx(SUM(rows))


def test_the_packaged_numbers_are_for_the_features_that_there_are() -> None:
    fitted = load_fitted(FEATURES, SIGNS)
    assert 0 < fitted.threshold < 1
    assert json.loads(FITTED.read_text())["fitted on"]


@pytest.mark.parametrize(
    "content", ["", "{}", '{"choice": {"bias": 0, "features": {"match": {}}}}', None], ids=str
)
def test_a_file_that_was_fitted_for_something_else_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "fitted.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsError, match="make fit"):
        load_fitted(FEATURES, SIGNS, path)


def test_a_probability_is_0_to_1_however_far_out() -> None:
    assert probability(0) == 0.5
    assert 0 < probability(-1e9) < 1e-9 < 1 - 1e-9 < probability(1e9) < 1
