"""Calls to Slack's Web API, and what is known after one fails.

Posting has no idempotency key: after a call that was not answered, the message may be there or not. So three ways
to fail are told apart: Slack refused it, it was not done and may be tried again, and nobody knows.
"""

from __future__ import annotations

import http.client
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.messages import Message

_TIMEOUT = 15
"""Seconds that Slack is given to answer a call."""
_LONGEST_WAIT = 3600.0
"""Seconds; whoever asks for more, or for ever, is called again all the same."""
_AT_A_LOSS = frozenset(
    ("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org")
)
"""Errors that do not say whether the call was carried out."""
_CODE = re.compile(r"\w+")
"""An error as Slack names it; the SDK puts there what is no JSON, and anybody on the way may have said that."""


class CallError(Exception):
    """A call failed."""


class Refused(CallError):  # noqa: N818 - it is what happened, as Slack says it
    """Slack does not do it: `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotYet(CallError):  # noqa: N818
    """It was not done, and may be tried again after `seconds`."""

    def __init__(self, seconds: float, why: str) -> None:
        super().__init__(why)
        self.seconds = seconds


class Unknown(CallError):  # noqa: N818
    """Nobody knows whether it was done."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that is there; `thread` is None where it stands at the channel's top level."""

    ts: str
    thread: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: a guest or not, and the workspaces that they belong to."""

    is_guest: bool
    workspaces: frozenset[str]


class Calls:
    """The calls that the bot makes.

    Each raises Refused, NotYet or Unknown.
    """

    def __init__(self, token: str, base_url: str, timeout: int = _TIMEOUT) -> None:
        self._client = web_client(token, base_url, timeout)

    def post(self, channel: str, thread: str | None, message: Message, mark: str | None = None) -> Posted:
        """Post a message; its first block carries `mark` as its block_id."""
        answer = _called(
            self._client.chat_postMessage,
            channel=channel,
            text=message.text,
            blocks=_marked(message.blocks, mark),
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
            **({"thread_ts": thread} if thread else {}),
        )
        if not answer.get("ts"):
            raise Unknown("no ts")
        said = answer.get("message") or {}
        return Posted(str(answer["ts"]), said.get("thread_ts"))

    def update(self, channel: str, ts: str, message: Message, mark: str | None = None) -> None:
        """Replace what a message says. Doing so twice does no harm."""
        _called(
            self._client.chat_update,
            channel=channel,
            ts=ts,
            text=message.text,
            blocks=_marked(message.blocks, mark),
            parse="none",
        )

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message of the bot; one that is not there is no error."""
        try:
            _called(self._client.chat_delete, channel=channel, ts=ts)
        except Refused as refused:
            if refused.code != "message_not_found":
                raise

    def tell_alone(self, channel: str, person: str, thread: str | None, text: str) -> None:
        """Show a message to one person only."""
        _called(
            self._client.chat_postEphemeral,
            channel=channel,
            user=person,
            text=text,
            **({"thread_ts": thread} if thread else {}),
        )

    def start_stream(self, channel: str, thread: str, reader: tuple[str, str], text: str) -> str:
        """Start a stream with some text in Markdown, for a reader (workspace, person) above all; return its ts."""
        workspace, person = reader
        answer = _called(
            self._client.chat_startStream,
            channel=channel,
            thread_ts=thread,
            recipient_team_id=workspace,
            recipient_user_id=person,
            markdown_text=text,
        )
        if not answer.get("ts"):
            raise Unknown("no ts")
        return str(answer["ts"])

    def append_stream(self, channel: str, ts: str, text: str) -> None:
        """Add some text in Markdown, of at most 12,000 characters, to a stream that is open."""
        _called(self._client.chat_appendStream, channel=channel, ts=ts, markdown_text=text)

    def stop_stream(self, channel: str, ts: str) -> None:
        """Close a stream; only then may its message be updated or deleted. One that is closed is refused."""
        _called(self._client.chat_stopStream, channel=channel, ts=ts)

    def find(self, channel: str, thread: str, mark: str) -> str | None:
        """Return the ts of the message in a direct conversation's thread that carries `mark`; None: it is not there."""
        page: dict[str, str] = {}
        while True:
            answer = _called(
                self._client.conversations_replies, channel=channel, ts=thread, limit=200, **page
            )
            for message in answer.get("messages") or ():
                if any(block.get("block_id") == mark for block in message.get("blocks") or ()):
                    return str(message["ts"])
            page = {"cursor": (answer.get("response_metadata") or {}).get("next_cursor") or ""}
            if not page["cursor"]:
                return None

    def person(self, user: str) -> Person:
        """Return what Slack says of a user."""
        said = _called(self._client.users_info, user=user).get("user") or {}
        # `is_stranger` does not tell: it is false for whoever shares a channel with the bot.
        home, organisation = said.get("team_id"), said.get("enterprise_user") or {}
        return Person(
            is_guest=bool(said.get("is_restricted") or said.get("is_ultra_restricted")),
            workspaces=frozenset(filter(None, (home, *(organisation.get("teams") or ())))),
        )

    def show_status(self, channel: str, thread: str, status: str) -> None:
        """Show what the bot is doing, under a question in the agent pane; "" clears it."""
        _called(self._client.assistant_threads_setStatus, channel_id=channel, thread_ts=thread, status=status)

    def suggest(self, channel: str, thread: str | None, prompts: Sequence[Mapping[str, str]]) -> None:
        """Suggest what to ask, in the agent pane; at most four."""
        _called(
            self._client.assistant_threads_setSuggestedPrompts,
            channel_id=channel,
            prompts=[dict(prompt) for prompt in prompts],
            **({"thread_ts": thread} if thread else {}),
        )


