"""Whether each content word of a sentence is said in its sources, in these or other words.

A sentence that says more than its sources is no better than one that says something else: each of its facts has to be
borne out (Min et al., "FActScore", EMNLP 2023).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bot.verifying.alignment import Alignment, title_of
from bot.verifying.figures import figures_in
from bot.verifying.reading import Word

_SAID = 0.2
"""A word is said where something means that much the same."""
_MEAN, _MEAN_OF_FEW = 0.57, 0.48
"""What the words of a sentence that is said match on average, at least; up to `_FEW` words tell less."""
_FEW = 3
_OF_SPEECH = frozenset((
    "view", "words", "opinion", "account", "according", "statement", "report", "described", "describes", "asked",
    "quoted", "s",
))  # fmt: skip
"""Words for somebody's saying something, which is held against who says it."""

_OF_AMOUNTS = frozenset((
    "stood", "stands", "stand", "amounted", "amounts", "totalled", "totaled", "numbered", "recorded", "registered",
))  # fmt: skip
"""Verbs that only lead to a figure."""
_LIGHT = frozenset((
    "see", "sees", "saw", "seen", "intends", "intend", "intended", "eyes", "word", "name", "hands", "part", "place",
    "way", "turn", "again", "give", "gives", "gave", "given", "giving", "get", "gets", "got", "take", "takes", "took",
    "taken", "taking", "make", "makes", "made", "making", "put", "puts", "set", "come", "comes", "came", "go", "goes",
    "went", "gone", "keep", "kept", "bring", "brought", "hold", "held", "run", "ran", "mount", "mounted", "turned",
))  # fmt: skip
"""Words that say little of their own: "sees it as", "in her eyes", "gave his word", "in the firm's name"."""


def coverage_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the word that the sources say least, where they do not say it; or that they do not say most of them."""
    matches = _matches(alignment)
    if not matches:
        return
    unsaid, match = min(matches, key=lambda each: each[1])
    if match < _SAID:
        yield f"No cited passage says “{unsaid.text}”."
    elif float(np.mean([match for _, match in matches])) < (_MEAN if len(matches) > _FEW else _MEAN_OF_FEW):
        yield "The cited passages do not say this."


def _matches(alignment: Alignment) -> list[tuple[Word, float]]:
    """Return the content words, names and figures apart, each with how far the sources say it (up to 1)."""
    figures = figures_in(alignment.sentence)
    counted = {number for figure in figures for number in range(figure.first, figure.last + 1)}
    titles = {word.stem for source in alignment.sources for word in title_of(source).words}
    return [
        (word, 1.0 if word.stem in titles else float(alignment.matches[word.number].max(initial=0.0)))
        for word in alignment.sentence.words
        if word.number not in counted and _has_to_be_said(word)
    ]


def _has_to_be_said(word: Word) -> bool:
    """Tell whether a word says something that is held against no other way: no name, no figure."""
    is_name = word.named and not word.opens
    return (
        word.is_content
        and word.plain not in _OF_SPEECH | _OF_AMOUNTS | _LIGHT
        and not is_name
        and not word.is_figure
    )
