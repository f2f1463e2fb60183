"""The fitted numbers: how much each piece of evidence counts, and how scores become a confidence.

They live in one readable file beside this module, `fitted.json`, which `make fit` writes (`bot.evaluation.fitting`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.errors import SettingsError
from index.arrays import Vectors

FITTED = Path(__file__).parent / "fitted.json"


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of named features, each first moved by `mean` and divided by `scale`, plus `bias`."""

    names: tuple[str, ...]
    weights: Vectors
    mean: Vectors
    scale: Vectors
    bias: float

    def __call__(self, rows: Vectors) -> Vectors:
        """Return the sum for each row (n × features)."""
        return np.asarray(
            (rows - self.mean) / self.scale @ self.weights + np.float32(self.bias), dtype=np.float32
        )

    def parts(self, row: Vectors) -> dict[str, float]:
        """Return what each feature of one row adds to the sum, by name."""
        added = (row - self.mean) / self.scale * self.weights
        return {name: float(value) for name, value in zip(self.names, added, strict=True)}

    def to_json(self) -> dict[str, object]:
        """Return what `from_json` reads."""
        return {
            "bias": round(self.bias, 4),
            "features": {
                name: {
                    "weight": round(float(weight), 4),
                    "mean": round(float(mean), 4),
                    "scale": round(float(scale), 4),
                }
                for name, weight, mean, scale in zip(
                    self.names, self.weights, self.mean, self.scale, strict=True
                )
            },
        }

    @classmethod
    def from_json(cls, said: Mapping[str, object], names: Sequence[str]) -> Linear:
        """Return the sum that `to_json` wrote, which must be over these features.

        Raises:
            KeyError: it is over others.
        """
        features = said["features"]
        if not isinstance(features, dict) or list(features) != list(names):
            raise KeyError("features")
        columns = {
            key: np.array([features[name][key] for name in names], dtype=np.float32)
            for key in ("weight", "mean", "scale")
        }
        return cls(
            tuple(names), columns["weight"], columns["mean"], columns["scale"], float(str(said["bias"]))
        )


def probability(logit: float) -> float:
    """Return the logistic function of `logit`, 0..1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class Fitted:
    """What `fitted.json` holds: how sentences are scored, how confidence is made, and from where on it is enough.

    A confidence has two factors, the logistic functions of two sums: `present`, how likely the articles hold the answer
    at all, and `right`, how likely the chosen sentence is it where they do. One sum for both cannot tell a question
    about something else from one that the right article almost answers: what speaks against the one speaks for the
    other.
    """

    choice: Linear
    present: Linear
    right: Linear
    threshold: float

    def confidence(self, signs: Vectors) -> float:
        """Return how likely (0..1) a sentence with these signs holds the answer."""
        row = signs[np.newaxis]
        return probability(float(self.present(row)[0])) * probability(float(self.right(row)[0]))

    def to_json(self) -> dict[str, object]:
        """Return what `load_fitted` reads."""
        return {
            "threshold": self.threshold,
            "choice": self.choice.to_json(),
            "present": self.present.to_json(),
            "right": self.right.to_json(),
        }


def load_fitted(
    features: Sequence[str], signs: Sequence[str], path: Path = FITTED, *, key: str | None = None
) -> Fitted:
    """Return the fitted numbers, which must be for these features and signs of confidence.

    `key` names one set of them in a file that holds several.

    Raises:
        SettingsError: the file is missing, no JSON, or was fitted for other features.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        said = said if key is None else said[key]
        return Fitted(
            Linear.from_json(said["choice"], features),
            Linear.from_json(said["present"], signs),
            Linear.from_json(said["right"], signs),
            float(said["threshold"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"{path} does not hold the numbers that this version of Footnote needs ({error}).",
            "Install Footnote again, or fit them anew: make fit DATA=FOLDER",
        ) from error
