"""A process that is already running answers from what another process's reindex published."""

from __future__ import annotations

import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.process import COMMAND, RunningReader, RunningWriter, called, environment, footnote

SECONDS = 2.0


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"---\ntitle: {name.removesuffix('.md')}\n---\n\n{text}\n")
    return file


def quotes(answer: object) -> list[str]:
    assert isinstance(answer, dict)
    assert "error" not in answer, answer
    return [citation["quote"] for citation in answer["citations"]]


def test_a_running_reader_sees_what_was_added_changed_removed_and_rebuilt(tmp_path: Path) -> None:
    home, articles = tmp_path / "home", tmp_path / "articles"
    write(articles, "harbour.md", "The harbour of Arnholt handled 410 ships in May.")

    with RunningWriter(home) as writer:
        writer.reindex(str(articles))
        _check_a_running_reader(home, articles, writer)


def _check_a_running_reader(home: Path, articles: Path, writer: RunningWriter) -> None:
    def reindex(*options: str) -> float:
        return writer.reindex(str(articles), *options)

    with RunningReader(home, "ask") as reader:
        assert quotes(reader.ask("How many ships did the harbour of Arnholt handle?")) == [
            "The harbour of Arnholt handled 410 ships in May."
        ]
        assert reader.ask("How many pupils does the school of Corvin have?")["declined"]

        school = write(articles, "school.md", "The school of Corvin has 322 pupils.")
        published = reindex()
        assert quotes(reader.ask("How many pupils does the school of Corvin have?")) == [
            "The school of Corvin has 322 pupils."
        ]
        assert time.monotonic() - published < SECONDS

        write(articles, "school.md", "The school of Corvin has 319 pupils after the move.")
        published = reindex()
        assert quotes(reader.ask("How many pupils does the school of Corvin have?")) == [
            "The school of Corvin has 319 pupils after the move."
        ]
        assert time.monotonic() - published < SECONDS

        school.unlink()
        published = reindex()
        assert reader.ask("How many pupils does the school of Corvin have?")["declined"]
        assert time.monotonic() - published < SECONDS

        write(articles, "mill.md", "The mill of Elstow ground 75 tonnes of barley.")
        published = reindex("--full")
        assert quotes(reader.ask("How many tonnes of barley did the mill of Elstow grind?")) == [
            "The mill of Elstow ground 75 tonnes of barley."
        ]
        assert time.monotonic() - published < SECONDS
        assert quotes(reader.ask("How many ships did the harbour of Arnholt handle?"))


def test_questions_asked_while_another_process_reindexes_never_fail(tmp_path: Path) -> None:
    home, articles = tmp_path / "home", tmp_path / "articles"
    for number in range(30):
        write(articles, f"town{number}.md", f"The town of Arn{number} has {number + 1}00 people.")
    over = threading.Event()

    def keep_changing(writer: RunningWriter) -> None:
        try:
            for turn in range(3):
                for number in range(1, 30):
                    write(
                        articles, f"town{number}.md", f"The town of Arn{number} has {number + turn}01 people."
                    )
                writer.reindex(str(articles), *(["--full"] if turn == 1 else []))
        finally:
            over.set()

    with RunningWriter(home) as writer:
        writer.reindex(str(articles))
        _check_while(home, threading.Thread(target=keep_changing, args=[writer]), over)


def _check_while(home: Path, changing: threading.Thread, over: threading.Event) -> None:
    with RunningReader(home, "ask") as reader:
        quotes(reader.ask("How many people does the town of Arn0 have?"))
        changing.start()
        asked = 0
        while not over.is_set():
            # The one article that never changes is answered from throughout, whole.
            assert quotes(reader.ask("How many people does the town of Arn0 have?"))[0] == (
                "The town of Arn0 has 100 people."
            )
            asked += 1
        changing.join()
        assert asked > 10
        assert quotes(reader.ask("How many people does the town of Arn7 have?"))[0] == (
            "The town of Arn7 has 901 people."
        )


def test_a_second_reindex_says_who_is_writing_and_exits(tmp_path: Path) -> None:
    home, articles = tmp_path / "home", tmp_path / "articles"
    for number in range(60):
        write(articles, f"town{number}.md", f"The town of Arn{number} has {number + 1}00 people. " * 40)
    first = subprocess.Popen(
        [COMMAND, "reindex", str(articles)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(home),
    )
    try:
        while not (home / "catalogue.sqlite3").exists():
            assert first.poll() is None
            time.sleep(0.05)
        second = footnote(home, "reindex", str(articles))
    finally:
        first.kill()
        first.wait()
    assert second.returncode == 1
    assert f"process {first.pid}, since " in second.stderr
    assert "Traceback" not in second.stderr


def test_every_repeats_with_a_summary_line_each_until_sigterm(tmp_path: Path) -> None:
    home, articles = tmp_path / "home", tmp_path / "articles"
    write(articles, "harbour.md", "The harbour of Arnholt handled 410 ships in May.")
    running = subprocess.Popen(
        [COMMAND, "reindex", str(articles), "--every", "1s"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(home),
    )
    try:
        assert running.stdout is not None
        assert " added=1 " in running.stdout.readline()
        write(articles, "school.md", "The school of Corvin has 322 pupils.")
        lines = [running.stdout.readline() for _ in range(3)]
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=20) == 0
    finally:
        running.kill()
        _, complaints = running.communicate()
    assert sum(" added=1 " in line for line in lines) == 1
    assert complaints == ""


def test_a_home_that_is_deleted_and_made_anew_is_followed(tmp_path: Path) -> None:
    home, articles = tmp_path / "home", tmp_path / "articles"
    harbour = write(articles, "harbour.md", "The harbour of Arnholt handled 410 ships in May.")
    with RunningWriter(home) as writer:
        writer.reindex(str(articles))
        with RunningReader(home, "ask") as reader:
            assert quotes(reader.ask("How many ships did the harbour of Arnholt handle?"))
            shutil.rmtree(home)
            harbour.unlink()
            write(articles, "school.md", "The school of Corvin has 322 pupils.")
            writer.reindex(str(articles))
            assert quotes(reader.ask("How many pupils does the school of Corvin have?")) == [
                "The school of Corvin has 322 pupils."
            ]
            assert reader.ask("How many ships did the harbour of Arnholt handle?")["declined"]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_index_that_is_missing_is_one_line_and_exit_code_3(tmp_path: Path, command: str) -> None:
    done = called(tmp_path / "home", command, "Who won?")
    assert done.returncode == 3
    assert done.stderr.startswith("Error: There is no index in ")
    assert "footnote reindex" in done.stderr
    assert done.stderr.count("\n") == 1
