"""Cases for the verifier: a sentence, passages, and whether they say it; read from `cases:` in a YAML file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import CaseError


@dataclass(frozen=True, slots=True)
class VerificationCase:
    """A sentence that rests on `passages`, and whether these support it.

    `change` is the one small thing that is wrong, None in a sentence that is right. `paraphrase` tells whether it says
    it in other words than the passages.
    """

    id: str
    sentence: str
    passages: tuple[str, ...]
    supported: bool
    change: str | None
    paraphrase: bool


def load_verification_cases(file: Path) -> tuple[VerificationCase, ...]:
    """Return the cases of a file.

    Raises:
        CaseError: it cannot be read, or holds something else.
    """
    try:
        cases = tuple(_case(fields) for fields in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"])
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError) as error:
        said = " ".join(str(error).split())
        raise CaseError(
            f"{file} holds no cases for the verifier ({said}).", "Restore it from the repository."
        ) from error
    return cases


def _case(fields: dict[str, Any]) -> VerificationCase:
    case = VerificationCase(**{**fields, "passages": tuple(fields["passages"])})
    # A word that is neither true nor false is neither, too.
    if case.supported is not (case.change is None):
        raise ValueError(f"{case.id}: what is wrong has a change, and what is right has none")
    return case
