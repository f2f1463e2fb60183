"""Which words of its sources say the words of a sentence: the same ones, synonyms, or what means much the same there.

How near two words are is told by late interaction (`index.late_interaction`), each in its own context; words that are
the same, or listed as synonyms (`bot.verifying.relations`), are near whatever the model makes of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from bot.answering.naming import same_word
from bot.verifying.clauses import Told
from bot.verifying.likeness import denies, is_made_from, same_name
from bot.verifying.reading import Reading, Word, read, read_sentences
from bot.verifying.relations import are_of_one_country, are_opposites, are_synonyms, is_listed
from bot.verifying.sources import Source
from index.arrays import Vectors
from index.late_interaction import ContextWords

SAME = 1.0
"""How far two words of the same stem match."""
ANOTHER_FORM = 0.95
"""How far a name matches that of its people, or a word one that is made from it, at least."""
SYNONYM = 0.85
"""How far listed synonyms match at least."""
OPPOSED = float(np.float32(-0.1))
"""How far opposites match, whatever the model makes of them; nothing else matches exactly so."""
_NOT_ALIKE = 0.99
"""The most that words match whose stems differ, however near their vectors are."""
_FIGURE_OR_NAME = 2.0
_STOP_WORD = 0.15
"""How much of what a sentence says a word is; other words are 1."""
_A_WORD = 3
"""Letters: shorter words are no forms of others."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a source: which source, and its number there."""

    source: int
    word: int


Tell = Callable[[], Sequence[Told]]
"""What returns what a sentence tells, and each of its sources."""


class Alignment:
    """A sentence held against its sources.

    `matches` (words of the sentence × words of all sources, one source after the other) says how far each says each,
    up to 1; `places` where the columns are, and `words` what. `sentences` numbers the sentences of all sources through;
    `covered` says how far each of these says what the sentence says (0..1).
    """

    def __init__(self, sentence: Reading, words: ContextWords, sources: Sequence[Source], tell: Tell) -> None:
        self.sentence = sentence
        self._tell = tell
        self.sources = tuple(sources)
        self.readings = readings_of(sources)
        self.places = tuple(
            Place(number, word)
            for number, reading in enumerate(self.readings)
            for word in range(len(reading.words))
        )
        self.words: tuple[Word, ...] = tuple(word for reading in self.readings for word in reading.words)
        self._starts = [0, *accumulate(len(reading.words) for reading in self.readings)]
        counts = np.cumsum([0, *(len(reading.sentences) for reading in self.readings)])
        self.sentences: NDArray[np.int64] = np.array(
            [
                int(counts[place.source]) + word.sentence
                for place, word in zip(self.places, self.words, strict=True)
            ],
            dtype=np.int64,
        )
        self.matches = self._matches(words)
        self.weights = np.array([_weight(word) for word in sentence.words], dtype=np.float32)
        self.covered = self._covered()

    def column(self, source: int, word: int) -> int:
        """Return the column of a source's word."""
        return self._starts[source] + word

    @property
    def told(self) -> Told:
        """What the sentence tells."""
        return self._told[0]

    def told_by(self, source: int) -> Told:
        """Return what a source tells."""
        return self._told[1 + source]

    @cached_property
    def _told(self) -> Sequence[Told]:
        return self._tell()

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of all words that are surely names: those with a capital that open no sentence."""
        words = (*self.sentence.words, *self.words)
        return frozenset(word.stem for word in words if word.named and not word.opens)

    def nearness(self, source: int, one: int, others: Sequence[int]) -> float:
        """Return how near in meaning a word of a source is to the nearest of others of it (0..1)."""
        vectors = self._vectors[source]
        return float((vectors[list(others)] @ vectors[one]).max(initial=0.0))

    def match(self, word: int, source: int, place: int) -> float:
        """Return how far a word of the sentence says what a word of a source says (up to 1)."""
        return self._rows[word][self.column(source, place)]

    def best_match(self, words: Collection[int], source: int, places: Collection[int]) -> float:
        """Return how far the best of some words of the sentence says what the best of some of a source says (0..1)."""
        start, best = self._starts[source], 0.0
        for word in words:
            row = self._rows[word]
            for place in places:
                best = max(best, row[start + place])
        return best

    @cached_property
    def _rows(self) -> list[list[float]]:
        # Looking up single matches in lists takes a tenth of what it takes in an array.
        rows: list[list[float]] = self.matches.tolist()
        return rows

    def covered_by(self, source: int, word: int) -> float:
        """Return how far the sentence of a source's word says what the sentence says (0..1)."""
        return float(self.covered[self.sentences[self.column(source, word)]])

    def speaks_of_it(self, source: int, word: int, least: float) -> bool:
        """Tell whether the sentence of a source's word says so much, `least` (0..1), of what the best of all says."""
        return self.covered_by(source, word) >= least * float(self.covered.max(initial=0.0))

    def _matches(self, words: ContextWords) -> Vectors:
        rows = _vectors(self.sentence, words)
        columns = [
            _vectors(reading, source.words)
            for reading, source in zip(self.readings, self.sources, strict=True)
        ]
        self._vectors = columns
        whole = np.concatenate(columns) if columns else np.zeros((0, rows.shape[1]), dtype=np.float32)
        matches = np.minimum(rows @ whole.T, _NOT_ALIKE).astype(np.float32)
        same = self._same_stems()
        self._hold_known(matches, same)
        matches[same] = SAME
        return np.asarray(matches, dtype=np.float32)

    def _same_stems(self) -> NDArray[np.bool_]:
        """Return which words of the sentence have the stem of which words of the sources."""
        numbers: dict[str, int] = {}
        mine, theirs = (
            np.array([numbers.setdefault(word.stem, len(numbers)) for word in words], dtype=np.int64)
            for words in (self.sentence.words, self.words)
        )
        return np.asarray(mine[:, np.newaxis] == theirs[np.newaxis, :])

    def _hold_known(self, matches: Vectors, same: NDArray[np.bool_]) -> None:
        """Write into `matches` what is known of words of different stems: synonyms, forms and opposites."""
        telling = [(column, other) for column, other in enumerate(self.words) if other.is_content]
        for row, word in enumerate(self.sentence.words):
            if not word.is_content:
                continue
            for column, other in telling:
                likeness = None if same[row, column] else _likeness(word, other)
                if likeness == OPPOSED:
                    matches[row, column] = OPPOSED
                elif likeness is not None:
                    matches[row, column] = max(matches[row, column], likeness)

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


