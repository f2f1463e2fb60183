"""Each bad file ends in an article that is read right or in one line of the report, and nothing stops the run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.progress import NoProgress
from index.articles import Article
from index.discovery import Discovery
from index.embedding import Embedder
from index.planning import Plan, Planner
from index.reindexing import Reindexer, ReindexReport
from tests.conftest import PROJECT
from tests.index.bad_files import (
    CHARACTERS,
    DATES,
    ENCODINGS,
    HUGE,
    NO_ARTICLE,
    TEXT,
    BadFile,
    line,
    page,
    prose,
)
from tests.index.collection import Collection
from tests.index.stand_ins import Hashes
from tests.process import called

GOOD = "The council met on Tuesday."
MOST_MEGABYTES = 1_500
ALL = [*ENCODINGS, *CHARACTERS, *DATES, *NO_ARTICLE, *HUGE]


class Read:
    """A folder of bad files after one reindex: what was reported, and what is served, by file."""

    def __init__(self, folder: Path, embedder: Embedder, files: list[BadFile]) -> None:
        collection = Collection(folder, embedder)
        for file in files:
            (collection.articles / file.name).write_bytes(file.made())
        collection.write("good.md", GOOD)
        self.report = collection.reindex()
        for file in files:
            (collection.articles / file.name).unlink()
        self._articles = served(collection)

    def articles(self, name: str) -> list[Article]:
        return [article for origin, article in self._articles.items() if name in Path(origin).name.split(":")]

    def problems(self, name: str) -> list[str]:
        return [problem.reason for problem in self.report.problems if Path(problem.place).name == name]


def served(collection: Collection) -> dict[str, Article]:
    """Return the live articles by where they came from."""
    return {passage.article.origin: passage.article for passage in collection.passages()}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Read:
    return Read(tmp_path_factory.mktemp("bad"), embedder, ALL)


@pytest.fixture
def collection(tmp_path: Path, embedder: Embedder) -> Collection:
    return Collection(tmp_path, embedder)


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.name)
def test_a_bad_file_is_an_article_or_one_line_of_the_report(read: Read, file: BadFile) -> None:
    articles, problems = read.articles(file.name), read.problems(file.name)
    if file.text is None:
        assert articles == []
        (reason,) = problems
        assert file.reason in reason
        assert "\n" not in reason
        assert len(reason) < 300
    else:
        assert problems == []
        (article,) = articles
        assert article.text == file.text
        assert len(article.title or "") <= 1_000
        assert "\n" not in (article.title or "")


def test_the_good_article_beside_them_is_indexed(read: Read) -> None:
    (good,) = read.articles("good.md")
    assert good.text == GOOD


@pytest.mark.parametrize("file", DATES, ids=lambda file: file.name)
def test_an_absurd_date_is_not_known(read: Read, file: BadFile) -> None:
    (article,) = read.articles(file.name)
    assert article.published_at is None


NOW = datetime(2024, 5, 6, 12, tzinfo=UTC)
AHEAD: dict[str, Callable[[str], bytes]] = {
    "a.jsonl": lambda moment: line(text=TEXT, published_at=moment, updated_at=moment),
    "a.md": lambda moment: f"---\ndate: {moment}\nupdated: {moment}\n---\n\n{TEXT}\n".encode(),
    "a.txt": lambda moment: f"Title: A headline\nPublished: {moment}\nUpdated: {moment}\n\n{TEXT}\n".encode(),
    "a.html": lambda moment: page(
        f"<meta name='datePublished' content='{moment}'><meta name='dateModified' content='{moment}'>".encode()
    ),
}


@pytest.mark.parametrize(("hours", "known"), [(23, True), (25, False)])
def test_a_date_more_than_a_day_ahead_is_not_known_until_its_file_is_read_after_that(
    collection: Collection, embedder: Embedder, hours: int, known: bool
) -> None:
    moment = NOW + timedelta(hours=hours)
    for name, written in AHEAD.items():
        (collection.articles / name).write_bytes(written(moment.isoformat()))

    def dates(now: datetime, *, full: bool = False) -> dict[str, set[datetime | None]]:
        reindexer = Reindexer(
            collection.home, embedder, passage_size=800, progress=NoProgress(), clock=lambda: now
        )
        assert reindexer.run([collection.articles], full=full).problems == ()
        found = served(collection)
        return {
            Path(origin).name: {article.published_at, article.updated_at} for origin, article in found.items()
        }

    names = ("a.html", "a.jsonl:1", "a.md", "a.txt")
    assert dates(NOW) == {key: {moment if known else None} for key in names}
    assert dates(moment) == {key: {moment if known else None} for key in names}
    assert dates(moment, full=True) == {key: {moment} for key in names}


def reported(report: ReindexReport) -> dict[str, str]:
    return {Path(problem.place).name: problem.reason for problem in report.problems}


def test_what_is_no_file_is_reported_and_waited_for_by_nobody(collection: Collection) -> None:
    folder = collection.articles
    collection.write("good.md", GOOD)
    os.mkfifo(folder / "pipe.md")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "one.md").symlink_to(folder / "two.md")
    (folder / "two.md").symlink_to(folder / "one.md")
    (folder / "nowhere.md").symlink_to(folder / "gone.md")
    (folder / "round").symlink_to(folder)
    (folder / "folder.md").mkdir()
    report = collection.reindex()
    assert sorted(reported(report)) == [
        "device.txt",
        "itself.txt",
        "nowhere.md",
        "one.md",
        "pipe.md",
        "two.md",
    ]
    assert collection.texts() == {GOOD}


def test_a_pipe_that_takes_the_place_of_a_file_while_the_run_is_on_is_not_waited_for(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection.write("good.md", GOOD)
    file = collection.write("a.md", TEXT)
    gone = collection.write("b.md", TEXT)

    plan = Planner.plan

    def swapped(planner: Planner, discovery: Discovery, *, rebuild: bool) -> Plan:
        file.unlink()
        gone.unlink()
        os.mkfifo(file)
        return plan(planner, discovery, rebuild=rebuild)

    monkeypatch.setattr(Planner, "plan", swapped)
    report = collection.reindex()
    assert reported(report) == {
        "a.md": "is not a regular file",
        "b.md": "cannot be opened (No such file or directory)",
    }
    assert collection.texts() == {GOOD}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_files_and_folders_that_may_not_be_read_are_reported(collection: Collection) -> None:
    collection.write("good.md", GOOD)
    collection.write("a.md", TEXT).chmod(0)
    collection.write("closed/b.md", TEXT)
    (collection.articles / "closed").chmod(0)
    try:
        report = collection.reindex()
    finally:
        (collection.articles / "closed").chmod(0o700)
    assert sorted(reported(report)) == ["a.md", "closed"]
    assert all("Permission denied" in reason for reason in reported(report).values())
    assert collection.texts() == {GOOD}


NAMES = {
    b"caf\xe9": "caf\\xe9",
    b"\xff\xfe": "\\xff\\xfe",
    b"two\nlines": "two lines",
    b"bell\x07": "bell␇",
    "\u202eright".encode(): "⟨U+202E⟩right",
}


def test_whatever_a_name_is_made_of_its_article_is_read_and_its_failure_is_one_line(
    tmp_path: Path, collection: Collection
) -> None:
    folder = os.fsencode(collection.articles)
    for number, name in enumerate(NAMES):
        Path(os.fsdecode(folder + b"/" + name + b".txt")).write_text(f"{TEXT} {number}.")
        Path(os.fsdecode(folder + b"/" + name + b".md")).touch()
    done = called(tmp_path / "home", "reindex", str(collection.articles))
    assert done.returncode == 4
    assert sorted(done.stderr.splitlines()) == sorted(
        f"Failed: {collection.articles}/{shown}.md is empty. Delete it, or save the article again."
        for shown in NAMES.values()
    )
    assert collection.texts() == {f"{TEXT} {number}." for number in range(len(NAMES))}


def test_of_two_files_that_claim_one_identity_the_later_wins_and_the_report_names_the_other(
    collection: Collection,
) -> None:
    for name, day in (("a", "2024-03-01"), ("b", "2024-03-02"), ("c", "2999-01-01")):
        collection.write_lines(f"{name}.jsonl", [{"id": "7", "text": f"{TEXT} {name}.", "updated_at": day}])
    report = collection.reindex()
    assert collection.texts() == {f"{TEXT} b."}
    assert sorted((Path(one).name, Path(other).name) for one, other in report.superseded) == [
        ("a.jsonl:1", "b.jsonl:1"),
        ("c.jsonl:1", "b.jsonl:1"),
    ]


def test_of_very_many_wrong_lines_the_first_thousand_are_told_and_the_others_counted(
    collection: Collection,
) -> None:
    (collection.articles / "a.jsonl").write_bytes(b"{}\n" * 1_500 + line(text=TEXT))
    (collection.articles / "b.jsonl").write_bytes(b"no\n" * 1_000_000)
    problems = collection.reindex().problems
    assert collection.texts() == {TEXT}
    assert len(problems) == 2_002
    assert {problem.reason for problem in problems if problem.line == 0} == {
        "has 500 more lines that hold no article",
        "has 9,000 more lines that hold no article, and was not read beyond line 10,000",
    }


WORDS = 1_000_000
LONG: dict[str, Callable[[str], bytes]] = {
    "long.txt": lambda text: text.encode(),
    "line.txt": lambda text: text.replace("\n\n", " ").encode(),
    "long.md": lambda text: b"# A headline\n\n" + text.encode(),
    "long.html": lambda text: page(b"").replace(TEXT.encode(), text.replace("\n\n", "</p><p>").encode()),
    "long.jsonl": lambda text: line(text=text),
}

READING = """
import json, sys, time
from pathlib import Path
from index.errors import ReadError
from index.readers import read_file
for name in sys.argv[1:]:
    results = [result for _, result in read_file(Path(name))]
    words = sum(len(result.text.split()) for result in results if not isinstance(result, ReadError))
    # What getrusage tells is, at first, that of the process that started this one.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    peak = int(status["VmHWM"].split()[0]) / 1024
    print(json.dumps([Path(name).name, len(results), words, time.process_time(), peak]), flush=True)
