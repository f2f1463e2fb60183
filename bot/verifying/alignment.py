"""Which words of its sources say the words of a sentence: the same ones, synonyms, or what means much the same there.

How near two words are is told by late interaction (`index.late_interaction`), each in its own context; words that are
the same, or listed as synonyms (`bot.verifying.relations`), are near whatever the model makes of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.naming import same_word
from bot.verifying.likeness import denies, is_made_from, same_name
from bot.verifying.reading import Reading, Word, read, read_sentences
from bot.verifying.relations import are_opposites, are_synonyms, is_listed
from bot.verifying.sources import Source
from index.arrays import Vectors
from index.late_interaction import ContextWords

SAME = 1.0
ANOTHER_FORM = 0.95
SYNONYM = 0.85
OPPOSED = np.float32(-0.1)
_NOT_ALIKE = 0.99
"""Near words that are not the same are never taken for it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a source: which source, and its number there."""

    source: int
    word: int


class Alignment:
    """A sentence held against its sources.

    `matches` (words of the sentence × words of all sources, one source after the other) says how far each says each,
    up to 1; `places` where the columns are. `sentences` numbers the sentences of all sources through.
    """

    def __init__(self, sentence: Reading, words: ContextWords, sources: Sequence[Source]) -> None:
        self.sentence = sentence
        self.sources = tuple(sources)
        self.readings = tuple(read_sentences(source.text, source.sentences) for source in sources)
        self.places = tuple(
            Place(number, word)
            for number, reading in enumerate(self.readings)
            for word in range(len(reading.words))
        )
        self.words: tuple[Word, ...] = tuple(word for reading in self.readings for word in reading.words)
        self.starts = np.cumsum([0, *(len(reading.words) for reading in self.readings)])
        counts = np.cumsum([0, *(len(reading.sentences) for reading in self.readings)])
        self.sentences: NDArray[np.int64] = np.array(
            [
                int(counts[place.source]) + word.sentence
                for place, word in zip(self.places, self.words, strict=True)
            ],
            dtype=np.int64,
        )
        self.clauses: NDArray[np.int64] = np.array([word.clause for word in self.words], dtype=np.int64)
        self.matches = self._matches(words)
        self.weights = np.array([_weight(word) for word in sentence.words], dtype=np.float32)
        self.covered = self._covered()

    def column(self, source: int, word: int) -> int:
        """Return the column of a source's word."""
        return int(self.starts[source]) + word

    def aligned(self, row: int) -> int | None:
        """Return the column of the word that says most likely what a word of the sentence says."""
        if not len(self.words):
            return None
        scores = self.matches[row] + 0.3 * self.covered[self.sentences]
        return int(scores.argmax())

    def _matches(self, words: ContextWords) -> Vectors:
        rows = _vectors(self.sentence, words)
        columns = [
            _vectors(reading, source.words)
            for reading, source in zip(self.readings, self.sources, strict=True)
        ]
        whole = np.concatenate(columns) if columns else np.zeros((0, rows.shape[1]), dtype=np.float32)
        if not len(whole) or not len(rows):
            return np.zeros((len(rows), len(whole)), dtype=np.float32)
        matches = np.minimum(rows @ whole.T, _NOT_ALIKE).astype(np.float32)
        numbers: dict[str, int] = {}
        mine, theirs = (
            np.array([numbers.setdefault(word.stem, len(numbers)) for word in words_of])
            for words_of in (self.sentence.words, self.words)
        )
        same = mine[:, np.newaxis] == theirs[np.newaxis, :]
        telling = [(column, other) for column, other in enumerate(self.words) if other.is_content]
        for row, word in enumerate(self.sentence.words):
            if word.is_content:
                for column, other in telling:
                    likeness = None if same[row, column] else _likeness(word, other)
                    if likeness is not None:
                        matches[row, column] = (
                            max(matches[row, column], likeness) if likeness > 0 else likeness
                        )
        matches[same] = SAME
        return np.asarray(matches, dtype=np.float32)

    def _covered(self) -> Vectors:
        """Return how far each sentence of the sources says what the sentence says (0..1)."""
        count = int(self.sentences.max()) + 1 if len(self.sentences) else 0
        found = np.zeros(count, dtype=np.float32)
        total = float(self.weights.sum())
        if not total:
            return found
        for number in range(count):
            own = self.matches[:, self.sentences == number]
            if own.shape[1]:
                found[number] = float(np.maximum(own.max(axis=1), 0) @ self.weights) / total
        return found


def title_of(source: Source) -> Reading:
    """Return the reading of what stands over a source: its title and its publisher."""
    return read(f"{source.title or ''}. {source.publisher or ''}")


def _likeness(word: Word, other: Word) -> float | None:
    """Return how far two words of different stems are known to say the same: OPPOSED where they must not."""
    one, two = word.plain, other.plain
    if one[-3:] == two[-3:] and (denies(one, two) or denies(two, one)):
        return OPPOSED
    if one[:2] == two[:2] and len(one) > 2 and len(two) > 2:
        if word.named and other.named and same_name(one, two):
            return ANOTHER_FORM
        if is_made_from(one, two):
            return ANOTHER_FORM
    elif word.named and other.named and len(one) > 2 and len(two) > 2 and same_word(one, two):
        return ANOTHER_FORM
    if not (is_listed(one) and is_listed(two)):
        return None
    if are_synonyms(one, two):
        return SYNONYM
    return OPPOSED if are_opposites(one, two) else None


def _vectors(reading: Reading, words: ContextWords) -> Vectors:
    """Return the vectors of a text's words in context, zeros for those that the model has not read."""
    found = np.zeros((len(reading.words), words.vectors.shape[1]), dtype=np.float32)
    if len(words.spans) and len(reading.words):
        starts = np.array([word.start for word in reading.words])
        at = np.searchsorted(starts, words.spans[:, 0])
        known = (at < len(starts)) & (words.spans[:, 0] >= 0)
        known[known] = starts[at[known]] == words.spans[known, 0]
        found[at[known]] = words.vectors[known]
    return found


def _weight(word: Word) -> float:
    if word.is_figure or word.named:
        return 2.0
    return 1.0 if word.is_content else 0.15
