from __future__ import annotations

import numpy as np
import pytest

from bot.answering.choice import SIGNS
from bot.answering.evidence import FEATURES, Evidence
from bot.evaluation.fitting import SPEAK_AGAINST, UNDECIDED, Example, cross_fitted, fit, fit_choice
from bot.evaluation.folds import FOLDS
from bot.quoting import sentences_of
from tests.bot.made import article, found

SENTENCE = sentences_of(found(article("The toll rose to nine crowns.")))[0]
MATCH, QUESTION = FEATURES.index("match"), FEATURES.index("is question")


def examples(count: int, seed: int = 0) -> list[Example]:
    """Return questions of six sentences: the right one matches best; where none is right, all match badly."""
    made = []
    random = np.random.default_rng(seed)
    for number in range(count):
        rows = random.normal(size=(6, len(FEATURES))).astype(np.float32)
        answerable = number % 3 == 0
        rows[:, MATCH] -= 0 if answerable else 4
        right = np.zeros(6, dtype=bool)
        right[int(rows[:, MATCH].argmax())] = answerable
        rows[right, MATCH] += 2
        # What can only speak against a sentence speaks for it here, by chance.
        rows[right, QUESTION] += 1
        kind = ("answerable", "adversarial", "absent")[number % 3]
        evidence = tuple(Evidence(SENTENCE, row) for row in rows)
        doubted = np.full(6, not answerable)
        made.append(Example(number % FOLDS, kind, evidence, right, doubted))
    return made


def test_the_choice_finds_what_tells_the_right_sentence() -> None:
    choice = fit_choice(examples(300))
    unseen = [example for example in examples(300, seed=1) if example.right.any()]
    chosen = [int(choice(example.rows.astype(np.float32)).argmax()) for example in unseen]
    assert np.mean([example.right[place] for example, place in zip(unseen, chosen, strict=True)]) > 0.9


def test_no_weight_has_the_wrong_sign() -> None:
    fitted = fit(examples(300))
    for linear in (fitted.choice, fitted.present, fitted.right):
        weights = dict(zip(linear.names, linear.weights.tolist(), strict=True))
        assert all(weight <= 0 for name, weight in weights.items() if name in SPEAK_AGAINST)
        assert all(weight >= 0 for name, weight in weights.items() if name not in SPEAK_AGAINST | UNDECIDED)


def test_each_example_is_judged_by_numbers_fitted_on_other_folds() -> None:
    made = examples(120)
    outcomes = cross_fitted(made)
    assert len(outcomes) == len(made)
    assert sum(outcome.right for outcome in outcomes) > 0.9 * len(made) / 3
    assert all(outcome.signs.shape == (len(SIGNS),) for outcome in outcomes)


@pytest.mark.parametrize("names", [SPEAK_AGAINST, UNDECIDED])
def test_what_is_said_of_features_is_said_of_ones_that_there_are(names: frozenset[str]) -> None:
    assert names <= set(SIGNS)
