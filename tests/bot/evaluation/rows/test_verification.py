from __future__ import annotations

import pytest

from bot.evaluation.rows.verification import verification_rows
from bot.evaluation.verification_cases import VerificationCase
from bot.evaluation.verifying import Verified


def verified(change: str | None, *, found_right: bool, paraphrase: bool = False) -> Verified:
    case = VerificationCase("a", "It sank.", ("It sank.",), change is None, change, paraphrase)
    return Verified(case, found_right is case.supported, 0.012, 0.010)


def test_wrong_and_right_ones_are_counted_apart_and_by_what_is_wrong() -> None:
    whole, paraphrasing, kinds = verification_rows(
        "in view",
        [
            verified("digit", found_right=True),
            verified("digit", found_right=False, paraphrase=True),
            verified("name", found_right=True),
            verified(None, found_right=True, paraphrase=True),
            verified(None, found_right=False),
        ],
    )
    assert whole.what.startswith("Verifier, 5 sentences in view: wrong ones found")
    assert [figure.value for figure in whole.figures] == pytest.approx([2 / 3, 0.5, 2.0])
    assert [figure.short for figure in whole.figures] == [True, True, False]
    assert [figure.value for figure in paraphrasing.figures] == [0.0, 1.0]
    assert kinds.what.endswith("wrong ones found by what is wrong: digit / name")
    assert [figure.value for figure in kinds.figures] == [0.5, 1.0]


def test_without_wrong_ones_there_are_no_kinds() -> None:
    rows = verification_rows("kept out", [verified(None, found_right=True)])
    assert [figure.value for row in rows for figure in row.figures] == pytest.approx(
        [None, 1.0, 2.0, None, None]
    )
