from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import EvaluationError
from bot.evaluation.cases import QuestionCase
from bot.evaluation.measures import BY_KEY
from bot.evaluation.report import Report, TagRow, load_report, report_to_json, save_report, write_text
from bot.evaluation.results import CaseResult, Found, Judgement
from bot.questions import Exchange
from tests.bot.evaluation.stand_ins import impossible, labelled, result

END_OF_DAY = datetime(2023, 10, 1, 23, 59, 59, 999999, tzinfo=UTC)

REPORT = Report(
    (("asked", "some.cases.yaml"), ("date", "2023-10-01")),
    (
        result(
            labelled(
                "first",
                asked_at=END_OF_DAY,
                history=(Exchange("What is CSTO?", "A military pact."),),
                tags=("numbers", "names"),
            ),
            values={"answered": 1.0, "token_f1": 1 / 3, "hit@1": 1.0},
            found=(Found("a", "Title", 0.123456789, expected=True), Found("b", "b", -1.5, expected=False)),
            seconds=0.123456789,
            answer={"id": "first", "claims": [{"text": "Rollo led.", "citations": [1]}], "as_of": None},
            judgement=Judgement(correct=True, supported=False, why="Nobody says so."),
        ),
        result(labelled("second", tags=("numbers",)), "it was declined: No.", declined=True, right=False),
        result(impossible("third", asked_at=datetime(2023, 10, 1, 12, 30, tzinfo=UTC)), declined=True),
        CaseResult("other", QuestionCase("7", "White matter?", sources=("11",)), (), {"hit@10": 1.0}, ()),
    ),
)


def saved(report: Report, folder: Path) -> Path:
    save_report(report, folder / "report.json")
    return folder / "report.json"


def test_a_report_that_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    found = load_report(saved(REPORT, tmp_path))
    assert found == REPORT
    assert found.estimates() == REPORT.estimates()
    assert report_to_json(found) == report_to_json(REPORT)


def test_figures_are_told_with_intervals_and_counts_and_null_where_there_are_none(tmp_path: Path) -> None:
    said = json.loads(saved(REPORT, tmp_path).read_text())
    assert set(said) == {"format", "facts", "figures", "intervals", "counts", "tags", "cases"}
    assert list(said["figures"]) == list(BY_KEY)
    assert said["figures"] | {"ece": 0, "aurc": 0} == {
        **dict.fromkeys(BY_KEY),
        "passed": 0.75,
        "answered": 1.0,
        "decline_precision": 0.5,
        "decline_recall": 1.0,
        "decline_f1": 0.6667,
        "token_f1": 0.3333,
        "judged": 1.0,
        "judged_correct": 1.0,
        "judged_supported": 0.0,
        "judge_agreement": 1.0,
        "hit@1": 1.0,
        "hit@10": 1.0,
        "ece": 0,
        "aurc": 0,
        "latency_median": 0.5,
        "latency_p95": 0.5,
    }
    applying = {key for key, value in said["figures"].items() if value is not None}
    assert set(said["intervals"]) == set(said["counts"]) == applying
    assert said["counts"]["passed"] == 4
    assert all(low <= high for low, high in said["intervals"].values())
    assert said["facts"] == dict(REPORT.facts)
    assert said["tags"] == {"numbers": {"cases": 2, "passed": 1}, "names": {"cases": 1, "passed": 1}}


def test_a_case_is_told_with_what_was_expected_and_what_came(tmp_path: Path) -> None:
    first, *_, last = json.loads(saved(REPORT, tmp_path).read_text())["cases"]
    assert first == {
        "file": "some.cases.yaml",
        "id": "first",
        "question": "Who led?",
        "asked_at": "2023-10-01T23:59:59.999999Z",
        "history": [{"question": "What is CSTO?", "answer": "A military pact."}],
        "answers": ["Rollo"],
        "sources": ["a"],
        "declines": False,
        "tags": ["numbers", "names"],
        "passed": True,
        "faults": [],
        "values": {"answered": 1.0, "token_f1": 1 / 3, "hit@1": 1.0},
        "declined": False,
        "confidence": 0.75,
        "right": True,
        "seconds": 0.123456789,
        "found": [
            {"id": "a", "title": "Title", "score": 0.123456789, "expected": True},
            {"id": "b", "title": "b", "score": -1.5, "expected": False},
        ],
        "answer": {"id": "first", "claims": [{"text": "Rollo led.", "citations": [1]}], "as_of": None},
        "judgement": {"correct": True, "supported": False, "why": "Nobody says so."},
    }
    unasked = ("asked_at", "declined", "confidence", "right", "seconds", "answer", "judgement")
    assert {key: last[key] for key in unasked} == dict.fromkeys(unasked)


def test_a_report_of_no_cases_has_no_figures(tmp_path: Path) -> None:
    empty = Report((), ())
    assert load_report(saved(empty, tmp_path)) == empty
    assert set(report_to_json(empty)["figures"].values()) == {None}
    assert (empty.tags(), empty.reliability(), empty.risk_coverage(), empty.seconds()) == ([], (), (), [])


