"""The bot, put together: who it is, what it is told, and its two ways to be told it."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import SlackError
from bot.logs import Log
from bot.slack.events import Self

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """What Slack says of a token: the bot, and the workspace that it belongs to."""

    bot: Self
    workspace: str
    name: str


def who_am_i(client: WebClient, log: Log, sleep: Callable[[float], None] = time.sleep) -> Identity:
    """Ask Slack who the bot is, again where it does not answer.

    Raises:
        SlackError: it does not accept the token, or cannot be reached.
    """
    for attempt in range(_TRIES):
        try:
            said = client.auth_test()
            return Identity(Self(said["user_id"], said["bot_id"]), said["team_id"], said.get("user") or "")
        except SlackApiError as error:
            code = error.response.get("error") if error.response else None
            if code not in (None, "ratelimited", "internal_error", "fatal_error", "service_unavailable"):
                raise SlackError(
                    f"Slack does not accept SLACK_BOT_TOKEN ({code}).",
                    "Install the app in the workspace once more, and copy its bot token (xoxb-…).",
                ) from error
            why = str(code or error)
        except (OSError, SlackClientError) as error:
            why = f"{type(error).__name__}: {error}"
        log.warning("Slack does not answer", attempt=attempt + 1, error=why)
        if attempt + 1 < _TRIES:
            sleep(2.0**attempt)
    raise SlackError(
        f"Slack cannot be reached at {client.base_url}.",
        "Look at the network, and at SLACK_API_URL if it is set.",
    )


def wait_for_a_signal() -> None:
    """Return when the process is told to stop, by SIGTERM or Ctrl-C."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    while not told.wait(0.5):
        # A wait without an end would keep Python from running the handler on some systems.
        pass
