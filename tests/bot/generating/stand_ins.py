"""A language model and a verifier that do what a test says, and are strict about how they are asked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from langchain_core.messages import BaseMessage

from bot.errors import ChatModelError
from bot.verifying.sources import Source, Verdict
from index.words import stem, word_spans, words

BROKEN = ChatModelError("some:model cannot be reached.", "Look whether it runs.")
Step = str | BaseException
Reply = str | Iterable[Step] | Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    input_tokens: int | None = None
    output_tokens: int | None = None


class ScriptedModel:
    """Replies in turn. A reply is a text, written a few characters at a time, or the pieces, an error among them; or a
    function that is given the prompt, and returns a text.

    `prompts` are what it was asked, each the texts of its messages, joined.
    """

    name = "some:model"
    window: int | None = None

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self.prompts: list[str] = []
        self.slices: list[float] = []
        self.closed = 0

    def load(self) -> None:
        pass

    def count_tokens(self, text: str) -> int:
        return len(text) // 3 + 1

    def stream(self, messages: Sequence[BaseMessage], until: float) -> Iterator[Piece]:
        try:
            for step in self._next(messages, until):
                if isinstance(step, BaseException):
                    raise step
                yield Piece(step)
            yield Piece("", 100, 10)
        finally:
            self.closed += 1

    def write(self, messages: Sequence[BaseMessage], until: float) -> Piece:
        return Piece("".join(each.text for each in self.stream(messages, until)), 100, 10)

    def _next(self, messages: Sequence[BaseMessage], until: float) -> Iterable[Step]:
        assert [each.type for each in messages] == ["system", "human"]
        self.slices.append(until - time.monotonic())
        self.prompts.append("\n".join(str(each.content) for each in messages))
        assert self._replies, f"It was asked once too often: {self.prompts[-1]}"
        reply = self._replies.pop(0)
        if callable(reply):
            reply = reply(self.prompts[-1])
        return [reply[at : at + 3] for at in range(0, len(reply), 3)] if isinstance(reply, str) else reply


class PlainVerifier:
    """Takes a sentence for borne out where all its figures and capitalised words stand in the sources."""

    def __init__(self) -> None:
        self.verified: list[tuple[str, tuple[str, ...], str]] = []

    def verify(self, sentence: str, sources: Sequence[Source], before: str = "") -> Verdict:
        assert sentence == " ".join(sentence.split())
        assert not re.search(r"\[\d+\]", sentence)
        assert sources
        self.verified.append((sentence, tuple(source.text for source in sources), before))
        held = {stem(word) for source in sources for word in words(f"{source.title} {source.text}")}
        strange = [word for word in _telling(sentence) if stem(word) not in held]
        if strange:
            return Verdict(False, (f"No passage says {strange[0]}.",), (None,) * len(sources))
        return Verdict(True, (), tuple(_nearest(sentence, source) for source in sources))


def _telling(sentence: str) -> list[str]:
    spans = word_spans(sentence)
    return [
        sentence[start:end]
        for place, (start, end) in enumerate(spans)
        if sentence[start].isdigit() or (place and sentence[start].isupper())
    ]


def _nearest(sentence: str, source: Source) -> int | None:
    said = set(map(stem, words(sentence)))
    shared = [len(said & set(map(stem, words(source.text[start:end])))) for start, end in source.sentences]
    return shared.index(max(shared)) if max(shared, default=0) > 2 else None
