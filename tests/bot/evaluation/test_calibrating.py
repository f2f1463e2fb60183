from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import wiring
from bot.commands.calibrate import run, verdict
from bot.errors import CaseError
from bot.evaluation.calibrating import (
    BALANCED,
    FOLDS,
    as_if,
    best_threshold,
    candidates,
    folds_of,
    require_enough,
    tune,
)
from bot.evaluation.cases import QuestionCase, load_cases
from bot.evaluation.comparing import Change
from bot.evaluation.measures import numbers
from bot.evaluation.results import CaseResult
from bot.settings import Settings
from tests.conftest import PROJECT

NEAR_MISSES = PROJECT / "tests" / "fixtures" / "near-misses.cases.yaml"


def answerable(confidence: float, name: str = "a", **fields: Any) -> CaseResult:
    """Return what came of an answerable case, answered right but for the fields given."""
    case = QuestionCase(name, "Who led?", answers=("Rollo",))
    plain: dict[str, Any] = {"faults": (), "values": {"answered": 1.0}, "found": (), "declined": False}
    return CaseResult("some.cases.yaml", case, confidence=confidence, **{**plain, **fields})


def wrong(confidence: float, name: str = "a") -> CaseResult:
    return answerable(
        confidence, name, faults=("no sentence shown holds an expected answer",), values={"answered": 0.0}
    )


def absent(confidence: float, name: str = "b", **fields: Any) -> CaseResult:
    """Return what came of a case to be declined, answered but for the fields given."""
    case = QuestionCase(name, "Who sank?", declines=True)
    plain: dict[str, Any] = {"faults": ("it was answered",), "values": {}, "found": (), "declined": False}
    return CaseResult("some.cases.yaml", case, confidence=confidence, **{**plain, **fields})


def doubted(confidence: float) -> CaseResult:
    return absent(confidence, faults=(), declined=True)


def balance(results: Sequence[CaseResult], threshold: float) -> float | None:
    """Return what the cases would come to at a threshold, by the figure that is reported."""
    return BALANCED.over(numbers([as_if(result, threshold) for result in results], BALANCED))


@pytest.mark.parametrize(
    ("right", "others", "shipped", "best"),
    [
        pytest.param([0.6, 0.8], [absent(0.1), absent(0.3)], 0.05, 0.45, id="apart"),
        pytest.param([0.2, 0.6, 0.8], [absent(0.1), absent(0.3), absent(0.4)], 0.05, 0.5, id="overlapping"),
        pytest.param([0.3, 0.7], [absent(0.2), absent(0.5)], 0.4, 0.25, id="a tie, the lower nearer"),
        pytest.param([0.3, 0.7], [absent(0.2), absent(0.5)], 0.45, 0.6, id="a tie, the higher nearer"),
        pytest.param([0.5, 0.5], [absent(0.5)], 0.1, 0.1, id="all equal"),
        pytest.param([0.6, 0.8], [absent(0.1)], 0.58, 0.58, id="no reason to move"),
        pytest.param([0.3, 0.7], [absent(0.1), doubted(0.6)], 0.05, 0.2, id="declined for a doubt anyway"),
        pytest.param([0.3, 0.7], [absent(0.1), wrong(0.2)], 0.05, 0.15, id="a wrong answer is lost anyway"),
        pytest.param([0.3, 0.4, 0.5], [absent(0.9)], 0.05, 0.05, id="the wrong way round"),
        pytest.param([0.3], [doubted(0.2)], 0.4, 0.0, id="nothing to be gained by declining"),
        pytest.param([], [wrong(0.3), absent(0.5)], 0.4, 1.0, id="nothing to be gained by answering"),
        pytest.param([0.12341, 0.5], [absent(0.12338)], 0.05, 0.1234, id="with four digits"),
    ],
)
def test_the_threshold_parts_right_answers_from_what_is_to_be_declined(
    right: list[float], others: list[CaseResult], shipped: float, best: float
) -> None:
    assert best_threshold([*map(answerable, right), *others], shipped) == pytest.approx(best)


def test_neither_kind_counts_for_more_because_there_are_more_of_it() -> None:
    few = [answerable(0.2), answerable(0.6), absent(0.1), absent(0.4)]
    many = [*few[:2], *few[2:] * 50]
    assert [balance(few, threshold) for threshold in (0.15, 0.5)] == [0.75, 0.75]
    assert [balance(many, threshold) for threshold in (0.15, 0.5)] == [0.75, 0.75]
    assert best_threshold(few, 0.1) == best_threshold(many, 0.1) == pytest.approx(0.15)


