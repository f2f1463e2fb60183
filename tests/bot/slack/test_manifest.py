from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.slack.manifest import EVENTS, SCOPES, manifest
from tests.conftest import PROJECT
from tests.slack import events, methods

METHODS: dict[str, set[str]] = {
    "auth.test": set(),
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.startStream": {"chat:write"},
    "chat.appendStream": {"chat:write"},
    "chat.stopStream": {"chat:write"},
    "conversations.replies": {"im:history"},
    "users.info": {"users:read"},
    "assistant.threads.setStatus": {"assistant:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
}
"""The methods of Slack's Web API that the bot calls, and the scopes that its token needs for each.

Replies are read back in direct conversations only; elsewhere a bot's token does not get them.
"""

TOLD: dict[str, set[str]] = {
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "app_home_opened": set(),
    "app_context_changed": set(),
}
"""The events that the bot is told of, and the scopes that each needs."""

_WEB_CLIENT = re.compile(r"(?:chat|conversations|users|assistant|auth|apps|reactions|views)_(\w+)")


def called() -> set[str]:
    """Return the methods that are named in the bot's source, as Slack names them."""
    found = set()
    for file in (PROJECT / "bot" / "slack").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and _WEB_CLIENT.fullmatch(node.attr):
                found.add(node.attr.replace("_", "."))
    return found


def test_the_table_lists_the_methods_that_are_called_and_no_others() -> None:
    assert called() == set(METHODS)


@pytest.mark.parametrize(("method", "scopes"), METHODS.items())
def test_every_method_that_is_called_is_allowed(method: str, scopes: set[str]) -> None:
    assert scopes <= set(SCOPES)
    assert methods.METHODS[method].scope in (scopes or (None,))


@pytest.mark.parametrize(("event", "scopes"), TOLD.items())
def test_every_event_that_is_subscribed_to_is_allowed(event: str, scopes: set[str]) -> None:
    assert event in EVENTS
    assert scopes <= set(SCOPES)
    assert events.scope_of(event) in (scopes or (None,))


def test_nothing_is_asked_for_that_is_not_needed() -> None:
    assert set(EVENTS) == set(TOLD)
    assert set(SCOPES) == set().union(*METHODS.values(), *TOLD.values())
    assert all(SCOPES.values()), "each says what it is for"


@pytest.mark.parametrize(
    ("url", "request_url"),
    [
        (None, None),
        ("https://bot.example", "https://bot.example/slack/events"),
        ("https://bot.example/", "https://bot.example/slack/events"),
        ("https://example.org/footnote", "https://example.org/footnote/slack/events"),
    ],
)
def test_events_come_over_a_socket_or_to_an_address(url: str | None, request_url: str | None) -> None:
    found = manifest(url)["settings"]
    assert found["socket_mode_enabled"] == (url is None)
    assert found["event_subscriptions"].get("request_url") == request_url
    assert found["event_subscriptions"]["bot_events"] == list(EVENTS)


def test_it_is_the_same_json_every_time() -> None:
    written = json.dumps(manifest(None))
    assert json.dumps(manifest(None)) == written
    assert json.loads(written) == manifest(None)
    assert json.loads(written)["oauth_config"] == {"scopes": {"bot": list(SCOPES)}}


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    return [value] if isinstance(value, str) else []


def test_slack_takes_its_texts() -> None:
    found = manifest("https://bot.example")
    assert len(found["display_information"]["name"]) <= 35
    assert len(found["display_information"]["description"]) <= 140
    assert len(found["features"]["bot_user"]["display_name"]) <= 80
    assert re.fullmatch(r"#[0-9a-f]{6}", found["display_information"]["background_color"])
    assert all(text.strip() == text for text in texts(found))


def test_the_documentation_names_every_scope() -> None:
    page = Path(PROJECT / "docs" / "slack.md")
    assert [scope for scope in SCOPES if scope not in page.read_text()] == []
