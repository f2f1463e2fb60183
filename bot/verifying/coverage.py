"""Whether each content word of a sentence is said in its sources, in these or other words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bot.verifying.alignment import Alignment, title_of
from bot.verifying.figures import figures_in
from index.words import stem

_SAID = 0.2
"""A word is said where something means that much the same."""
_MEAN = 0.5


_OF_SPEECH = frozenset(
    (
        "view",
        "words",
        "opinion",
        "account",
        "according",
        "statement",
        "report",
        "described",
        "describes",
        "asked",
        "quoted",
        "s",
    )
)
"""Words for somebody's saying something, which is held against who says it."""


def coverage_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the words that the sources do not say."""
    unsaid, mean = coverage(alignment)
    for word, match in unsaid:
        if match < _SAID:
            yield f"No cited passage says “{word}”."
            return
    if mean < _MEAN:
        yield "The cited passages do not say this."


def coverage(alignment: Alignment) -> tuple[list[tuple[str, float]], float]:
    """Return the content words, names and figures apart, with their best match, worst first, and the mean of these."""
    sentence = alignment.sentence
    figures = {place for figure in figures_in(sentence) for place in range(figure.first, figure.last + 1)}
    titles = {word.stem for source in alignment.sources for word in title_of(source).words}
    found = []
    for number, word in enumerate(sentence.words):
        if (
            not word.is_content
            or word.plain in _OF_SPEECH
            or number in figures
            or (word.named and not word.opens)
            or word.is_figure
        ):
            continue
        match = 1.0 if stem(word.text) in titles else float(alignment.matches[number].max(initial=0.0))
        found.append((word.text, match))
    mean = float(np.mean([match for _, match in found])) if found else 1.0
    return sorted(found, key=lambda each: each[1]), mean
