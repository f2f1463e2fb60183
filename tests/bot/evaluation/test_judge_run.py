from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest

from bot.answers import Answer
from bot.commands.progress import NoProgress
from bot.errors import ChatModelError
from bot.evaluation.asking import Outcome
from bot.evaluation.cases import QuestionCase
from bot.evaluation.judge_run import JudgeRun
from bot.evaluation.results import CaseResult, Judgement
from tests.bot.evaluation.stand_ins import answer, labelled, outcome, result

RIGHT = Judgement(correct=True, supported=True, why="")
UNREAD = Judgement(None, None, "it cannot be read")


class Scripted:
    """Judges as a function of the case's id says; `asked` are the ids."""

    def __init__(self, judge: Callable[[str], Judgement]) -> None:
        self._judge = judge
        self._lock = threading.Lock()
        self.asked: list[str] = []

    def judge(self, case: QuestionCase, answer: Answer) -> Judgement:
        assert answer.claims
        with self._lock:
            self.asked.append(case.id)
        return self._judge(case.id)


def down(_: str) -> Judgement:
    raise ChatModelError("some:judge cannot be reached: No route.", "Choose another FOOTNOTE_CHAT_MODEL.")


def outcomes(*names: str) -> list[Outcome]:
    return [outcome(labelled(name), answer("Rollo led.")) for name in names]


def run(
    judge: Scripted, asked: Sequence[Outcome], file: str = "desk", run_of: JudgeRun | None = None
) -> tuple[list[CaseResult], list[str]]:
    """Return the results with their judgements, and what was said."""
    said: list[str] = []
    results = [result(each.case) for each in asked]
    return (run_of or JudgeRun(judge, said.append)).judged(file, results, asked, NoProgress()), said


def test_each_answer_is_judged_and_results_keep_their_order() -> None:
    names = [str(number) for number in range(20)]
    judge = Scripted(lambda name: Judgement(int(name) % 2 == 0, supported=True, why=name))
    results, said = run(judge, outcomes(*names))
    assert [(each.case.id, each.judgement and each.judgement.why) for each in results] == [
        (name, name) for name in names
    ]
    assert sorted(judge.asked, key=int) == names
    assert said == []


def test_what_was_only_searched_for_is_not_judged() -> None:
    asked = [outcome(labelled("searched"), None), *outcomes("answered"), outcome(labelled("too"), None)]
    results, _ = run(Scripted(lambda _: RIGHT), asked)
    assert [each.judgement for each in results] == [None, RIGHT, None]
    nobody = Scripted(down)
    assert run(nobody, asked[:1])[0][0].judgement is None
    assert nobody.asked == []


def test_four_are_judged_at_once() -> None:
    together = threading.Barrier(4, timeout=10)

    def waits(_: str) -> Judgement:
        together.wait()
        return RIGHT

    results, _ = run(Scripted(waits), outcomes(*"abcdefgh"))
    assert [each.judgement for each in results] == [RIGHT] * 8


def test_a_case_that_cannot_be_judged_is_said_and_the_others_are_judged() -> None:
    def judge(name: str) -> Judgement:
        return UNREAD if name in "bdfghij" else down(name) if name == "c" else RIGHT

    results, said = run(Scripted(judge), outcomes(*"abcdefghij"))
    assert [each.judgement.is_given for each in results if each.judgement] == [
        name in "ae" for name in "abcdefghij"
    ]
    assert said == [
        "desk: no judgement of 7 cases (b, d, f, g, h, ...): it cannot be read.",
        "desk: no judgement of 1 case (c): some:judge cannot be reached: No route.",
    ]


def test_of_many_reasons_some_are_said() -> None:
    judge = Scripted(lambda name: Judgement(None, None, f"reason {name}"))
    _, said = run(judge, outcomes(*"abcdefgh"))
    assert said[0] == "desk: no judgement of 1 case (a): reason a."
    assert said[5:] == ["desk: no judgement of 3 cases more, for reasons that --json tells."]


def test_a_judge_that_is_down_is_not_asked_for_ever() -> None:
    names = [str(number) for number in range(100)]
    judge = Scripted(down)
    said: list[str] = []
    run_of = JudgeRun(judge, said.append)
    results, _ = run(judge, outcomes(*names), run_of=run_of)
    assert 8 <= len(judge.asked) <= 8 + 3
    why = "some:judge cannot be reached: No route"
    assert {each.judgement for each in results} == {Judgement(None, None, why)}
    assert said == [f"desk: no judgement of 100 cases (0, 1, 2, 3, 4, ...): {why}."]
    # Nor in the files that follow.
    asked = len(judge.asked)
    run(judge, outcomes("a"), "other", run_of)
    assert len(judge.asked) == asked
    assert said[1:] == [f"other: no judgement of 1 case (a): {why}."]


def test_nor_is_one_that_cannot_judge() -> None:
    judge = Scripted(lambda _: UNREAD)
    results, _ = run(judge, outcomes(*map(str, range(100))))
    assert 8 <= len(judge.asked) <= 8 + 3
    assert {each.judgement for each in results} == {UNREAD}


def test_failures_in_between_are_no_reason_to_give_up() -> None:
    names = [str(number) for number in range(60)]
    judge = Scripted(lambda name: down(name) if int(name) % 2 else RIGHT)
    run(judge, outcomes(*names))
    assert len(judge.asked) == 60


def test_what_is_no_failure_of_the_model_comes_through() -> None:
    def broken(_: str) -> Judgement:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(Scripted(broken), outcomes("a", "b"))
