"""Who the bot is, and how long it tries to reach Slack when it starts."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import SlackError
from bot.logs import Log
from bot.slack.calls import Refused, failure_of
from bot.slack.events import Self

_TRIES = 5
_REMEDIES = {
    "SLACK_BOT_TOKEN": "Install the app in the workspace once more, and copy its bot token (xoxb-…).",
    "SLACK_APP_TOKEN": "Make an app-level token with the scope connections:write, and copy it (xapp-…).",
}

_Said = TypeVar("_Said")


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
    said = persistently(client.auth_test, "SLACK_BOT_TOKEN", client.base_url, log, sleep)
    return Identity(Self(said["user_id"], said["bot_id"]), said["team_id"], said.get("user") or "")


def persistently(
    call: Callable[[], _Said], token: str, url: str, log: Log, sleep: Callable[[float], None] = time.sleep
) -> _Said:
    """Return what Slack says to a call with the token that a setting names, made again where it does not answer.

    Raises:
        SlackError: it does not accept the token, or cannot be reached.
    """
    for attempt in range(_TRIES):
        try:
            return call()
        except SlackApiError as error:
            failure = failure_of(error)
            if isinstance(failure, Refused):
                raise SlackError(f"Slack does not accept {token} ({failure}).", _REMEDIES[token]) from error
            why = str(failure)
        except (OSError, SlackClientError) as error:
            why = f"{type(error).__name__}: {error}"
        log.warning("Slack does not answer", attempt=attempt + 1, error=why)
        if attempt + 1 < _TRIES:
            sleep(2.0**attempt)
    raise SlackError(
        f"Slack cannot be reached at {url}.", "Look at the network, and at SLACK_API_URL if it is set."
    )


def wait_for_a_signal() -> None:
    """Return when the process is told to stop, by SIGTERM or Ctrl-C."""
    # A pipe, because a handler may run while this thread holds whatever lock it would need otherwise.
    reader, writer = os.pipe()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os.write(writer, b"!"))
    os.read(reader, 1)
