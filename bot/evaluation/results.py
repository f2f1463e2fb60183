"""What came of a case, in the numbers and words that reports and comparisons are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.evaluation.cases import QuestionCase


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a search found for a case, with the score of its best passage."""

    id: str
    title: str
    score: float
    expected: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judging language model says of an answer: whether it is correct, whether it is borne out, and why.

    `supported` is None for an answer that claims nothing. Both are None where no judgement was to be had; `why` says
    why not.
    """

    correct: bool | None
    supported: bool | None
    why: str

    @property
    def is_given(self) -> bool:
        """Whether there is a judgement."""
        return self.correct is not None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case of a file, and what came of it.

    `faults` say why it is not as expected; none means that it passed. `values` are its figures (0..1) by name, without
    those that do not apply. `right` tells whether the sentence that ranks first, shown or declined, answers it: what
    `confidence` (0..1) is the probability of. `seconds` is how long the answer took. `found` is what a search found,
    best first; `answer` is the answer as `footnote ask --json --explain` prints it. Of a case that was only searched
    for, `answer` and what is told of it are None. `judgement` is None where no judge was asked.
    """

    file: str
    case: QuestionCase
    faults: tuple[str, ...]
    values: Mapping[str, float]
    found: tuple[Found, ...]
    declined: bool | None = None
    confidence: float | None = None
    right: bool | None = None
    seconds: float | None = None
    answer: Mapping[str, Any] | None = None
    judgement: Judgement | None = None

    @property
    def name(self) -> str:
        """The case's name among those of other files, as pytest writes it."""
        return f"{self.file}::{self.case.id}"

    @property
    def passed(self) -> bool:
        """Whether it is as expected."""
        return not self.faults
