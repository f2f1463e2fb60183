"""Connections over Socket Mode that end, break, or hear nothing any more."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.bot.slack.asking import README_QUESTION, Side
from tests.slack.workspace import Workspace


def readiness(side: Side) -> dict[str, bool]:
    """Return what the bot says of being ready."""
    status, text, _ = side.serves("/readyz")
    found = json.loads(text)
    assert isinstance(found, dict)
    assert status == (200 if all(found.values()) else 503)
    return found


@pytest.mark.parametrize("end", [Workspace.disconnect, Workspace.drop_sockets])
def test_after_a_connection_has_ended_questions_are_answered_over_a_new_one(
    socket_bot: Side, end: Callable[[Workspace], None]
) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    end(workspace)
    asked = [asker.mentions(README_QUESTION), asker.writes(README_QUESTION)]
    for each in asked:
        each.answer("answered")
    assert workspace.connections == 1
    workspace.wait_for(lambda: readiness(socket_bot)["socket"])


def test_what_is_under_way_when_the_connection_ends_is_finished(socket_bot: Side) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    asked = [asker.mentions(README_QUESTION) for _ in range(5)]
    workspace.drop_sockets()
    for each in asked:
        each.answer("answered")


def test_a_connection_that_hears_nothing_is_no_longer_ready_and_is_replaced(socket_bot: Side) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    assert readiness(socket_bot)["socket"]
    workspace.deafen()
    workspace.wait_for(lambda: not readiness(socket_bot)["socket"], 20)
    workspace.wait_for(lambda: readiness(socket_bot)["socket"], 20)
    asker.mentions(README_QUESTION).answer("answered")
