"""What little grammar the checks need: which words are verbs, in which voice, and what stands beside a word."""

from __future__ import annotations

from collections.abc import Iterable

from bot.verbs import verbs
from bot.verifying.figures import figures_in
from bot.verifying.reading import Reading, Word

BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
HELPING = frozenset((
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might",
))  # fmt: skip
DETERMINERS = frozenset((
    "the", "a", "an", "its", "his", "her", "their", "of", "s", "this", "no", "any", "some",
))  # fmt: skip
"""What stands before a noun: "of" and the "s" of a genitive among them."""
_BETWEEN = frozenset(("not", "also", "never", "t", "now", "still"))
"""What stands between "was" and its participle, besides adverbs in -ly."""


def word_before(reading: Reading, number: int) -> str:
    """Return the word before one, in lower case; nothing where it is the first."""
    return reading.words[number - 1].plain if number > 0 else ""


def word_after(reading: Reading, number: int) -> str:
    """Return the word after one, in lower case; nothing where it is the last."""
    return reading.words[number + 1].plain if number + 1 < len(reading.words) else ""


def may_be_verb(word: Word) -> bool:
    """Tell whether a word may be a form of a verb, going by itself alone."""
    return word.plain in verbs().all or (word.plain.endswith("ed") and not word.named)


def is_told(word: Word) -> bool:
    """Tell whether a word may be a verb that tells something of a subject: "rose", "rises"."""
    return word.plain in verbs().past or word.plain in verbs().third


def is_finite(word: Word) -> bool:
    """Tell whether a word may be the verb that makes words a clause: "was" and "has", too."""
    return word.plain in HELPING or is_told(word)


def is_clause(reading: Reading, numbers: Iterable[int]) -> bool:
    """Tell whether words hold a verb, and so are a clause of their own."""
    return any(is_finite(reading.words[number]) for number in numbers)


def is_passive(reading: Reading, number: int) -> bool:
    """Tell whether a verb is in the passive: "was told", "told by"."""
    words = reading.words
    plain = words[number].plain
    if plain.endswith("ing"):
        return False
    if _is_by_near(reading, number) and not plain.endswith("s"):
        return True
    for place in range(number - 1, max(-1, number - 4), -1):
        if words[place].plain in BE:
            return True
        if words[place].plain not in _BETWEEN and not words[place].plain.endswith("ly"):
            return False
    return False


def _is_by_near(reading: Reading, number: int) -> bool:
    by = next((word.number for word in reading.words[number + 1 : number + 3] if word.plain == "by"), None)
    # "fell by a quarter"
    return by is not None and not any(each.first <= by + 2 and by < each.last for each in figures_in(reading))
