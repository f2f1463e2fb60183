"""A reindex that is killed loses nothing, doubles nothing, and half-shows nothing."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from index.embedding import Embedder
from index.home import Home
from index.seal import Seal
from tests.index.killed import POINTS
from tests.index.stage import Seen, Shown, Stage, story
from tests.slack.nursery import Nursery

BEFORE = {f"town{number}": story(number, 0) for number in range(14)}
AFTER = {
    **{f"town{number}": story(number, 1 if number < 5 else 0) for number in range(11)},
    **{f"town{number}": story(number, 0) for number in range(20, 25)},
}
"""Five changed, three gone, five new."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, nursery: Nursery) -> Stage:
    prepared = Stage(tmp_path_factory.mktemp("killed"), embedder, nursery)
    prepared.learn(BEFORE)
    prepared.learn(AFTER)
    return prepared


@pytest.fixture(scope="module")
def before(stage: Stage) -> Path:
    """A home with the articles as they were; tests copy it."""
    stage.write(BEFORE)
    home = stage.folder / "before"
    stage.reindex(home)
    return home


@pytest.fixture(scope="module")
def in_one_go(stage: Stage) -> Seen:
    """What an index shows that was built of the articles as they are, with nothing that happened."""
    return built_in_one_go(stage, AFTER)


KILLS = [
    *[
        (point, "changed")
        for point in POINTS
        if point not in ("an index is begun", "the damaged folder is gone")
    ],
    *[(point, "full") for point in ("an index is begun", "a batch is published", "all is recorded")],
    *[
        (point, "new")
        for point in ("an index is begun", "half a batch is stored", "another batch is published")
    ],
    *[
        (point, "damaged")
        for point in ("vectors are added", "the damaged folder is gone", "the sweep begins")
    ],
]


@pytest.mark.parametrize(("point", "run"), KILLS)
def test_killed_at_any_point_each_article_is_shown_whole_and_the_next_reindex_puts_all_right(
    stage: Stage, before: Path, in_one_go: Seen, point: str, run: str
) -> None:
    home, old = stage.folder / "killed", {} if run == "new" else stage.shown(before)
    stage.copy(before, "killed")
    if run == "new":
        shutil.rmtree(home)
    if run == "damaged":
        Seal(Home(home).vectors).breach()
    stage.write(AFTER)
    real = "real" if point == "the model is loading" else ""
    stage.kill(home, point, full=run == "full", vectors=real)
    check_that_each_is_whole(stage.shown(home), old, in_one_go.articles)
    if old:
        assert all(stage.found(home))
    stage.reindex(home)
    assert stage.seen(home) == in_one_go


@pytest.mark.parametrize("most", [20_000, 60_000, 120_000, 200_000])
def test_a_full_disk_is_said_in_one_line_and_costs_nothing_once_there_is_room(
    stage: Stage, before: Path, in_one_go: Seen, most: int
) -> None:
    home, old = stage.copy(before, "full"), stage.shown(before)
    stage.write(AFTER)
    code, said = stage.reindex_on_a_full_disk(home, most)
    assert code == 1, said
    assert said.count("\n") == 1
    assert said.startswith("Error: ")
    check_that_each_is_whole(stage.shown(home), old, in_one_go.articles)
    assert all(stage.found(home))
    stage.reindex(home)
    assert stage.seen(home) == in_one_go


@pytest.mark.parametrize(
    ("phase", "kills"),
    [
        *[(phase, 1) for phase in ("adding", "full")],
        *[
            pytest.param(phase, 50, marks=pytest.mark.crash)
            for phase in ("adding", "changing", "removing", "full")
        ],
    ],
)
def test_killed_at_random_moments_it_comes_to_what_an_index_built_in_one_go_is(
    stage: Stage, phase: str, kills: int
) -> None:
    chance = random.Random(f"{phase} 26 November 2026")
    home, articles = stage.folder / "random", {f"town{number}": story(number, 0) for number in range(10)}
    shutil.rmtree(home, ignore_errors=True)
    stage.learn(articles)
    stage.write(articles)
    lasts = seconds_of_a_reindex(stage, home)
    died = 0
    for turn in range(1, kills + 1):
        changed = moved_on(articles, phase, turn, chance)
        stage.learn(changed)
        stage.write(changed)
        reference = built_in_one_go(stage, changed)
        old = stage.shown(home)
        running = stage.begin(home, full=phase == "full")
        time.sleep(chance.uniform(0, lasts))
        with suppress(ProcessLookupError):  # it was faster
            running.kill()
        died += running.wait() != 0
        check_that_each_is_whole(stage.shown(home), old, reference.articles)
        assert all(stage.found(home))
        stage.reindex(home)
        assert stage.seen(home) == reference
        articles = changed
    assert died * 2 >= kills


def built_in_one_go(stage: Stage, articles: Mapping[str, str]) -> Seen:
    stage.write(articles)
    home = stage.folder / "reference"
    shutil.rmtree(home, ignore_errors=True)
    stage.reindex(home)
    return stage.seen(home)


def seconds_of_a_reindex(stage: Stage, home: Path) -> float:
    began = time.monotonic()
    stage.reindex(home)
    return time.monotonic() - began


def moved_on(articles: Mapping[str, str], phase: str, turn: int, chance: random.Random) -> dict[str, str]:
    """Return a collection after a day; so few articles leave in a turn that there are always some."""
    names = sorted(articles)
    new = {f"town{number}": story(number, turn) for number in range(100 * turn, 100 * turn + 4)}
    changed = {name: story(int(name.removeprefix("town")), turn) for name in chance.sample(names, 4)}
    gone = set(chance.sample(names, 4)) if phase != "changing" else set()
    kept = {name: text for name, text in articles.items() if name not in gone}
    return {
        "adding": kept | new,
        "changing": {**articles, **changed},
        "removing": {name: text for name, text in {**articles, **new}.items() if name not in gone},
        "full": {name: text for name, text in {**articles, **new, **changed}.items() if name not in gone},
    }[phase]


def check_that_each_is_whole(
    shown: Mapping[str, Shown], old: Mapping[str, Shown], new: Mapping[str, Shown]
) -> None:
    for name in {*old, *new, *shown}:
        assert shown.get(name) in (old.get(name), new.get(name)), name
