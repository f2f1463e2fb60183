"""`footnote remove`: articles are taken down, and stay away."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.prompt import Confirm
from rich.text import Text

from bot import wiring
from bot.cli import EXIT_ERROR, EXIT_SOME_FAILED
from bot.commands.progress import shown_progress
from bot.console import console
from bot.errors import SettingsError
from bot.logs import set_up_logs
from bot.records.inbox import Inbox
from bot.records.retractions import Retractions, Unchanged
from bot.settings import Settings, load_settings, revealed
from bot.visible import visible
from index.catalogue.records import Heading
from index.dates import format_date, start_of
from index.errors import IndexMissingError, WriterBusyError
from index.locks import writer_lock
from index.takedown.choosing import Choice, Wanted, buried, choose
from index.takedown.erasing import Eraser
from index.takedown.tombstones import Tombstones

_SHOWN = 20
_BOT_SECONDS = 60.0
"""How long a running bot is waited for that changes no further answer."""
_LOOK_AGAIN = 0.5
_NEXT_BOT = "SLACK_BOT_TOKEN is not set; the next footnote slack changes it"
_BOT_AT_WORK = "the running bot has not changed it yet, and goes on trying"
_STILL_HELD = (
    "A process that reads holds an older state of a database, in whose log the words stay until it lets go. Wait until "
    "it is done, or stop it, then run: footnote remove --retry"
)


def run(names: Sequence[str], publisher: str | None, before: str | None, *, dry_run: bool, yes: bool) -> int:
    """Take articles down; return the exit code.

    Raises:
        SettingsError: nothing is chosen, a date is none, a title is several articles', or nobody can be asked.
        IndexMissingError: nothing is indexed, or no such article.
        FootnoteError: what keeps it from being done; what is begun is finished by the next run.
    """
    settings = load_settings()
    wanted = Wanted(tuple(names), publisher, None if before is None else _moment(before))
    if wanted == Wanted():
        raise SettingsError(
            "Nothing is chosen.", "Name articles, or use --publisher, --before, --retry or --undo."
        )
    choice, copies = _look(settings, wanted)
    if not choice.articles:
        return _nothing_left(settings, wanted)
    _show(choice.articles, copies)
    if dry_run:
        return 0
    if not yes and not _confirmed(len(choice.articles)):
        sys.stderr.write("Nothing was withdrawn.\n")
        return EXIT_ERROR
    taken_back = _taken_back(settings)
    with shown_progress() as progress:
        eraser = Eraser(wiring.home(settings), wiring.quotes(settings), progress)
        purged = eraser.withdraw([each.article_id for each in choice.articles], _by(wanted, before))
    console().print(Text(f"Withdrawn: {_articles(len(choice.articles))}."))
    if quoting := _taken_back(settings) - taken_back:
        console().print(Text(f"Answers in Slack that quoted it: {quoting:,}."))
    return _finish(settings, purged=purged)


def retry() -> int:
    """Finish what earlier takedowns could not; return the exit code. Raises what `run` does."""
    settings = load_settings()
    with shown_progress() as progress:
        purged = Eraser(wiring.home(settings), wiring.quotes(settings), progress).go_on()
    if wiring.records_file(settings).exists():
        with wiring.records(settings) as database:
            wiring.retractions(database).try_again()
    return _finish(settings, purged=purged)


def undo(names: Sequence[str]) -> int:
    """Let articles be indexed again; return the exit code. Raises what `run` does."""
    settings = load_settings()
    if not names:
        raise SettingsError("Nothing is chosen.", "Name the articles: footnote remove --undo ARTICLE")
    home = wiring.home(settings)
    found, unknown = buried(names, Tombstones(home.tombstones).all())
    if unknown:
        raise IndexMissingError(
            f"Not withdrawn: {', '.join(unknown)}.", "footnote status --json lists what is."
        )
    ids = [each.article_id for each in found]
    quotes = wiring.quotes(settings)
    with shown_progress() as progress:
        # First, because an answer is not composed anew for ever.
        quotes.allow(ids)
        Eraser(home, quotes, progress).undo(ids)
    console().print(
        Text(f"Taken back: {_articles(len(ids))}. The next footnote reindex indexes what is still there.")
    )
    return 0


def _moment(before: str) -> datetime:
    found = start_of(before)
    if found is None:
        raise SettingsError(f"--before {before} is no date.", "Write it like 2026-03-01.")
    return found


def _by(wanted: Wanted, before: str | None) -> str:
    # Not the publisher's name, which is to be gone as well.
    options = ["ARTICLE" if wanted.names else None, "--publisher" if wanted.publisher is not None else None]
    return " ".join(filter(None, [*options, f"--before {before}" if before is not None else None]))


def _look(settings: Settings, wanted: Wanted) -> tuple[Choice, list[Heading]]:
    """Return what is chosen, and the articles that carry the same text and are not."""
    reader = wiring.catalogue(settings)
    try:
        with reader.snapshot() as snapshot:
            headings = snapshot.headings()
            choice = choose(wanted, headings)
            chosen = {each.version_id for each in choice.articles}
            pairs = snapshot.copies(chosen, None)
    finally:
        reader.close()
    for title, bearers in choice.ambiguous:
        ids = ", ".join(each.article_id for each in bearers[:_SHOWN])
        raise SettingsError(
            f"{title!r} is the title of {_articles(len(bearers))}.", f"Name one by its id: {ids}"
        )
    _, unknown = buried(choice.unknown, Tombstones(wiring.home(settings).tombstones).all())
    if unknown and choice.articles:
        raise IndexMissingError(
            f"Not indexed: {', '.join(unknown)}.", "Nothing was withdrawn; leave it out, or mend it."
        )
    digests = {each.digest for each in choice.articles}
    concerned = {each.version_id for pair in pairs for each in pair} - chosen
    return choice, [each for each in headings if each.version_id in concerned and each.digest not in digests]


def _nothing_left(settings: Settings, wanted: Wanted) -> int:
    """Say that nothing is to be done, if what is wanted was withdrawn before."""
    tombstones = Tombstones(wiring.home(settings).tombstones).all()
    found, unknown = buried(wanted.names, tombstones)
    if unknown or not found:
        said = f": {', '.join(unknown)}" if unknown else ""
        raise IndexMissingError(
            f"No indexed article is what was asked for{said}.",
            "footnote search --json shows the ids of articles.",
        )
    console().print(Text(f"Withdrawn before: {_articles(len(found))}."))
    return retry()


def _show(articles: Sequence[Heading], copies: Sequence[Heading]) -> None:
    out = console()
    out.print(Text(f"To be withdrawn: {_articles(len(articles))}.", style="bold"))
    _show_headings(articles)
    if copies:
        out.print(
            Text(f"Staying, with the same text: {_articles(len(copies))}. If they must go, name them, too:")
        )
        _show_headings(copies)


def _show_headings(articles: Sequence[Heading]) -> None:
    out = console()
    for each in articles[:_SHOWN]:
        published = datetime.fromtimestamp(each.published, UTC) if each.published is not None else None
        details = (
            each.title or "untitled",
            each.publisher,
            published and format_date(published),
            each.article_id,
        )
        out.print(Text("  " + ", ".join(visible(detail) for detail in details if detail)), soft_wrap=True)
    if len(articles) > _SHOWN:
        out.print(Text(f"  and {len(articles) - _SHOWN:,} more"))


def _confirmed(count: int) -> bool:
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise SettingsError(
            "Without a terminal, nobody can be asked whether to go on.",
            "Add --yes, or look first with --dry-run.",
        )
    try:
        return Confirm.ask(f"Withdraw {_articles(count)}?", console=console(errors=True), default=False)
    except EOFError:
        return False


def _finish(settings: Settings, *, purged: bool) -> int:
    """Have posted answers changed, and say what is left to do."""
    unchanged = _take_answers_back(settings) if wiring.records_file(settings).exists() else []
    if not purged:
        sys.stderr.write(_STILL_HELD + "\n")
    for each in unchanged:
        sys.stderr.write(visible(f"Not changed in Slack: {each.channel} {each.ts} ({each.reason})") + "\n")
    if unchanged:
        sys.stderr.write("They still show what was withdrawn. To try again: footnote remove --retry\n")
    return EXIT_SOME_FAILED if unchanged or not purged else 0


def _taken_back(settings: Settings) -> int:
    if not wiring.records_file(settings).exists():
        return 0
    with wiring.records(settings) as database:
        return wiring.retractions(database).count()


def _take_answers_back(settings: Settings) -> list[Unchanged]:
    """Have answers in Slack changed, by the bot if it runs; return the messages that are not."""
    with wiring.records(settings) as database:
        retractions = wiring.retractions(database)
        waiting = ""
        if retractions.shown():
            try:
                with writer_lock(wiring.bot_lock(settings)):
                    waiting = _change(settings, Inbox(database), retractions)
            except WriterBusyError:
                waiting = _wait_for_the_bot(retractions)
        left = retractions.shown_messages(waiting)
        return [*left, *retractions.unchanged()]


def _change(settings: Settings, inbox: Inbox, retractions: Retractions) -> str:
    """Change the answers; return why those that are left are left."""
    token = revealed(settings.slack_bot_token)
    if token is None:
        return _NEXT_BOT
    from bot.slack.retracting import take_back

    log = set_up_logs(settings.log_format, "error", (token,))
    with shown_progress() as progress:
        take_back(inbox, retractions, token, settings.slack_api_url, log, progress)
    return "not changed yet"


def _wait_for_the_bot(retractions: Retractions) -> str:
    left, since = len(retractions.shown()), time.monotonic()
    while left and time.monotonic() - since < _BOT_SECONDS:
        time.sleep(_LOOK_AGAIN)
        now = len(retractions.shown())
        if now < left:
            left, since = now, time.monotonic()
    return _BOT_AT_WORK


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
