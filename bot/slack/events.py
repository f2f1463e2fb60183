"""What arrives from Slack, read: a question, a deletion, an echo of the bot's own message, or nothing for us.

Pure: an event's payload in, one of these out. Which of the questions may be asked is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.records.records import Arrival, Surface

_ASKING_SUBTYPES = (None, "file_share", "thread_broadcast")
"""Kinds of message that a person writes. All others are edits, deletions, joins, topics, other bots."""

_SLACKBOT = "USLACKBOT"
"""It reminds people of things in their own words, the bot's name among them, and Slack does not call it a bot."""

_CONTROL = re.compile(r"<(?P<kind>[@#!]?)(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


@dataclass(frozen=True, slots=True)
class Self:
    """Who the bot is: its user's id, and the id that its messages carry."""

    user: str
    bot: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks. `only_followed`: not of the bot, but in a thread that it may be following."""

    key: str
    arrival: Arrival
    only_followed: bool = False


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone."""

    key: str
    workspace: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Echo:
    """A message of the bot's own is there; `marks` are its block_ids, `thread` is None outside of threads."""

    key: str
    workspace: str
    channel: str
    ts: str
    marks: tuple[str, ...]
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody has opened the conversation with the bot. `thread` where Slack began one for it (the older way)."""

    key: str
    workspace: str
    channel: str
    person: str
    thread: str | None


Event = Asked | Deleted | Echo | Opened


@dataclass(frozen=True, slots=True)
class _Envelope:
    """An event's key, and where the bot is installed that is told of it; `organisation` is "" where it has none."""

    key: str
    workspace: str
    organisation: str


def read_event(body: Mapping[str, Any], bot: Self) -> Event | None:
    """Return what an event means to the bot, None where it means nothing.

    `body` is the payload of the Events API, the same over a socket and over HTTP.
    """
    event, key = _fields(body.get("event")), _word(body, "event_id", "trigger_id")
    if not key:
        return None
    envelope = _envelope(key, body)
    match event.get("type"):
        case "app_mention":
            return _asked(envelope, event, bot)
        case "message":
            return _message(envelope, event, bot)
        case "app_home_opened" if event.get("tab") == "messages":
            return _opened(envelope, event)
        case "assistant_thread_started":
            return _opened(envelope, _fields(event.get("assistant_thread")))
        case _:
            return None


def _envelope(key: str, body: Mapping[str, Any]) -> _Envelope:
    # In a channel that organisations share, `team_id` can be the other one's.
    installation = _fields(next(iter(_items(body.get("authorizations"))), None))
    workspace = _word(body, "context_team_id") or _word(installation, "team_id") or _word(body, "team_id")
    organisation = _word(body, "context_enterprise_id") or _word(installation, "enterprise_id")
    return _Envelope(key, workspace, organisation)


def _message(envelope: _Envelope, event: Mapping[str, Any], bot: Self) -> Event | None:
    subtype = event.get("subtype")
    if subtype == "message_deleted":
        return _deleted(envelope, event, _word(event, "deleted_ts"))
    if subtype == "message_changed":
        # A message that has replies is deleted by a change into a tombstone; no other change counts.
        message = _fields(event.get("message"))
        return (
            _deleted(envelope, event, _word(message, "ts")) if message.get("subtype") == "tombstone" else None
        )
    if event.get("bot_id") == bot.bot:
        return _echo(envelope, event)
    return _asked(envelope, event, bot) if subtype in _ASKING_SUBTYPES else None


def _deleted(envelope: _Envelope, event: Mapping[str, Any], ts: str) -> Deleted | None:
    channel = _word(event, "channel")
    return Deleted(envelope.key, envelope.workspace, channel, ts) if channel and ts else None


def _echo(envelope: _Envelope, event: Mapping[str, Any]) -> Echo | None:
    channel, ts = _word(event, "channel"), _word(event, "ts")
    if not (channel and ts):
        return None
    marks = tuple(filter(None, (_word(_fields(block), "block_id") for block in _items(event.get("blocks")))))
    return Echo(envelope.key, envelope.workspace, channel, ts, marks, _word(event, "thread_ts") or None)


def _asked(envelope: _Envelope, event: Mapping[str, Any], bot: Self) -> Asked | None:
    channel, ts, person = _word(event, "channel"), _word(event, "ts"), _word(event, "user")
    if not (channel and ts and person) or person in (bot.user, _SLACKBOT):
        return None
    # An edit of a text that names the bot is a mention once more.
    if event.get("bot_id") or event.get("edited"):
        return None
    text, thread = _word(event, "text"), _word(event, "thread_ts") or ts
    direct = event.get("channel_type") == "im" or channel.startswith("D")
    mentioned = event.get("type") == "app_mention" or _mentions(text, bot.user)
    if not (direct or mentioned or thread != ts):
        return None
    surface = Surface.DIRECT if direct else Surface.MENTION if mentioned else Surface.THREAD
    home = _word(event, "user_team", "source_team")
    arrival = Arrival(
        workspace=envelope.workspace,
        channel=channel,
        ts=ts,
        thread=thread,
        person=person,
        surface=surface,
        text=plain_text(text, bot.user),
        # Of people in large companies, Slack names the organisation instead of the workspace.
        guest_of=home if home not in ("", envelope.workspace, envelope.organisation) else None,
    )
    return Asked(envelope.key, arrival, only_followed=surface is Surface.THREAD)


def _opened(envelope: _Envelope, event: Mapping[str, Any]) -> Opened | None:
    channel, person = _word(event, "channel", "channel_id"), _word(event, "user", "user_id")
    if not (channel and person):
        return None
    return Opened(envelope.key, envelope.workspace, channel, person, _word(event, "thread_ts") or None)


def _word(fields: Mapping[str, Any], *names: str) -> str:
    """Return the text in the first of these fields that has one, "" where none has."""
    values = (fields.get(name) for name in names)
    found = next((value for value in values if isinstance(value, str) and value), "")
    # Half of a surrogate pair, as JSON can spell it, could not be written down.
    return found.encode(errors="replace").decode()


def _fields(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _mentions(text: str, user: str) -> bool:
    return any(found["kind"] == "@" and found["target"] == user for found in _CONTROL.finditer(text))


def plain_text(text: str, bot_user: str) -> str:
    """Return what a message says, as its author typed it: without the bot's name, links as their labels, no escapes."""
    # "What is the toll, @bot?" asks: what is the toll?
    said = "".join(_pieces(re.sub(rf",\s*(?=<@{re.escape(bot_user)}[|>])", "", text), bot_user))
    for escape, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        said = said.replace(escape, sign)
    return re.sub(r" (?=[?!.]+$)", "", " ".join(said.split()))


def _pieces(text: str, bot_user: str) -> Iterator[str]:
    end = 0
    for found in _CONTROL.finditer(text):
        yield text[end : found.start()]
        end = found.end()
        kind, target, label = found["kind"], found["target"], found["label"]
        if kind == "@" and target == bot_user:
            yield " "
        elif kind == "!":
            yield label or "@" + target.partition("^")[0]
        else:
            yield (kind if kind else "") + (label or target)
    yield text[end:]
