"""A reindex that is killed while Chroma rewrites its graph; opening what that leaves can end a process."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from bot.commands.progress import NoProgress
from index.home import Home
from index.repairing import Repaired, repair
from index.seal import Condition, Seal
from tests.index.embedders import MadeUp
from tests.index.stage import Stage
from tests.process import called
from tests.slack.nursery import Forked, Nursery

ARTICLES = 2_600
ADDED = 500
QUESTION = "Story number 1234 of the mill of Arn1234 is told here."


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Stage:
    return Stage(tmp_path_factory.mktemp("damaged"), MadeUp(), nursery)


@pytest.fixture(scope="module")
def home(stage: Stage) -> Path:
    """A home whose graph is large enough to be rewritten for some milliseconds."""
    write(stage, ARTICLES)
    made = stage.folder / "made"
    code = stage.begin(made, vectors="made up").wait()
    assert code == 0, (stage.folder / "log").read_text()
    return made


def write(stage: Stage, count: int) -> None:
    stage.articles.mkdir(exist_ok=True)
    stories = (f"Story number {number} of the mill of Arn{number} is told here." for number in range(count))
    lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(stories))
    (stage.articles / "lines.jsonl").write_text("\n".join(lines))


def kill_when_the_graph_changes(running: Forked, folder: Path) -> None:
    """Kill a process as soon as it begins to write the graph's files."""
    file = next(folder.glob("*/data_level0.bin"))
    before = file.stat()
    until = time.monotonic() + 60
    while (now := file.stat()).st_mtime_ns == before.st_mtime_ns and now.st_size == before.st_size:
        assert time.monotonic() < until, "the graph was not rewritten"
        assert running.poll() is None, "it ended first"
    running.kill()
    assert running.wait() == -signal.SIGKILL


@pytest.fixture
def cut_off(stage: Stage, home: Path) -> Path:
    """A home whose graph was being rewritten when the process was killed."""
    killed = stage.copy(home, "killed")
    write(stage, ARTICLES + ADDED)
    kill_when_the_graph_changes(stage.begin(killed, vectors="made up"), Home(killed).vectors)
    return killed


def test_a_graph_that_was_cut_off_is_never_opened_by_readers_who_answer_all_the_same(
    stage: Stage, home: Path, cut_off: Path
) -> None:
    vectors = Home(cut_off).vectors
    assert Seal(vectors).condition() is Condition.BROKEN_OFF
    assert stage.found(cut_off, [QUESTION]) == stage.found(home, [QUESTION])
    assert json.loads(called(cut_off, "status", "--json").stdout)["vectors"] == "damaged"


def test_it_is_rebuilt_without_the_model_and_then_left_alone(stage: Stage, home: Path, cut_off: Path) -> None:
    assert repair(Home(cut_off), NoProgress()) is Repaired.REBUILT
    assert stage.seen(cut_off, [QUESTION]) == stage.seen(home, [QUESTION])
    assert json.loads(called(cut_off, "status", "--json").stdout)["vectors"] == "whole"
    assert repair(Home(cut_off), NoProgress()) is Repaired.NOTHING


def test_the_next_reindex_rebuilds_it_and_goes_on(stage: Stage, cut_off: Path) -> None:
    code = stage.begin(cut_off, vectors="made up").wait()
    assert code == 0, (stage.folder / "log").read_text()
    assert len(stage.shown(cut_off)) == ARTICLES + ADDED
    assert stage.seen(cut_off, [QUESTION])
