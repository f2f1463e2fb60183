"""A newsroom's project: articles, cases, and a conftest that registers the plugin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree as ET

import pytest

import bot.evaluation.evaluating  # noqa: F401 - or each run in this process imports it anew, which torch does not bear
from bot import wiring
from bot.settings import Settings
from index.embedding import Embedder
from index.retrieval import Retriever
from tests.conftest import PROJECT

ARTICLE = """\
---
title: Wexmoor votes
publisher: The Gazette
date: 2024-03-01
---

Rollo Hart won the election in Wexmoor with 6,500 votes.

The turnout in Wexmoor was 61 percent.
"""
CONFTEST = """\
from bot.settings import Settings

pytest_plugins = ["bot.evaluation.pytest_plugin"]


def pytest_footnote_settings(config):
    return Settings(home=config.rootpath / "home")
"""
VOTES = "question: How many votes did Rollo Hart win?"
MAYOR = "question: Who is the mayor of Paris?"
RIGHT = f"""\
articles: [articles]
cases:
  - id: votes
    {VOTES}
    answers: ["6,500"]
    sources: [votes.md]
    tags: [numbers]
  - id: mayor
    {MAYOR}
    declines: true
"""
WRONG = f"""\
articles: [articles]
cases:
  - id: seven
    {VOTES}
    asked_at: 2024-03-05
    history: [{{question: Who ran, answer: Two people.}}]
    answers: ["7,000"]
  - id: mayor
    {MAYOR}
    answers: [Hidalgo]
  - id: turnout
    question: What was the turnout in Wexmoor?
    declines: true
"""


@pytest.fixture(autouse=True, scope="module")
def _model(embedder: Embedder) -> None:
    """Import, here, what the model is made with."""
    embedder.encode(["Words."])


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST)
    (pytester.mkdir("articles") / "votes.md").write_text(ARTICLE)
    # What else is installed is no part of what is tested, and takes its time to import.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return pytester


@pytest.fixture
def happened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens to indexes, in order."""
    told: list[str] = []
    real = wiring.retriever

    @contextmanager
    def retriever(settings: Settings) -> Iterator[Retriever]:
        with real(settings) as found:
            told.append("opened")
            yield found
        told.append("closed")

    monkeypatch.setattr(wiring, "retriever", retriever)
    return told


def write(project: pytest.Pytester, **files: str) -> None:
    """Write files of cases, by the beginnings of their names."""
    for name, text in files.items():
        (project.path / f"{name}.cases.yaml").write_text(text, encoding="utf-8")


def summary(result: pytest.RunResult) -> list[str]:
    """Return the lines of the short summary."""
    [begins] = [place for place, line in enumerate(result.outlines) if "short test summary" in line]
    return [line for line in result.outlines[begins + 1 :] if not line.startswith(("=", "!"))]


def section(result: pytest.RunResult, title: str) -> list[str]:
    """Return the lines of the section about one test or file."""
    [begins] = [place for place, line in enumerate(result.outlines) if f"_ {title} _" in line]
    rest = result.outlines[begins + 1 :]
    return rest[: next(place for place, line in enumerate(rest) if line.startswith(("_", "=")))]


def test_cases_that_are_as_expected_pass(project: pytest.Pytester, happened: list[str]) -> None:
    write(project, one=RIGHT, two=RIGHT)
    result = project.runpytest_inprocess("-v")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["one.cases.yaml::votes PASSED*", "one.cases.yaml::mayor PASSED*"])
    # Both files name the same articles.
    assert happened == ["opened", "closed"]
    assert (project.path / ".pytest_cache" / "d" / "footnote").is_dir()


def test_without_the_cache_of_pytest_nothing_is_kept(project: pytest.Pytester) -> None:
    write(project, some=RIGHT)
    project.runpytest_inprocess("-p", "no:cacheprovider", "-k", "votes").assert_outcomes(
        passed=1, deselected=1
    )
    assert not (project.path / ".pytest_cache").exists()


