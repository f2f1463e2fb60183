"""Starting: what a command takes from nothing, beside a bare process that does the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from bot import cli, wiring
from bot.evaluation.scratch import alone
from bot.evaluation.speed.bare import bare_process
from bot.evaluation.speed.pairs import Pair, in_turn
from bot.evaluation.speed.processes import COMMAND, environment, seconds_of
from bot.settings import Settings
from index.planning import Progress

_ROUNDS = 7
_HELP_ROUNDS = 15

_SCRIPT = """\
#!{python}
import sys
from empty_commands import main
if __name__ == '__main__':
    sys.exit(main())
"""
_MODULE = """\
import typer

app = typer.Typer()
{commands}

def main() -> None:
    app()
"""
_EMPTY_COMMAND = """

@app.command()
def command_{number}() -> None:
    pass
"""


def measure_cold_asks(settings: Settings, questions: Sequence[str], progress: Progress) -> list[Pair]:
    """Return what `footnote ask QUESTION` takes over the index, beside encoding the question in bare Python.

    Raises:
        EvaluationError: a process failed.
    """
    model = wiring.embedding_model(settings).files.folder
    rounds = list(islice(cycle(questions), _ROUNDS + 1))
    progress.begin("Asking from a cold start", len(rounds))
    return in_turn(
        lambda question: seconds_of([COMMAND, "ask", question], settings.home, environment(settings)),
        lambda question: bare_process(model, question, settings.home),
        rounds,
        progress,
        warm_ups=1,
    )


def measure_help(scratch: Path, settings: Settings, progress: Progress) -> list[Pair]:
    """Return what `footnote --help` takes, beside that of a typer app with as many commands that do nothing.

    Raises:
        EvaluationError: a process failed.
    """
    progress.begin("Asking for help", _HELP_ROUNDS + 1)
    with alone(scratch, "empty-commands") as place:
        place.mkdir(exist_ok=True)
        empty = _empty_app(place, len(cli.app.registered_commands) + len(cli.app.registered_groups))
        return in_turn(
            lambda _: seconds_of([COMMAND, "--help"], place, environment(settings)),
            lambda _: seconds_of([empty, "--help"], place),
            range(_HELP_ROUNDS + 1),
            progress,
            warm_ups=1,
        )


def _empty_app(folder: Path, commands: int) -> Path:
    """Write a typer app with so many empty commands, and return the script that runs it, like an installed one."""
    made = "".join(_EMPTY_COMMAND.format(number=number) for number in range(commands))
    (folder / "empty_commands.py").write_text(_MODULE.format(commands=made))
    script = folder / "empty"
    script.write_text(_SCRIPT.format(python=sys.executable))
    script.chmod(0o755)
    return script
