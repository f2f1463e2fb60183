from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import EXIT_SOME_FAILED
from bot.commands.draft import run
from bot.errors import EvaluationError
from bot.evaluation.cases import load_cases
from bot.evaluation.matching import holds_any
from bot.settings import Settings
from index.errors import IndexMissingError
from index.readers import read_file
from tests.conftest import SAMPLES


def test_a_draft_of_the_samples_is_a_file_of_cases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "samples.cases.yaml"
    assert run([SAMPLES], 40, out, 0) == 0
    printed, said = capsys.readouterr()
    assert printed == ""
    assert said == (
        "Drafted 40 cases from 21 articles: 24 answerable, 16 near misses. Review each before you rely on it.\n"
    )
    file = load_cases(out)
    assert file.articles == (SAMPLES,)
    assert len(file.cases) == 40
    texts = {
        path.name: [read.text for _, read in read_file(path) if hasattr(read, "text")]
        for path in SAMPLES.iterdir()
    }
    for case in file.cases:
        if not case.declines and not any("://" in source for source in case.sources):
            assert any(holds_any(text, case.answers) for source in case.sources for text in texts[source])


def test_a_draft_is_printed_where_no_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "border.md").write_bytes((SAMPLES / "border.md").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert run([Path("news")], 2, None, 0) == 0
    printed, said = capsys.readouterr()
    assert "articles: [news]" in printed
    assert "Drafted 2 cases from 1 article:" in said
    (tmp_path / "printed.cases.yaml").write_text(printed, encoding="utf-8")
    assert load_cases(tmp_path / "printed.cases.yaml").articles == (tmp_path / "news",)


def test_without_paths_the_setting_names_the_articles(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_ARTICLES", str(SAMPLES / "border.md"))
    assert run([], 2, None, 0) == 0
    printed, _ = capsys.readouterr()
    assert "articles:" not in printed
    assert 'sources: ["border.md"]' in printed


def test_without_paths_and_setting_the_index_is_drafted_from(
    sample_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(sample_settings.home))
    assert run([], 10, None, 0) == 0
    printed, said = capsys.readouterr()
    assert "example.org" in printed
    assert "Drafted 10 cases from 21 articles" in said


def test_without_an_index_there_is_nothing_to_draft_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    with pytest.raises(IndexMissingError):
        run([], 10, None, 0)


def test_what_cannot_be_read_is_one_line_each_and_shows_in_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "border.md").write_bytes((SAMPLES / "border.md").read_bytes())
    assert run([tmp_path], 2, None, 0) == EXIT_SOME_FAILED
    complaint, summary = capsys.readouterr().err.splitlines()
    assert complaint.startswith(f"Passed over: {tmp_path}/empty.txt is empty")
    assert summary.startswith("Drafted 2 cases")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It sank. They wept. He said so.", "No sentence"),
        ("Die Linie 9 fährt seit heute bis zum Hafen, und alle sitzen in jedem Zug dorthin.", "in English"),
        ("", "no article"),
    ],
)
def test_articles_that_give_no_case_are_an_error(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(EvaluationError, match=reason):
        run([tmp_path], 10, None, 0)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("draft.yaml", r"\.cases\.yaml"),
        ("there.cases.yaml", "is there already"),
        ("no/a.cases.yaml", "is not there"),
    ],
)
def test_only_a_new_file_of_cases_is_written(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "there.cases.yaml").write_text("reviewed")
    with pytest.raises(EvaluationError, match=reason):
        run([SAMPLES], 10, tmp_path / name, 0)
    assert (tmp_path / "there.cases.yaml").read_text() == "reviewed"


def test_no_cases_are_not_to_be_asked_for() -> None:
    with pytest.raises(EvaluationError, match="0 cases"):
        run([SAMPLES], 0, None, 0)