def test_tags_come_by_how_many_cases_have_them() -> None:
    assert REPORT.tags() == [TagRow("numbers", 2, 1), TagRow("names", 1, 1)]


def test_curves_and_times_are_of_the_answers_alone() -> None:
    assert [row.count for row in REPORT.reliability()] == [1, 1, 1]
    assert [coverage for coverage, _ in REPORT.risk_coverage()] == pytest.approx([1 / 3, 2 / 3, 1])
    assert REPORT.seconds() == [0.123456789, 0.5, 0.5]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be opened (No such file or directory)"),
        (b"", "is not JSON"),
        (b"figure value", "is not JSON"),
        (b"\xff\xfe{}", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "is no report of an evaluation"),
        (b'"format"', "is no report of an evaluation"),
        (b"7", "is no report of an evaluation"),
        (b"{}", "is no report of an evaluation"),
        (b'{"format": 2}', "was written by another version of Footnote"),
        (b'{"format": null, "cases": []}', "was written by another version of Footnote"),
        (b'{"format": 1}', "is no report of an evaluation"),
        (b'{"format": 1, "facts": [], "cases": []}', "is no report of an evaluation"),
        (b'{"format": 1, "facts": {}, "cases": {"a": 1}}', "is no report of an evaluation"),
        (b'{"format": 1, "facts": {}, "cases": [7]}', "is no report of an evaluation"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_how_to_make_one(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "report.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EvaluationError) as raised:
        load_report(file)
    assert raised.value.message.startswith(f"{file} {said}")
    assert raised.value.remedy == "Make it with: footnote eval CASES --json FILE"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("values", {"answered": "much"}),
        ("values", {"answered": None}),
        ("values", ["answered"]),
        ("values", {"answered": [1]}),
        ("asked_at", "yesterday"),
        ("asked_at", 7),
        ("answers", "Rollo"),
        ("tags", None),
        ("faults", 1),
        ("found", [{"id": "a"}]),
        ("found", ["a"]),
        ("found", [{"id": "a", "title": "a", "score": "high", "expected": True}]),
        ("history", [{"question": "Who?"}]),
        ("confidence", "high"),
        ("confidence", 10**400),
        ("seconds", {}),
        ("answer", 7),
        ("judgement", "correct"),
        ("judgement", {"correct": True}),
    ],
)
def test_a_case_that_is_none_is_refused(tmp_path: Path, key: str, value: Any) -> None:
    said = report_to_json(REPORT)
    said["cases"][0][key] = value
    (tmp_path / "report.json").write_text(json.dumps(said))
    with pytest.raises(EvaluationError, match="is no report of an evaluation"):
        load_report(tmp_path / "report.json")


@pytest.mark.parametrize("key", sorted(report_to_json(REPORT)["cases"][0].keys() - {"passed", "judgement"}))
def test_a_case_that_lacks_a_key_is_refused(tmp_path: Path, key: str) -> None:
    said = report_to_json(REPORT)
    del said["cases"][0][key]
    (tmp_path / "report.json").write_text(json.dumps(said))
    with pytest.raises(EvaluationError, match="is no report of an evaluation"):
        load_report(tmp_path / "report.json")


def test_a_report_from_before_there_were_judges_is_read(tmp_path: Path) -> None:
    said = report_to_json(REPORT)
    for case in said["cases"]:
        del case["judgement"]
    (tmp_path / "report.json").write_text(json.dumps(said))
    assert [each.judgement for each in load_report(tmp_path / "report.json").results] == [None] * 4


@pytest.mark.parametrize("name", ["gone/report.json", "."])
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(EvaluationError, match="cannot be written") as raised:
        write_text(tmp_path / name, "words")
    assert str(tmp_path / name) in raised.value.message


def is_apart(text: str) -> bool:
    """Tell whether no two halves of a pair stand beside one another: to readers of JSON they are one character."""
    return not any(
        "\ud800" <= one <= "\udbff" and "\udc00" <= other <= "\udfff" for one, other in pairwise(text)
    )


ANY_TEXT = st.text(st.characters() | st.sampled_from('\ud800\udcff\u2028\\"')).filter(is_apart)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    st.lists(ANY_TEXT, min_size=5, max_size=5),
    st.floats(0, 1),
    st.none() | st.datetimes(min_value=datetime(1600, 1, 1), timezones=st.just(UTC)),
)
def test_any_text_and_number_comes_back(
    tmp_path: Path, texts: list[str], number: float, moment: datetime | None
) -> None:
    one, two, three, four, five = texts
    case = QuestionCase(one, two, moment, (Exchange(three, four),), (five,), (one,), tags=(two,))
    found = (Found(three, four, number, expected=True),)
    given_result = CaseResult(
        five, case, (one,), {two: number}, found, True, number, False, number, {three: [four, number, None]}
    )
    report = Report(((one, two),), (given_result,))
    assert load_report(saved(report, tmp_path)) == report
