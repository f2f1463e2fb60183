"""`footnote remove`, from choosing to what is left to do."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from index.home import Home
from tests.bot.records.asked import arrival, done, open_inbox, open_retractions
from tests.process import COMMAND, called, environment

TITLE, WORD, PUBLISHER = "Quembrastovalentia", "Xylophantarkistrode", "Zworbelpfannengazette"
SECRET = {
    "id": "secret",
    "url": "https://Zeitung.example.org/1?utm_source=mail#top",
    "title": f"{TITLE} sinks",
    "publisher": PUBLISHER,
    "published_at": "2024-02-01",
    "text": f"The ferry {WORD} sank with 12 aboard on Monday. " * 5,
}
OTHERS = [
    {"id": "copy", "title": SECRET["title"], "publisher": "Kvelox Post", "text": SECRET["text"]},
    {"id": "mill", "title": "Mill burns", "publisher": "Kvelox Post", "published_at": "2024-03-01", "text": "Fire."},
    {"id": "old", "title": "Old news", "publisher": "kvelox post", "published_at": "2019-03-01", "text": "It fell."},
    {"id": "undated", "title": "Notice", "text": "The office is closed on Mondays."},
    {"title": "Twice", "text": "The barn of Arn burned down."},
    {"title": "Twice", "text": "The school of Arn moved away."},
]  # fmt: skip


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with those articles in the file a.jsonl, and an index of them in the home beside it."""
    folder = tmp_path_factory.mktemp("indexed")
    file = folder / "a.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in [SECRET, *OTHERS]))
    assert called(folder / "home", "reindex", str(file)).returncode == 0
    return folder


@pytest.fixture
def file(indexed: Path) -> str:
    return str(indexed / "a.jsonl")


@pytest.fixture
def home(indexed: Path, tmp_path: Path) -> Path:
    """A home of its own, with that index."""
    return shutil.copytree(indexed / "home", tmp_path / "home")


def withdrawn(home: Path) -> list[str]:
    """Return the ids that `footnote status` lists."""
    said = json.loads(called(home, "status", "--json").stdout)
    return sorted(Path(each["id"]).name for each in said["withdrawn"])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["secret"], ["secret"]),
        (["https://zeitung.example.org/1"], ["secret"]),
        (["HTTPS://zeitung.example.org/1?utm_medium=x#end"], ["secret"]),
        (["mill", "old"], ["mill", "old"]),
        (["{file}:1"], ["secret"]),
        (["{file}:6"], ["a.jsonl:6"]),
        (["mill burns"], ["mill"]),
        (["--publisher", "KVELOX POST"], ["copy", "mill", "old"]),
        (["--before", "2024-03-01"], ["old", "secret"]),
        (["--publisher", "Kvelox Post", "--before", "2024-03-01"], ["old"]),
        (["{file}", "--before", "2020-01-01"], ["old"]),
    ],
)
def test_articles_are_chosen_by_what_names_them(
    home: Path, file: str, arguments: list[str], expected: list[str]
) -> None:
    given = [each.format(file=file) for each in arguments]
    assert called(home, "remove", *given, "--yes").returncode == 0
    assert withdrawn(home) == expected


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "Nothing is chosen"),
        (["secret"], 2, "--yes"),
        (["--before", "soon", "--yes"], 2, "soon is no date"),
        (["twice", "--yes"], 2, "title of 2 articles"),
        (["--undo", "--retry"], 2, "--undo"),
        (["--retry", "secret"], 2, "--retry"),
        (["--undo"], 2, "Nothing is chosen"),
        (["nobody", "--yes"], 3, "nobody"),
        (["secret", "nobody", "--yes"], 3, "Not indexed: nobody"),
        (["secret", "--publisher", "Kvelox Post", "--yes"], 3, "No indexed article"),
        (["--publisher", "Nobody's", "--yes"], 3, "No indexed article"),
        (["--undo", "secret"], 3, "Not withdrawn: secret"),
        (["secret", "--dry-run"], 0, ""),
    ],
)
def test_nothing_is_withdrawn_that_was_not_clearly_asked_for(
    home: Path, arguments: list[str], code: int, said: str
) -> None:
    result = called(home, "remove", *arguments)
    assert (result.returncode, said in result.stderr) == (code, True), result.stderr
    assert withdrawn(home) == []


