"""What of a long text bears on a sentence: to hold a sentence against a whole book takes minutes, and is of no use."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from index.sentences import split_sentences
from index.words import stems

Spans = list[tuple[int, int]]

_UNBROKEN = 1_000
"""Characters of a sentence, from which on it is taken for several."""
_PART = re.compile(rf"\S(?:.{{0,{_UNBROKEN - 2}}}\S)?(?!\S)|\S{{1,{_UNBROKEN}}}", re.S)


def part_about(text: str, sentence: str, longest: int) -> str:
    """Return the sentences of `text` that share words with `sentence`, and their neighbours: some `longest` characters.

    The rarer the words, the sooner. A text that is no longer is returned whole.
    """
    if len(text) <= longest:
        return text
    spans, wanted = _spans(text), stems(sentence)
    shared = [stems(text[start:end]) & wanted for start, end in spans]
    counts = Counter(word for own in shared for word in own)
    worth = [sum(1 / counts[word] for word in own) for own in shared]
    kept: set[int] = set()
    for number in sorted(range(len(spans)), key=lambda each: -worth[each]):
        kept |= {each for each in (number - 1, number, number + 1) if 0 <= each < len(spans)}
        if sum(spans[each][1] - spans[each][0] for each in kept) >= longest:
            break
    return _joined(text, spans, sorted(kept))


def _spans(text: str) -> Spans:
    return [
        part.span() for each in split_sentences(text) for part in _PART.finditer(text, each.start, each.end)
    ]


def _joined(text: str, spans: Spans, kept: list[int]) -> str:
    """Return some parts of a text, with what is between neighbours, and a blank line between others."""
    parts = [text[slice(*spans[kept[0]])]] if kept else []
    for before, number in pairwise(kept):
        gap = text[spans[before][1] : spans[number][0]] if number == before + 1 else "\n\n"
        parts.append(f"{gap}{text[slice(*spans[number])]}")
    return "".join(parts)
