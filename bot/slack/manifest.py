"""The app's manifest: what it asks of a workspace, and nothing more."""

from __future__ import annotations

from typing import Any

from bot.slack.web import EVENTS_PATH

SCOPES = {
    "app_mentions:read": "to be told when somebody mentions it",
    "channels:history": "to be told of replies in threads that it follows, and when a question is deleted, in public "
    "channels that it is a member of",
    "groups:history": "the same in private channels",
    "im:history": "to read what it is asked directly",
    "chat:write": "to answer",
    "users:read": "to see who is a guest or from another organisation",
    "assistant:write": "to show what it is doing, and to suggest what to ask, in its own pane",
}
"""The bot's scopes, and what each is for."""

EVENTS = (
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
    "app_home_opened",
    "app_context_changed",
)


def manifest(url: str | None) -> dict[str, Any]:
    """Return the manifest, for Socket Mode, or for events over HTTP sent to `url`."""
    subscriptions: dict[str, Any] = {"bot_events": list(EVENTS)}
    if url is not None:
        subscriptions["request_url"] = url.rstrip("/") + EVENTS_PATH
    return {
        "display_information": {
            "name": "Footnote",
            "description": "Answers questions from your news articles, every sentence with a footnote.",
            "background_color": "#1f2937",
        },
        "features": {
            "app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "footnote", "always_online": True},
            "agent_view": {"agent_description": "Answers questions from your news articles, with footnotes."},
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": subscriptions,
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }
