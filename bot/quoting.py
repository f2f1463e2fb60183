"""Cutting quotes out of articles."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.answers import LONGEST_QUOTE
from index.retrieval import RetrievedPassage
from index.sentences import split_sentences
from index.words import stem

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class SentenceFound:
    """A sentence of a retrieved passage; `start` and `end` are offsets into the article's text."""

    source: RetrievedPassage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.source.article.text[self.start : self.end]


def sentences_of(source: RetrievedPassage) -> list[SentenceFound]:
    """Return the sentences of a passage, in order."""
    offset = source.passage.start
    return [
        SentenceFound(source, offset + sentence.start, offset + sentence.end)
        for sentence in split_sentences(source.passage.text)
    ]


def quoted_span(text: str, start: int, end: int, wanted: AbstractSet[str]) -> tuple[int, int]:
    """Return where to quote the sentence `text[start:end]`: all of it, or of a long one the part that answers.

    That is the stretch of at most LONGEST_QUOTE characters, from the start of a word to the end of one, that holds
    most of the `wanted` stems; the earliest of equals. A single word that is longer than that is cut.
    """
    if end - start <= LONGEST_QUOTE:
        return start, end
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    hits = [len({stem(part) for part in re.findall(r"\w+", text[a:b])} & wanted) for a, b in words]
    best, best_count = (start, start + LONGEST_QUOTE), -1
    last, count = 0, 0
    for first in range(len(words)):
        last = max(last, first)
        while last < len(words) and words[last][1] - words[first][0] <= LONGEST_QUOTE:
            count += hits[last]
            last += 1
        if last > first:
            if count > best_count:
                best, best_count = (words[first][0], words[last - 1][1]), count
            count -= hits[first]
    return best