def test_without_an_index_there_is_nothing_to_withdraw(tmp_path: Path) -> None:
    assert called(tmp_path / "home", "remove", "secret", "--yes").returncode == 3
    assert called(tmp_path / "home", "remove", "--retry").returncode == 0


def test_it_shows_what_goes_and_the_copies_that_stay(home: Path) -> None:
    shown = called(home, "remove", "secret", "--dry-run").stdout
    going, staying = shown.split("Staying")
    assert "To be withdrawn: 1 article." in going
    assert f"{TITLE} sinks, {PUBLISHER}, 2024-02-01, secret" in going
    assert f"{TITLE} sinks, Kvelox Post, copy" in staying
    shown = called(home, "remove", "secret", "copy", "--dry-run").stdout
    assert "Staying" not in shown


def test_what_was_withdrawn_stays_away_and_can_be_taken_back(home: Path, file: str) -> None:
    called(home, "remove", "secret", "--yes")
    again = called(home, "remove", "secret", "--yes")
    assert (again.returncode, "Withdrawn before: 1 article." in again.stdout) == (0, True)
    reindexed = called(home, "reindex", file)
    assert reindexed.returncode == 0
    assert reindexed.stdout.split()[:14:2] is not None
    assert (
        dict(zip(*(line.split() for line in reindexed.stdout.splitlines()[:2]), strict=True))["withdrawn"]
        == "1"
    )
    assert "withdrawn" in called(home, "reindex", file, "--dry-run").stdout
    assert called(home, "ask", WORD).returncode == 0
    status = called(home, "status").stdout
    assert "1: secret (" in status
    assert "footnote remove --undo ARTICLE" in status
    undone = called(home, "remove", "--undo", "https://zeitung.example.org/1")
    assert "Taken back: 1 article." in undone.stdout
    assert called(home, "reindex", file).returncode == 0
    assert withdrawn(home) == []
    assert called(home, "remove", "secret", "--dry-run").returncode == 0


def test_no_file_under_the_home_repeats_what_was_withdrawn(home: Path, file: str) -> None:
    with open_inbox(home / "records.sqlite3") as inbox:
        told = f"The ferry {WORD} sank with 12 aboard on Monday."
        for number in range(30):
            done(inbox, arrival(f"1{number}.0"), said=told, cited={"secret"})
        # Of before answers said what they quote.
        done(inbox, arrival("200.0"), said=told)
    words = [word[1:-2].encode() for word in (TITLE, WORD, PUBLISHER)]
    assert hoarding(home, words)
    assert called(home, "remove", "secret", "copy", "--yes").returncode == 0
    assert hoarding(home, words) == []
    with open_retractions(home / "records.sqlite3") as retractions:
        assert retractions.unchanged() == []
    assert called(home, "reindex", file, "--full").returncode == 0
    assert hoarding(home, words) == []


def hoarding(home: Path, words: list[bytes]) -> list[str]:
    """Return the files under a home that hold any of the words, in small letters or capitals."""
    files = [file for file in Home(home).folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(word.lower() in file.read_bytes().lower() for word in words)]


@pytest.mark.parametrize(("reply", "code"), [("y", 0), ("n", 1), ("", 1), ("\x04", 1)])
def test_in_a_terminal_it_asks(home: Path, reply: str, code: int) -> None:
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "remove", "secret"], stdin=terminal, stdout=terminal, stderr=terminal, env=environment(home)
    )
    os.close(terminal)
    said = b""
    while b"Withdraw 1 article?" not in said:
        said += os.read(controller, 1024)
    os.write(controller, reply.encode() + (b"" if reply == "\x04" else b"\n"))
    assert process.wait(60) == code
    os.close(controller)
    assert withdrawn(home) == (["secret"] if code == 0 else [])
