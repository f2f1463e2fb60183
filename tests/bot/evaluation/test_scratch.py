from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot import wiring
from bot.commands.progress import NoProgress
from bot.errors import EvaluationError
from bot.evaluation.scratch import scratch_index, scratch_index_of_files
from bot.settings import Settings
from index.articles import Draft
from tests.conftest import PROJECT

DRAFTS = [Draft("The toll rose to nine crowns.", id="toll"), Draft("Snow fell in May.", id="snow")]

BUILD = """
import sys
from pathlib import Path
from tests.bot.evaluation.test_scratch import build
scratch, articles = map(Path, sys.argv[1:])
build(scratch / "before", articles)
print("ready", flush=True)
sys.stdin.readline()
print(build(scratch, articles))
"""


def build(scratch: Path, articles: Path) -> list[str]:
    """Make both kinds of index, and return where."""
    settings, report = scratch_index_of_files(scratch, [articles], Settings(), NoProgress())
    return [f"{report.articles} {settings.home.name}", made_of(scratch, DRAFTS).home.name]


def texts(settings: Settings) -> list[str]:
    """Return the texts of the articles that the index holds which the settings name."""
    catalogue = wiring.catalogue(settings)
    try:
        with catalogue.snapshot() as snapshot:
            return [article.text for article in snapshot.every_article()]
    finally:
        catalogue.close()


def made_of(scratch: Path, drafts: list[Draft], name: str = "some") -> Settings:
    return scratch_index(scratch, name, drafts, Settings(), NoProgress())


def test_an_index_of_drafts_is_made_once_and_used_again(tmp_path: Path) -> None:
    first = made_of(tmp_path / "scratch", DRAFTS)
    assert texts(first) == [draft.text for draft in DRAFTS]
    assert first.home.parent == tmp_path / "scratch"
    written = (first.home / "catalogue.sqlite3").stat()
    assert made_of(tmp_path / "scratch", DRAFTS) == first
    assert (first.home / "catalogue.sqlite3").stat() == written


def test_other_drafts_and_other_names_are_other_indexes(tmp_path: Path) -> None:
    homes = [
        made_of(tmp_path, DRAFTS).home,
        made_of(tmp_path, DRAFTS[:1]).home,
        made_of(tmp_path, DRAFTS, "other").home,
    ]
    assert len(set(homes)) == 3
    assert [home.name.partition("-")[0] for home in homes] == ["some", "some", "other"]


def test_an_index_whose_making_was_broken_off_is_completed(tmp_path: Path) -> None:
    home = made_of(tmp_path, DRAFTS).home
    (home / "complete").unlink()
    (home / "articles.jsonl").write_text("{")
    assert texts(made_of(tmp_path, DRAFTS)) == [draft.text for draft in DRAFTS]
    assert (home / "complete").exists()


def test_half_of_a_surrogate_pair_does_not_stop_it(tmp_path: Path) -> None:
    made = made_of(tmp_path, [Draft("The toll \ud83d rose.", id="toll")])
    [text] = texts(made)
    assert text.startswith("The toll ")


def test_an_index_of_files_follows_them(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "toll.txt").write_text("The toll rose to nine crowns.\n")

    def made() -> tuple[Settings, int]:
        settings, report = scratch_index_of_files(tmp_path / "scratch", [articles], Settings(), NoProgress())
        return settings, report.embedded

    first, embedded = made()
    assert (texts(first), embedded) == (["The toll rose to nine crowns."], 1)
    assert made() == (first, 0)
    (articles / "snow.txt").write_text("Snow fell in May.\n")
    (articles / "toll.txt").write_text("The toll rose to ten crowns.\n")
    assert made() == (first, 2)
    assert set(texts(first)) == {"The toll rose to ten crowns.", "Snow fell in May."}
    (articles / "toll.txt").unlink()
    made()
    assert texts(first) == ["Snow fell in May."]


def test_two_processes_that_want_one_index_wait_for_one_another(tmp_path: Path) -> None:
    articles, scratch = tmp_path / "articles", tmp_path / "scratch"
    articles.mkdir()
    for number in range(6):
        (articles / f"{number}.txt").write_text(f"The toll rose to {number} crowns in 190{number}.\n")
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(scratch), str(articles)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    assert builder.stdin is not None
    assert builder.stdout is not None
    assert builder.stdout.readline() == "ready\n", builder.communicate()[1]
    builder.stdin.write("go\n")
    builder.stdin.flush()
    made = build(scratch, articles)
    other, said = builder.communicate(timeout=120)
    assert builder.returncode == 0, said
    assert other == f"{made}\n"
    assert made[0].startswith("6 files-")


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_place_where_no_folder_can_be_made_is_said_with_the_remedy(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    with pytest.raises(EvaluationError, match=r"No scratch index can be made in .*XDG_CACHE_HOME"):
        made_of(tmp_path / place, DRAFTS)
