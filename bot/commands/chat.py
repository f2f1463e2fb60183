"""`footnote chat`: a conversation in the terminal, in which a question may lean on what came before."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol

from bot import wiring
from bot.answering.considered import EXTRACTIVE
from bot.answers import Answer, Claim
from bot.console import console
from bot.errors import QuestionError
from bot.questions import Exchange, Filters, Question, filters_from, moment_asked
from bot.settings import load_settings
from bot.terminal import shown_as_it_comes
from bot.visible import visible
from index.errors import FootnoteError

_PROMPT = "> "
_REMEMBERED = 10
"""Exchanges: a follow-up leans on the last few."""

_NEW = ("new", "/new")
_QUIT = "/quit"
_WELCOME = "Ask a question, then follow it up. /new starts afresh; /quit or Ctrl-D ends."


class Answerer(Protocol):
    """What a conversation needs of an answerer."""

    @property
    def model(self) -> str:
        """Who chooses the words."""

    def warm_up(self) -> None:
        """Load the model and open the index."""

    def answer(self, question: Question, told: Callable[[Claim], None] | None = None) -> Answer:
        """Answer `question`, or decline; `told` is told each sentence of the answer as soon as it stands."""


class Conversation:
    """Questions asked one after the other, each with what came before it.

    `asked_at` is the moment, as an option spells it, that every question is asked at; None means its own.
    """

    def __init__(self, answerer: Answerer, filters: Filters, asked_at: str | None) -> None:
        self._answerer = answerer
        self._filters = filters
        self._asked_at = asked_at
        self._history: deque[Exchange] = deque(maxlen=_REMEMBERED)

    def warm_up(self) -> None:
        """Load the model and open the index.

        Raises:
            FootnoteError: the index cannot be searched.
        """
        self._answerer.warm_up()

    @property
    def waiting(self) -> str:
        """What is said while an answer is waited for."""
        model = self._answerer.model
        return "Looking …" if model == EXTRACTIVE else f"Asking {visible(model)} …"

    def ask(self, text: str, told: Callable[[Claim], None]) -> Answer:
        """Answer a question, and remember both; `told` is told each sentence of the answer as soon as it stands.

        Raises:
            FootnoteError: the index cannot be searched; the question is not remembered.
        """
        answer = self._answerer.answer(self._question(text), told)
        if answer.reply is None:
            self._history.append(Exchange(text, " ".join(claim.text for claim in answer.claims)))
        return answer

    def start_afresh(self) -> None:
        """Forget what was asked and answered."""
        self._history.clear()

    def _question(self, text: str) -> Question:
        return Question(text, moment_asked(self._asked_at), self._filters, tuple(self._history))


def run(since: str | None, until: str | None, publisher: str | None, asked_at: str | None) -> None:
    """Answer the questions that are typed, or that stand on the lines of standard input, until there are no more.

    Raises:
        FootnoteError: an option makes no sense, or there is no index to search. What a single question meets is
            printed instead.
    """
    filters = filters_from(since, until, publisher)
    moment_asked(asked_at)
    if sys.stdin is None:
        raise QuestionError("Standard input is closed.", "Run it in a terminal, or pipe the questions in.")
    settings = load_settings()
    wiring.require_index(settings)
    with wiring.answerer(settings) as answerer:
        conversation = Conversation(answerer, filters, asked_at)
        with console(errors=True).status("Loading the model …"):
            # Not with the first question: an import that Ctrl-C breaks off cannot be taken up again.
            conversation.warm_up()
        hold(conversation, _lines())


def hold(conversation: Conversation, lines: Iterator[str]) -> None:
    """Answer `lines` one after the other, or do what they command."""
    for line in lines:
        text = line.strip()
        if text == _QUIT:
            return
        if text in _NEW:
            conversation.start_afresh()
        elif text.startswith("/"):
            sys.stderr.write(f"There is no {visible(text.split()[0])}; there are {_NEW[1]} and {_QUIT}.\n")
        elif text:
            _answer(conversation, text)


def _answer(conversation: Conversation, text: str) -> None:
    out = console()
    try:
        with shown_as_it_comes(conversation.waiting) as shown:
            shown.finish(conversation.ask(text, shown.tell))
        out.print()
    except FootnoteError as error:
        sys.stderr.write(f"Error: {visible(str(error))}\n")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")


def _lines() -> Iterator[str]:
    """Yield what is typed at a prompt until Ctrl-C or the end, or else the lines of standard input."""
    typed = sys.stdin.isatty() and sys.stdout.isatty()
    # Some programs put a byte order mark before their text.
    encoding = None if typed else "utf-8-sig"
    sys.stdin.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
    if not typed:
        yield from sys.stdin
        return
    with suppress(ImportError):
        # Importing it gives input() the arrow keys: editing the line, and the lines before it.
        import readline  # noqa: F401
    console().print(_WELCOME)
    while True:
        try:
            line = input(_PROMPT)
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return
        yield line
