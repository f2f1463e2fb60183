from __future__ import annotations

import platform
import subprocess
from pathlib import Path

from bot.evaluation.surroundings import commit, processor, settings_in_words, surroundings
from bot.settings import Settings


def test_versions_and_the_machine_are_named() -> None:
    said = dict(surroundings())
    for name in ("Python", "footnote", "torch", "sentence-transformers", "chromadb", "sqlite", "numpy"):
        assert f"{name} " in said["versions"]
    assert "cores" in said["machine"]
    assert said["date"]


def test_settings_say_which_models_read_and_write() -> None:
    plain = "all-MiniLM-L6-v2, 8 passages, lexical weight 0.4"
    assert settings_in_words(Settings()) == plain
    assert settings_in_words(Settings(chat_model="openai:x")) == f"{plain}, written by openai:x"


def test_a_commit_says_whether_files_differ_from_it(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        named = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *named, *arguments], check=True, capture_output=True)

    assert commit(tmp_path) is None
    git("init")
    (tmp_path / "file").write_text("one")
    git("add", "file")
    git("commit", "-m", "first")
    clean = commit(tmp_path)
    (tmp_path / "file").write_text("two")
    assert clean
    assert commit(tmp_path) == f"{clean}-dirty"


def test_a_folder_within_a_checkout_has_no_commit_of_its_own(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "inner").mkdir()
    assert commit(tmp_path / "inner") is None


def test_the_processor_is_named_as_the_system_does(tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text("processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\n")
    assert processor(tmp_path / "cpuinfo") == "Some CPU @ 2 GHz"
    assert processor(tmp_path / "gone") == platform.processor()
