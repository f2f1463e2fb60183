"""What the generative answerer needs of a language model and of the prompts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol


class Piece(Protocol):
    """Some text that a model wrote, and the tokens that it says a reply took; None where it does not say."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def input_tokens(self) -> int | None:
        """The tokens of the prompt."""

    @property
    def output_tokens(self) -> int | None:
        """The tokens of the reply."""


class LanguageModel(Protocol):
    """A chat model. `until` is the moment, by `time.monotonic`, at which all is over."""

    @property
    def name(self) -> str:
        """What it is called in the settings."""

    @property
    def window(self) -> int | None:
        """How many tokens it reads at most, where that is known.

        Raises:
            ChatModelError: it cannot be loaded.
        """

    def load(self) -> None:
        """Load now what is otherwise loaded when it is first asked.

        Raises:
            ChatModelError: it cannot be loaded.
        """

    def count_tokens(self, text: str) -> int:
        """Return how many tokens of its window a text takes, rather too many than too few."""

    def stream(self, messages: Any, until: float) -> Iterator[Piece]:
        """Yield the reply to `messages` as it is written.

        Raises:
            ChatModelError: it cannot be asked, breaks off, or is not done by then.
        """

    def write(self, messages: Any, until: float) -> Piece:
        """Return the whole reply to `messages`.

        Raises:
            ChatModelError: it cannot be asked, or is not done by then.
        """


class Prompt(Protocol):
    """The words for one task."""

    def messages(self, **values: str) -> Any:
        """Return the messages with these values in them."""


class AnswerPrompts(Protocol):
    """The words for answering."""

    @property
    def answer(self) -> Prompt:
        """Takes question, passages, today, language."""

    @property
    def rewrite(self) -> Prompt:
        """Takes conversation, question."""

    @property
    def repair(self) -> Prompt:
        """Takes question, passages, failed, language."""


@dataclass(slots=True)
class Tokens:
    """The tokens of all that was asked for one answer; None as long as nothing was said of them."""

    read: int | None = None
    written: int | None = None

    def add(self, piece: Piece) -> None:
        """Add what a piece says."""
        if piece.input_tokens is not None:
            self.read = (self.read or 0) + piece.input_tokens
        if piece.output_tokens is not None:
            self.written = (self.written or 0) + piece.output_tokens
