from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands.progress import NoProgress
from index.embedding import Embedder
from index.errors import IndexDamagedError, IndexMismatchError, WriterBusyError
from index.locks import writer_lock
from index.reindexing import Reindexer, ReindexReport
from index.soundness import Soundness
from tests.index.collection import Collection
from tests.process import called


@pytest.fixture
def collection(tmp_path: Path, embedder: Embedder) -> Collection:
    return Collection(tmp_path, embedder)


def counts(report: ReindexReport) -> tuple[int, int, int, int, int]:
    """Added, changed, unchanged, removed, failed."""
    return (
        len(report.added),
        len(report.changed),
        report.unchanged,
        len(report.removed),
        report.failed,
    )


def test_a_new_collection_is_added(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.write("deep/er/b.md", "The bridge was opened on Tuesday.")
    report = collection.reindex()
    assert counts(report) == (2, 0, 0, 0, 0)
    assert report.passages == report.embedded == 2
    assert collection.is_consistent()


def test_an_unchanged_collection_costs_no_embedding(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    report = collection.reindex()
    assert counts(report) == (0, 0, 1, 0, 0)
    assert report.embedded == 0


def test_a_touched_file_costs_no_embedding(collection: Collection) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    os.utime(file, (1, 1))
    report = collection.reindex()
    assert counts(report) == (0, 0, 1, 0, 0)
    assert report.embedded == 0


def test_a_change_that_keeps_size_and_time_right_after_a_reindex_is_seen(collection: Collection) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    status = file.stat()
    collection.reindex()
    collection.write("a.md", "The harbour was closed on Friday.")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert counts(collection.reindex()) == (0, 1, 0, 0, 0)


def test_a_changed_article_is_replaced_whole(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.\n\n" + "It stayed shut for the storm. " * 80)
    collection.reindex()
    collection.write("a.md", "The harbour was opened again.")
    report = collection.reindex()
    assert counts(report) == (0, 1, 0, 0, 0)
    assert collection.texts() == {"The harbour was opened again."}
    assert collection.is_consistent()


def test_a_changed_link_alone_keeps_the_vectors(collection: Collection) -> None:
    article = {"id": "1", "text": "The harbour was closed.", "url": "https://a.example.org/1"}
    collection.write_lines("a.jsonl", [article])
    collection.reindex()
    collection.write_lines("a.jsonl", [{**article, "url": "https://a.example.org/2"}])
    assert counts(collection.reindex()) == (0, 1, 0, 0, 0)
    assert [passage.article.url for passage in collection.passages()] == ["https://a.example.org/2"]
    assert collection.is_consistent()


def test_a_renamed_file_keeps_its_article(collection: Collection) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    (before,) = collection.passages()
    moved = file.rename(file.with_name("b.md"))
    report = collection.reindex()
    (after,) = collection.passages()
    assert counts(report) == (0, 0, 1, 0, 0)
    assert report.embedded == 0
    assert after.article.id == before.article.id
    assert after.article.origin == str(moved)


def test_a_new_file_in_the_place_of_a_renamed_one_is_another_article(collection: Collection) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    file.rename(file.with_name("b.md"))
    collection.write("a.md", "The bridge was opened on Tuesday.")
    assert counts(collection.reindex()) == (1, 0, 1, 0, 0)
    assert len({passage.article.id for passage in collection.passages()}) == 2


def test_lines_moved_within_a_file_keep_their_articles(collection: Collection) -> None:
    texts = [f"Story number {number} is told here." for number in range(4)]
    collection.write_lines("a.jsonl", [{"text": text} for text in texts])
    collection.reindex()
    collection.write_lines("a.jsonl", [{"text": text} for text in ["A new first story.", *texts]])
    report = collection.reindex()
    assert counts(report) == (1, 0, 4, 0, 0)
    assert report.embedded == 1


def test_files_gone_from_under_the_paths_leave_and_others_stay(collection: Collection) -> None:
    here, there = collection.articles / "here", collection.articles / "there"
    gone = collection.write("here/a.md", "The harbour was closed on Monday.")
    collection.write("here/b.md", "The bridge was opened on Tuesday.")
    collection.write("there/c.md", "The mill burned on Wednesday.")
    collection.reindex(here, there)
    gone.unlink()
    (there / "c.md").unlink()
    report = collection.reindex(here)
    assert counts(report) == (0, 0, 2, 1, 0)
    assert collection.texts() == {"The bridge was opened on Tuesday.", "The mill burned on Wednesday."}
    assert collection.is_consistent()


def test_a_file_named_by_itself_leaves_when_it_is_gone(collection: Collection) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    collection.write("b.md", "The bridge was opened on Tuesday.")
    collection.reindex()
    file.unlink()
    assert counts(collection.reindex(file)) == (0, 0, 1, 1, 0)


def test_a_folder_that_is_gone_is_a_problem_and_its_articles_stay(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    collection.articles.rename(collection.articles.with_name("elsewhere"))
    assert counts(collection.reindex(collection.articles)) == (0, 0, 1, 0, 1)


def test_a_file_that_can_no_longer_be_read_keeps_its_article_and_is_reported_every_time(
    collection: Collection,
) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    for _ in range(2):
        assert counts(collection.reindex()) == (0, 0, 1, 0, 1)
    file.write_text("The harbour was opened.")
    assert counts(collection.reindex()) == (0, 1, 0, 0, 0)


def test_a_broken_line_stops_neither_its_file_nor_the_run(collection: Collection) -> None:
    (collection.articles / "a.jsonl").write_text(
        '{"text": "One story."}\n{"text": \n{"text": "Two stories."}\n'
    )
    report = collection.reindex()
    assert counts(report) == (2, 0, 0, 0, 1)
    (problem,) = report.problems
    assert (Path(problem.place).name, problem.line) == ("a.jsonl", 2)
    assert problem.reason
    assert problem.remedy


def test_of_two_that_claim_one_identity_the_later_wins_and_the_other_is_named(collection: Collection) -> None:
    early = {"id": "x", "text": "Fourteen died.", "updated_at": "2024-01-01"}
    late = {"id": "x", "text": "Nineteen died.", "updated_at": "2024-01-03"}
    collection.write_lines("a.jsonl", [late])
    collection.write_lines("b.jsonl", [early])
    report = collection.reindex()
    assert collection.texts() == {"Nineteen died."}
    assert [(Path(a).name, Path(b).name) for a, b in report.superseded] == [("b.jsonl:1", "a.jsonl:1")]


def test_the_one_passed_over_returns_when_the_other_leaves(collection: Collection) -> None:
    collection.write_lines("a.jsonl", [{"id": "x", "text": "Nineteen died.", "updated_at": "2024-01-03"}])
    collection.write_lines("b.jsonl", [{"id": "x", "text": "Fourteen died.", "updated_at": "2024-01-01"}])
    collection.reindex()
    (collection.articles / "a.jsonl").unlink()
    assert counts(collection.reindex()) == (0, 1, 0, 0, 0)
    assert collection.texts() == {"Fourteen died."}


def test_urls_that_differ_in_tracking_alone_are_one_article(collection: Collection) -> None:
    collection.write_lines(
        "a.jsonl",
        [
            {
                "url": "https://News.example.org/a?utm_source=x#top",
                "text": "One text.",
                "updated_at": "2024-01-01",
            },
            {"url": "https://news.example.org/a", "text": "A later text.", "updated_at": "2024-01-02"},
        ],
    )
    collection.reindex()
    assert [passage.article.url for passage in collection.passages()] == ["https://news.example.org/a"]


def test_full_rebuilds_everything_and_keeps_what_came_from_other_paths(collection: Collection) -> None:
    collection.write("here/a.md", "The harbour was closed on Monday.")
    collection.write("there/b.md", "The bridge was opened on Tuesday.")
    collection.reindex()
    before = {passage.key for passage in collection.passages()}
    report = collection.reindex(collection.articles / "here", full=True)
    assert counts(report) == (0, 0, 2, 0, 0)
    assert report.embedded == 2
    assert report.rebuilt
    assert {passage.key for passage in collection.passages()} == before
    assert collection.is_consistent()


def test_another_passage_size_rebuilds_by_itself(collection: Collection, embedder: Embedder) -> None:
    collection.write("a.md", "The harbour was closed on Monday. " * 40)
    collection.reindex()
    few = len(collection.passages())
    collection.reindexer = Reindexer(collection.home, embedder, passage_size=200, progress=NoProgress())
    report = collection.reindex()
    assert report.rebuilt
    assert len(collection.passages()) > few
    assert collection.is_consistent()


def test_a_failed_rebuild_leaves_the_served_index(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()

    class BrokenError(Exception):
        pass

    def fail(*_: object, **__: object) -> None:
        raise BrokenError

    with monkeypatch.context() as patch:
        patch.setattr("index.catalogue.writing.CatalogueWriter.finish", fail)
        with pytest.raises(BrokenError):
            collection.reindex(full=True)
    assert collection.texts() == {"The harbour was closed on Monday."}
    assert counts(collection.reindex()) == (0, 0, 1, 0, 0)
    assert collection.is_consistent()


def test_a_dry_run_says_what_would_change_and_changes_nothing(collection: Collection) -> None:
    file = collection.write("a.md", "The harbour was closed on Monday.")
    assert counts(collection.reindex(dry_run=True)) == (1, 0, 0, 0, 0)
    assert not collection.home.folder.exists()
    collection.reindex()
    file.unlink()
    collection.write("b.md", "The bridge was opened on Tuesday.")
    assert counts(collection.reindex(dry_run=True)) == (1, 0, 0, 1, 0)
    assert collection.texts() == {"The harbour was closed on Monday."}


def test_vectors_that_are_gone_are_rebuilt_from_the_catalogue(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    Soundness(collection.home.vectors).discard()
    report = collection.reindex()
    assert report.embedded == 0
    assert collection.is_consistent()


def test_a_second_writer_is_told_who_writes_and_since_when(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    with (
        writer_lock(collection.home.writer_lock),
        pytest.raises(WriterBusyError, match=rf"process {os.getpid()}, since \d{{4}}-"),
    ):
        collection.reindex()


def test_a_catalogue_that_is_no_database_is_said_to_be_damaged(collection: Collection) -> None:
    collection.home.folder.mkdir()
    collection.home.catalogue.write_bytes(b"not a database, but long enough to look at" * 100)
    with pytest.raises(IndexDamagedError, match="damaged"):
        collection.reindex()


def test_a_catalogue_of_another_version_is_refused(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    with sqlite3.connect(collection.home.catalogue) as database:
        database.execute("UPDATE state SET schema_version = 99")
    with pytest.raises(IndexMismatchError, match="format 99"):
        collection.reindex()


@pytest.mark.parametrize("ids", [True, False], ids=["with ids", "without ids"])
def test_a_broken_line_put_above_good_ones_neither_doubles_nor_hides_them(
    collection: Collection, *, ids: bool
) -> None:
    articles = [{"text": f"Story {name} is told."} | ({"id": name} if ids else {}) for name in "AB"]
    file = collection.write_lines("x.jsonl", articles)
    collection.reindex()
    file.write_text("{broken\n" + file.read_text())
    report = collection.reindex()
    assert counts(report) == (0, 0, 2, 0, 1)
    assert report.superseded == ()
    assert len(collection.passages()) == 2


def test_an_article_whose_file_left_does_not_stay_for_a_rival_that_cannot_be_read(
    collection: Collection,
) -> None:
    collection.write_lines("a.jsonl", [{"id": "x", "text": "Nineteen died.", "updated_at": "2024-01-03"}])
    rival = collection.write_lines(
        "b.jsonl", [{"id": "x", "text": "Fourteen died.", "updated_at": "2024-01-01"}]
    )
    collection.write("c.md", "The mill burned on Wednesday.")
    collection.reindex()
    (collection.articles / "a.jsonl").unlink()
    rival.unlink()
    report = collection.reindex(collection.articles / "a.jsonl")
    assert len(report.removed) == 1
    assert collection.texts() == {"The mill burned on Wednesday."}


def test_two_slashes_in_front_of_a_path_are_one(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    assert counts(collection.reindex(Path(f"/{collection.articles}"))) == (0, 0, 1, 0, 0)


def test_a_hidden_file_named_by_itself_stays_when_its_folder_is_reindexed(collection: Collection) -> None:
    file = collection.write(".draft.md", "The harbour was closed on Monday.")
    collection.reindex(file)
    assert counts(collection.reindex()) == (0, 0, 1, 0, 0)


def test_vectors_that_a_reader_found_damaged_are_rebuilt(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    os.truncate(collection.home.vectors / "chroma.sqlite3", 20_000)
    found = called(collection.home.folder, "search", "When was the harbour closed?")
    assert found.returncode == 0
    assert "closed on Monday" in found.stdout
    status = called(collection.home.folder, "status")
    assert "damaged" in status.stdout
    assert "footnote doctor --fix" in " ".join(status.stdout.split())
    assert collection.reindex().embedded == 0
    assert collection.is_consistent()
    assert "whole" in called(collection.home.folder, "status").stdout


def no_database(file: Path) -> None:
    file.write_bytes(b"no database " * 500)


def truncated(file: Path) -> None:
    # What lies in its log would mend it.
    file.with_name(file.name + "-wal").unlink(missing_ok=True)
    os.truncate(file, file.stat().st_size // 2)


def a_page_of_zeros(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        [(root,)] = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'passages'"
        ).fetchall()
    with file.open("r+b") as stream:
        stream.seek(4096 * (root - 1))
        stream.write(bytes(4096))


def of_another_version(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE state SET schema_version = 2")


@pytest.mark.parametrize("happens", [no_database, truncated, a_page_of_zeros, of_another_version])
def test_a_catalogue_that_cannot_be_read_is_one_line_and_the_command_that_it_names_mends_it(
    collection: Collection, happens: Callable[[Path], None]
) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    happens(collection.home.catalogue)
    for arguments in (["ask", "When was the harbour closed?"], ["reindex", str(collection.articles)]):
        said = called(collection.home.folder, *arguments)
        if happens is not a_page_of_zeros or arguments[0] == "ask":
            assert said.returncode == 1
            assert said.stderr.count("\n") == 1
            assert "footnote reindex --full FOLDER" in said.stderr
    report = collection.reindex(full=True)
    assert report.articles == 1
    assert collection.is_consistent()
    assert collection.home.aside.exists()


def test_a_catalogue_that_cannot_be_read_is_not_set_aside_where_there_is_nothing_to_read_instead(
    collection: Collection,
) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    no_database(collection.home.catalogue)
    with pytest.raises(IndexDamagedError):
        collection.reindexer.run([], full=True)
    assert not collection.home.aside.exists()


def test_a_catalogue_that_is_gone_leaves_no_vectors_behind(collection: Collection) -> None:
    gone = collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    for file in collection.home.folder.glob("catalogue.sqlite3*"):
        file.unlink()
    said = called(collection.home.folder, "ask", "When was the harbour closed?")
    assert said.returncode == 3
    assert "footnote reindex FOLDER" in said.stderr
    gone.unlink()
    collection.write("b.md", "The bridge was opened on Tuesday.")
    collection.reindex()
    assert collection.is_consistent()


def test_everything_is_embedded_anew_without_any_path(collection: Collection) -> None:
    collection.write("a.md", "The harbour was closed on Monday.")
    collection.reindex()
    report = collection.reindexer.run([], full=True)
    assert counts(report) == (0, 0, 1, 0, 0)
    assert report.embedded == 1
    assert collection.is_consistent()
