"""Texts as a verifier reads them: words with what they are and where, in sentences, clauses and segments."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.sentences import split_sentences
from index.words import STOP_WORDS, stem, word_spans

Spans = tuple[tuple[int, int], ...]
"""From where to where, in characters, each of several stretches of a text goes."""

_CLAUSE = re.compile(
    r"[;:()]|\s[-–—]+\s|—|,?\s+(?:but|while|whereas|although|though|however|which|who|whose|where|when|because|after"
    r"|before|if|unless|until|since|despite)\s"
    r"|,\s+(?:and|or|as|with|including|compared|up|down|from|against|taking|bringing)\s",
    re.I,
)
"""What clauses begin with, or what they end with."""
_SEGMENT = re.compile(r"[;()]|[,:](?!\d)|\s[-–—]+\s|—|\s(?:and|or|while|but|whereas)\s", re.I)
"""What stands between segments: commas, and what joins words."""
_NOT_NAMES = frozenset(("i", "mr", "mrs", "ms", "dr"))
_OPENING_QUOTES = '“"‘«„'


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written, in lower case, its stem, and where it is, in characters.

    `number` is its own in the text; `sentence`, `clause` and `segment` are those of what it stands in. `named` tells
    whether it is capitalised as (part of) a name, `opens` whether it is the first of its sentence or of a quotation,
    where a capital tells nothing.
    """

    text: str
    plain: str
    stem: str
    start: int
    end: int
    number: int
    sentence: int
    clause: int
    segment: int
    named: bool
    opens: bool

    @property
    def is_figure(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()

    @property
    def is_content(self) -> bool:
        """Whether it says something of its own."""
        return self.plain not in STOP_WORDS or (self.named and self.text.isupper() and len(self.text) > 1)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text and its words; `sentences` says where each sentence begins and ends, in characters.

    Compared by identity: what is found in a reading is kept by it, and hashing all its words each time would cost more
    than finding it.
    """

    text: str
    words: tuple[Word, ...]
    sentences: Spans

    def between(self, one: int, other: int) -> str:
        """Return what stands between the words with these numbers."""
        return self.text[self.words[one].end : self.words[other].start]

    def written(self, first: int, last: int) -> str:
        """Return the text from one word to another one, both included."""
        return self.text[self.words[first].start : self.words[last].end]

    def of_sentence(self, sentence: int) -> list[int]:
        """Return the numbers of the words of a sentence."""
        return [number for number, word in enumerate(self.words) if word.sentence == sentence]

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and the last word that begin between two characters; None where none does."""
        numbers = [number for number, word in enumerate(self.words) if start <= word.start < end]
        return (numbers[0], numbers[-1]) if numbers else None

    def places_of(self, stems: Sequence[str]) -> Iterator[int]:
        """Give the words at which words with these stems begin, one right after the other."""
        own = [word.stem for word in self.words]
        for at in range(len(own) - len(stems) + 1):
            if own[at : at + len(stems)] == list(stems):
                yield at


def read(text: str) -> Reading:
    """Return the reading of a text whose sentences are still to be found."""
    sentences = tuple((each.start, each.end) for each in split_sentences(text))
    return Reading(text, tuple(_words(text, sentences)), sentences)


# A passage is held against each sentence that cites it.
@lru_cache(maxsize=512)
def read_sentences(text: str, sentences: Spans) -> Reading:
    """Return the reading of a text with these sentences."""
    return Reading(text, tuple(_words(text, sentences)), sentences)


def _words(text: str, sentences: Spans) -> Iterator[Word]:
    begins = [start for start, _ in sentences]
    breaks = [match.start() for match in _CLAUSE.finditer(text)]
    joints = [match.start() for match in _SEGMENT.finditer(text)]
    earlier = -1
    for number, (start, end) in enumerate(word_spans(text)):
        sentence = bisect_right(begins, start) - 1
        opens = sentence != earlier or _after_quote(text, start)
        earlier = sentence
        written = text[start:end]
        plain = written.casefold()
        yield Word(
            text=written,
            plain=plain,
            stem=stem(written),
            start=start,
            end=end,
            number=number,
            sentence=max(sentence, 0),
            clause=sentence + 1 + bisect_left(breaks, start),
            segment=bisect_right(joints, start),
            named=written[0].isupper() and plain not in _NOT_NAMES and not (opens and plain in STOP_WORDS),
            opens=opens,
        )


def _after_quote(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in _OPENING_QUOTES
