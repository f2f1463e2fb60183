"""Folds: news questions are few, so that each is measured with numbers fitted on the others.

Of the news questions a quarter at a time is left out; `make fit` writes the numbers fitted on the rest beside this
module (`news_folds.json`), and the benchmark answers each question with those that have not seen it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from pathlib import Path

from bot.answering.choice import SIGNS
from bot.answering.evidence import FEATURES
from bot.answering.model import Fitted, load_fitted

FOLDS = 4
NEWS_FOLDS = Path(__file__).parent / "news_folds.json"


def fold_of(question: str) -> int:
    """Return the fold (0 to FOLDS - 1) that the question with this id belongs to."""
    return zlib.crc32(question.encode()) % FOLDS


def load_news_folds(path: Path = NEWS_FOLDS) -> tuple[Fitted, ...]:
    """Return, for each fold, the numbers that were fitted without its questions.

    Raises:
        SettingsError: the file does not hold them, or they are for other features.
    """
    return tuple(load_fitted(FEATURES, SIGNS, path, key=str(fold)) for fold in range(FOLDS))


def save_news_folds(folds: Sequence[dict[str, object]], path: Path = NEWS_FOLDS) -> None:
    """Write what `load_news_folds` reads."""
    said = {
        "made by": "python -m bot.evaluation.fitting",
        **{str(fold): each for fold, each in enumerate(folds)},
    }
    path.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