confidence = st.floats(0, 1, exclude_max=True)
results = st.one_of(*(st.builds(make, confidence) for make in (answerable, wrong, absent, doubted)))


@settings(deadline=None)
@given(st.lists(results, max_size=8), confidence, confidence, confidence)
def test_no_other_threshold_is_better_on_its_own_cases(
    others: list[CaseResult], one: float, other: float, shipped: float
) -> None:
    cases = [answerable(one), absent(other), *others]
    best = best_threshold(cases, shipped)
    reached = balance(cases, best)
    assert reached is not None
    for threshold in candidates(cases, shipped):
        also = balance(cases, threshold)
        assert also is not None
        assert also <= reached + 1e-12
        if also == pytest.approx(reached, abs=1e-12):
            assert abs(best - shipped) <= abs(threshold - shipped)


@pytest.mark.parametrize(
    ("result", "threshold", "declined", "answered", "passed"),
    [
        (answerable(0.5), 0.4, False, 1.0, True),
        (answerable(0.5), 0.5, False, 1.0, True),
        (answerable(0.5), 0.6, True, 0.0, False),
        (wrong(0.5), 0.4, False, 0.0, False),
        (wrong(0.5), 0.6, True, 0.0, False),
        (absent(0.5), 0.4, False, None, False),
        (absent(0.5), 0.6, True, None, True),
        (doubted(0.5), 0.4, True, None, True),
    ],
)
def test_a_case_is_judged_as_if_asked_at_the_threshold(
    result: CaseResult, threshold: float, declined: bool, answered: float | None, passed: bool
) -> None:
    made = as_if(result, threshold)
    assert (made.declined, made.values.get("answered"), made.passed) == (declined, answered, passed)
    assert (made.case, made.confidence, made.right) == (result.case, result.confidence, result.right)


def test_of_a_declined_answer_only_the_search_is_left() -> None:
    values = {"answered": 1.0, "token_f1": 0.5, "citation_precision": 1.0, "supported": 1.0, "ndcg@10": 0.75}
    assert as_if(answerable(0.5, values=values), 0.6).values == {
        "ndcg@10": 0.75,
        "answered": 0.0,
        "token_f1": 0.0,
    }


def many(count: int = 30) -> list[CaseResult]:
    """Return pairs of a case and its near miss, and as many of either kind alone."""
    return [
        case
        for number in range(count)
        for case in (
            answerable(0.5 + number / 100, f"{number}"),
            absent(0.1 + number / 100, f"{number}-swapped"),
            answerable(0.5 + number / 100, f"{number}-alone"),
            absent(0.1 + number / 100, f"{number}-absent"),
        )
    ]


def test_a_case_and_its_near_miss_are_in_one_fold() -> None:
    fold_of = {result.case.id: fold for result, fold in zip(many(), folds_of(many()), strict=True)}
    assert all(fold_of[f"{number}"] == fold_of[f"{number}-swapped"] for number in range(30))


def test_cases_of_one_name_in_two_files_need_not_be_in_one_fold() -> None:
    cases = [replace(answerable(0.5, "a"), file=f"{number}.cases.yaml") for number in range(FOLDS)]
    assert sorted(folds_of(cases)) == list(range(FOLDS))


@pytest.mark.parametrize("count", [7, 20, 30, 31])
def test_each_fold_has_nearly_as_many_of_either_kind_as_the_next(count: int) -> None:
    cases = many(count)
    for declines in (True, False):
        sizes = Counter(
            fold for case, fold in zip(cases, folds_of(cases), strict=True) if case.case.declines is declines
        )
        assert len(sizes) == FOLDS
        assert max(sizes.values()) - min(sizes.values()) <= 2


@given(st.permutations(many(4)))
def test_the_folds_are_the_same_in_any_order(cases: list[CaseResult]) -> None:
    usual = {case.name: fold for case, fold in zip(many(4), folds_of(many(4)), strict=True)}
    assert {case.name: fold for case, fold in zip(cases, folds_of(cases), strict=True)} == usual


