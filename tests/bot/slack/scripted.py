"""The bot with a scripted writer for a language model, over real sockets: in this process, or in one to be killed."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from bot.answers import Answer, Claim, Written
from bot.index_glance import IndexGlance
from bot.logs import Log, set_up_logs
from bot.questions import Question
from bot.records.inbox import Inbox
from bot.records.retractions import Retractions
from bot.slack.access import Policy
from bot.slack.bot import wait_for_a_signal
from bot.slack.running import Connection, ReadyAnswerer, run
from index.catalogue.reading import CatalogueReader
from index.soundness import Soundness
from tests.bot import made
from tests.bot.records.asked import new_inbox, open_inbox, open_retractions
from tests.bot.slack.stand_ins import Kept
from tests.slack.nursery import Forked, Nursery
from tests.slack.running_bot import is_settled
from tests.slack.state import Message
from tests.slack.workspace import Workspace

SENTENCES = ("The toll is 40 euros.", "It was 30 euros before.", "Lorries pay <!channel> twice *that*.")
ARTICLE = made.article(" ".join(SENTENCES))
QUESTION = "What is the toll?"


def written(question: Question, sentences: tuple[str, ...] = SENTENCES) -> Answer:
    """Return the whole answer, each sentence with its citation."""
    citations = (made.citation(ARTICLE, each, number) for number, each in enumerate(sentences, start=1))
    return made.answer(*citations, question=question, model="scripted", written=Written("", ()))


@dataclass(slots=True)
class Writer:
    """Writes the answer sentence by sentence; `pause` is called with the question after each."""

    pause: Callable[[str], object]

    def warm_up(self) -> None:
        """There is nothing to load."""

    def answer(self, question: Question, told: Callable[[Claim], None] | None = None) -> Answer:
        answer = written(question)
        for claim in answer.claims:
            if told is not None:
                told(claim)
            self.pause(question.text)
        return answer


@contextmanager
def bot_with(answerer: ReadyAnswerer, workspace: Workspace, folder: Path) -> Iterator[Kept]:
    """Run the bot in this process, over Socket Mode, with new records in a folder; gives its log."""
    stopped, log = threading.Event(), Kept()

    def until() -> None:
        stopped.wait()

    with new_inbox(folder) as inbox, open_retractions(folder / "records.sqlite3") as retractions:
        running = threading.Thread(
            target=_run, args=(workspace.api_url, inbox, retractions, answerer, log, until)
        )
        running.start()
        try:
            workspace.wait_for(lambda: workspace.connections)
            yield log
        finally:
            stopped.set()
            running.join()


def _run(
    api_url: str,
    inbox: Inbox,
    retractions: Retractions,
    answerer: ReadyAnswerer,
    log: Log,
    until: Callable[[], None] = wait_for_a_signal,
) -> None:
    connection = Connection(Workspace.bot_token, api_url, Workspace.app_token, None, None, None)
    glance = IndexGlance(CatalogueReader(Path("/no/catalogue")), Soundness(Path("/no/chroma")))
    run(
        connection,
        inbox,
        retractions,
        answerer,
        glance,
        Policy(guests=True),
        log,
        follow_threads=False,
        retention_days=0,
        written=True,
        prepare=lambda: None,
        until=until,
    )


class Killable:
    """The bot in a process of its own, with its records in a folder; it pauses while the file `hold` is there."""

    def __init__(self, nursery: Nursery, workspace: Workspace, folder: Path) -> None:
        self._nursery = nursery
        self._workspace = workspace
        self._folder = folder
        self.hold = folder / "hold"
        self._process: Forked | None = None

    def __enter__(self) -> Killable:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Start it, and wait until it hears."""
        told = [self._workspace.api_url, str(self._folder)]
        log = self._folder / "bot.log"
        self._process = self._nursery.start(told, os.environ, log, f"{__name__}:{main.__name__}")
        self._workspace.wait_for(lambda: self._workspace.connections, 30)

    def kill(self) -> None:
        """End it, at whatever it is."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._workspace.wait_for(lambda: not self._workspace.connections)


def main() -> None:
    """Run the bot that is killed."""
    api_url, folder = sys.argv[1], Path(sys.argv[2])

    def pause(_question: str) -> None:
        while (folder / "hold").exists():
            time.sleep(0.01)

    log = set_up_logs("text", "error", ())
    records = folder / "records.sqlite3"
    with open_inbox(records) as inbox, open_retractions(records) as retractions:
        _run(api_url, inbox, retractions, Writer(pause), log)


def said(workspace: Workspace, channel: str, ts: str) -> list[Message]:
    """Return what the bot has written in a thread."""
    return [each for each in workspace.thread(channel, ts) if each.get("bot_id") == workspace.bot_id]


def whole_answer(workspace: Workspace, channel: str, ts: str, seconds: float = 20.0) -> Message:
    """Return the answer once it is whole, and the only message there."""

    def is_whole() -> bool:
        found = said(workspace, channel, ts)
        return len(found) == 1 and is_settled(found[0])

    workspace.wait_for(is_whole, seconds)
    (answer,) = said(workspace, channel, ts)
    assert not workspace.is_streaming(channel, answer["ts"])
    return answer
