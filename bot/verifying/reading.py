"""Texts as a verifier reads them: words with what they are and where, in sentences and clauses."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.sentences import split_sentences
from index.words import STOP_WORDS, stem, word_spans

Spans = tuple[tuple[int, int], ...]

_CLAUSE = re.compile(
    r"[;:()]|\s[-–—]+\s|—|,?\s+(?:but|while|whereas|although|though|however|which|who|whose|where|when|because|after|before"
    r"|if|unless|until|since|despite)\s|,\s+(?:and|or|as|with|including|compared|up|down|from|against|taking|bringing)\s",
    re.I,
)
_SEGMENT = re.compile(r"[;()]|[,:](?!\d)|\s[-–—]+\s|—|\s(?:and|or|while|but|whereas)\s", re.I)
_NOT_NAMES = frozenset(("i", "mr", "mrs", "ms", "dr"))
_QUANTIFYING = frozenset((
    "all", "each", "few", "many", "more", "most", "much", "no", "not", "only", "some", "than", "up", "under", "over",
    "about", "against", "after", "before", "between", "during", "since", "until", "both", "nor",
))  # fmt: skip
"""Stop words that say something of a fact."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written, in lower case, its stem, where it is, and the numbers of its sentence, of its
    clause, and of the segment of that between commas and what joins words.

    `named` tells whether it is capitalised as (part of) a name, `opens` whether it is the first of its sentence, where
    a capital tells nothing.
    """

    text: str
    plain: str
    stem: str
    start: int
    end: int
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

    def of_sentence(self, sentence: int) -> list[int]:
        """Return the numbers of the words of a sentence."""
        return [number for number, word in enumerate(self.words) if word.sentence == sentence]


def read(text: str) -> Reading:
    """Return the reading of a text whose sentences are still to be found."""
    return read_sentences(text, tuple((each.start, each.end) for each in split_sentences(text)))


# A passage is held against each sentence that cites it.
@lru_cache(maxsize=512)
def read_sentences(text: str, sentences: Spans) -> Reading:
    """Return the reading of a text with these sentences."""
    return Reading(text, tuple(_words(text, sentences)), sentences)


def _words(text: str, sentences: Spans) -> Sequence[Word]:
    found: list[Word] = []
    breaks = [match.start() for match in _CLAUSE.finditer(text)]
    joints = [match.start() for match in _SEGMENT.finditer(text)]
    sentence, clause, passed = -1, 0, 0
    for start, end in word_spans(text):
        opens = False
        while sentence + 1 < len(sentences) and start >= sentences[sentence + 1][0]:
            sentence, opens = sentence + 1, True
            clause += 1
        while passed < len(breaks) and breaks[passed] < start:
            passed += 1
            clause += 1
        written = text[start:end]
        plain = written.casefold()
        opens = opens or _after_quote(text, start)
        named = written[0].isupper() and plain not in _NOT_NAMES and not (opens and plain in STOP_WORDS)
        found.append(
            Word(
                written,
                plain,
                stem(written),
                start,
                end,
                max(sentence, 0),
                clause,
                bisect(joints, start),
                named,
                opens,
            )
        )
    return found


def _after_quote(text: str, start: int) -> bool:
    """Tell whether a word opens a quotation, where it is capitalised whatever it is."""
    return start > 0 and text[start - 1] in '“"‘«„'


def says_something(word: Word) -> bool:
    """Tell whether a word has to be borne out: a content word, or one that bounds or compares."""
    return word.is_content or word.plain in _QUANTIFYING