def test_each_fold_is_judged_at_the_threshold_found_on_the_others() -> None:
    random = np.random.default_rng(0)
    cases = [replace(case, confidence=float(random.uniform(0, 1))) for case in many()]
    tuned, folds = tune(cases, 0.05), folds_of(cases)
    assert tuned.threshold == best_threshold(cases, 0.05)
    for fold, threshold in enumerate(tuned.of_folds):
        assert threshold == best_threshold(
            [case for case, of in zip(cases, folds, strict=True) if of != fold], 0.05
        )
    assert tuned.held_out == tuple(
        as_if(case, tuned.of_folds[fold]) for case, fold in zip(cases, folds, strict=True)
    )
    assert tuned.as_shipped == tuple(as_if(case, 0.05) for case in cases)
    assert len(set(tuned.of_folds)) > 1
    assert (tuned.answerable, tuned.to_be_declined) == (60, 60)


@pytest.mark.parametrize(
    ("answerable_ones", "declining", "said"),
    [
        (0, 0, "0 answerable cases and 0"),
        (19, 20, "19 answerable cases and 20"),
        (400, 19, "400 answerable cases and 19"),
    ],
)
def test_too_few_cases_are_refused(answerable_ones: int, declining: int, said: str) -> None:
    cases = [QuestionCase("a", "Who led?", answers=("Rollo",))] * answerable_ones
    cases += [QuestionCase("b", "Who sank?", declines=True)] * declining
    with pytest.raises(CaseError, match=said) as refused:
        require_enough(cases)
    assert "20 of each" in refused.value.message
    assert "footnote eval draft" in refused.value.remedy


def test_twenty_of_each_are_enough() -> None:
    require_enough([case.case for case in (*[answerable(0.5)] * 20, *[absent(0.5)] * 20)])


@pytest.mark.parametrize(
    ("old", "new", "interval", "said"),
    [
        (
            0.8,
            0.8,
            (0.0, 0.0),
            "is no better than the one that Footnote comes with: there is no need to use it.",
        ),
        (
            0.8,
            0.7,
            (-0.2, -0.1),
            "is no better than the one that Footnote comes with: there is no need to use it.",
        ),
        (
            0.75,
            0.8,
            (-0.01, 0.1),
            "is better by 0.050 (95 in 100 within -0.010 to +0.100), which may be chance.",
        ),
        (0.75, 0.8, (0.01, 0.1), "is better by 0.050 (95 in 100 within +0.010 to +0.100)."),
    ],
)
def test_what_came_of_it_is_said_plainly(
    old: float, new: float, interval: tuple[float, float], said: str
) -> None:
    assert verdict(Change(BALANCED, old, new, interval)) == f"On cases held out, the tuned threshold {said}"


def generated(folder: Path, pairs: int) -> Path:
    """Write a file of so many questions and their near misses, to be asked of the configured index."""
    path = folder / "own.cases.yaml"
    cases = [
        {"id": case.id, "question": case.question, "answers": case.answers, "declines": case.declines}
        for case in load_cases(NEAR_MISSES).cases[: 2 * pairs]
    ]
    path.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return path


def test_the_command_writes_a_threshold_that_the_setting_makes_count(
    sample_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(sample_settings.home))
    monkeypatch.setenv("FOOTNOTE_CALIBRATION", "an earlier one, which is gone")
    monkeypatch.setenv("COLUMNS", "80")
    out = tmp_path / "own.json"
    assert run([generated(tmp_path, 20)], out) == 0

    said = json.loads(out.read_text())
    assert (said["answerable"], said["to_be_declined"], len(said["fold_thresholds"])) == (20, 20, FOLDS)
    assert said["cases"] == [str(tmp_path / "own.cases.yaml")]
    assert 0.5 < said["as_shipped"]["answered"]["value"] <= 1
    assert said["held_out"].keys() == said["as_shipped"].keys()

    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"To use it: FOOTNOTE_CALIBRATION={out}"
    assert max(map(len, lines[:-1])) <= 80
    assert re.search(r"^balanced( +[01]\.\d{3} +[01]\.\d{3} to [01]\.\d{3}){2}$", "\n".join(lines), re.M)

    shipped = wiring.fitted_numbers(Settings(calibration=None))
    tuned = wiring.fitted_numbers(Settings(calibration=out))
    assert tuned.threshold == said["threshold"]
    assert replace(tuned, threshold=shipped.threshold).to_json() == shipped.to_json()


def test_the_command_refuses_too_few_cases_before_it_asks_any(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="3 answerable cases and 3 to be declined"):
        run([generated(tmp_path, 3)], tmp_path / "own.json")
    assert not (tmp_path / "own.json").exists()
