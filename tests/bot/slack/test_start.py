"""What keeps the bot from starting is said in one line, with an exit code."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.settings import Settings
from tests.process import called, footnote
from tests.slack.workspace import Workspace

WRONG = {"SLACK_BOT_TOKEN": "xoxb-someone-else-1234", "SLACK_APP_TOKEN": "xapp-someone-else-5678"}


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with Workspace() as running:
        yield running


def tokens(workspace: Workspace) -> dict[str, str]:
    return {
        "SLACK_API_URL": workspace.api_url,
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
    }


@pytest.mark.parametrize(
    ("missing", "options", "says"),
    [
        ("SLACK_BOT_TOKEN", (), "SLACK_BOT_TOKEN is not set. The bot token begins with xoxb-."),
        (
            "SLACK_APP_TOKEN",
            (),
            "SLACK_APP_TOKEN is not set. The app token, for Socket Mode, begins with xapp-.",
        ),
        ("SLACK_SIGNING_SECRET", ("--http", "3000"), "SLACK_SIGNING_SECRET is not set."),
    ],
)
def test_a_missing_token_is_named(
    workspace: Workspace, sample_settings: Settings, missing: str, options: tuple[str, ...], says: str
) -> None:
    settings = {name: value for name, value in tokens(workspace).items() if name != missing}
    done = called(sample_settings.home, "slack", *options, **settings)
    assert done.returncode == 2
    check_one_line(done.stderr, says)


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:", ":3000", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_named(workspace: Workspace, tmp_path: Path, address: str) -> None:
    done = called(tmp_path, "slack", "--http", address, **tokens(workspace))
    assert done.returncode == 2
    check_one_line(done.stderr, f"--http is '{address}'. Write it like --http 127.0.0.1:3000")


def test_without_an_index_it_says_how_to_make_one(workspace: Workspace, tmp_path: Path) -> None:
    done = started(tmp_path, **tokens(workspace))
    assert done.returncode == 3
    check_one_line(done.stderr, "Index some articles first: footnote reindex FOLDER")


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_token_is_named_but_not_shown(
    workspace: Workspace, sample_settings: Settings, name: str
) -> None:
    done = started(sample_settings.home, **tokens(workspace) | {name: WRONG[name]})
    assert done.returncode == 1
    check_one_line(done.stderr, f"Slack does not accept {name} (invalid_auth).")
    assert WRONG[name] not in done.stderr


def test_a_port_that_is_taken_is_named(workspace: Workspace, sample_settings: Settings) -> None:
    taken = urlsplit(workspace.api_url).netloc
    done = started(sample_settings.home, "--health", taken, **tokens(workspace))
    assert done.returncode == 1
    check_one_line(done.stderr, f"{taken} cannot be listened on. Another process may hold the port")


def started(home: Path, *options: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return footnote(home, "slack", *options, cwd=home, **settings)


def check_one_line(complaint: str, says: str) -> None:
    """Check that there is one line that is no log, and what it says."""
    [line] = [line for line in complaint.splitlines() if not line.startswith("timestamp=")]
    assert line.startswith("Error: ")
    assert says in line
    assert "Traceback" not in complaint