def test_a_failure_shows_what_was_asked_expected_answered_and_found(project: pytest.Pytester) -> None:
    write(project, some=WRONG)
    result = project.runpytest_inprocess("--junitxml=report.xml")
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(
        [
            "*_ some.cases.yaml: seven _*",
            "wrong     no sentence shown holds an expected answer*",
            "question  How many votes did Rollo Hart win?",
            "asked     5 March 2024, 23:59 UTC",
            "after     Who ran",
            "            Two people.",
            'expected  a sentence that holds "7,000"',
            "answered  Rollo Hart won the election in Wexmoor with 6,500 votes. [1]",
            "          confidence 0.*",
            "sources   [1] Wexmoor votes, The Gazette, 1 March 2024 (4 days ago)",
            '              "Rollo Hart won the election in Wexmoor with 6,500 votes."',
            "found     0.* Wexmoor votes",
            "*_ some.cases.yaml: mayor _*",
        ],
        consecutive=True,
    )
    result.stdout.fnmatch_lines(
        [
            "FAILED some.cases.yaml::seven - no sentence shown holds an expected answer*",
            "FAILED some.cases.yaml::mayor - it was declined: *",
            "FAILED some.cases.yaml::turnout - it was answered, and the articles do not *",
        ],
        consecutive=True,
    )
    failure = ET.parse(project.path / "report.xml").find(".//failure")  # noqa: S314 - pytest's own
    assert failure is not None
    assert failure.get("message", "").startswith("no sentence shown holds an expected answer")


def test_a_case_that_is_known_to_fail_does_not_break_the_build(project: pytest.Pytester) -> None:
    known = WRONG.replace("  - id: seven\n", "  - id: seven\n    tags: [known-failure]\n")
    right = RIGHT.replace("[numbers]", "[numbers, known-failure]")
    write(project, known=known, right=right)
    result = project.runpytest_inprocess(
        "-k", "known-failure", "-ra", "--strict-markers", "-o", "xfail_strict=true"
    )
    result.assert_outcomes(xfailed=1, xpassed=1, deselected=3)
    assert result.ret == pytest.ExitCode.OK
    assert summary(result) == [
        "XFAIL known.cases.yaml::seven - tagged known-failure",
        "XPASS right.cases.yaml::votes - tagged known-failure",
    ]


UNKNOWN = f"""\
articles: [articles, gone.md]
cases:
  - id: mayor
    {MAYOR}
    declines: true
    sources: [x.md]
"""


def test_a_source_and_a_file_that_are_not_there_are_warned_of(project: pytest.Pytester) -> None:
    write(project, some=UNKNOWN)
    result = project.runpytest_inprocess()
    result.assert_outcomes(passed=1, warnings=2)
    result.stdout.fnmatch_lines_random(
        [
            "*some.cases.yaml:3: CaseWarning: No article that is asked is 'x.md'.",
            "*CaseWarning: *gone.md cannot be opened (No such file or directory). *",
        ]
    )


def test_where_warnings_are_errors_they_say_no_more_than_their_own_words(project: pytest.Pytester) -> None:
    write(project, some=UNKNOWN.replace(", gone.md", ""))
    result = project.runpytest_inprocess("-W", "error::pytest.PytestWarning")
    result.assert_outcomes(failed=1)
    assert section(result, "some.cases.yaml: mayor") == ["No article that is asked is 'x.md'."]


FAULTY = f"cases:\n  - id: votes\n    {VOTES}\n    answer: [x]\n"


