"""The names of a text, and which of them may be somebody who does something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.answering.naming import TITLES, same_word
from bot.verbs import verbs
from bot.verifying.dates import MONTHS, WEEKDAYS
from bot.verifying.likeness import same_name
from bot.verifying.reading import Reading, Word
from index.words import STOP_WORDS

Run = tuple[Word, ...]
"""The words of a name, one after the other."""

CALENDAR = frozenset((*WEEKDAYS, *MONTHS))
"""Capitalised words that are held against the sources as dates."""
_WITHIN = re.compile(r"[ \-‐‑]|\. ?")
"""What may stand between the words of a name."""
_PREPOSITIONS = frozenset((
    "of", "in", "at", "near", "from", "to", "into", "between", "for", "with", "on", "over", "against", "through",
    "around", "across", "off", "towards", "via", "and", "outside", "inside", "than", "like", "under",
))  # fmt: skip
_AFTER_A_NAME = STOP_WORDS | frozenset(("that", "which", "who", "on", "in"))
_WORD_BEFORE = re.compile(r"(\w+) (?:the )?$")
_WORD_BEHIND = re.compile(r" ([a-z][\w-]*)")
_OF_SOMEBODY = re.compile(r"['’]s?\b|['’](?=\s)|-")
"""What makes a name say whose, or what kind of thing: "Sarn's", "Sarn-based"."""
_SHORTEST = 3
"""Letters of a word that may be a name in another form."""


@lru_cache(maxsize=512)
def name_runs(reading: Reading) -> tuple[Run, ...]:
    """Return the names of a text: capitalised words with nothing but a space or a hyphen between them."""
    runs: list[list[Word]] = []
    last: Word | None = None
    for word in reading.words:
        if not word.named:
            continue
        gap = reading.text[last.end : word.start] if last else ""
        if last and last.sentence == word.sentence and _WITHIN.fullmatch(gap):
            runs[-1].append(word)
        else:
            runs.append([word])
        last = word
    return tuple(map(tuple, runs))


def telling(run: Sequence[Word]) -> Run:
    """Return the words of a name that tell it from others: titles, weekdays and months are left out."""
    return tuple(word for word in run if word.stem not in TITLES and word.plain not in CALENDAR)


def written(run: Sequence[Word]) -> str:
    """Return a name as one writes it."""
    return " ".join(word.text for word in run)


def acts(reading: Reading, run: Sequence[Word]) -> bool:
    """Tell whether a name may be somebody who does something: not where, whose, or what kind of thing."""
    text, end = reading.text, run[-1].end
    if _OF_SOMEBODY.match(text, end):
        return False
    before = _WORD_BEFORE.search(text[: run[0].start])
    if before and before[1].casefold() in _PREPOSITIONS:
        return False
    behind = _WORD_BEHIND.match(text, end)
    return behind is None or len(run) > 1 or behind[1] in _AFTER_A_NAME or behind[1] in verbs().all


def alike(one: Word, other: Word) -> bool:
    """Tell whether two words of names are the same one, in these or other forms."""
    if one.stem == other.stem:
        return True
    if min(len(one.plain), len(other.plain)) < _SHORTEST:
        return False
    return same_name(one.plain, other.plain) or same_word(one.plain, other.plain)
