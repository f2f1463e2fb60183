"""What many tests share: the real embedding model, and an index of the sample articles, made once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wiring
from bot.commands.progress import NoProgress
from bot.settings import Settings
from index.embedding import Embedder
from index.model_files import DEFAULT_MODEL, locate_model
from tests.slack.nursery import Nursery

PROJECT = Path(__file__).parent.parent
SAMPLES = PROJECT / "examples" / "articles"

pytest_plugins = ["pytester", "bot.evaluation.pytest_plugin"]

# A measurement: what counts is the share of them that is told apart, which no single one of them has to be.
collect_ignore = ["fixtures/near-misses.cases.yaml"]


def pytest_collection_finish() -> None:
    """Keep the tests themselves, thousands, out of what Python looks through for garbage: that takes up to a second."""
    gc.freeze()


def pytest_footnote_settings() -> Settings:
    """Ask the cases with the defaults, whatever the developer's environment and .env file say."""
    return Settings.model_construct()


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the developer's own environment and .env file out of every test."""
    import os

    for name in os.environ:
        if name.startswith(("FOOTNOTE_", "SLACK_", "OPENAI_")) or name.endswith("_API_KEY"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Starts processes in no time."""
    with Nursery() as opened:
        yield opened


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The packaged model, loaded once."""
    return Embedder(locate_model(DEFAULT_MODEL))


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose home holds the indexed sample articles; tests only read it."""
    settings = Settings(home=tmp_path_factory.mktemp("samples"))
    report = wiring.reindexer(settings, NoProgress()).run([SAMPLES])
    assert not report.problems
    return settings
