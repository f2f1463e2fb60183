"""Calibration: the confidence to answer from, tuned on a newsroom's own question cases, in a file of its own.

A threshold is a point on one scale of confidence. The file names the numbers that make that scale, by their digest, so
that it is not taken for another version's.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.answering.model import Fitted
from bot.errors import SettingsError

_REMEDY = "Make one with: footnote calibrate CASES --out FILE, or unset FOOTNOTE_CALIBRATION."


def calibrated(fitted: Fitted, path: Path) -> Fitted:
    """Return the numbers with the threshold that the file holds.

    Raises:
        SettingsError: it cannot be read, is no calibration, or is for other numbers.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        threshold, made_for = float(said["threshold"]), said["numbers"]
    except OSError as error:
        raise SettingsError(
            f"FOOTNOTE_CALIBRATION: {path} cannot be opened ({error.strerror or error}).", _REMEDY
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SettingsError(f"FOOTNOTE_CALIBRATION: {path} is no calibration.", _REMEDY) from error
    if not 0 <= threshold <= 1:
        raise SettingsError(f"FOOTNOTE_CALIBRATION: the threshold in {path} is not in 0..1.", _REMEDY)
    if made_for != digest_of(fitted):
        raise SettingsError(
            f"FOOTNOTE_CALIBRATION: {path} was made with another version of Footnote, whose confidence is another.",
            "Run footnote calibrate again with your cases, or unset FOOTNOTE_CALIBRATION.",
        )
    return replace(fitted, threshold=threshold)


def calibration_to_json(fitted: Fitted, threshold: float, facts: dict[str, Any]) -> dict[str, Any]:
    """Return what `calibrated` reads; `facts` say how the threshold was found."""
    return {"threshold": round(threshold, 4), "numbers": digest_of(fitted), **facts}


def digest_of(fitted: Fitted) -> str:
    """Return a digest of the numbers that confidence is made of, the threshold left out."""
    said = replace(fitted, threshold=0.0).to_json()
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
