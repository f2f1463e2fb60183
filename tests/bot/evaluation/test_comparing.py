from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.compare import run
from bot.errors import EvaluationError
from bot.evaluation.cases import QuestionCase
from bot.evaluation.comparing import JUDGED, Change, Comparison, FactChange, change_of, compare
from bot.evaluation.measures import BY_KEY, MEASURES
from bot.evaluation.metrics import statistics
from bot.evaluation.report import Report, save_report
from bot.evaluation.results import CaseResult
from bot.questions import Exchange

DECLINED = "it was declined: The passages found do not answer the question."


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make comparisons quick: what is told apart here is told apart by a few resamples."""
    monkeypatch.setattr(statistics, "RESAMPLES", 50)


def case(name: str = "a", **fields: Any) -> QuestionCase:
    """Return a case that expects the answer "Rollo", but for the fields given."""
    plain: dict[str, Any] = {"question": f"Who led {name}?", "answers": ("Rollo",)}
    return QuestionCase(name, **{**plain, **fields})


def result(
    of: QuestionCase, *faults: str, values: Mapping[str, float] | None = None, **fields: Any
) -> CaseResult:
    """Return what came of a case, answered in a second, but for the fields given."""
    plain: dict[str, Any] = {"found": (), "declined": False, "confidence": 0.5, "right": True, "seconds": 1.0}
    return CaseResult("some.cases.yaml", of, faults, values or {}, **{**plain, **fields})


def right(of: QuestionCase, **fields: Any) -> CaseResult:
    return result(of, values={"answered": 1.0}, **fields)


def lost(of: QuestionCase, **fields: Any) -> CaseResult:
    return result(of, DECLINED, values={"answered": 0.0}, declined=True, **fields)


def eighty(failing: Container[int]) -> Report:
    """Return a report of eighty answerable cases, of which these fail."""
    made = [case(str(number)) for number in range(80)]
    return Report((), tuple(lost(each) if int(each.id) in failing else right(each) for each in made))


def named(comparison: Comparison, key: str) -> Change:
    return next(change for change in comparison.changes if change.measure.key == key)


@pytest.mark.parametrize(
    ("before", "now", "worse", "better"),
    [
        pytest.param((), (), (), (), id="the same"),
        pytest.param((), range(1), (), (), id="1 of 80 lost is noise"),
        pytest.param((), range(8), ("passed", "answered"), (), id="8 of 80 lost are not"),
        pytest.param(range(8), (), (), ("passed", "answered"), id="8 of 80 gained"),
        pytest.param(range(8), range(8, 16), (), (), id="as many gained as lost"),
    ],
)
def test_a_change_is_judged_by_what_chance_would_do(
    before: Container[int], now: Container[int], worse: tuple[str, ...], better: tuple[str, ...]
) -> None:
    comparison = compare(eighty(before), eighty(now))
    assert (comparison.worse, comparison.better) == (worse, better)


def test_a_change_has_its_values_difference_and_interval() -> None:
    change = change_of(BY_KEY["answered"], eighty(range(8)).results, eighty(range(2)).results)
    assert (change.old, change.new) == (0.9, 0.975)
    assert change.difference == pytest.approx(0.075)
    assert change.interval is not None
    low, high = change.interval
    assert 0 < low < 0.075 < high < 0.15


def test_what_makes_a_case_hard_counts_alike_on_both_sides() -> None:
    # The two shares' own intervals, of about 0.2, overlap widely.
    change = change_of(BY_KEY["passed"], eighty(range(40)).results, eighty(range(46)).results)
    assert change.verdict == "worse"


def test_cases_that_flipped_are_told_as_they_are_now() -> None:
    a, b, c, d = map(case, "abcd")
    old = Report((), (right(a), lost(b), right(c), lost(d)))
    new = Report((), (lost(a), right(b), right(c), lost(d)))
    comparison = compare(old, new)
    assert [(each.name, each.faults) for each in comparison.lost] == [("some.cases.yaml::a", (DECLINED,))]
    assert [each.name for each in comparison.gained] == ["some.cases.yaml::b"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", "Who followed?"),
        ("asked_at", datetime(2024, 3, 1, tzinfo=UTC)),
        ("history", (Exchange("Who came?", "Hrolf."),)),
        ("answers", ("Rollo", "Hrolf")),
        ("sources", ("a.md",)),
        ("declines", True),
    ],
)
def test_a_case_that_was_edited_is_not_paired(field: str, value: object) -> None:
    old = Report((), (right(case("a")), right(case("b"))))
    new = Report((), (right(case("a")), lost(case("b", **{field: value}))))
    comparison = compare(old, new)
    assert comparison.edited == ("some.cases.yaml::b",)
    assert (comparison.paired, comparison.lost, comparison.worse) == (1, (), ())


def test_other_tags_are_no_other_case() -> None:
    comparison = compare(Report((), (right(case()),)), Report((), (lost(case(tags=("names",))),)))
    assert (comparison.paired, len(comparison.lost), comparison.edited) == (1, 1, ())


def test_cases_of_one_report_only_are_named_and_not_paired() -> None:
    a, b, c = map(case, "abc")
    comparison = compare(Report((), (lost(a), right(b))), Report((), (right(b), lost(c))))
    assert comparison.only_old == ("some.cases.yaml::a",)
    assert comparison.only_new == ("some.cases.yaml::c",)
    assert (comparison.paired, named(comparison, "passed").old) == (1, 1.0)


@pytest.mark.parametrize("other", [case("b"), case("a", question="Who else led?")], ids=["missing", "edited"])
def test_reports_without_a_common_case_are_refused(other: QuestionCase) -> None:
    with pytest.raises(EvaluationError, match="footnote eval CASES --json FILE"):
        compare(Report((), (right(case("a")),)), Report((), (right(other),)))


def test_facts_that_differ_are_told() -> None:
    old = Report((("commit", "one"), ("date", "today"), ("machine", "small")), (right(case()),))
    new = Report((("commit", "two"), ("date", "today"), ("settings", "plain")), (right(case()),))
    assert compare(old, new).facts == (
        FactChange("commit", "one", "two"),
        FactChange("machine", "small", None),
        FactChange("settings", None, "plain"),
    )


def test_a_figure_that_applies_on_one_side_only_has_no_difference() -> None:
    comparison = compare(Report((), (right(case()),)), Report((), (lost(case()),)))
    change = named(comparison, "decline_precision")
    assert (change.old, change.new, change.difference, change.interval) == (None, 0.0, None, None)
    assert change.verdict == "no clear change"
    assert "ndcg@10" not in {each.measure.key for each in comparison.changes}


def test_a_case_counts_on_the_side_where_the_figure_applies_to_it() -> None:
    key = "citation_precision"
    old = [result(case(), values={key: value} if value is not None else {}) for value in (1.0, 0.5, None)]
    new = [result(case(), values={key: value} if value is not None else {}) for value in (None, 0.5, 0.0)]
    change = change_of(BY_KEY[key], old, new)
    assert (change.old, change.new, change.difference) == (0.75, 0.25, -0.5)


@pytest.mark.parametrize(
    ("key", "old", "new", "verdict"),
    [
        ("latency_median", 1.0, 2.0, "worse"),
        ("latency_median", 2.0, 1.0, "better"),
        ("ndcg@10", 0.5, 1.0, "better"),
        ("ndcg@10", 1.0, 0.5, "worse"),
        ("ndcg@10", 0.5, 0.5, "no clear change"),
    ],
)
def test_what_is_better_depends_on_the_figure(key: str, old: float, new: float, verdict: str) -> None:
    def results(value: float) -> list[CaseResult]:
        return [result(case(), values={"ndcg@10": value}, seconds=value) for _ in range(20)]

    assert change_of(BY_KEY[key], results(old), results(new)).verdict == verdict


def test_how_long_answers_take_is_not_judged() -> None:
    old = Report((), tuple(right(case(str(number)), seconds=1.0) for number in range(20)))
    new = Report((), tuple(right(case(str(number)), seconds=9.0) for number in range(20)))
    comparison = compare(old, new)
    assert named(comparison, "latency_p95").verdict == "worse"
    assert comparison.worse == ()


def test_figures_that_are_judged_are_ones_that_there_are() -> None:
    assert set(JUDGED) <= {measure.key for measure in MEASURES}


share = st.floats(0, 1, width=16)
outcomes = st.builds(
    lambda declines, declined, score, confidence: result(
        case(declines=declines, answers=() if declines else ("Rollo",)),
        *((DECLINED,) if declined != declines else ()),
        values={"ndcg@10": score} if declines else {"ndcg@10": score, "answered": float(not declined)},
        declined=declined,
        confidence=confidence,
        right=not declines,
        seconds=score,
    ),
    st.booleans(),
    st.booleans(),
    share,
    share,
)


@settings(max_examples=20, deadline=None)
@given(st.lists(outcomes, min_size=1, max_size=8))
def test_nothing_is_better_or_worse_than_itself(results: list[CaseResult]) -> None:
    changes = [change_of(measure, results, results) for measure in MEASURES]
    assert {change.verdict for change in changes} == {"no clear change"}
    assert {change.difference for change in changes} <= {0.0, None}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(outcomes, outcomes), min_size=1, max_size=8))
def test_the_other_way_round_each_difference_is_negated(pairs: list[tuple[CaseResult, CaseResult]]) -> None:
    old, new = [one for one, _ in pairs], [other for _, other in pairs]
    for measure in MEASURES:
        there, back = change_of(measure, old, new), change_of(measure, new, old)
        assert (there.old, there.new) == (back.new, back.old)
        if there.difference is not None and back.difference is not None:
            assert there.difference == -back.difference
        if there.interval is not None:
            low, high = there.interval
            assert back.interval == pytest.approx((-high, -low))


def shown(
    folder: Path,
    old: Report,
    new: Report,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[int, list[str]]:
    """Return the exit code and the lines of the command, on a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    save_report(old, folder / "old.json")
    save_report(new, folder / "new.json")
    code = run(folder / "old.json", folder / "new.json")
    return code, capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("before", "now", "code", "last"),
    [
        ((), (), 0, "No change beyond noise."),
        ((), range(8), 1, "Worse beyond noise: passed, answered."),
        (range(8), (), 0, "Better: passed, answered."),
    ],
)
def test_the_command_ends_with_the_verdict_in_a_line_and_as_its_exit_code(
    before: Container[int],
    now: Container[int],
    code: int,
    last: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done, lines = shown(tmp_path, eighty(before), eighty(now), capsys, monkeypatch)
    assert (done, lines[-1]) == (code, last)
    assert ("No case flipped." in lines) == (before == now)


def test_the_command_shows_all_that_changed_in_80_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, c = map(case, "abc")
    bad = case("bad", question="Who \x1b[31m led?")
    old = Report((("commit", "one"),), (right(a), lost(b), right(c), right(bad, seconds=1.25)))
    new = Report((("commit", "two"),), (right(a), right(b), right(case("d")), lost(bad, seconds=1.5)))
    code, lines = shown(tmp_path, old, new, capsys, monkeypatch)
    assert code == 0
    assert max(map(len, lines)) <= 80
    rows = {line.split()[0]: line.split() for line in lines if line}
    assert rows["answered"][1:4] == ["0.667", "0.667", "+0.000"]
    assert rows["latency_median"][1:5] == ["1.000", "s", "1.000", "s"]
    assert rows["decline_precision"][1:] == "0.000 0.000 +0.000 +0.000 to +0.000 no clear change".split()
    text = "\n".join(lines)
    assert "  commit\n    old: one\n    new: two\n" in text
    assert f"(1):\nsome.cases.yaml::bad  Who ␛[31m led?\n    {DECLINED}\n" in text
    assert "some.cases.yaml::b  Who led b?" in text
    assert "In the old report only (1): some.cases.yaml::c" in text
    assert "In the new report only (1): some.cases.yaml::d" in text


@pytest.mark.parametrize("missing", ["old.json", "new.json"])
def test_a_report_that_is_not_there_is_said(tmp_path: Path, missing: str) -> None:
    save_report(eighty(()), tmp_path / "old.json")
    save_report(eighty(()), tmp_path / "new.json")
    (tmp_path / missing).unlink()
    with pytest.raises(EvaluationError, match=f"{missing} cannot be opened"):
        run(tmp_path / "old.json", tmp_path / "new.json")
