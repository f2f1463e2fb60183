"""A file's cases before the judge: several at once, and on to the next where one cannot be judged."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.answers import Answer
from bot.errors import ChatModelError
from bot.evaluation.asking import Answered, Outcome
from bot.evaluation.cases import QuestionCase
from bot.evaluation.results import CaseResult, Judgement
from bot.in_order import in_order
from index.planning import Progress

_AT_ONCE = 4
_FAILURES = 8
"""In a row. A judge that failed so often is not asked again in this run: each failure takes seconds, or money."""
_NAMED = 5
_REASONS = 5


class AnswerJudge(Protocol):
    """What judges an answer."""

    def judge(self, case: QuestionCase, answer: Answer) -> Judgement:
        """Return the judgement of an answer.

        Raises:
            ChatModelError: the model cannot be asked.
        """


class JudgeRun:
    """Has `judge` judge the cases of one file after the other; `say` is told which have no judgement, and why."""

    def __init__(self, judge: AnswerJudge, say: Callable[[str], None]) -> None:
        self._judge = judge
        self._say = say
        self._lock = threading.Lock()
        self._failures = 0
        self._last_failure = ""

    def judged(
        self, file: str, results: Sequence[CaseResult], outcomes: Sequence[Outcome], progress: Progress
    ) -> list[CaseResult]:
        """Return the results of a file, those that were answered with the judgements of their `outcomes`."""
        answered = [outcome.answered for outcome in outcomes if outcome.answered is not None]
        if not answered:
            return list(results)
        progress.begin(f"Judging {file}", len(answered))
        judgements: list[Judgement] = []
        for judgement in in_order(self._judgement, answered, _AT_ONCE):
            judgements.append(judgement)
            progress.advance()
        self._tell(file, answered, judgements)
        in_turn = iter(judgements)
        return [
            result if outcome.answered is None else replace(result, judgement=next(in_turn))
            for result, outcome in zip(results, outcomes, strict=True)
        ]

    def _judgement(self, answered: Answered) -> Judgement:
        with self._lock:
            if self._failures >= _FAILURES:
                return Judgement(None, None, self._last_failure)
        found = self._asked(answered)
        with self._lock:
            if not found.is_given:
                self._failures += 1
                self._last_failure = found.why
            elif self._failures < _FAILURES:
                # Once given up, one that was being asked meanwhile does not bring it back.
                self._failures = 0
        return found

    def _asked(self, answered: Answered) -> Judgement:
        try:
            return self._judge.judge(answered.case, answered.answer)
        except ChatModelError as error:
            # Its remedy speaks of the model that writes the answers.
            return Judgement(None, None, error.message.rstrip("."))

    def _tell(self, file: str, answered: Sequence[Answered], judgements: Sequence[Judgement]) -> None:
        """Say, a line a reason, which cases have no judgement."""
        without: defaultdict[str, list[str]] = defaultdict(list)
        for each, judgement in zip(answered, judgements, strict=True):
            if not judgement.is_given:
                without[judgement.why].append(each.case.id)
        for why, cases in list(without.items())[:_REASONS]:
            more = ", ..." if len(cases) > _NAMED else ""
            self._say(
                f"{file}: no judgement of {_counted(cases)} ({', '.join(cases[:_NAMED])}{more}): {why}."
            )
        rest = [case for cases in list(without.values())[_REASONS:] for case in cases]
        if rest:
            self._say(f"{file}: no judgement of {_counted(rest)} more, for reasons that --json tells.")


def _counted(cases: Sequence[str]) -> str:
    return f"{len(cases):,} case{'' if len(cases) == 1 else 's'}"
