from __future__ import annotations

import pytest

from bot.evaluation.rows.verification import verification_rows
from bot.evaluation.verification_cases import VerificationCase
from bot.evaluation.verifying import Verified


def verified(change: str | None, *, found_right: bool, paraphrase: bool = False) -> Verified:
    case = VerificationCase("a", "It sank.", ("It sank.",), change is None, change, paraphrase)
    return Verified(case, found_right is case.supported, 0.012, 0.010)


def test_wrong_and_right_ones_are_counted_apart_and_by_what_is_wrong() -> None:
    kept_out = [
        verified("digit", found_right=True),
        verified("digit", found_right=False, paraphrase=True),
        verified("name", found_right=True),
        verified(None, found_right=True, paraphrase=True),
        verified(None, found_right=False),
    ]
    whole, paraphrasing, in_view, _, digits, names = verification_rows(
        kept_out, [verified("digit", found_right=True)]
    )
    assert whole.what.startswith("Verifier, 5 sentences kept out: wrong ones found")
    assert [figure.value for figure in whole.figures] == pytest.approx([2 / 3, 0.5, 2.0])
    assert [figure.short for figure in whole.figures] == [True, True, False]
    assert [figure.value for figure in paraphrasing.figures] == [0.0, 1.0]
    assert in_view.what.startswith("Verifier, 1 sentences in view: ")
    assert [figure.value for figure in in_view.figures] == pytest.approx([1.0, None, 2.0])
    assert digits.what == "Verifier, wrong digit found, of 2 / 1: kept out / in view"
    assert [figure.value for figure in digits.figures] == [0.5, 1.0]
    assert [figure.value for figure in names.figures] == [1.0, None]
