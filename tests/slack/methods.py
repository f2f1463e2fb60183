"""The methods of the Web API: what each takes and needs, and those that do not post."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass

from tests.slack import chat, streams
from tests.slack.method_site import Arguments, Body, Site
from tests.slack.rules import RefusalError
from tests.slack.state import BOT, BOT_USER, TEAM, Channel, Message

MOST_PROMPTS = 4
_LONGEST_TITLE = 75
_MOST_LOADING_MESSAGES = 10
_LARGEST_PAGE = 999


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its work, the scope it needs, its arguments, and whether it wants the app's token."""

    perform: Callable[[Site, Arguments], Body]
    scope: str | None
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    of_the_app: bool = False


def _auth_test(_site: Site, _arguments: Arguments) -> Body:
    return {
        "url": "https://footnote-tests.slack.com/",
        "team": "Footnote",
        "user": "footnote",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def _open_connection(site: Site, _arguments: Arguments) -> Body:
    url = site.new_socket_url()
    if url is None:
        raise RefusalError("too_many_websockets")
    return {"url": url}


def _user_info(site: Site, arguments: Arguments) -> Body:
    user = site.state.users.get(str(arguments["user"]))
    if user is None:
        raise RefusalError("user_not_found")
    profile = {"real_name": user.name, "display_name": user.name}
    return {"user": {**asdict(user), "deleted": False, "is_bot": False, "profile": profile}}


def _replies(site: Site, arguments: Arguments) -> Body:
    channel = _readable(site, arguments)
    ts = str(arguments["ts"])
    if ts not in channel.messages:
        raise RefusalError("thread_not_found")
    return _page([channel.messages[ts], *channel.replies(ts)], arguments)


def _history(site: Site, arguments: Arguments) -> Body:
    channel = _readable(site, arguments)
    newest_first = list(reversed(channel.top_level()))
    return _page([m for m in newest_first if _is_between(m["ts"], arguments)], arguments)


def _readable(site: Site, arguments: Arguments) -> Channel:
    """A bot's token reads back direct conversations only."""
    channel = site.channel(arguments["channel"])
    if channel.kind != "im":
        raise RefusalError("not_allowed_token_type")
    return channel


def _is_between(ts: str, arguments: Arguments) -> bool:
    oldest, latest = str(arguments.get("oldest", "")), str(arguments.get("latest", "9" * 20))
    if arguments.get("inclusive"):
        return oldest <= ts <= latest
    return oldest < ts < latest


def _page(messages: list[Message], arguments: Arguments) -> Body:
    limit, start = int(arguments.get("limit", 100)), int(arguments.get("cursor") or 0)
    if not 1 <= limit <= _LARGEST_PAGE:
        raise RefusalError("invalid_limit")
    shown = deepcopy(messages[start : start + limit])
    if not arguments.get("include_all_metadata"):
        for message in shown:
            message.pop("metadata", None)
    more = start + limit < len(messages)
    cursor = str(start + limit) if more else ""
    return {"messages": shown, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def _set_status(site: Site, arguments: Arguments) -> Body:
    channel = site.channel(arguments["channel_id"])
    thread_ts = str(arguments["thread_ts"])
    if thread_ts not in channel.messages:
        raise RefusalError("invalid_thread_ts")
    messages = arguments.get("loading_messages", [])
    if not isinstance(messages, list) or len(messages) > _MOST_LOADING_MESSAGES:
        raise RefusalError("invalid_arguments")
    site.state.statuses[channel.id, thread_ts] = str(arguments["status"])
    return {}


def _set_prompts(site: Site, arguments: Arguments) -> Body:
    channel = site.channel(arguments["channel_id"])
    prompts = arguments["prompts"]
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise RefusalError("invalid_arguments")
    if not all(map(_is_prompt, prompts)):
        raise RefusalError("invalid_arguments")
    thread = channel.id, str(arguments.get("thread_ts", ""))
    if "thread_ts" in arguments and thread not in site.state.assistant_threads:
        site.warn("thread_ts is not an assistant thread's: Slack shows no prompts and names no error")
    else:
        site.state.prompts[thread] = prompts
    return {}


def _is_prompt(prompt: object) -> bool:
    if not isinstance(prompt, dict) or set(prompt) != {"title", "message"}:
        return False
    title, message = prompt["title"], prompt["message"]
    return isinstance(title, str) and 0 < len(title) <= _LONGEST_TITLE and bool(str(message))


def _add_reaction(site: Site, arguments: Arguments) -> Body:
    channel = site.channel(arguments["channel"])
    name = str(arguments["name"])
    message = channel.messages.get(str(arguments["timestamp"]))
    if message is None:
        raise RefusalError("message_not_found")
    if not re.fullmatch(r"[a-z0-9_+'-]+", name):
        raise RefusalError("invalid_name")
    reactions = message.setdefault("reactions", [])
    if any(each["name"] == name and BOT_USER in each["users"] for each in reactions):
        raise RefusalError("already_reacted")
    reactions.append({"name": name, "users": [BOT_USER], "count": 1})
    return {}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


METHODS = {
    "auth.test": Method(_auth_test, None),
    "apps.connections.open": Method(_open_connection, None, of_the_app=True),
    "chat.postMessage": Method(
        chat.post_message,
        "chat:write",
        _words("channel"),
        _words(
            "text blocks thread_ts reply_broadcast unfurl_links unfurl_media metadata mrkdwn parse link_names"
        ),
    ),
    "chat.postEphemeral": Method(
        chat.post_ephemeral,
        "chat:write",
        _words("channel user"),
        _words("text blocks thread_ts parse link_names"),
    ),
    "chat.update": Method(
        chat.update,
        "chat:write",
        _words("channel ts"),
        _words("text blocks metadata parse link_names reply_broadcast"),
    ),
    "chat.delete": Method(chat.delete, "chat:write", _words("channel ts")),
    "chat.startStream": Method(
        streams.start,
        "chat:write",
        _words("channel thread_ts"),
        _words("markdown_text recipient_team_id recipient_user_id"),
    ),
    "chat.appendStream": Method(streams.append, "chat:write", _words("channel ts markdown_text")),
    "chat.stopStream": Method(
        streams.stop, "chat:write", _words("channel ts"), _words("markdown_text blocks metadata")
    ),
    "conversations.replies": Method(
        _replies, "im:history", _words("channel ts"), _words("limit cursor include_all_metadata")
    ),
    "conversations.history": Method(
        _history,
        "im:history",
        _words("channel"),
        _words("limit cursor include_all_metadata oldest latest inclusive"),
    ),
    "users.info": Method(_user_info, "users:read", _words("user"), _words("include_locale")),
    "reactions.add": Method(_add_reaction, "reactions:write", _words("channel name timestamp")),
    "assistant.threads.setStatus": Method(
        _set_status,
        "assistant:write",
        _words("channel_id thread_ts status"),
        _words("loading_messages icon_emoji icon_url username"),
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        _set_prompts, "assistant:write", _words("channel_id prompts"), _words("thread_ts title")
    ),
}
