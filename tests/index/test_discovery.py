from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.discovery import discover, path_key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "articles"
    (root / "deep" / "er").mkdir(parents=True)
    return root


def names(paths: list[Path], known: frozenset[str] = frozenset()) -> list[str]:
    return [file.path.name for file in discover(paths, known).files]


def test_files_are_found_at_any_depth_in_a_stable_order(folder: Path) -> None:
    for name in ("b.md", "a.txt", "deep/c.HTML", "deep/er/d.jsonl.gz"):
        (folder / name).write_text("x")
    assert names([folder]) == ["a.txt", "b.md", "c.HTML", "d.jsonl.gz"]


def test_files_of_other_kinds_are_counted_and_hidden_ones_passed_over(folder: Path) -> None:
    for name in ("a.png", "b.png", "Makefile", ".hidden.md"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.md").write_text("x")
    found = discover([folder])
    assert found.files == []
    assert dict(found.ignored) == {".png": 2, "Makefile": 1}


def test_a_file_of_another_kind_named_by_itself_is_a_problem(folder: Path) -> None:
    file = folder / "a.png"
    file.write_text("x")
    (problem,) = discover([file]).problems
    assert "kind" in problem.reason
    assert ".md" in problem.remedy


def test_each_file_is_found_once_however_many_ways_lead_to_it(folder: Path) -> None:
    (folder / "a.md").write_text("x")
    (folder / "deep" / "loop").symlink_to(folder)
    (folder / "deep" / "link.md").symlink_to(folder / "a.md")
    os.link(folder / "a.md", folder / "hard.md")
    assert len(names([folder, folder / "deep", folder / "a.md"])) == 1


def test_a_path_that_is_gone_is_a_problem_unless_it_was_an_indexed_file(folder: Path) -> None:
    gone = folder / "gone.md"
    assert [problem.place for problem in discover([gone]).problems] == [str(gone)]
    found = discover([gone], frozenset({str(gone)}))
    assert found.problems == []
    assert found.covers(str(gone))


def test_what_could_not_be_looked_into_is_not_said_to_be_gone(folder: Path) -> None:
    found = discover([folder, folder.parent / "unmounted"])
    assert found.covers(str(folder / "x.md"))
    assert not found.covers(str(folder.parent / "unmounted" / "x.md"))
    assert not found.covers(str(folder.parent / "articles-2" / "x.md"))


def test_a_dangling_link_and_a_pipe_are_problems(folder: Path) -> None:
    (folder / "a.md").symlink_to(folder / "nowhere.md")
    os.mkfifo(folder / "b.md")
    assert sorted(Path(problem.place).name for problem in discover([folder]).problems) == ["a.md", "b.md"]


def test_names_that_are_not_unicode_are_found_and_have_a_name_that_is(folder: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md"))
    odd.write_text("x")
    (file,) = discover([folder]).files
    assert file.path.read_text() == "x"
    assert file.key.encode() == os.fsencode(folder) + rb"/caf\xe9.md"


def test_a_path_is_named_from_the_root(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert path_key(Path("deep/../a.md")) == str(folder / "a.md")
