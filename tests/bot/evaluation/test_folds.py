from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.choice import SIGNS
from bot.answering.evidence import FEATURES
from bot.answering.model import load_fitted
from bot.errors import SettingsError
from bot.evaluation.folds import FOLDS, fold_of, load_news_folds, save_news_folds


def test_every_question_is_in_one_fold_and_folds_are_alike() -> None:
    counts = Counter(fold_of(f"question-{number}") for number in range(4000))
    assert sorted(counts) == list(range(FOLDS))
    assert min(counts.values()) > 900


def test_the_numbers_of_each_fold_come_back(tmp_path: Path) -> None:
    shipped = load_fitted(FEATURES, SIGNS)
    folds = [replace(shipped, threshold=fold / 10) for fold in range(FOLDS)]
    save_news_folds([fold.to_json() for fold in folds], tmp_path / "folds.json")
    assert [fold.threshold for fold in load_news_folds(tmp_path / "folds.json")] == [0.0, 0.1, 0.2, 0.3]


def test_what_is_measured_has_seen_no_question_of_its_fold() -> None:
    folds = load_news_folds()
    assert len({fold.choice.weights.tobytes() for fold in folds}) == FOLDS


def test_a_file_without_them_is_no_file_of_folds(tmp_path: Path) -> None:
    (tmp_path / "folds.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SettingsError, match="does not hold the numbers"):
        load_news_folds(tmp_path / "folds.json")
