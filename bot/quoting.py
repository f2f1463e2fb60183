"""Cutting quotes out of articles."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.answers import LONGEST_QUOTE
from bot.tables import TableRow, row_at
from index.retrieval import RetrievedPassage
from index.words import stem, words

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

    @property
    def row(self) -> TableRow | None:
        """The row of a table that it is."""
        return row_at(self.source.article.text, self.start, self.end, self.source.passage.start)

    @property
    def reading(self) -> str:
        """What it says: the sentence, or the row of a table with its head."""
        row = self.row
        return row.reading if row else self.text

    @property
    def captioned(self) -> str:
        """The same, with the caption of the table."""
        row = self.row
        return f"{row.caption}\n{row.reading}".strip() if row else self.text


def sentences_of(source: RetrievedPassage) -> list[SentenceFound]:
    """Return the sentences of a passage, in order."""
    return [SentenceFound(source, start, end) for start, end in source.sentences]


def quoted_span(text: str, start: int, end: int, wanted: AbstractSet[str]) -> tuple[int, int]:
    """Return where to quote the sentence `text[start:end]`: all of it, or of a long one the part that answers.

    That is the stretch of at most LONGEST_QUOTE characters, from the start of a word to the end of one, that holds
    most of the `wanted` stems; the earliest of equals. Where every word is longer than that, the first is cut.
    """
    if end - start <= LONGEST_QUOTE:
        return start, end
    places = [(found.start(), found.end()) for found in _WORD.finditer(text, start, end)]
    held = [{stem(word) for word in words(text[left:right])} & wanted for left, right in places]
    best, most = (start, start + LONGEST_QUOTE), -1
    counts = dict.fromkeys(wanted, 0)
    last = 0
    for first, (left, _) in enumerate(places):
        last = max(last, first)
        while last < len(places) and places[last][1] - left <= LONGEST_QUOTE:
            for wanted_stem in held[last]:
                counts[wanted_stem] += 1
            last += 1
        if last > first:
            different = sum(map(bool, counts.values()))
            if different > most:
                best, most = (left, places[last - 1][1]), different
            for wanted_stem in held[first]:
                counts[wanted_stem] -= 1
    return best
