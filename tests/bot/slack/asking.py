"""Somebody who asks the running bot, and what they can see of what comes of it."""

from __future__ import annotations

import itertools
import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.commands.progress import NoProgress
from bot.wiring import PASSAGE_SIZE
from index.embedding import Embedder
from index.home import Home
from index.reindexing import Reindexer
from tests.slack.running_bot import RunningBot, is_settled
from tests.slack.state import BOT, Message
from tests.slack.workspace import Workspace

README_QUESTION = "how many ISKP fighters did CSTO estimate?"
BORDER = "https://lanternfield-review.example.org/2023/09/28/csto-draft-tajik-afghan-frontier"
NO_ANSWER = "Who won the football world cup of 1930?"

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Side:
    """A workspace, and the bot that runs in it; `url` is where it serves its health and its figures."""

    workspace: Workspace
    bot: RunningBot
    home: Path
    url: str

    def asker(self, **kind: bool) -> Asker:
        """Return somebody new, in a channel of their own that the bot is a member of."""
        number = next(_NUMBERS)
        asker = Asker(self, f"U0ASKER{number}", f"C0ROOM{number}", f"D0ASKER{number}")
        self.workspace.add_user(asker.user, f"asker-{number}", **kind)
        self.workspace.add_channel(asker.channel, f"room-{number}", members=[asker.user])
        return asker

    def serves(
        self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Ask the bot over HTTP, with a body to take something; return the answer's status, text and type."""
        address = urlsplit(self.url)
        connection = HTTPConnection(str(address.hostname), address.port, timeout=10)
        try:
            connection.request("GET" if body is None else "POST", path, body, dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.getheader("Content-Type") or ""
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody, with a channel and a direct conversation of their own."""

    side: Side
    user: str
    channel: str
    direct: str

    def mentions(self, text: str, **how: Any) -> Asked:
        """Ask in the channel, by the bot's name."""
        return self.says(text, mention=True, **how)

    def says(self, text: str, **how: Any) -> Asked:
        """Write in the channel."""
        ts = self.side.workspace.say(self.user, text, self.channel, **how)
        return Asked(self.side, self.channel, ts)

    def writes(self, text: str, **how: Any) -> Asked:
        """Ask directly."""
        ts = self.side.workspace.say(self.user, text, self.direct, **how)
        return Asked(self.side, self.direct, ts)

    def is_told(self, count: int = 1) -> list[str]:
        """Return the texts that were shown to them alone, once there are so many."""
        workspace = self.side.workspace
        workspace.wait_for(lambda: len(workspace.ephemerals(self.user)) >= count, 10)
        return [str(each["text"]) for each in workspace.ephemerals(self.user)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that may be a question."""

    side: Side
    channel: str
    ts: str

    def done(self, outcome: str | None = None, seconds: float = 20.0) -> list[Message]:
        """Wait until the bot says that it is dealt with (as `outcome`), and return what it said in the thread since."""
        came_to = self.side.workspace.wait_for(self._outcome, seconds)
        assert outcome in (None, came_to), came_to
        return self.said()

    def answer(self, outcome: str | None = None, seconds: float = 20.0) -> Message:
        """Return the one message that the bot answered with."""
        said = self.done(outcome, seconds)
        assert len(said) == 1, [each["text"] for each in said]
        assert is_settled(said[0]), said[0]["text"]
        return said[0]

    def said(self) -> list[Message]:
        """Return what the bot has written in the thread since, as it stands now."""
        thread = self.side.workspace.thread(self.channel, self.ts)
        return [each for each in thread if each.get("bot_id") == BOT and each["ts"] > self.ts]

    def is_no_question(self) -> None:
        """Check that the bot, which has been told of it, does not take it for one."""
        workspace = self.side.workspace
        workspace.wait_for(lambda: all(each.acknowledged for each in workspace.deliveries_about(self.ts)))
        assert self.number is None

    @property
    def number(self) -> str | None:
        """The question's id in the log, None where it is no question yet."""
        told = "|".join(each.event_id for each in self.side.workspace.deliveries_about(self.ts))
        found = re.search(rf"event=asked question=(\d+) event_id=(?:{told}) ", self.side.bot.log)
        return found and found[1]

    def _outcome(self) -> str | None:
        """Return what the log says that it came to, the last time."""
        number = self.number
        found = (
            re.findall(rf"event=done question={number} outcome=(\w+) ", self.side.bot.log) if number else []
        )
        return found[-1] if found else None


def text_of(message: Message) -> str:
    """Return what the blocks of a message say, as people read them."""
    return "\n".join("".join(_texts(block)) for block in message.get("blocks", ()))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        text = value.get("text")
        if isinstance(text, str):
            yield text
        elif isinstance(text, dict):
            yield from _texts(text)
        for each in value.get("elements", ()):
            yield from _texts(each)
        if str(value.get("type", "")).startswith("rich_text_"):
            yield "\n"


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def also_indexed(
    home: Path, embedder: Embedder, folder: Path, articles: dict[str, str]
) -> Iterator[Sequence[Path]]:
    """Add articles to an index, from files of these names and texts in a folder, and take them out again."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / name for name in articles]
    for file, text in zip(files, articles.values(), strict=True):
        file.write_text(text, encoding="utf-8")
    try:
        reindexed(home, embedder, folder)
        yield files
    finally:
        for file in folder.iterdir():
            file.unlink()
        reindexed(home, embedder, folder)


def reindexed(home: Path, embedder: Embedder, folder: Path) -> None:
    """Bring an index in line with the files of a folder."""
    reindexer = Reindexer(Home(home), embedder, passage_size=PASSAGE_SIZE, progress=NoProgress())
    assert not reindexer.run([folder]).problems
