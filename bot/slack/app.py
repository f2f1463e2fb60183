"""The Bolt app: it verifies what arrives and acknowledges it, once it is written down."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.logs import Log
from bot.slack.events import Self
from index.errors import FootnoteError


def bolt_app(
    client: WebClient,
    bot: Self,
    signing_secret: str | None,
    receive: Callable[[dict[str, Any]], bool],
    log: Log,
) -> App:
    """Return the app. `receive` writes an event down; only then is it acknowledged.

    It is a middleware, because Bolt acknowledges an event before its listener runs, and where none takes it never.
    """
    # At its info level the framework logs whole requests, with the text of questions.
    logger = logging.getLogger("footnote.bolt")
    logger.setLevel(logging.ERROR)

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=bot.bot,
            bot_user_id=bot.user,
            bot_token=client.token,
        )

    app = App(
        logger=logger,
        client=client,
        authorize=authorize,
        signing_secret=signing_secret or "",
        request_verification_enabled=True,
        # The echo of its own message tells the bot that it arrived.
        ignoring_self_events_enabled=False,
    )

    def take(req: BoltRequest) -> BoltResponse:
        try:
            taken = receive(dict(req.body))
        except FootnoteError as error:
            # Slack sends it again.
            log.warning("not taken in", error=str(error))
            taken = False
        return BoltResponse(status=200 if taken else 503, body="")

    app.use(take)
    return app
