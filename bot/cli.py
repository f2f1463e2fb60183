"""The command line. It imports what a command needs only when that command runs, so that --help is instant."""

from __future__ import annotations

import atexit
import gc
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from bot.eval_cli import eval_app
from index.errors import FootnoteError, IndexMissingError

EXIT_ERROR = 1
EXIT_USAGE = 2
EXIT_NOTHING_INDEXED = 3
EXIT_SOME_FAILED = 4
_EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="footnote",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Answers questions over a collection of news articles, each sentence with a footnote.",
    epilog="Start with: footnote reindex FOLDER, then: footnote ask 'how many ...?'",
)

Since = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only articles published on or after this day, like 2026-03-01."),
]
Until = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only articles published up to the end of this day.")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Only articles of this publisher.")]
AskedAt = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="Answer as of then: what was published later does not exist. [default: now]"
    ),
]


@app.command()
def reindex(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders and files to read. [default: FOOTNOTE_ARTICLES]", show_default=False),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Read and embed everything anew, beside the index that is served.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    every: Annotated[
        str | None, typer.Option(metavar="INTERVAL", help="Repeat until stopped, like 30s, 10m or 1h.")
    ] = None,
) -> None:
    """Bring the index in line with the articles in files.

    Only what is new or changed is embedded. Articles whose files are gone from under the paths leave the
    index; what came from other paths stays. Read are .txt, .md, .html, .pdf, .docx, .jsonl and .jsonl.gz.
    With --full, a catalogue that cannot be read is set aside, and without any paths the articles that the index
    holds are embedded anew, as after a change of the embedding model.

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing is indexed, 4 some files could not be read.
    """
    from bot.commands.reindex import run

    raise typer.Exit(run(paths or [], full=full, dry_run=dry_run, every=every))


@app.command()
def remove(
    articles: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARTICLE]...",
            help="Articles by id, URL, file (FILE or FILE:LINE) or title.",
            show_default=False,
        ),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="The articles of this publisher.")
    ] = None,
    before: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Those published before this day; undated ones stay."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be withdrawn, and withdraw nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Let these articles be indexed again by the next reindex.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Finish what earlier withdrawals could not.")
    ] = False,
) -> None:
    """Withdraw articles for good: from the index, from every byte of its files, and from answers that quote them.

    They stay away while their files are still there, and footnote status lists them. Articles, --publisher and --before
    narrow each other. Answers in Slack that quote them are changed to say so.

    Exit codes: 0 done, 1 failed, or not confirmed, 2 wrong usage, 3 nothing is indexed, or no such article, 4 done, but
    an answer in Slack could not be changed, or a reader still holds the old bytes.
    """
    from bot.commands import remove as command

    if undo and (retry or publisher or before or dry_run):
        raise typer.BadParameter("goes with articles alone", param_hint="--undo")
    if retry and (articles or publisher or before or dry_run):
        raise typer.BadParameter("goes alone", param_hint="--retry")
    if undo:
        raise typer.Exit(command.undo(articles or []))
    if retry:
        raise typer.Exit(command.retry())
    raise typer.Exit(command.run(articles or [], publisher, before, dry_run=dry_run, yes=yes))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question; - reads one JSON object a line instead.")],
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    asked_at: AskedAt = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Show the nearest sentence, what the confidence was made of, and what a language model wrote in vain.",
        ),
    ] = False,
    as_slack: Annotated[
        bool,
        typer.Option(
            "--slack", help="Print the message that Slack would show (more where it is long), as JSON."
        ),
    ] = False,
) -> None:
    """Answer a question from the articles, with footnotes, or say that they do not hold the answer.

    With - as the question, each line of the input is an object such as {"id": "1", "question": "Who won?",
    "asked_at": "2026-03-01"}, and each line of the output the answer to it, in the same order.

    Exit codes: 0 answered or declined, 1 failed, 2 wrong usage, 3 nothing is indexed.
    """
    from bot.commands.ask import ask_batch, ask_once

    if question == "-" and as_slack:
        raise typer.BadParameter("shows one answer; batch mode has none", param_hint="--slack")
    if question == "-":
        raise typer.Exit(ask_batch(since, until, publisher, asked_at, explain=explain))
    ask_once(question, since, until, publisher, asked_at, as_json=as_json, explain=explain, as_slack=as_slack)


