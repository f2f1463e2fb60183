"""The bot in Slack under load, as a process of its own measures it beside a workspace that stands in for Slack.

That is a part of the test suite, so there in a checkout, and not where only the packages are installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.errors import EvaluationError
from bot.evaluation.rows.slack import Load, SlackRun
from bot.evaluation.speed.processes import variables
from bot.settings import Settings

_CHECKOUT = Path(__file__).parents[2]
LOAD = _CHECKOUT / "tests" / "slack" / "load.py"


def slack_load(settings: Settings, questions: Sequence[str]) -> SlackRun:
    """Return how the bot bears the questions over the index that the settings name.

    Raises:
        EvaluationError: it could not be measured.
    """
    order = {
        "home": str(settings.home.absolute()),
        "questions": list(questions),
        "settings": variables(settings),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.slack.load"],
        input=json.dumps(order),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=_CHECKOUT,
        check=False,
    )
    if done.returncode:
        raise EvaluationError("The bot could not be measured; what it said stands above.", "Mend that.")
    measured = json.loads(done.stdout)
    return SlackRun(
        len(questions),
        measured["users"],
        measured["batches"],
        Load(**measured["lifted"]),
        Load(**measured["limited"]),
        measured["signs"],
    )
