"""Answers: claims, each with the citations it rests on, or a decline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.questions import Question
from index.articles import Article
from index.catalogue.records import IndexIdentity
from index.passages import Passage

LONGEST_QUOTE = 400
"""Characters. A footnote is read at a glance; of a longer sentence, the part that answers is quoted."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote: its number, from 1, and the words of the article that it points to.

    The quote is verbatim: `article.text[start:end] == quote`, within the passage, and not longer than
    LONGEST_QUOTE characters. A citation that is not raises ValueError when it is made.
    """

    number: int
    article: Article
    passage: Passage
    quote: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.article.text[self.start : self.end] != self.quote:
            raise ValueError("The quote is not what the article says there.")
        if not self.passage.start <= self.start < self.end <= self.passage.end:
            raise ValueError("The quote is not within its passage.")
        if len(self.quote) > LONGEST_QUOTE:
            raise ValueError("The quote is too long.")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, and the citations under it; there is always one."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says to a question.

    Declined or not, `confidence` (0..1) is how likely the first cited sentence holds the answer. A decline has
    no claims, but a `reason` and the `closest` articles, which are related, not sources. `searched` is how many
    articles were in scope, `as_of` the date of the newest article that existed when the question was asked,
    `model` who chose the words, `seconds` how long each step took.
    """

    question: Question
    claims: tuple[Claim, ...]
    declined: bool
    reason: str | None
    confidence: float
    closest: tuple[Article, ...]
    searched: int
    as_of: datetime | None
    index: IndexIdentity
    model: str
    seconds: Mapping[str, float]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, by number."""
        found = {citation.number: citation for claim in self.claims for citation in claim.citations}
        return tuple(found[number] for number in sorted(found))
