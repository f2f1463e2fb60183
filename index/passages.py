"""Passages: an article's text, cut at sentences into pieces that the embedding model reads whole."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from index.articles import Article
from index.sentences import Sentence, split_sentences

PASSAGE_SCHEME = 2
"""The version of the rules below. Raised when they cut the same text otherwise: the index is then rebuilt."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_CLAUSE_END = re.compile(r"[,;:)–—](?=\s)|[，、；：。！？」』）]")
_INK = re.compile(r"\S")
_FULL_ENOUGH = 0.6
"""The part of its size that a passage may be left short of, to end where a paragraph does."""
_TINY = 0.25
"""A passage below this part of its size takes the next sentence although that makes it too long."""
_LONGEST = 4
"""How many sizes long a passage may get: some tokenizers take a word of any length for one token."""


_BULLET = re.compile(r"[-*•‣●]\s+(?=\S)")
_BEFORE = "So.\n\n"
"""Stands in for what an article says before a passage: what opens it does not open the article, where a speaker's name
("BIDEN: ") would be taken for a dateline."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article: `article.text[start:end] == text`, always. `ordinal` counts from 0."""

    id: str
    article_id: str
    ordinal: int
    text: str
    start: int
    end: int


def heading(title: str | None, publisher: str | None, published_at: datetime | None) -> str:
    """Return the line that tells what article a passage is from ("Title. Publisher, 3 March 2023")."""
    day = ""
    if published_at is not None:
        moment = published_at.astimezone(UTC)
        day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    source = ", ".join(part for part in (" ".join((publisher or "").split()), day) if part)
    name = " ".join((title or "").split())
    if name and source and name[-1] not in ".?!…":
        name += "."
    return " ".join(part for part in (name, source) if part)


def fitted_heading(article: Article, count_tokens: Callable[[str], int], window: int) -> str:
    """Return the heading of `article`, its title cut between words to a quarter of the window at most.

    Where not even publisher and day fit, the day alone or nothing is left.
    """
    words = (article.title or "").split()[:window]

    def headed(kept: int) -> str:
        return heading(" ".join(words[:kept]), article.publisher, article.published_at)

    def is_too_long(line: str) -> bool:
        return count_tokens(line) > window // 4

    if not is_too_long(whole := headed(len(words))):
        return whole
    kept = bisect_left(range(1, len(words) + 1), True, key=lambda count: is_too_long(headed(count)))
    shorter = (headed(kept), heading(None, None, article.published_at))
    return next((line for line in shorter if not is_too_long(line)), "")


def embedded_text(heading: str, passage_text: str) -> str:
    """Return what the model is given of a passage: its heading on a line of its own, then its text."""
    return f"{heading}\n{passage_text}" if heading else passage_text


