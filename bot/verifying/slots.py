"""Which of several places in the sources a word or figure of a sentence speaks of, by what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from bot.verifying.alignment import Alignment
from bot.verifying.reading import Reading
from index.arrays import Vectors

Stretch = tuple[int, int, int]
"""A source, and the first and the last word of something in it."""

_NEAR = 6.0
"""Words: what is so far away says half as much."""
_NAMED = 1.5
"""A name says so much more than another word of whose something is."""
_SEGMENT = 0.7
"""What stands behind a comma or an "and" says less, and less still behind the next one, up to `_MOST_SEGMENTS`."""
_MOST_SEGMENTS = 3
_BEFORE = 0.6
"""What stands in the sentence before: what a text goes on about."""
_AFTER = 0.3
"""What stands in the sentence after, unless that goes on about it."""
_SENTENCES = 2
"""How many sentences after one still say something of it; those before say less down to the third, then alike."""
_MOST_BEFORE = 3
_LEANS = re.compile(
    r"[\"“‘']?(?:He|She|It|They|His|Her|Its|Their|This|These|That"
    r"|The (?:company|group|firm|agency|ministry|minister|two))\b"
)


def around(reading: Reading, first: int, last: int) -> Vectors:
    """Return how much each word of a text says of what stands from word `first` to word `last`, by how near it is."""
    weights = np.zeros(len(reading.words), dtype=np.float32)
    for number, word in enumerate(reading.words):
        if first <= number <= last or not word.is_content:
            continue
        distance = first - number if number < first else number - last
        gaps = min(abs(word.segment - reading.words[first].segment), _MOST_SEGMENTS)
        weights[number] = (_NAMED if word.named else 1.0) * 0.5 ** ((distance - 1) / _NEAR) * _SEGMENT**gaps
    return weights


def fit(alignment: Alignment, asked: Vectors, source: int, first: int, last: int) -> float:
    """Return how well what is around a place says what the words of the sentence, weighted by `asked`, say (0..1)."""
    reading = alignment.readings[source]
    start = alignment.column(source, 0)
    matches = alignment.matches[:, start : start + len(reading.words)] * _nearness(reading, first, last)
    total = float(asked.sum())
    if not total or not matches.shape[1]:
        return 0.0
    return float(np.maximum(matches.max(axis=1), 0) @ asked) / total


def best_fit(alignment: Alignment, asked: Vectors, places: Iterable[Stretch]) -> tuple[float, Stretch | None]:
    """Return how well the best of these places fits, and which it is; 0 and None where there are none."""
    return max(((fit(alignment, asked, *place), place) for place in places), default=(0.0, None))


def goes_on(reading: Reading, sentence: int) -> bool:
    """Tell whether a sentence is about what the one before is about: it begins with a pronoun, or "The company"."""
    start, end = reading.sentences[sentence]
    return _LEANS.match(reading.text[start:end]) is not None


def _nearness(reading: Reading, first: int, last: int) -> Vectors:
    """Return how much each word of a source says of what stands from word `first` to word `last` there."""
    at = reading.words[first]
    numbers = np.arange(len(reading.words))
    distance = np.maximum(np.where(numbers < first, first - numbers, numbers - last), 1)
    apart = np.array([word.sentence for word in reading.words]) - at.sentence
    segments = np.array([word.segment for word in reading.words])
    gaps = np.minimum(np.abs(segments - at.segment), _MOST_SEGMENTS)
    within = 0.5 ** ((distance - 1) / (2 * _NEAR)) * _SEGMENT**gaps
    before = _BEFORE ** np.minimum(-apart, _MOST_BEFORE)
    after = _after(reading, at.sentence) ** np.maximum(apart, 1)
    near = np.where(apart == 0, within, np.where(apart < 0, before, after))
    near[first : last + 1] = 0
    near[apart > _SENTENCES] = 0
    return np.asarray(near, dtype=np.float32)


def _after(reading: Reading, sentence: int) -> float:
    """Return how much the sentence after one says of it."""
    there_is_one = sentence + 1 < len(reading.sentences)
    return _BEFORE if there_is_one and goes_on(reading, sentence + 1) else _AFTER
