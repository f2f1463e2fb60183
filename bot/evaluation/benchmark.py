"""The benchmark: how well the product finds, answers and declines, in one table.

    python -m bot.evaluation.benchmark [DATA] [--only PARTS] [--scratch FOLDER] [--limit N] [--save FILE]

Everything goes through the product as `bot.wiring` builds it, over scratch indexes. docs/benchmarks.md says what is
measured, and what is held out from what.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import FootnoteError

if TYPE_CHECKING:
    from bot.evaluation.bench import MeasuredProduct
    from bot.evaluation.rows.figures import Measured
    from bot.settings import Settings

_COMMAND = "python -m bot.evaluation.benchmark"

EXIT_FAILED = 1
_EXIT_INTERRUPTED = 130

_EPILOG = """\
parts:
  scifact      DATA/scifact, in BEIR's layout: is the right abstract ranked high?
  news         DATA/news: is the article found as of the question's date, is the answer in the quotes?
  squad        DATA/squad/dev.json, version 2.0: is the first sentence right, is what cannot be answered declined,
               is the confidence what it says? Takes longest: three indexes, thousands of questions.
  near-misses  tests/fixtures: is a question declined whose detail was exchanged? Needs a checkout, nothing of DATA.
  speed        DATA/news: what does the product take beside what cannot be spared? All of these, which want a machine
               at rest; most of them again is a matter of seconds, once their indexes are made.
  speed-reindex    reindexing the articles, over a bare encode of their texts: twenty minutes, without --limit
  speed-unchanged  reindexing 10,000 small files when nothing has changed
  speed-changed    the same when one has
  speed-ask        answering, over encoding the question alone
  speed-growth     answering over 200,000 passages, over the same over DATA/news; some minutes to make, 6 GB
  speed-cold       `footnote ask`, over encoding the question in bare Python
  speed-help       `footnote --help`, over an app of empty commands; nothing of DATA
  speed-memory     the memory of a reindex of 20,000 passages: some minutes
  speed-disk       the index on disk, over the text of its passages
  slack        tests/slack: are 100 questions at once all answered in Slack, how fast, how soon is there a sign of life?
               Wants a machine at rest, and a checkout with the product installed; nothing of DATA.
  model        tests/model: what does a small language model write, and does the plain check find fault with what is
               shown of it? Needs a checkout and the model (make install-model), nothing of DATA, and half an hour.
  verifier     tests/fixtures: are wrong sentences told from right ones? Needs a checkout, nothing of DATA.

A part whose data is not there is skipped. Scratch indexes are kept and used again while articles, model and the code
that builds indexes stay the same; delete the folder at any time. Progress goes to standard error, the table to standard
output. The settings (FOOTNOTE_PASSAGES, FOOTNOTE_LEXICAL_WEIGHT, ...) are those of `footnote ask`.

Without DATA, only near-misses, speed-help, slack, model and verifier can be measured, and have to be named.

Try it out first:
  python -m bot.evaluation.benchmark DATA --only news --limit 10

Exit codes: 0 done, 1 something failed or nothing was measured, 2 wrong usage."""


def main(arguments: Sequence[str] | None = None, product: MeasuredProduct | None = None) -> int:
    """Run the benchmark as the command line says; `product` is what is measured, the real one unless given."""
    parser = _parser()
    options = parser.parse_args(arguments)
    # What measures imports torch and Chroma, which --help does not need.
    from bot.commands.progress import shown_progress
    from bot.evaluation.bench import Bench, MeasuredProduct
    from bot.evaluation.parts import GROUPS, PARTS
    from bot.evaluation.running import measure
    from bot.settings import cache_folder

    asked = _asked(parser, options.only, (*PARTS, *GROUPS))
    wanted = {part for name in asked for part in GROUPS.get(name, (name,))}
    names = [name for name in PARTS if name in wanted]
    settings = _checked(parser, options, [name for name in names if PARTS[name].data is not None])
    with shown_progress() as progress:
        bench = Bench(
            data=options.data or Path(),
            scratch=options.scratch or cache_folder() / "scratch",
            settings=settings,
            progress=progress,
            say=_say,
            limit=options.limit,
            product=product or MeasuredProduct(),
        )
        measured, failed = measure(names, bench)
    command = _command(options.data is not None, asked if options.only else (), options.limit)
    reported = _reported(command, settings, measured, options.save)
    return 0 if reported and not failed else EXIT_FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_COMMAND,
        description="Measures how well Footnote finds, answers and declines, and prints the figures as one table.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "data", metavar="DATA", type=Path, nargs="?", help="the folder that holds scifact, news and squad"
    )
    parser.add_argument("--only", metavar="PARTS", help="measure these parts, like news,squad [default: all]")
    parser.add_argument(
        "--scratch",
        metavar="FOLDER",
        type=Path,
        help="where indexes are kept [default: a per-user cache folder]",
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=_count,
        help="ask at most N questions of each kind, of N articles or files, for trying it out",
    )
    parser.add_argument(
        "--save",
        metavar="FILE",
        type=Path,
        help="write the table, and how reliable confidence is, between the marks of a Markdown file as well, "
        "like docs/benchmarks.md; the rest of it stays",
    )
    return parser


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return count


def _asked(parser: argparse.ArgumentParser, only: str | None, names: Sequence[str]) -> list[str]:
    """Return the names of what to measure, in the order of `names`; end the program where one is unknown."""
    if only is None:
        return list(names)
    asked = [name.strip() for name in only.split(",")]
    for name in asked:
        if name not in names:
            parser.error(f"--only {name}: there is no such part; the parts are {', '.join(names)}")
    return [name for name in names if name in asked]


def _checked(
    parser: argparse.ArgumentParser, options: argparse.Namespace, needing_data: Sequence[str]
) -> Settings:
    """Return the settings, or end the program, before anything is measured, where something could not work."""
    from bot.evaluation.table import check_marks
    from bot.settings import load_settings

    if options.data is None and needing_data:
        parser.error(f"DATA is missing, the folder of the question sets; {needing_data[0]} needs it")
    if options.data is not None and not options.data.is_dir():
        parser.error(f"{options.data} is no folder; DATA is the one that holds scifact, news and squad")
    try:
        if options.save:
            check_marks(options.save)
        return load_settings()
    except FootnoteError as error:
        parser.error(str(error))


def _reported(command: str, settings: Settings, measured: Measured, file: Path | None) -> bool:
    """Print the table, and save it where there is a file for it; return whether there was one."""
    from bot.evaluation.surroundings import settings_in_words, surroundings
    from bot.evaluation.table import as_markdown, as_text, save

    if not measured.rows:
        _say("Nothing was measured.")
        return False
    facts = [("command", command), ("settings", settings_in_words(settings)), *surroundings()]
    sys.stdout.write(as_text(facts, measured.rows))
    if file:
        save(file, as_markdown(facts, measured.rows, measured.reliability))
    return True


def _command(data: bool, only: Sequence[str], limit: int | None) -> str:
    """Return the command as anyone would repeat it: where folders lie on this machine has no part in the figures."""
    said = [_COMMAND, "DATA"] if data else [_COMMAND]
    said += ["--only", ",".join(only)] if only else []
    said += ["--limit", str(limit)] if limit else []
    return " ".join(said)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _run() -> int:
    # What the terminal's encoding lacks is written as an escape.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return main()
    except FootnoteError as error:
        _say(f"Error: {error}")
        return EXIT_FAILED
    except KeyboardInterrupt:
        _say("Stopped.")
        return _EXIT_INTERRUPTED


if __name__ == "__main__":
    sys.exit(_run())