def sentence_spans(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a passage begin and end in its article, marks of list items left out."""
    before = _BEFORE if passage.ordinal else ""
    text = before + passage.text
    offset = passage.start - len(before)
    return tuple(
        (offset + _without_bullet(text, sentence), offset + sentence.end)
        for sentence in split_sentences(text)
        if sentence.start >= len(before)
    )


def _without_bullet(text: str, sentence: Sentence) -> int:
    bullet = _BULLET.match(text, sentence.start, sentence.end)
    return bullet.end() if bullet else sentence.start


def passage_digest(article: Article) -> str:
    """Return the 16 hexadecimal digits that the ids of an article's passages begin with.

    They stand for the article's id and everything that is embedded or shown of it. The same article always
    has the same ids, so that a batch written twice is written once; one that changed has other ids.
    """
    published = article.published_at.astimezone(UTC).isoformat() if article.published_at else None
    parts = [article.id, article.text, article.title, article.publisher, published]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


class PassageSplitter:
    """Cuts texts into passages of about `size` characters that a model reads whole.

    `count_tokens` counts as the model does, special tokens included, and `window` is the most it reads.
    A passage is made of whole sentences, ends with a paragraph where that leaves it long enough, and never
    overlaps the next. A sentence too long for the window, or over four times the size, is cut at a clause,
    else at a space, else anywhere. `index.langchain_splitter` has it as LangChain's.
    """

    def __init__(self, count_tokens: Callable[[str], int], window: int, size: int = 800) -> None:
        self._count_tokens = count_tokens
        self._window = window
        self._size = size

    def split_text(self, text: str) -> list[str]:
        """Return the passages of a text that has no heading."""
        return [text[start:end] for start, end in self.spans(text)]

    def split_article(self, article: Article) -> list[Passage]:
        """Return the passages of `article`, which fit the window together with its heading."""
        digest = passage_digest(article)
        return [
            Passage(f"{digest}-{ordinal}", article.id, ordinal, article.text[start:end], start, end)
            for ordinal, (start, end) in enumerate(self.spans(article.text, self.heading_of(article)))
        ]

    def heading_of(self, article: Article) -> str:
        """Return the heading that the passages of `article` leave room for."""
        return fitted_heading(article, self._count_tokens, self._window)

    def spans(self, text: str, heading: str = "") -> list[tuple[int, int]]:
        """Return where the passages of a text begin and end, which fit the window together with `heading`."""
        return _Cutter(text, heading, self._count_tokens, self._window, self._size).spans()


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is packed into passages: a sentence, a dateline, or a part of a sentence too long for one.

    `cost` is its tokens with the white space behind it, without special tokens. A unit that leads on (a
    dateline, a heading inside the article) should not be the last of its passage.
    """

    start: int
    end: int
    cost: int
    ends_paragraph: bool
    leads_on: bool


class _Cutter:
    """Finds the passages of one text.

    Tokens are counted once a sentence and added up, which costs linear time; a passage is counted once
    more as a whole, and left shorter where its tokenizer makes more of it than of its sentences.
    """

    def __init__(
        self, text: str, heading: str, count_tokens: Callable[[str], int], window: int, size: int
    ) -> None:
        self._text = text
        self._heading = heading
        self._count_tokens = count_tokens
        self._window = window
        self._size = size
        self._longest = size * _LONGEST
        self._special_tokens = count_tokens("")
        self._room = window - count_tokens(embedded_text(heading, ""))

    def spans(self) -> list[tuple[int, int]]:
        """Return the offsets at which passages begin and end."""
        units = list(self._units())
        spans: list[tuple[int, int]] = []
        first = 0
        while first < len(units):
            last = self._last_of_passage(units, first)
            while last > first and not self._fits(units[first].start, units[last].end):
                last -= 1
            start, end = units[first].start, units[last].end
            spans += [(start, end)] if last > first or self._fits(start, end) else self._parts(start, end)
            first = last + 1
        return self._with_tiny_end_joined(spans)

    def _last_of_passage(self, units: list[_Unit], first: int) -> int:
        last = self._last_with_room(units, first)
        if last + 1 == len(units):
            return last
        long_enough = units[first].start + self._size * _FULL_ENOUGH
        for candidate in range(last, first, -1):
            if units[candidate].end < long_enough:
                break
            if units[candidate].ends_paragraph and not units[candidate].leads_on:
                return candidate
        while last > first and units[last].leads_on:
            last -= 1
        return last

    def _last_with_room(self, units: list[_Unit], first: int) -> int:
        start, cost = units[first].start, 0
        for index in range(first, len(units)):
            cost += units[index].cost
            is_tiny = index > first and units[index - 1].end - start < self._size * _TINY
            if index > first and (
                cost > self._room or units[index].end - start > (self._longest if is_tiny else self._size)
            ):
                return index - 1
        return len(units) - 1

    def _with_tiny_end_joined(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        if len(spans) < 2 or spans[-1][1] - spans[-1][0] >= self._size * _TINY:
            return spans
        start, end = spans[-2][0], spans[-1][1]
        if end - start > self._size * (1 + _TINY) or not self._fits(start, end):
            return spans
        return [*spans[:-2], (start, end)]

    def _units(self) -> Iterator[_Unit]:
        pieces = list(_sentences_and_datelines(self._text))
        followings = [*(start for start, _, _ in pieces), len(self._text)][1:]
        for (start, end, is_sentence), following in zip(pieces, followings, strict=True):
            ends_paragraph = bool(_PARAGRAPH_END.search(self._text, end, following))
            leads_on = not is_sentence or (ends_paragraph and _is_subheading(self._text[start:end]))
            cost = self._cost(start, following)
            if cost <= self._room or self._fits(start, end):
                yield _Unit(start, end, cost, ends_paragraph, leads_on)
                continue
            for part_start, part_end in self._parts(start, end):
                is_last = part_end == end
                cost = self._cost(part_start, following if is_last else part_end)
                yield _Unit(part_start, part_end, cost, ends_paragraph and is_last, leads_on=False)

    def _cost(self, start: int, end: int) -> int:
        """Return the tokens between two offsets, without special tokens; of a giant, more than the room."""
        if end - start > self._longest:
            return self._window + 1
        return self._count_tokens(self._text[start:end]) - self._special_tokens

    def _fits(self, start: int, end: int) -> bool:
        return end - start <= self._longest and self._tokens_embedded(start, end) <= self._window

    def _tokens_embedded(self, start: int, end: int) -> int:
        return self._count_tokens(embedded_text(self._heading, self._text[start:end]))

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut a sentence into parts that fit, which are as long as they can be but for where they end."""
        while start < end:
            stop = end if self._fits(start, end) else self._end_of_part(start, end)
            yield start, start + len(self._text[start:stop].rstrip())
            following = _INK.search(self._text, stop, end)
            start = following.start() if following else end

    def _end_of_part(self, start: int, end: int) -> int:
        """Return the end of the longest part from `start` that fits, by steps in proportion to its tokens."""
        length = min(self._size, end - start)
        while length > 1:
            tokens = self._tokens_embedded(start, start + length)
            if tokens <= self._window:
                break
            share = self._room / max(1, tokens - self._window + self._room)
            length = max(1, int(length * min(0.95, share)))
        return _good_cut(self._text, start, min(start + max(1, length), end))


def _sentences_and_datelines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end, and whether it is a sentence, of everything in `text` but white space."""
    position = 0
    edges = [(sentence.start, sentence.end) for sentence in split_sentences(text)]
    for start, end in [*edges, (len(text), len(text))]:
        between = text[position:start]
        if dateline := between.strip():
            dateline_start = position + between.index(dateline)
            yield dateline_start, dateline_start + len(dateline), False
        if start < end:
            yield start, end, True
        position = end


def _is_subheading(paragraph: str) -> bool:
    return (
        len(paragraph) <= 80
        and " | " not in paragraph
        and paragraph[-1].isalnum()
        and paragraph[0] not in "-•*"
    )


def _good_cut(text: str, start: int, limit: int) -> int:
    """Return the offset in `text[start:limit]` at which a sentence too long is cut best."""
    if limit < len(text) and text[limit].isspace():
        limit += 1
    half = start + (limit - start) // 2
    clauses = [found.end() for found in _CLAUSE_END.finditer(text, half, limit)]
    if clauses:
        return clauses[-1]
    for cut in range(limit, half, -1):
        if text[cut - 1].isspace():
            return cut
    for cut in range(limit, max(half, limit - 32), -1):
        if not _is_inside_a_character(text, cut):
            return cut
    return limit


def _is_inside_a_character(text: str, cut: int) -> bool:
    """Tell whether a reader would see `text[cut - 1]` and `text[cut]` as one character."""
    if cut >= len(text):
        return False
    before, after = text[cut - 1], text[cut]
    joined = "\u200d" in (before, after) or (before == "\r" and after == "\n")
    halves = "\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff"
    skin_tone = "\U0001f3fb" <= after <= "\U0001f3ff"
    return joined or halves or skin_tone or unicodedata.category(after) in ("Mn", "Me", "Mc")