def web_client(token: str, base_url: str, timeout: int = _TIMEOUT) -> WebClient:
    """Return a client for a token. It repeats nothing by itself: some calls must not be made twice."""
    # Its debug messages hold the text of questions, some its tokens; its errors are logged where they are dealt with.
    logger = logging.getLogger("footnote.slack_sdk")
    logger.setLevel(logging.CRITICAL)
    return WebClient(token=token, base_url=base_url, timeout=timeout, retry_handlers=[], logger=logger)


def _marked(blocks: Sequence[Mapping[str, Any]], mark: str | None) -> list[dict[str, Any]]:
    first, rest = blocks[:1], blocks[1:]
    return [{**block, **({"block_id": mark} if mark else {})} for block in first] + [
        dict(block) for block in rest
    ]


def _called(method: Callable[..., Any], **arguments: Any) -> Mapping[str, Any]:
    try:
        answer = method(**arguments)
    except SlackApiError as error:
        raise failure_of(error) from error
    except URLError as error:
        # Where the connection was never made, nothing was sent.
        refused = isinstance(error.reason, OSError) and not isinstance(
            error.reason, TimeoutError | ConnectionResetError | BrokenPipeError
        )
        raise NotYet(1.0, str(error.reason)) if refused else Unknown(str(error.reason)) from error
    except (OSError, http.client.HTTPException, SlackClientError, ValueError, AttributeError) as error:
        # An attribute is missing where the answer is JSON, but no object; the SDK takes it for one.
        raise Unknown(f"{type(error).__name__}: {error}") from error
    data = answer.data
    return data if isinstance(data, Mapping) else {}


def failure_of(error: SlackApiError) -> CallError:
    """Return what is known after Slack has answered that a call failed."""
    response = error.response
    status = getattr(response, "status_code", 200)
    data = getattr(response, "data", response)
    said = data.get("error") if isinstance(data, Mapping) else None
    code = said if isinstance(said, str) and _CODE.fullmatch(said) else None
    if status == http.HTTPStatus.TOO_MANY_REQUESTS or code in ("ratelimited", "rate_limited"):
        return NotYet(_retry_after(response), "ratelimited")
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or code is None or code in _AT_A_LOSS:
        return Unknown(code or f"HTTP {status}")
    return Refused(code)


def _retry_after(response: Any) -> float:
    headers = {str(name).lower(): value for name, value in (getattr(response, "headers", None) or {}).items()}
    said = headers.get("retry-after", "1")
    first = said[0] if isinstance(said, list) else said
    try:
        return min(_LONGEST_WAIT, max(0.1, float(first)))
    except ValueError:
        return 1.0
