"""The parts of what is said in Slack, and how they are fitted into messages.

Nothing is ever cut: what one message cannot hold goes on in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
)

from bot.slack.messages import Message, escape, unlinked

_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; safe to show. A link leads to `link` in the blocks, to `link_in_text` in the text.

    The escaped links are at most 2,000 characters long.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    link_in_text: str | None = None

    @property
    def element(self) -> RichTextElement:
        """The run in a rich text block."""
        style = {name: True for name in ("bold", "italic") if getattr(self, name)} or None
        if self.link:
            return RichTextElementParts.Link(url=self.link, text=self.text, style=style)
        return RichTextElementParts.Text(text=self.text, style=style)

    @property
    def mrkdwn(self) -> str:
        """The run in a text."""
        shown = escape(unlinked(self.text))
        return f"<{escape(self.link_in_text)}|{shown}>" if self.link_in_text else shown


class Look(Enum):
    """How a paragraph looks. Sentences that follow each other share a paragraph."""

    SENTENCE = auto()
    LINES = auto()
    QUOTE = auto()
    FOOTER = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that make a paragraph, of which there is at least one; it begins with no white space."""

    look: Look
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)

    @property
    def element(self) -> RichTextElement:
        """The paragraph in a rich text block."""
        elements = [run.element for run in self.runs]
        if self.look is Look.QUOTE:
            return RichTextQuoteElement(elements=elements)
        return RichTextSectionElement(elements=elements)

    @property
    def mrkdwn(self) -> str:
        """The paragraph in a text."""
        return ("> " if self.look is Look.QUOTE else "") + "".join(run.mrkdwn for run in self.runs)

    def trimmed(self) -> Paragraph:
        """Return it without white space at its end."""
        *runs, last = self.runs
        last = replace(last, text=last.text.rstrip())
        return replace(self, runs=(*runs, last) if last.text else tuple(runs))

    def halves(self) -> tuple[Paragraph, Paragraph]:
        """Return its first and second half, cut between words, or within its only word."""
        words = self.words
        ends = [word.end() for word in _WORD.finditer(words)][:-1] or [len(words.rstrip()) // 2]
        at = min(ends, key=lambda end: abs(end - len(words) / 2))
        return (
            replace(self, runs=tuple(_between(self.runs, 0, at))),
            replace(self, runs=tuple(_between(self.runs, at, len(words)))),
        )


def _between(runs: Iterable[Run], start: int, end: int) -> Iterator[Run]:
    offset = 0
    for run in runs:
        text = run.text[max(0, start - offset) : max(0, end - offset)]
        offset += len(run.text)
        if text:
            yield replace(run, text=text)


Part = tuple[Paragraph, ...]
"""Paragraphs that stay in one message where they can."""


def messages(parts: Iterable[Part]) -> tuple[Message, ...]:
    """Return the messages that say all the parts, in order, as few as fit them."""
    pages: list[list[Part]] = [[]]
    for part in parts:
        for piece in _pieces(part):
            if not _message([*pages[-1], piece]).fits:
                pages.append([])
            pages[-1].append(piece)
    return tuple(map(_message, pages))


def _pieces(part: Part) -> Iterator[Part]:
    if _message([part]).fits:
        yield part
    elif len(part) > 1:
        for paragraph in part:
            yield from _pieces((paragraph,))
    else:
        for half in part[0].halves():
            yield from _pieces((half,))


def _message(parts: Sequence[Part]) -> Message:
    shown = [tuple(paragraph.trimmed() for paragraph in part) for part in _sentences_joined(parts)]
    text = "\n\n".join("\n".join(paragraph.mrkdwn for paragraph in part) for part in shown)
    return Message(text, tuple(_block(part).to_dict() for part in shown))


def _sentences_joined(parts: Sequence[Part]) -> Iterator[Part]:
    for sentences, group in groupby(parts, key=lambda part: part[0].look is Look.SENTENCE):
        if sentences:
            yield (Paragraph(Look.SENTENCE, tuple(run for part in group for run in part[0].runs)),)
        else:
            yield from group


def _block(part: Part) -> Block:
    if part[0].look is Look.FOOTER:
        return ContextBlock(elements=[PlainTextObject(text=part[0].words, emoji=False)])
    return RichTextBlock(elements=[paragraph.element for paragraph in part])
