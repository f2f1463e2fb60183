"""Taking back answers in Slack where no bot runs that would: whoever withdraws their sources does it then."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from bot.logs import Log
from bot.records.inbox import Inbox
from bot.records.retractions import Retractions
from bot.slack.blocks import notice
from bot.slack.calls import Calls
from bot.slack.delivery import Delivery
from bot.slack.words import searching

_PATIENCE = 60.0
"""Seconds of failing after which a message is left to the bot, or to the next time."""


class Progress(Protocol):
    """Is told how far it is."""

    def begin(self, stage: str, total: int) -> None:
        """Say that a stage of `total` steps begins."""

    def advance(self, steps: float = 1) -> None:
        """Say that so many steps are done."""


def take_back(
    inbox: Inbox,
    retractions: Retractions,
    token: str,
    base_url: str,
    log: Log,
    progress: Progress,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Change what shows an answer whose source was withdrawn, however long Slack asks to wait in between.

    What cannot be changed is written down. Answers of which nothing is said yet are left to the bot, to answer anew.
    """
    delivery = Delivery(
        inbox, Calls(token, base_url), lambda: notice(searching(None)), log, patience=_PATIENCE
    )
    due = retractions.shown()
    progress.begin("Changing answers in Slack", len(due))
    for question_id in due:
        began, given_up = time.monotonic(), len(retractions.unchanged())
        while (question := inbox.question(question_id)) is not None:
            again = delivery.deliver(question)
            if again is None:
                break
            sleep(again)
        if time.monotonic() - began > _PATIENCE and len(retractions.unchanged()) > given_up:
            # Slack does not answer; what is left is not worth a minute each.
            return
        progress.advance()
