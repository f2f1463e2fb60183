"""How a reason shows what a passage says instead."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from bot.verifying.reading import Reading

_LONGEST = 160
"""Characters: what a reader takes in at a glance, in a reason that is itself a sentence."""


def excerpt(reading: Reading, word: int) -> str:
    """Return the sentence that a word stands in, in quotation marks; where it is long, its beginning."""
    start, end = reading.sentences[reading.words[word].sentence]
    return f"“{textwrap.shorten(reading.text[start:end], _LONGEST, placeholder=' …')}”"


def written(reading: Reading, numbers: Sequence[int]) -> str:
    """Return what a text has from the first of these words to the last one; nothing where there are none."""
    if not numbers:
        return ""
    return reading.text[reading.words[numbers[0]].start : reading.words[numbers[-1]].end]