@app.command()
def chat(
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    asked_at: AskedAt = None,
) -> None:
    """Ask one question after another, where each may lean on what came before: "and in 2021?", "who said so?".

    The last ten questions and answers are remembered. /new starts afresh, /quit or Ctrl-D ends, and Ctrl-C
    breaks off an answer. Without a terminal, each line of the input is a question.

    Exit codes: 0 ended, 1 failed, 2 wrong usage, 3 nothing is indexed.
    """
    from bot.commands.chat import run

    run(since, until, publisher, asked_at)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for; - reads one JSON object a line instead.")],
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    asked_at: AskedAt = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many articles.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Show the passages that a question finds, the best of each article, with what their scores are made of.

    With - as the query, it reads and writes JSON lines as `footnote ask -` does.
    """
    from bot.commands.search import search_batch, search_once

    if query == "-":
        raise typer.Exit(search_batch(since, until, publisher, asked_at, limit=limit))
    search_once(query, since, until, publisher, asked_at, limit=limit, as_json=as_json)


@app.command()
def verify(
    lines: Annotated[
        str,
        typer.Argument(metavar="-", help="Always -: sentences and passages are read from standard input."),
    ],
) -> None:
    """Tell of sentences whether passages say what they say, as each sentence of a language model's answer is checked.

    Each line of the input is an object such as {"id": 1, "sentence": "The toll is 19 crowns.", "passages": ["The toll
    rose to 19 crowns in May."]}, each line of the output what is found, in the same order: {"id": 1, "supported": true,
    "reasons": []}. A passage may also be an object: {"text": ..., "title": ..., "publisher": ..., "published_at": ...}.
    Nothing has to be indexed. Where FOOTNOTE_VERIFIER_MODEL names a cross-encoder, it is asked as well.

    Exit codes: 0 done, 1 failed, or a line holds something else, 2 wrong usage.
    """
    from bot.commands.verify import run

    if lines != "-":
        raise typer.BadParameter("reads standard input; write: footnote verify - < FILE", param_hint="-")
    raise typer.Exit(run())


slack_app = typer.Typer(invoke_without_command=True, no_args_is_help=False)
app.add_typer(slack_app, name="slack")


@slack_app.callback()
def slack(
    context: typer.Context,
    http: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT",
            help="Take events over HTTP here, instead of over Slack's socket. [host: 127.0.0.1]",
        ),
    ] = None,
    health: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT", help="Serve /healthz, /readyz and /metrics here. [host: 127.0.0.1]"
        ),
    ] = None,
) -> None:
    """Answer questions in Slack: mentions, direct messages, the agent pane, and follow-ups in threads.

    Needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or, with --http, SLACK_SIGNING_SECRET; the README shows how to make the
    app. Events go to /slack/events, and /healthz, /readyz and /metrics are served beside it. SIGTERM or Ctrl-C
    finishes what is under way; what is left is answered after the next start.

    Exit codes: 0 stopped, 1 failed, 2 wrong usage, 3 nothing is indexed.
    """
    if context.invoked_subcommand is None:
        from bot.commands.slack import run_bot

        run_bot(http, health)


@slack_app.command()
def manifest(
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where Slack reaches the bot over HTTPS. [default: Socket Mode]"),
    ] = None,
) -> None:
    """Print the manifest to make the Slack app from, with the fewest scopes; docs/slack.md explains each."""
    from bot.commands.slack import show_manifest

    show_manifest(url)


@app.command()
def forget(
    user: Annotated[str, typer.Argument(help="The person's id in Slack, like U012ABCDEF.")],
) -> None:
    """Delete what one person asked in Slack, and what was answered, from the records. What was posted stays there."""
    from bot.commands.slack import forget as forget_person

    forget_person(user)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what the index holds: articles, passages, publishers, dates, model, size, last reindex."""
    from bot.commands.status import show_status

    show_status(as_json=as_json)


@app.command()
def doctor(
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended without losing anything.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Look over settings, models, index, vectors, Slack records, versions and clock, and say what to do where needed.

    Nothing is downloaded, and no language model asked. With --fix, Chroma's folder is rebuilt from the catalogue where
    it is missing, damaged or differs, the full-text table made anew, what a killed process left cleared up, and the
    home's folder made. A damaged catalogue is left as it is.

    Exit codes: 0 no problems (there may be warnings), 1 problems are left, 2 wrong usage.
    """
    from bot.commands.doctor import run

    raise typer.Exit(run(fix=fix, as_json=as_json))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there.")] = False,
) -> None:
    """Back up the index and the Slack records to one file, while they are in use.

    It holds the articles' texts and vectors as they were at one moment, and what was asked in Slack; no keys, and not
    the files that the articles came from. It takes twice its size on the disk while it is written.

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing is indexed.
    """
    from bot.commands.backup import back_up

    back_up(file, overwrite=overwrite)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that footnote backup has written.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the index that is there.")
    ] = False,
) -> None:
    """Make FOOTNOTE_HOME what a backup holds, on this machine or another one.

    The backup is checked before anything is changed. No footnote slack or reindex may be running; readers may, and
    answer from what was restored as soon as it is in place. Killed anywhere, the home is the old one or the new one.
    With --replace, the index and the Slack records that are there are lost.

    Exit codes: 0 done, 1 failed, 2 wrong usage.
    """
    from bot.commands.backup import restore as restore_backup

    restore_backup(file, replace=replace)


app.add_typer(eval_app, name="eval")


@app.command()
def calibrate(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="CASES...", help="Files of question cases, and folders that hold some."),
    ],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write it, for FOOTNOTE_CALIBRATION to point at.")
    ] = Path("calibration.json"),
) -> None:
    """Tune from which confidence on to answer, on your own question cases.

    Shows how the tuned threshold does on cases that it was not tuned on, beside the one that Footnote comes with. It
    takes 20 cases that the articles answer and 20 that they do not, at least.

    Exit codes: 0 done, 1 failed, 2 wrong usage, a wrong case or too few, 3 nothing is indexed.
    """
    from bot.commands.calibrate import run

    raise typer.Exit(run(paths, out))


def main() -> None:
    """Run the command line; the one place where errors become a line for the user and an exit code."""
    # Python would look for cycles in all of the model's library before it ends, for more than a second.
    atexit.register(gc.freeze)
    # What the terminal's encoding lacks is written as an escape; in JSON that is even the right one.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except FootnoteError as error:
        _complain(error)
        sys.exit(_exit_code(error))
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(_EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of the output has seen enough; without this, closing it complains once more.
        sys.stdout = None
        sys.exit(EXIT_ERROR)
    except OSError as error:
        # A full disk under the output, a working directory that is gone, a path too long: the system's own words.
        sys.stderr.write(f"Error: {error.strerror or error}{_about(error)}. Mend that, then run it again.\n")
        sys.stdout = None
        sys.exit(EXIT_ERROR)


def _complain(error: FootnoteError) -> None:
    from bot.visible import visible

    sys.stderr.write(f"Error: {visible(str(error))}\n")


def _about(error: OSError) -> str:
    from bot.visible import visible

    return f": {visible(str(error.filename))[:200]}" if error.filename else ""


def _exit_code(error: FootnoteError) -> int:
    from bot.errors import CaseError, QuestionError, SettingsError

    if isinstance(error, IndexMissingError):
        return EXIT_NOTHING_INDEXED
    return EXIT_USAGE if isinstance(error, SettingsError | QuestionError | CaseError) else EXIT_ERROR
