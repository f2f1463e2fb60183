from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import CaseError
from bot.evaluation.verification_cases import VerificationCase, load_verification_cases
from bot.evaluation.verifying import verify_each
from bot.settings import Settings

CASES = """\
cases:
  - id: toll
    sentence: The toll rose to 19.
    passages: [The toll rose to 19 on Monday.]
    supported: true
    change: null
    paraphrase: false
  - id: toll-wrong
    sentence: The toll rose to 18.
    passages: [The toll rose to 19 on Monday.]
    supported: false
    change: digit
    paraphrase: false
"""


def test_cases_are_read_and_verified_as_the_command_does(tmp_path: Path) -> None:
    file = tmp_path / "some.cases.yaml"
    file.write_text(CASES)
    cases = load_verification_cases(file)
    assert cases[1] == VerificationCase(
        "toll-wrong", "The toll rose to 18.", ("The toll rose to 19 on Monday.",), False, "digit", False
    )
    found = verify_each(Settings(), cases)
    assert [(each.supported, each.is_right) for each in found] == [(True, True), (False, True)]
    assert all(each.verifying > 0 and each.encoding > 0 for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "cases: [1]",
        "cases: [{id: a}]",
        CASES.replace("change: digit", "change: null"),
        CASES.replace("supported: false", "supported: perhaps"),
        "{",
        None,
    ],
)
def test_a_file_that_holds_something_else_is_told(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "some.cases.yaml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(CaseError, match="holds no cases for the verifier"):
        load_verification_cases(file)
