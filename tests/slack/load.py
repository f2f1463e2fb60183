"""How the bot bears many questions at once: measured on the real process, beside the stand-in workspace.

    python -m tests.slack.load < ORDER

The order is a JSON object: `home`, a folder that holds an index, `questions`, and `settings` for the
environment. What was measured comes out as another one; progress goes to standard error. The benchmark runs it.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.process import RunningReader
from tests.slack.running_bot import RunningBot, command, is_settled
from tests.slack.workspace import Workspace

USERS = 20
ROOMS = 4
"""Channels that the users share."""
WARM_UPS = 10
SIGNS = 40
"""Questions asked one after another."""
_REST = 0.05
_PATIENCE = 240.0
_UNBOUNDED = {"FOOTNOTE_QUESTIONS_PER_MINUTE": "0", "FOOTNOTE_QUEUE": "0"}


def main() -> None:
    """Measure what the standard input orders."""
    order = json.load(sys.stdin)
    home, settings = Path(order["home"]), order["settings"]
    questions: list[str] = order["questions"]
    with RunningReader(home, "ask", **settings) as batch:
        seconds_of(batch, _first(questions, WARM_UPS))
        batches = [seconds_of(batch, questions)]
        with Workspace() as workspace, running(workspace, home, **_UNBOUNDED, **settings):
            crowd = Crowd(workspace)
            signs = [crowd.first_sign(each) for each in _first(questions, WARM_UPS + SIGNS)][WARM_UPS:]
            _say(f"Slack without limits: {len(questions):,} at once")
            lifted = crowd.ask_at_once(questions)
        batches.append(seconds_of(batch, questions))
    with Workspace() as workspace, running(workspace, home, **settings):
        workspace.rate_limited = True
        _say(f"Slack with limits: {len(questions):,} at once")
        limited = Crowd(workspace).ask_at_once(questions)
    measured = {"users": USERS, "batches": batches, "signs": signs, "lifted": lifted, "limited": limited}
    sys.stdout.write(json.dumps(measured) + "\n")


@contextmanager
def running(workspace: Workspace, home: Path, **settings: str) -> Iterator[None]:
    """Run the bot over a copy of an index, without anything of what was asked before."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home, copy)
        with RunningBot(workspace, copy, begin=command, **settings) as bot:
            yield
            bot.stop()


def _first(questions: Sequence[str], count: int) -> list[str]:
    return [questions[number % len(questions)] for number in range(count)]


def seconds_of(reader: RunningReader, questions: Sequence[str]) -> float:
    """Return how long `footnote ask -` takes to answer the questions."""
    _say(f"ask -: {len(questions):,}")
    began = time.monotonic()
    reader.ask_all(questions)
    return time.monotonic() - began


class Crowd:
    """The people who ask, some in channels, some directly."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._people = [f"U0CROWD{number}" for number in range(USERS)]
        for user in self._people:
            workspace.add_user(user, user.lower())
        for room in range(ROOMS):
            workspace.add_channel(f"C0ROOM{room}", f"room-{room}", members=self._people)

    def first_sign(self, question: str) -> float:
        """Ask, and return the seconds from the event to the first message or status, once there is an answer."""
        workspace = self._workspace
        place, ts = self._ask(len(workspace.deliveries), question)
        workspace.wait_for_answer(place, ts, _PATIENCE, settled=is_settled)
        sent = workspace.deliveries_about(ts)[0].attempts[0].at
        threads = ("chat.postMessage", "assistant.threads.setStatus")
        signs = [
            call.at
            for name in threads
            for call in workspace.calls_of(name)
            if call.arguments["thread_ts"] == ts
        ]
        time.sleep(_REST)
        return min(signs) - sent

    def ask_at_once(self, questions: Sequence[str]) -> dict[str, float]:
        """Ask all the questions; return how many were answered or declined, and in how many seconds all of them."""
        began = time.monotonic()
        asked = [self._ask(number, question) for number, question in enumerate(questions)]
        try:
            for place, ts in asked:
                self._workspace.wait_for_answer(place, ts, _PATIENCE, settled=is_settled)
        except TimeoutError:
            _say("not all were answered")
        took = time.monotonic() - began
        return {"answered": sum(self._is_answered(*each) for each in asked), "seconds": took}

    def _ask(self, number: int, question: str) -> tuple[str, str]:
        user = self._people[number % USERS]
        directly = number // USERS % 2 == 1
        place = f"D{user[1:]}" if directly else f"C0ROOM{number % ROOMS}"
        return place, self._workspace.say(user, question, place, mention=not directly)

    def _is_answered(self, place: str, ts: str) -> bool:
        said = [each for each in self._workspace.thread(place, ts) if each["ts"] != ts]
        return len(said) == 1 and is_settled(said[0]) and "as of " in said[0]["text"]


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
