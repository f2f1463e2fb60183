"""The passages as a language model is shown them: numbered, delimited, best first, no more than fit.

Text in a passage is data. It cannot end its passage, begin another, or cite: what imitates the delimiters or a marker
is taken apart, and what nobody sees (zero-width characters, direction overrides) is left out; so is what addresses the
machine, as far as rules can tell. The rest is verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.generating.markers import without_markers
from bot.generating.plain import without_steering
from bot.verifying.instructions import blanked, instructed, spoken_line
from index.retrieval import RetrievedPassage

CountTokens = Callable[[str], int]
"""Returns how many tokens a text takes of the model's window."""

_IMITATION = re.compile(r"[<＜﹤‹〈⟨《«](?=\W{0,8}passage)", re.I)
_HARMLESS = "("
_UNKNOWN = "not known"


_ROOM = 6_000
"""Tokens for passages; eight of them take a quarter of it."""
_SHARE = 0.5
"""Of a small window, for the passages: the rules, the question and the reply take the rest."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the model is shown, and the passages in it by their number: the first is 1."""

    text: str
    passages: tuple[RetrievedPassage, ...]


def context_of(passages: Sequence[RetrievedPassage], budget: int, count_tokens: CountTokens) -> Context:
    """Return as many of the `passages`, which come best first, as `budget` tokens hold, and the first at least.

    The first is cut between sentences where it alone is too long, but for its first sentence.
    """
    shown: list[str] = []
    left = budget
    for number, passage in enumerate(passages, 1):
        text = _delimited(number, passage, passage.passage.end)
        needed = count_tokens(text)
        if needed > left and shown:
            break
        shown.append(text if needed <= left else _cut_to(passage, left, count_tokens))
        left -= needed
    return Context("\n\n".join(shown), tuple(passages[: len(shown)]))


def room_in(window: int | None) -> int:
    """Return how many tokens of a model's window passages may fill; None is a window that is not known."""
    return _ROOM if window is None else min(_ROOM, int(_SHARE * window))


def _cut_to(passage: RetrievedPassage, budget: int, count_tokens: CountTokens) -> str:
    ends = [end for _, end in passage.sentences] or [passage.passage.end]
    texts = [_delimited(1, passage, end) for end in ends]
    fitting = [text for text in texts if count_tokens(text) <= budget]
    return fitting[-1] if fitting else texts[0]


def _delimited(number: int, found: RetrievedPassage, end: int) -> str:
    article, passage = found.article, found.passage
    day = f"{article.published_at:%-d %B %Y}" if article.published_at else _UNKNOWN
    title, publisher = _line(article.title), _line(article.publisher)
    return (
        f'<passage number="{number}" title="{title}" publisher="{publisher}" date="{day}">\n'
        f"{_harmless(_spoken(found)[: end - passage.start]).strip()}\n</passage>"
    )


def _spoken(found: RetrievedPassage) -> str:
    """Return a passage's text with spaces for what addresses the machine."""
    passage = found.passage
    sentences = tuple((start - passage.start, end - passage.start) for start, end in found.sentences)
    return blanked(passage.text, instructed(passage.text, sentences))


def _line(text: str | None) -> str:
    return " ".join(_harmless(spoken_line(text) or _UNKNOWN).split()).replace('"', "'")


def _harmless(text: str) -> str:
    return without_markers(_IMITATION.sub(_HARMLESS, without_steering(text)))
