"""`footnote slack`: the bot, and its app's manifest."""

from __future__ import annotations

from bot import wiring
from bot.commands.json_output import print_json
from bot.commands.progress import NoProgress
from bot.console import console
from bot.errors import SettingsError
from bot.index_glance import IndexGlance
from bot.logs import Log, set_up_logs
from bot.records.inbox import Inbox
from bot.settings import Settings, load_settings, revealed
from bot.slack.access import Policy
from bot.slack.manifest import manifest
from bot.slack.running import Address, Connection, run
from index.errors import FootnoteError, WriterBusyError
from index.locks import writer_lock
from index.repairing import Repaired, repair

_WHERE = "It is on the app's page at api.slack.com/apps; docs/slack.md shows where."


def run_bot(http: str | None, health: str | None) -> None:
    """Answer questions in Slack until told to stop.

    Raises:
        FootnoteError: a setting is missing or wrong, Slack cannot be reached, or there is no index.
    """
    settings = load_settings()
    connection = _connection(settings, http, health)
    log = set_up_logs(
        settings.log_format,
        settings.log_level,
        (connection.token, connection.app_token or "", connection.signing_secret or ""),
    )
    wiring.require_index(settings)
    with (
        writer_lock(wiring.bot_lock(settings), "answering in Slack from this home"),
        wiring.records(settings) as records,
        wiring.engine(settings) as engine,
    ):
        glance = IndexGlance(wiring.catalogue(settings), wiring.soundness(settings))
        run(
            connection,
            Inbox(records),
            wiring.retractions(records),
            engine.answerer,
            glance,
            _policy(settings),
            log,
            follow_threads=settings.follow_threads,
            retention_days=settings.retention_days,
            written=engine.is_written,
            prepare=lambda: _repair(settings, log),
        )


def _repair(settings: Settings, log: Log) -> None:
    """Rebuild the vectors where a kill has damaged them; the bot answers without them too, if that fails."""
    try:
        done = repair(wiring.home(settings), NoProgress())
    except WriterBusyError:
        # It has done the same before it began.
        return
    except FootnoteError as error:
        log.warning("not repaired", error=str(error))
        return
    if done is not Repaired.NOTHING:
        log.info("vectors repaired", how=done.value)


def show_manifest(url: str | None) -> None:
    """Print the app's manifest, for Socket Mode, or for events over HTTP at an address."""
    print_json(manifest(url))


def forget(person: str) -> None:
    """Delete what a person asked, and what was answered."""
    settings = load_settings()
    with wiring.inbox(settings) as inbox:
        count = inbox.forget_person(person)
    console().print(f"Forgotten: {count:,} question{'' if count == 1 else 's'} of {person}, and the answers.")


def _policy(settings: Settings) -> Policy:
    return Policy(
        workspaces=settings.allowed_workspaces,
        channels=settings.allowed_channels,
        users=settings.allowed_users,
        guests=settings.allow_guests,
        per_minute=settings.questions_per_minute,
        queue=settings.queue,
    )


def _connection(settings: Settings, http: str | None, health: str | None) -> Connection:
    token = _required(
        "SLACK_BOT_TOKEN", revealed(settings.slack_bot_token), "The bot token begins with xoxb-."
    )
    if http is None:
        app_token = _required(
            "SLACK_APP_TOKEN",
            revealed(settings.slack_app_token),
            "The app token, for Socket Mode, begins with xapp-.",
        )
        return Connection(
            token,
            settings.slack_api_url,
            app_token,
            None,
            None,
            _address("--health", health) if health else None,
        )
    secret = _required(
        "SLACK_SIGNING_SECRET",
        revealed(settings.slack_signing_secret),
        "Events over HTTP are verified with it.",
    )
    if health is not None:
        raise SettingsError(
            "--health goes without --http.", "With --http, health is served at the same address."
        )
    return Connection(token, settings.slack_api_url, None, secret, _address("--http", http), None)


def _required(name: str, value: str | None, what: str) -> str:
    if value is None:
        raise SettingsError(f"{name} is not set. {what}", _WHERE)
    return value


def _address(option: str, value: str) -> Address:
    host, colon, port = value.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536 or (colon and not host):
        raise SettingsError(
            f"{option} is {value!r}.", f"Write it like {option} 127.0.0.1:3000 or {option} 3000."
        )
    return Address(host.strip("[]") or "127.0.0.1", int(port))
