"""Which of several places in the sources is the one that a word or figure of a sentence speaks of, by what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from bot.verifying.alignment import Alignment
from bot.verifying.reading import Reading
from index.arrays import Vectors

_NEAR = 6.0
"""Words: what is so far away says half as much."""
_CLAUSE = 0.7
_BEFORE = 0.6
_AFTER = 0.3
"""What stands in another clause says less of it still, and in another sentence: what comes before is what a text goes on about."""


def around(reading: Reading, first: int, last: int) -> Vectors:
    """Return how much each word of a sentence says of what stands from word `first` to word `last`, by how near it is."""
    weights = np.zeros(len(reading.words), dtype=np.float32)
    for number, word in enumerate(reading.words):
        if first <= number <= last or not word.is_content:
            continue
        distance = first - number if number < first else number - last
        gaps = min(abs(word.segment - reading.words[first].segment), 3)
        weights[number] = (1.5 if word.named else 1.0) * 0.5 ** ((distance - 1) / _NEAR) * _CLAUSE**gaps
    return weights


def fit(alignment: Alignment, asked: Vectors, source: int, first: int, last: int) -> float:
    """Return how well what is around a place of a source says what the words of the sentence, so weighted, say (0..1)."""
    reading = alignment.readings[source]
    start = alignment.column(source, 0)
    matches = alignment.matches[:, start : start + len(reading.words)] * _nearness(reading, first, last)
    total = float(asked.sum())
    if not total or not matches.shape[1]:
        return 0.0
    return float(np.maximum(matches.max(axis=1), 0) @ asked) / total


def best_fit(
    alignment: Alignment, asked: Vectors, places: Iterable[tuple[int, int, int]]
) -> tuple[float, tuple[int, int, int] | None]:
    """Return how well the best of these places (source, first word, last word) fits, and which it is."""
    return max(((fit(alignment, asked, *place), place) for place in places), default=(0.0, None))


_LEANS = re.compile(
    r"[\"“‘']?(?:He|She|It|They|His|Her|Its|Their|This|These|That|The (?:company|group|firm|agency|ministry|minister|two))\b"
)


def goes_on(reading: Reading, sentence: int) -> bool:
    """Tell whether a sentence is about what the one before is about: it begins with a pronoun, or "The company"."""
    start, end = reading.sentences[sentence]
    return _LEANS.match(reading.text[start:end]) is not None


def _after(reading: Reading, sentence: int) -> float:
    """Return how much the sentence after one goes on about it."""
    there_is_one = sentence + 1 < len(reading.sentences)
    return _BEFORE if there_is_one and goes_on(reading, sentence + 1) else _AFTER


def _nearness(reading: Reading, first: int, last: int) -> Vectors:
    at = reading.words[first]
    numbers = np.arange(len(reading.words))
    distance = np.maximum(np.where(numbers < first, first - numbers, numbers - last), 1)
    apart = np.array([word.sentence for word in reading.words]) - at.sentence
    gaps = np.minimum(np.abs(np.array([word.segment for word in reading.words]) - at.segment), 3)
    near = np.where(
        apart == 0,
        0.5 ** ((distance - 1) / (2 * _NEAR)) * _CLAUSE**gaps,
        np.where(
            apart < 0, _BEFORE ** np.minimum(-apart, 3), _after(reading, at.sentence) ** np.maximum(apart, 1)
        ),
    )
    near[first : last + 1] = 0
    near[apart > 2] = 0
    return np.asarray(near, dtype=np.float32)