def test_a_file_with_a_fault_is_named_with_the_line_and_keeps_no_other_from_running(
    project: pytest.Pytester,
) -> None:
    write(project, faulty=FAULTY, right=RIGHT)
    result = project.runpytest_inprocess("--continue-on-collection-errors", "-k", "votes")
    result.assert_outcomes(passed=1, errors=1, deselected=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert section(result, "ERROR collecting faulty.cases.yaml") == [
        f"{project.path / 'faulty.cases.yaml'}, line 4: A case has no key 'answer'.",
        "Did you mean answers? "
        "Its keys are id, question, asked_at, history, answers, sources, declines and tags.",
    ]


def test_a_file_with_a_fault_ends_the_run_unless_told_otherwise(
    project: pytest.Pytester, happened: list[str]
) -> None:
    write(project, faulty=FAULTY, right=RIGHT)
    result = project.runpytest_inprocess()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert happened == []


def test_a_project_without_an_index_is_told_how_to_make_one(project: pytest.Pytester) -> None:
    write(project, some=RIGHT.replace("articles: [articles]\n", "").replace("[numbers]", "[known-failure]"))
    result = project.runpytest_inprocess()
    result.assert_outcomes(errors=2)
    for case in ("votes", "mayor"):
        assert section(result, f"ERROR at setup of some.cases.yaml: {case}") == [
            f"There is no index in {project.path / 'home'}.",
            "Index some articles first: footnote reindex FOLDER",
        ]


def test_articles_that_are_not_there_are_an_error(project: pytest.Pytester) -> None:
    write(project, some=RIGHT.replace("[articles]", "[nowhere]"))
    result = project.runpytest_inprocess("-k", "votes")
    result.assert_outcomes(errors=1, deselected=1, warnings=1)
    assert section(result, "ERROR at setup of some.cases.yaml: votes") == [
        f"{project.path / 'some.cases.yaml'} names articles, and none is there: {project.path / 'nowhere'}.",
        "Correct the paths under articles:, which are relative to the file.",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FOOTNOTE_HOME", "elsewhere", "There is no index in *elsewhere."),
        ("FOOTNOTE_PASSAGES", "none", "FOOTNOTE_PASSAGES is 'none': *"),
    ],
)
def test_the_settings_come_from_the_environment_unless_the_project_gives_some(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    project.makeconftest('pytest_plugins = ["bot.evaluation.pytest_plugin"]')
    monkeypatch.setenv(name, value)
    write(project, some=RIGHT.replace("articles: [articles]\n", ""))
    result = project.runpytest_inprocess("-k", "votes")
    result.assert_outcomes(errors=1, deselected=1)
    result.stdout.fnmatch_lines(["*_ ERROR at setup of some.cases.yaml: votes _*", said], consecutive=True)


@pytest.mark.parametrize(
    ("expression", "selected"),
    [("numbers", ["votes"]), ("not numbers", ["mayor"]), ("mayor", ["mayor"]), ("numb and votes", ["votes"])],
)
def test_cases_are_selected_by_tags_and_by_name(
    project: pytest.Pytester, expression: str, selected: list[str]
) -> None:
    write(project, some=RIGHT)
    result = project.runpytest_inprocess("--collect-only", "-q", "-k", expression)
    assert [line for line in result.outlines if "::" in line] == [
        f"some.cases.yaml::{name}" for name in selected
    ]


def test_a_name_steers_no_terminal(project: pytest.Pytester) -> None:
    write(project, some='cases: [{id: "a\\e[31m\\n b", question: Who won, declines: true}]')
    result = project.runpytest_inprocess("--collect-only", "-q")
    assert result.outlines[0] == "some.cases.yaml::a␛[31m b"


def test_collecting_opens_no_index_and_imports_no_model(project: pytest.Pytester) -> None:
    write(project, some=RIGHT)
    project.makeconftest(
        CONFTEST
        + """

def pytest_unconfigure():
    import sys
    print("imported:", *{"torch", "chromadb", "numpy"} & set(sys.modules))
"""
    )
    result = project.runpytest_subprocess("--collect-only", "-q")
    result.stdout.fnmatch_lines(
        ["some.cases.yaml::votes", "some.cases.yaml::mayor", "2 tests collected*", "imported:"]
    )


def test_of_the_cases_of_this_project_the_near_misses_are_no_tests(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess(
        "--collect-only", "-q", "--rootdir", PROJECT, PROJECT / "tests" / "fixtures"
    )
    files = {line.partition("::")[0] for line in result.outlines if "::" in line}
    assert files == {"tests/fixtures/sample.cases.yaml"}
