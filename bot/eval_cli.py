"""The part of the command line that evaluates: `footnote eval`, and what belongs to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup


class _EvalGroup(TyperGroup):
    """Commands, of which the one that asks the cases need not be named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the command that is left out: `footnote eval CASES` is `footnote eval run CASES`."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


eval_app = typer.Typer(
    cls=_EvalGroup,
    no_args_is_help=True,
    epilog="The options of footnote eval PATH... are those of run: footnote eval run --help",
)


@eval_app.callback()
def evaluate() -> None:
    """Put question cases to the bot and show how it did: footnote eval PATH..."""


@eval_app.command()
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files of question cases, and folders that hold some (*.cases.yaml).", show_default=False
        ),
    ] = None,
    data_set: Annotated[
        str | None,
        typer.Option(
            "--dataset",
            metavar="KIND",
            help="The path is a published data set: beir FOLDER, squad FILE or news FOLDER.",
        ),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write everything to a file as JSON.")
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a report as one web page.")
    ] = None,
    fail_under: Annotated[
        str | None,
        typer.Option(
            metavar="FIGURES", help="Exit with 1 where one is less, like answered=0.9,decline_f1=0.8."
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Ask only so many cases of a file, evenly spread over it.")
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option(
            metavar="PROVIDER:MODEL",
            help="A language model that judges each answer as well, and how often it agrees with the cases.",
        ),
    ] = None,
    judge_base_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Its server. [default: FOOTNOTE_CHAT_BASE_URL, where that is of its provider]"
        ),
    ] = None,
) -> None:
    """Put question cases to the bot, and show how it did (need not be named: footnote eval PATH...).

    A file that names articles is asked of these, indexed beside the configured index; another one of the
    configured index. The figures of --json are what --fail-under and compare take.

    Exit codes: 0 done, 1 failed or under a figure, 2 wrong usage or a wrong case, 3 nothing is indexed.
    """
    from bot.commands.evaluate import run as evaluate_cases

    raise typer.Exit(
        evaluate_cases(
            paths or [],
            data_set=data_set,
            json_file=json_file,
            html_file=html_file,
            fail_under=fail_under,
            limit=limit,
            judge_name=judge,
            judge_base_url=judge_base_url,
        )
    )


@eval_app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="What footnote eval --json wrote before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="What it wrote now.")],
) -> None:
    """Show what changed from one evaluation to another, and which cases flipped.

    Judged are passed, answered, decline_recall and ndcg@10, each worse or better where chance does not explain the
    difference (paired bootstrap, 95 in 100).

    Exit codes: 0 not worse, 1 worse beyond noise or failed, 2 wrong usage.
    """
    from bot.commands.compare import run as compare_reports

    raise typer.Exit(compare_reports(old, new))


@eval_app.command()
def draft(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Articles: folders and files. [default: FOOTNOTE_ARTICLES, or the index]", show_default=False
        ),
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="How many cases.")] = 40,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A new *.cases.yaml file. [default: print them]")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another number gives other cases.")] = 0,
) -> None:
    """Propose question cases from your own articles, for a person to review.

    Questions that a sentence answers, made from figures, names and dates, and near misses, in which one detail was
    exchanged. English only. Read each before you rely on it: above it stands the sentence that it was made from.

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing is indexed, 4 some files could not be read.
    """
    from bot.commands.draft import run as draft_cases

    raise typer.Exit(draft_cases(paths or [], count, out, seed))


@eval_app.command()
def schema() -> None:
    """Print the JSON Schema of *.cases.yaml files, for editors that check and complete them as they are written."""
    from bot.evaluation.case_schema import schema_text

    typer.echo(schema_text(), nl=False)
