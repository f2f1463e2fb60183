"""Running: the bot's parts, put together for one process, and how they start and stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.index_glance import IndexGlance
from bot.logs import Log
from bot.records.inbox import Inbox
from bot.records.retractions import Retractions
from bot.slack.access import Admission, Policy
from bot.slack.answering import Answerer
from bot.slack.app import bolt_app
from bot.slack.blocks import notice
from bot.slack.bot import wait_for_a_signal, who_am_i
from bot.slack.calls import Calls, web_client
from bot.slack.decoration import Decoration
from bot.slack.delivery import Delivery
from bot.slack.metrics import Metrics
from bot.slack.reception import Reception
from bot.slack.service import Service
from bot.slack.socket import Socket
from bot.slack.web import WebServer, web_app
from bot.slack.words import searching

_DRAINS_WITHIN = 120.0
"""Seconds; a question that waits longer says that nothing is answered."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Connection:
    """How Slack is reached, and how its events come: over a socket with `app_token`, or else over HTTP at `http`.

    `health` is where health and figures are served beside a socket.
    """

    token: str
    base_url: str
    app_token: str | None
    signing_secret: str | None
    http: Address | None
    health: Address | None


class ReadyAnswerer(Answerer, Protocol):
    """An answerer that can be made ready before anybody asks."""

    def warm_up(self) -> None:
        """Load what the first answer would have to wait for."""


def run(
    connection: Connection,
    inbox: Inbox,
    retractions: Retractions,
    answerer: ReadyAnswerer,
    glance: IndexGlance,
    policy: Policy,
    log: Log,
    *,
    follow_threads: bool,
    retention_days: int,
    written: bool,
    prepare: Callable[[], None],
    until: Callable[[], None] = wait_for_a_signal,
) -> None:
    """Answer questions until told to stop. What is asked while the model is being loaded is written down.

    Where the answers are `written` by a language model, several are composed at once, and seen while they are.
    `prepare` is called before the model is loaded, when what is asked is taken in already.

    Raises:
        SlackError: Slack does not accept a token, cannot be reached, or an address cannot be listened on.
        RecordsError: the records cannot be used.
    """
    client = web_client(connection.token, connection.base_url)
    identity = who_am_i(client, log)
    calls = Calls(connection.token, connection.base_url)
    metrics = Metrics(inbox.waiting, glance.degraded)
    decoration = Decoration(calls, lambda: searching(glance.articles()), log)
    service = Service(
        inbox,
        answerer,
        Admission(policy, inbox, calls.person),
        Delivery(inbox, calls, lambda: notice(searching(glance.articles())), log),
        decoration,
        metrics,
        log,
        retractions=retractions,
        retention_days=retention_days,
        written=written,
    )
    reception = Reception(
        identity.bot, inbox, service.due, decoration.opened, log, follow_threads=follow_threads
    )
    app = bolt_app(client, identity.bot, connection.signing_secret, reception.receive, log)
    socket = None if connection.app_token is None else Socket(app, connection.app_token, client, log)
    loaded = threading.Event()
    checks: dict[str, Callable[[], bool]] = {
        "model": loaded.is_set,
        "index": glance.is_readable,
        "inbox": lambda: _drains(inbox),
    }
    if socket is not None:
        checks["socket"] = socket.is_alive
    served = web_app(checks, glance.degraded, metrics.exposition, app if connection.http else None)
    address = connection.http or connection.health
    server = None if address is None else WebServer(served, address.host, address.port)
    try:
        if server is not None:
            server.start()
        if socket is not None:
            socket.connect()
        prepare()
        log.info("loading the model")
        answerer.warm_up()
        loaded.set()
        service.start()
        log.info("ready", workspace=identity.workspace, bot=identity.bot.user, name=identity.name)
        until()
        log.info("stopping")
    finally:
        reception.stop()
        if socket is not None:
            socket.close()
        service.stop()
        if server is not None:
            server.stop()


def _drains(inbox: Inbox) -> bool:
    since = inbox.waiting_since()
    return since is None or time.time() - since < _DRAINS_WITHIN