"""
MODEL_MEGABYTES = 700
"""What the embedding model and its libraries take beside what is read."""


def test_the_worst_files_are_read_within_a_minute_each_and_leave_room_for_the_model(tmp_path: Path) -> None:
    text = prose(WORDS)
    for name, made in LONG.items():
        (tmp_path / name).write_bytes(made(text))
    for file in HUGE:
        (tmp_path / file.name).write_bytes(file.made())
    names = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(
        [sys.executable, "-c", READING, *names], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    before = 0.0
    for name, results, words, seconds, peak in map(json.loads, done.stdout.splitlines()):
        assert results == 1, name
        assert peak < MOST_MEGABYTES - MODEL_MEGABYTES, name
        assert seconds - before < 60, name
        assert name not in LONG or words >= WORDS, name
        before = seconds
    assert len(done.stdout.splitlines()) == len(names)


def test_a_million_words_are_cut_and_indexed(tmp_path: Path, embedder: Embedder) -> None:
    collection = Collection(tmp_path, embedder)
    collection.reindexer = Reindexer(
        collection.home, Hashes(embedder), passage_size=800, progress=NoProgress()
    )
    text = prose(WORDS)
    (collection.articles / "long.txt").write_text(text)
    collection.write("good.md", GOOD)
    report = collection.reindex()
    assert report.problems == ()
    passages = [passage for passage in collection.passages() if passage.article.text != GOOD]
    assert "".join("".join(passage.text.split()) for passage in passages) == "".join(text.split())
