"""Which words of a text deny, and what they deny: the verb behind "not", the noun behind "no"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.verbs import verbs
from bot.verifying.grammar import may_be_verb, word_after, word_before
from bot.verifying.reading import Reading

NEGATORS = frozenset((
    "not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "cannot", "without", "t",
))  # fmt: skip
"""The "t" is that of "didn't", where a word ends at its apostrophe."""
_SUBJECTS = frozenset(("neither", "nobody", "nothing"))
"""What denies a whole clause, so that no word of it is what is denied."""
GOVERNING = frozenset((
    "deny", "denies", "denied", "denying", "refuse", "refuses", "refused", "refusing", "reject", "rejects",
    "rejected", "fail", "fails", "failed", "failing", "failure", "unable", "lack", "lacks", "lacked",
    "prevent", "prevented", "prevents", "unlikely", "absence", "refute", "refuted", "dispute", "disputed",
    "disputes", "hardly", "barely", "scarcely",
))  # fmt: skip
"""What denies only what it governs: "refused to sign", "denied having signed"."""
_DECLINING = frozenset(("decline", "declines", "declined", "declining"))
"""What denies what somebody declines to do, and nothing where something declines to 3 percent."""
_STOPPING = frozenset(("stop", "stops", "stopped", "stopping", "fell"))
_OF_NOUNS = frozenset(("no", "lack", "lacks", "lacked", "without"))
_NO_NEGATION = {
    "no": ("fewer", "less", "more", "later", "earlier", "doubt", "one", "matter"),
    "not": ("only", "least", "just", "merely", "far", "fewer", "less", "more", "necessarily"),
    "none": ("other",),
}
"""What comes after a word that denies nothing there: "no fewer than", "not only"."""
_SIGNS = frozenset(
    ("sign", "signs", "evidence", "indication", "indications", "proof", "trace", "traces", "hint")
)
_STOPS = frozenset(("to", "of", "for", "in", "on", "at", "by", "with", "from", "about", "that"))
REACH = 5
"""Words between one that denies and what it denies, at most."""
_REACH_OF_VERBS = 2
"""Words between a verb that denies, "refused to", and what it denies."""


@lru_cache(maxsize=512)
def negated(reading: Reading) -> tuple[bool, ...]:
    """Return for each word of a text whether it is what a word before it denies, twice denied being not."""
    found = [False] * len(reading.words)
    for number in negators(reading):
        for place in _denied(reading, number):
            found[place] = not found[place]
    return tuple(found)


@lru_cache(maxsize=512)
def negators(reading: Reading) -> tuple[int, ...]:
    """Return the numbers of the words of a text that deny what comes after them."""
    return tuple(number for number in range(len(reading.words)) if _is_negator(reading, number))


def _is_negator(reading: Reading, number: int) -> bool:
    word, after = reading.words[number].plain, word_after(reading, number)
    if number + 1 < len(reading.words) and reading.between(number, number + 1) == "-":
        return False  # "a no-confidence vote"
    if word in _OF_NOUNS and word != "no":
        return True
    if word in GOVERNING:
        return after in ("to", "having", "that") or after.endswith("ing")
    if word not in NEGATORS or word in _SUBJECTS:
        return _denies_a_deed(reading, number)
    if word == "t":
        return number > 0 and reading.between(number - 1, number) in ("'", "’")
    return after not in _NO_NEGATION.get(word, ())


def _denies_a_deed(reading: Reading, number: int) -> bool:
    """Tell whether a word denies what comes after its "to" or "of": "declined to sign", "stopped short of signing"."""
    word, after = reading.words[number].plain, word_after(reading, number)
    behind = word_after(reading, number + 1)
    if word in ("yet", "premature"):
        return after == "to"
    if word == "too":
        return behind == "to"
    if word in _DECLINING:
        return after == "to" and behind in verbs().bases
    return word == "short" and after == "of" and word_before(reading, number) in _STOPPING


def _denied(reading: Reading, number: int) -> Iterator[int]:
    """Give what a word denies: the verb behind "not" or "refused to", the noun behind "no" and what describes it."""
    words = reading.words
    start = _first_behind(reading, number)
    of_noun = words[number].plain in _OF_NOUNS and word_after(reading, number) != "longer"
    by_verb = words[number].plain in GOVERNING | _DECLINING
    reach = _REACH_OF_VERBS if by_verb and not of_noun else REACH
    left = 2 if of_noun else 1
    for place in range(start, min(start + reach, len(words))):
        word = words[place]
        if word.segment != words[number].segment or word.sentence != words[number].sentence:
            return
        if word.plain in _STOPS and of_noun and left == 1:
            if word.plain == "of" and words[place - 1].plain in _SIGNS:
                continue  # "no signs of sabotage" denies the sabotage, too
            return
        if word.is_content and not word.plain.endswith("ly"):
            yield place
            left -= 1
        if not left:
            return


def _first_behind(reading: Reading, number: int) -> int:
    """Return where what a word denies begins: behind "no longer", and at the verb behind "none of the ..."."""
    words, after = reading.words, word_after(reading, number)
    if words[number].plain == "too":
        return number + 3  # "too early to discuss it"
    if words[number].plain == "premature":
        return number + 2
    if after == "longer":
        return number + 2
    if words[number].plain == "none" and after == "of":
        behind = range(number + 1, len(words))
        return next((place for place in behind if may_be_verb(words[place])), len(words))
    return number + 1
