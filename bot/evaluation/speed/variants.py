"""Variants of articles: as many more of them as are wanted, whose words are as common as those of real text."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z]{2,}")
_EXCHANGED = 0.2
"""The part of the words that another word takes the place of."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a collection by their length and whether they begin with a capital, each as often as it occurs."""

    words: dict[tuple[int, bool], list[str]]

    def variant(self, text: str, number: int) -> str:
        """Return `text` with a fifth of its words exchanged for words as long; the same for the same number.

        So everything stands where it stood, sentences and passages too, and a word is as common as it was.
        """
        draw = random.Random(number)  # noqa: S311 - nothing secret

        def exchanged(found: re.Match[str]) -> str:
            if draw.random() >= _EXCHANGED:
                return found[0]
            return draw.choice(self.words.get(_kind(found[0])) or [found[0]])

        return _WORD.sub(exchanged, text)


def vocabulary_of(texts: Iterable[str]) -> Vocabulary:
    """Return the words of `texts`."""
    words: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for text in texts:
        for word in _WORD.findall(text):
            words[_kind(word)].append(word)
    return Vocabulary(dict(words))


def _kind(word: str) -> tuple[int, bool]:
    return len(word), word[0].isupper()