def readings_of(sources: Sequence[Source]) -> tuple[Reading, ...]:
    """Return the readings of sources."""
    return tuple(read_sentences(source.text, source.sentences) for source in sources)


def title_of(source: Source) -> Reading:
    """Return the reading of what stands over a source: its title and its publisher."""
    return _title(f"{source.title or ''}. {source.publisher or ''}")


@lru_cache(maxsize=512)
def _title(text: str) -> Reading:
    return read(text)


def _likeness(word: Word, other: Word) -> float | None:
    """Return how far two words of different stems are known to say the same: OPPOSED where they must not."""
    one, two = word.plain, other.plain
    if one[-3:] == two[-3:] and (denies(one, two) or denies(two, one)):
        return OPPOSED
    if _are_forms(word, other):
        return ANOTHER_FORM
    if not (is_listed(one) and is_listed(two)):
        return None
    if are_synonyms(one, two):
        return SYNONYM
    return OPPOSED if are_opposites(one, two) else None


def _are_forms(word: Word, other: Word) -> bool:
    """Tell whether two words are forms of one another: Spain and Spanish, militia and militiamen."""
    one, two = word.plain, other.plain
    if len(one) < _A_WORD or len(two) < _A_WORD:
        return False
    named = word.named and other.named
    # Comparing letters takes time; few words that begin otherwise are the same one.
    if one[:2] == two[:2]:
        if named and (same_name(one, two) or are_of_one_country(one, two)):
            return True
        return is_made_from(one, two)
    return named and same_word(one, two)


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
    """Return how much of what its sentence says a word is."""
    if word.is_figure or word.named:
        return _FIGURE_OR_NAME
    return 1.0 if word.is_content else _STOP_WORD
