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
    LONGEST_QUOTE characters. Where the quote leans on the sentence before ("He said ..."), that begins at
    `context_start`, within the passage and at most as many characters before it. A citation that is not
    so raises ValueError when it is made.
    """

    number: int
    article: Article
    passage: Passage
    quote: str
    start: int
    end: int
    context_start: int | None = None

    def __post_init__(self) -> None:
        if self.article.text[self.start : self.end] != self.quote:
            raise ValueError("The quote is not what the article says there.")
        if not self.passage.start <= self.start < self.end <= self.passage.end:
            raise ValueError("The quote is not within its passage.")
        if len(self.quote) > LONGEST_QUOTE:
            raise ValueError("The quote is too long.")
        if self.context_start is not None:
            if not self.passage.start <= self.context_start < self.start:
                raise ValueError("The context is not before the quote, within its passage.")
            if self.start - self.context_start > LONGEST_QUOTE:
                raise ValueError("The context is too long.")

    @property
    def context(self) -> str | None:
        """What the quote leans on, verbatim: the sentence before it."""
        if self.context_start is None:
            return None
        return self.article.text[self.context_start : self.start].strip()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of the answer, and the citations under it; there is always one.

    `context` is the sentence before, where `text` leans on it. `notes` say what a reader has to know beside it: who
    said it where the sentence does not, what day "last year" counts from, that a later article gives another figure.
    """

    text: str
    citations: tuple[Citation, ...]
    context: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """An article near a question that was declined, and what it is about in a sentence of its own."""

    article: Article
    about: str


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the probabilities (0..1) whose product is a confidence, and in words what it is the probability of.

    `parts` is what each piece of evidence added to the logarithm of its odds, largest first.
    """

    name: str
    probability: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a confidence was made of.

    `quote` is the sentence that holds the answer most likely, shown or not, `article` where it stands. `threshold` is
    the confidence to answer from.
    """

    quote: str
    article: Article
    factors: tuple[Factor, ...]
    threshold: float


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that a language model wrote and nobody is shown, and why, each reason a sentence of its own."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """How a language model wrote an answer: its own words, whole, what of them was dropped, and the tokens it took.

    `repaired` are the sentences that failed at first, and of which the model's second try is shown. Tokens are None
    where the model does not say.
    """

    text: str
    dropped: tuple[Dropped, ...]
    repaired: tuple[Dropped, ...] = ()
    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says to a question.

    Declined or not, `confidence` (0..1) is how likely the first cited sentence holds the answer. A decline has
    no claims, but a `reason` and the `closest` articles, which are related, not sources. `searched` is how many
    articles were in scope, `as_of` the date of the newest article that existed when the question was asked,
    `model` who chose the words, `seconds` how long each step took. `explanation` is None where no sentence was found.

    `written` says how a language model wrote it, None where none did. `notice` is a line that is shown beside it, of
    what went otherwise than its reader expects. `reply` is what is said to words that are no question for the articles;
    such an answer has no claims and is no decline, and nothing was looked up for it: its `index` is None.
    """

    question: Question
    claims: tuple[Claim, ...]
    declined: bool
    reason: str | None
    confidence: float
    closest: tuple[Related, ...]
    searched: int
    as_of: datetime | None
    index: IndexIdentity | None
    model: str
    seconds: Mapping[str, float]
    explanation: Explanation | None = None
    written: Written | None = None
    notice: str | None = None
    reply: str | None = None

    @property
    def named(self) -> frozenset[str]:
        """The ids of the articles that it quotes, or names as related."""
        quoted = {citation.article.id for citation in self.citations}
        return frozenset(quoted.union(related.article.id for related in self.closest))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, by number."""
        found = {citation.number: citation for claim in self.claims for citation in claim.citations}
        return tuple(found[number] for number in sorted(found))
