"""The bots that the end-to-end tests share: the real process, over the real index of the sample articles."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.slack.web import EVENTS_PATH
from tests.bot.slack.asking import Side, free_port
from tests.slack.methods import METHODS
from tests.slack.nursery import Nursery
from tests.slack.running_bot import RunningBot, Start
from tests.slack.workspace import Workspace

NewHome = Callable[[str], Path]


@pytest.fixture(scope="session")
def new_home(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> NewHome:
    """Makes homes that hold the indexed sample articles, one for each bot."""

    def made(name: str) -> Path:
        home = tmp_path_factory.mktemp(name) / "home"
        shutil.copytree(sample_settings.home, home)
        return home

    return made


@pytest.fixture(scope="session")
def born(nursery: Nursery) -> Start:
    """Starts the real bot."""
    return nursery.start


@pytest.fixture(scope="package")
def socket_bot(born: Start, new_home: NewHome) -> Iterator[Side]:
    """The bot over Socket Mode, which follows threads. Tests leave workspace and index as they were."""
    home, port = new_home("socket"), free_port()
    with (
        Workspace(retry_delays=(0.5, 1.0)) as workspace,
        RunningBot(
            workspace, home, "--health", f"127.0.0.1:{port}", begin=born, FOOTNOTE_FOLLOW_THREADS="true"
        ) as bot,
    ):
        yield Side(workspace, bot, home, f"http://127.0.0.1:{port}")
        assert bot.stop() == 0
        check_log(bot.log, workspace)


@pytest.fixture(scope="package")
def http_bot(born: Start, new_home: NewHome) -> Iterator[Side]:
    """The bot over HTTP, which does not follow threads. Tests leave workspace and index as they were."""
    home, port = new_home("http"), free_port()
    url = f"http://127.0.0.1:{port}"
    with (
        Workspace(retry_delays=(0.5, 1.0)) as workspace,
        RunningBot(workspace, home, "--http", f"127.0.0.1:{port}", begin=born) as bot,
    ):
        workspace.deliver_to(url + EVENTS_PATH)
        yield Side(workspace, bot, home, url)
        assert bot.stop() == 0
        check_log(bot.log, workspace)


@pytest.fixture(autouse=True)
def _nobody_is_pinged_and_nothing_stays_broken(request: pytest.FixtureRequest) -> Iterator[None]:
    """Check after each test what must never happen, and mend what it has broken."""
    names = {"side", "socket_bot", "http_bot"} & set(request.fixturenames)
    workspaces = [request.getfixturevalue(name).workspace for name in names]
    yield
    for workspace in workspaces:
        for method in METHODS:
            workspace.heal(method)
        warnings = list(workspace.warnings)
        workspace.warnings.clear()
        assert not workspace.pings
        assert not warnings


def check_log(log: str, workspace: Workspace) -> None:
    """Check that a log at its usual level holds no token, no question, and nothing but lines of key=value."""
    secrets = (workspace.bot_token, workspace.app_token, workspace.signing_secret)
    assert not [each for each in (*secrets, "ISKP", "world cup", "Traceback") if each in log]
    assert all(line.startswith("timestamp=") for line in log.splitlines())


@pytest.fixture(params=["socket", "http"])
def side(request: pytest.FixtureRequest) -> Side:
    """Each of the two ways in which events come."""
    found = request.getfixturevalue(f"{request.param}_bot")
    assert isinstance(found, Side)
    return found
