from __future__ import annotations

import json
from pathlib import Path

from bot.settings import Settings
from index.embedding import Embedder
from tests.bot.backup.conftest import HARBOUR, SCHOOL, fresh
from tests.index.collection import Collection
from tests.process import RunningReader, called

QUESTIONS = (
    "how many ISKP fighters did CSTO estimate?",
    "what is the cod quota?",
    "how many people were aboard the ferry?",
    "who won the world cup?",
)


def answers(home: Path) -> list[object]:
    asked = "".join(
        json.dumps({"question": question, "asked_at": "2026-03-01"}) + "\n" for question in QUESTIONS
    )
    done = called(home, "ask", "-", stdin=asked)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    for answer in found:
        answer.pop("seconds", None)
    return found


def test_what_is_restored_on_another_path_answers_the_same(sample_settings: Settings, tmp_path: Path) -> None:
    file, there = tmp_path / "samples.backup", tmp_path / "there"
    done = called(sample_settings.home, "backup", str(file))
    assert done.returncode == 0, done.stderr
    done = called(there, "restore", str(file))
    assert done.returncode == 0, done.stderr
    assert "Articles" in done.stdout
    assert answers(there) == answers(sample_settings.home)


def test_exit_codes_and_one_line_say_what_went_wrong(tmp_path: Path) -> None:
    done = called(tmp_path / "home", "backup", str(tmp_path / "a.backup"))
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    done = called(tmp_path / "home", "restore", str(tmp_path / "a.backup"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "footnote backup" in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_running_reader_answers_from_what_was_restored(backup: Path, other: Collection) -> None:
    with RunningReader(other.home.folder, "ask") as reader:
        assert reader.ask("How long is the bridge of Ostwick?")["citations"]
        done = called(other.home.folder, "restore", str(backup), "--replace")
        assert done.returncode == 0, done.stderr
        answer = reader.ask("How many ships did the harbour of Arnholt handle?")
        assert [citation["quote"] for citation in answer["citations"]] == [HARBOUR]
        assert reader.ask("How long is the bridge of Ostwick?")["declined"]


def test_over_other_paths_articles_known_by_id_stay_themselves_and_others_are_indexed_again(
    backup: Path, tmp_path: Path, embedder: Embedder
) -> None:
    there = fresh(tmp_path / "there", embedder)
    called(there.home.folder, "restore", str(backup))
    there.write("harbour.md", HARBOUR, "Harbour")
    there.write_lines("schools.jsonl", [{"id": "school", "title": "School", "text": SCHOOL}])
    there.reindex()
    texts = [passage.text for passage in there.passages()]
    assert (texts.count(SCHOOL), texts.count(HARBOUR)) == (1, 2)


def test_articles_whose_old_folder_is_there_but_empty_have_moved(
    other: Collection, tmp_path: Path, embedder: Embedder
) -> None:
    called(other.home.folder, "backup", str(tmp_path / "a.backup"))
    there = fresh(tmp_path / "there", embedder)
    called(there.home.folder, "restore", str(tmp_path / "a.backup"))
    (other.articles / "bridge.md").rename(there.articles / "bridge.md")
    report = there.reindex(there.articles, other.articles)
    assert (report.unchanged, report.embedded, report.removed) == (1, 0, ())
    assert Path(there.passages()[0].article.origin) == there.articles / "bridge.md"


def test_what_was_withdrawn_does_not_come_back_with_an_older_backup(
    tmp_path: Path, embedder: Embedder
) -> None:
    collection = fresh(tmp_path / "newsroom", embedder)
    collection.write("harbour.md", HARBOUR, "Harbour")
    school = collection.write("school.md", SCHOOL, "School")
    collection.reindex()
    home, backup = collection.home.folder, tmp_path / "before"
    assert called(home, "backup", str(backup)).returncode == 0
    assert called(home, "remove", "--yes", str(school)).returncode == 0
    after = tmp_path / "after"
    assert called(home, "backup", str(after)).returncode == 0

    assert called(home, "restore", str(backup), "--replace").returncode == 0
    assert articles(home) == 1
    assert "Withdrawn" in called(home, "status").stdout

    there = tmp_path / "there"
    assert called(there, "restore", str(after)).returncode == 0
    assert called(there, "restore", str(backup), "--replace").returncode == 0
    assert articles(there) == 1
    assert not any(SCHOOL.encode() in file.read_bytes() for file in there.rglob("*") if file.is_file())


def articles(home: Path) -> int:
    return int(json.loads(called(home, "status", "--json").stdout)["articles"])
