"""How far two judges agree who each say yes or no of the same cases."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Verdicts = NDArray[np.bool_]


def cohens_kappa(one: Verdicts, other: Verdicts) -> float | None:
    """Return how far two judges agree beyond chance: 1 always, 0 as often as by chance, below 0 less often.

    None where chance alone would make them agree always, since both say the same of every case, and where there are
    no cases. (Cohen, "A coefficient of agreement for nominal scales", 1960.)
    """
    if not len(one):
        return None
    agreed = float(np.mean(one == other))
    yes, other_yes = float(np.mean(one)), float(np.mean(other))
    by_chance = yes * other_yes + (1 - yes) * (1 - other_yes)
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
