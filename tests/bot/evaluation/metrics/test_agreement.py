from __future__ import annotations

import numpy as np
import pytest

from bot.evaluation.metrics.agreement import cohens_kappa


@pytest.mark.parametrize(
    ("both", "only_one", "only_other", "neither", "kappa"),
    [
        # A textbook's example: 20 and 15 of 50 agreed on, by chance (25 * 30 + 25 * 20) / 50² = 0.5.
        pytest.param(20, 5, 10, 15, 0.4, id="some"),
        pytest.param(3, 0, 0, 2, 1.0, id="always"),
        pytest.param(0, 2, 2, 0, -1.0, id="never"),
        pytest.param(4, 4, 4, 4, 0.0, id="as by chance"),
        pytest.param(9, 1, 0, 0, 0.0, id="one says yes to all"),
        pytest.param(5, 0, 0, 0, None, id="both say yes to all"),
        pytest.param(0, 0, 0, 5, None, id="both say no to all"),
        pytest.param(0, 5, 0, 0, 0.0, id="each says the same, the opposite of the other"),
        pytest.param(0, 0, 0, 0, None, id="no cases"),
    ],
)
def test_agreement_is_counted_beyond_chance(
    both: int, only_one: int, only_other: int, neither: int, kappa: float | None
) -> None:
    pairs = [(True, True)] * both + [(True, False)] * only_one
    pairs += [(False, True)] * only_other + [(False, False)] * neither
    verdicts = np.array(pairs, dtype=bool).reshape(-1, 2)
    found = cohens_kappa(verdicts[:, 0], verdicts[:, 1])
    assert found == (kappa if kappa is None else pytest.approx(kappa))
