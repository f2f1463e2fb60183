from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from unittest import mock

import pytest

from bot.evaluation.measures import BY_KEY, JUDGE
from bot.evaluation.report import load_report
from tests.bot.evaluation.test_data_sets import article, news, news_question, scifact, squad, squad_question
from tests.bot.evaluation.test_evaluating import CASES, TOLL, WIRE
from tests.chat_server import ChatServer, Message, Refuses, Script
from tests.process import called

ALONE = 'cases:\n  - {id: a, question: "Who led?", answers: [Rollo]}\n'
"""A file that names no articles."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of six cases, four of which are as expected, and the articles that it names."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "articles").mkdir()
    (folder / "articles" / "toll.md").write_text(TOLL.format("nine"))
    (folder / "articles" / "wire.txt").write_text(WIRE)
    source = "https://mail.example.org/light"
    (folder / "desk.cases.yaml").write_text(CASES.replace(source, "wire.txt"))
    return folder


def evaluated(desk: Path, *arguments: str | Path, columns: int = 80) -> subprocess.CompletedProcess[str]:
    """Run `footnote eval` where there is no index; scratch indexes are the desk's."""
    cache = str(desk / "cache")
    return called(desk / "no index", "eval", *map(str, arguments), COLUMNS=str(columns), XDG_CACHE_HOME=cache)


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what was said on standard error, without how far it was, which slow machines are told."""
    return [line for line in done.stderr.splitlines() if not re.search(r": [\d,]+ of [\d,]+ \(", line)]


def figures(out: str) -> dict[str, list[str]]:
    """Return the rows of the table by their figures."""
    rows = [line.split() for line in out.splitlines() if line.startswith("  ")]
    return {row[0]: row[1:] for row in rows if row[0] in BY_KEY}


@pytest.fixture(scope="module")
def whole(desk: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    """All cases of the desk, in a terminal of 80 columns, and the file that --json wrote."""
    file = desk / "report.json"
    return evaluated(desk, desk / "desk.cases.yaml", "--json", file, "--html", desk / "report.html"), file


def test_the_figures_go_to_standard_output_under_headings(
    whole: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, _ = whole
    assert done.returncode == 0, done.stderr
    found = figures(done.stdout)
    assert found["passed"] == ["0.667", "0.333", "to", "1.000", "6"]
    assert found["answered"][0] == "0.600"
    assert found["decline_f1"] == ["1.000", "1.000", "to", "1.000", "1"]
    assert found["latency_p95"][1] == "s"
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    headings = ["Cases", "Declining", "Answers", "Citations", "Search", "Confidence", "Time"]
    assert [line for line in lines if line in headings] == headings


def test_the_table_fits_80_columns_a_figure_a_line(
    whole: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    table, _, _ = whole[0].stdout.partition("Passed by tag:")
    assert max(len(line.rstrip()) for line in table.splitlines()) <= 66
    assert len(figures(table)) == len(BY_KEY) - len(JUDGE)
    assert "less is better" not in table


def test_what_is_not_as_expected_is_listed_with_its_faults(
    whole: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    _, _, listed = whole[0].stdout.partition("Not as expected (2 of 6):")
    listed = " ".join(listed.split())
    assert "desk.cases.yaml::unknown What is the toll for a car?" in listed
    assert "its source 'gone.md' is no path, URL or title of an article that was asked" in listed
    assert "desk.cases.yaml::wrong" in listed
    assert "desk.cases.yaml::toll" not in listed
    assert "Passed by tag: money 1/1" in whole[0].stdout


def test_what_is_asked_and_what_is_wrong_with_it_goes_to_standard_error(
    desk: Path, whole: tuple[subprocess.CompletedProcess[str], Path]
) -> None:
    assert said(whole[0]) == [
        "desk.cases.yaml: 6 cases, asked of 2 articles.",
        f"{desk / 'desk.cases.yaml'}, case 'unknown': no article that is asked is 'gone.md'.",
    ]


def test_everything_is_written_as_json(
    desk: Path, whole: tuple[subprocess.CompletedProcess[str], Path]
) -> None:
    written = json.loads(whole[1].read_text())
    assert list(written["figures"]) == list(BY_KEY)
    assert written["figures"]["passed"] == 0.6667
    assert written["facts"]["asked"] == str(desk / "desk.cases.yaml")
    assert "8 passages, lexical weight 0.4, answered from 0" in written["facts"]["settings"]
    assert {"settings", "versions", "machine", "date"} <= set(written["facts"])
    assert [case["id"] for case in written["cases"]] == [
        "toll",
        "follow-up",
        "copy",
        "before",
        "unknown",
        "wrong",
    ]
    assert written["cases"][0]["answer"]["explanation"]["quote"].startswith("The toll for a car")
    assert len(load_report(whole[1]).results) == 6
    assert (desk / "report.html").exists()


def test_a_wide_terminal_is_told_what_each_figure_is(desk: Path) -> None:
    done = evaluated(desk, desk / "desk.cases.yaml", "--limit", "1", columns=140)
    lines = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    [passed] = [line for line in lines if line.split()[0] == "passed"]
    [ece] = [line for line in lines if line.split()[0] == "ece"]
    assert passed.rstrip().endswith("cases that are as expected")
    assert ece.rstrip().endswith("is right, less is better")


@pytest.mark.parametrize(
    ("bounds", "code", "complaint"),
    [
        ("answered=0.6, decline_recall=1", 0, []),
        ("answered=0.61,passed=0.5", 1, ["Failed: answered is 0.6, and should be at least 0.61."]),
        (
            "passed=0.7,hit@1=1,supported=1",
            1,
            ["Failed: passed is 0.6667, and should be at least 0.7."],
        ),
    ],
)
def test_a_figure_that_is_less_than_it_should_be_is_a_failure(
    desk: Path, bounds: str, code: int, complaint: list[str]
) -> None:
    done = evaluated(desk, desk / "desk.cases.yaml", "--fail-under", bounds)
    assert done.returncode == code
    assert said(done)[2:] == complaint
    assert "passed" in done.stdout


def test_a_figure_that_no_case_measures_is_a_failure(desk: Path) -> None:
    done = evaluated(desk, desk / "desk.cases.yaml", "--limit", "1", "--fail-under", "decline_recall=0.1")
    assert done.returncode == 1
    assert "Failed: decline_recall should be at least 0.1, and no case measures it." in done.stderr
    assert figures(done.stdout)["passed"][-1] == "1"


def test_a_folder_stands_for_the_files_of_cases_in_it(desk: Path, tmp_path: Path) -> None:
    for name in ("one", "two", ".hidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "some.cases.yaml").write_text(
            CASES.replace("[articles]", f"[{desk / 'articles'}]")
        )
    (tmp_path / "folder.cases.yaml").mkdir()
    (tmp_path / "notes.yaml").write_text("no: cases")
    again = tmp_path / "two" / ".." / "one" / "some.cases.yaml"
    done = evaluated(desk, tmp_path, again, "--limit", "2", "--json", tmp_path / "report.json")
    assert done.returncode == 0, done.stderr
    names = [result.name for result in load_report(tmp_path / "report.json").results]
    assert len(names) == 4
    assert {name.partition("::")[0] for name in names} == {
        f"{tmp_path}/one/some.cases.yaml",
        f"{tmp_path}/two/some.cases.yaml",
    }


JUDGED = {
    "nine crowns": '{"correct": true, "supported": true, "why": "It says nine."}',
    "1887": '```json\n{"correct": true, "supported": false, "why": "No passage gives the year."}\n```',
    "whatever its words": "I would rather not say.",
    "That the bot declines": '{"correct": true, "supported": true, "why": "It does."}',
    "ten crowns": '{"correct": true, "supported": true, "why": "Nine is nearly \u001b[31m ten."}',
}
"""What a judge says, by what is expected."""


def judging(messages: list[Message]) -> str:
    _, _, expected = messages[1]["content"].partition("What is expected: ")
    [reply] = [reply for words, reply in JUDGED.items() if words in expected.partition("\n")[0]]
    return reply


def judged(desk: Path, script: Script, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    with ChatServer(script) as server:
        address = ("--judge", "openai:scripted", "--judge-base-url", server.url)
        return evaluated(desk, desk / "desk.cases.yaml", *address, *arguments)


def test_a_judge_s_figures_stand_beside_the_others_and_how_far_it_agrees(desk: Path) -> None:
    file = desk / "judged.json"
    bounds = ("--fail-under", "judged_supported=0.9")
    done = judged(desk, judging, "--json", file, "--html", desk / "judged.html", *bounds)
    assert done.returncode == 1
    copy = (
        "desk.cases.yaml: no judgement of 1 case (copy): openai:scripted gave no judgement that can be read."
    )
    assert said(done)[2:] == [copy, "Failed: judged_supported is 0.75, and should be at least 0.9."]
    found = figures(done.stdout.partition("Passed by tag:")[0])
    assert {key: (row[0], row[-1]) for key, row in found.items() if key.startswith("judge")} == {
        "judged": ("0.833", "6"),
        "judged_correct": ("1.000", "5"),
        "judged_supported": ("0.750", "4"),
        "judge_agreement": ("0.800", "5"),
        # The judge says yes to all: no better than chance.
        "judge_kappa": ("0.000", "5"),
    }
    _, _, told = done.stdout.partition("The judge says otherwise than the case (1 of 5):")
    assert "desk.cases.yaml::wrong" in told
    assert "judged correct: Nine is nearly [31m ten." in told
    report = json.loads(file.read_text())
    assert report["facts"]["judge"] == "openai:scripted"
    assert report["figures"]["judge_agreement"] == 0.8
    assert report["intervals"].keys() >= {"judged_correct", "judge_kappa"}
    toll, follow_up, no_judgement, before, *_ = (case["judgement"] for case in report["cases"])
    assert toll == {"correct": True, "supported": True, "why": "It says nine."}
    assert (follow_up["supported"], before["supported"]) == (False, None)
    assert (no_judgement["correct"], no_judgement["supported"]) == (None, None)
    assert "No passage gives the year." in (desk / "judged.html").read_text()


def test_a_judge_does_not_decide_the_exit_code_and_its_failures_do_not_stop_the_run(desk: Path) -> None:
    never = '{"correct": false, "supported": false, "why": "No."}'
    assert judged(desk, lambda _: never, "--limit", "2").returncode == 0
    file = desk / "refused.json"
    done = judged(desk, lambda _: Refuses(401), "--json", file)
    assert done.returncode == 0
    assert said(done)[2:] == [
        "desk.cases.yaml: no judgement of 6 cases (toll, follow-up, copy, before, unknown, ...): "
        "openai:scripted refuses access (HTTP 401)."
    ]
    found = json.loads(file.read_text())["figures"]
    assert found["judged"] == 0
    assert {found[each.key] for each in JUDGE[1:]} == {None}
    assert found["passed"] == 0.6667


def test_a_judge_without_its_key_is_told_before_anything_is_asked(desk: Path) -> None:
    with mock.patch.dict(os.environ):
        os.environ.pop("ANTHROPIC_API_KEY", None)
        done = evaluated(desk, desk / "desk.cases.yaml", "--judge", "anthropic:x")
    assert done.returncode == 1
    assert done.stderr == "Error: ANTHROPIC_API_KEY is not set. Set it in the environment or in .env.\n"


def test_what_a_language_model_writes_is_supported_where_the_verifier_bears_it_out(desk: Path) -> None:
    file = desk / "written.json"
    with ChatServer(lambda _: "The toll for a car rose to nine crowns [1].") as server:
        done = called(
            desk / "no index",
            *("eval", str(desk / "desk.cases.yaml"), "--limit", "1", "--json", str(file)),
            XDG_CACHE_HOME=str(desk / "cache"),
            FOOTNOTE_CHAT_MODEL="openai:scripted",
            FOOTNOTE_CHAT_BASE_URL=server.url,
        )
    assert done.returncode == 0, done.stderr
    report = json.loads(file.read_text())
    assert report["figures"]["supported"] == report["figures"]["answered"] == 1
    [case] = report["cases"]
    assert [claim["text"] for claim in case["answer"]["claims"]] == [
        "The toll for a car rose to nine crowns."
    ]
    assert "written by openai:scripted" in report["facts"]["settings"]


WRONG = [
    pytest.param(["run"], "There is nothing to evaluate.", id="no path"),
    pytest.param(["gone.cases.yaml"], "gone.cases.yaml cannot be opened", id="no such file"),
    pytest.param(
        ["empty"], "empty holds no file of cases. Their names end in .cases.yaml.", id="no file in it"
    ),
    pytest.param(["broken.cases.yaml"], "broken.cases.yaml, line 3, case 'a': It expects nothing", id="case"),
    pytest.param(
        ["nowhere.cases.yaml"], "nowhere.cases.yaml names articles, and none is there", id="articles"
    ),
    pytest.param(["alone.cases.yaml", "--fail-under", "speed=1"], "there is no figure 'speed'", id="figure"),
    pytest.param(["alone.cases.yaml", "--fail-under", "ece=0.1"], "of ece, less is better", id="ece"),
    pytest.param(
        ["alone.cases.yaml", "--fail-under", "latency_p95=0.1"],
        "of latency_p95, less is better",
        id="latency",
    ),
    pytest.param(
        ["alone.cases.yaml", "--fail-under", "passed"], "nothing is no figure from 0 to 1", id="bound"
    ),
    pytest.param(["alone.cases.yaml", "--fail-under", "passed=90"], "90 is no figure", id="percent"),
    pytest.param(["alone.cases.yaml", "--fail-under", "passed=nan"], "nan is no figure", id="nan"),
    pytest.param(["alone.cases.yaml", "--fail-under", "passed=much"], "much is no figure", id="word"),
    pytest.param(["alone.cases.yaml", "--fail-under", " , "], "--fail-under names no figure", id="nothing"),
    pytest.param(
        ["alone.cases.yaml", "--json", "gone/report.json"], "gone/report.json cannot be written", id="json"
    ),
    pytest.param(["alone.cases.yaml", "--html", "empty"], "empty cannot be written", id="html"),
    pytest.param(
        ["alone.cases.yaml", "--fail-under", "passed=0.5,judged_correct=0.5"],
        "--fail-under judged_correct: without a judge, there is no such figure. Name one: --judge provider:model",
        id="no judge",
    ),
    pytest.param(["alone.cases.yaml", "--judge", "gpt"], "'gpt' is not provider:model", id="no provider"),
    pytest.param(["alone.cases.yaml", "--judge", "some:gpt"], "has no provider 'some'", id="other provider"),
    pytest.param(
        ["alone.cases.yaml", "--judge", "ollama:x", "--judge-base-url", "here:1"],
        "--judge-base-url 'here:1' is no address. It begins with http:// or https://.",
        id="address",
    ),
    pytest.param(["alone.cases.yaml", "--limit", "0"], "greater than or equal to 1", id="limit"),
    pytest.param(["empty", "--dataset", "trec"], "The kinds are beir, squad, news.", id="kind of data set"),
    pytest.param(["--dataset", "beir"], "footnote eval --dataset beir FOLDER", id="no data set"),
    pytest.param(
        ["empty", "empty", "--dataset", "squad"], "--dataset takes one data set", id="two data sets"
    ),
    pytest.param(["gone", "--dataset", "news"], "gone is not there", id="no such data set"),
]


@pytest.mark.parametrize(("arguments", "complaint"), WRONG)
def test_wrong_usage_and_wrong_cases_are_told_with_exit_code_2(
    desk: Path, tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "alone.cases.yaml").write_text(ALONE)
    (tmp_path / "nowhere.cases.yaml").write_text("articles: [gone]\n" + ALONE)
    (tmp_path / "broken.cases.yaml").write_text("articles: [.]\ncases:\n  - {id: a, question: Who led}\n")
    done = evaluated(desk, *arguments)
    assert done.returncode == 2
    assert complaint in " ".join(done.stderr.replace("│", " ").split())
    assert done.stdout == ""


def test_without_articles_and_without_an_index_the_exit_code_is_3(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "alone.cases.yaml").write_text(ALONE)
    done = evaluated(desk, tmp_path / "alone.cases.yaml")
    assert done.returncode == 3
    assert done.stderr == (
        f"Error: There is no index in {desk / 'no index'}. Index some articles first: footnote reindex FOLDER\n"
    )


def test_a_data_set_that_is_none_is_a_failure(desk: Path, tmp_path: Path) -> None:
    done = evaluated(desk, "--dataset", "beir", tmp_path)
    assert done.returncode == 1
    assert "corpus.jsonl cannot be opened" in done.stderr


@pytest.mark.parametrize(
    ("kind", "cases", "absent"),
    [("beir", "1", "answered"), ("squad", "2", None), ("news", "1", "decline_f1")],
)
def test_a_data_set_is_asked_of_its_own_articles(
    desk: Path, tmp_path: Path, kind: str, cases: str, absent: str | None
) -> None:
    scifact(tmp_path / "beir")
    asked = (
        squad_question(question="Did Rollo lead?"),
        squad_question(id="2", answers=[], is_impossible=True),
    )
    place = tmp_path / "beir" if kind == "beir" else tmp_path
    if kind == "squad":
        place = squad(tmp_path, *asked)
    if kind == "news":
        news(tmp_path, [article()], news_question(question="What sank?"))
    done = evaluated(desk, "--dataset", kind, place)
    assert done.returncode == 0, done.stderr
    found = figures(done.stdout)
    assert found["passed"][-1] == cases
    assert found["hit@1"][0] == "1.000"
    assert (absent in found) is False
    assert "articles, indexed where they are not yet ..." in done.stderr
