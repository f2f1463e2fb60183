"""The noun that a question asks for: the turnout of "What was the turnout in the run-off?"."""

from __future__ import annotations

import re
from itertools import takewhile

from index.words import STOP_WORDS, words

_IS = r"(?:is|was|are|were|will be|has been|had been)"
_WHAT_IS = re.compile(
    rf"\b(?:what|which)(?:['’]s| {_IS}) (?:(?:the|a|an|its|their|his|her|[A-Z][\w’'-]*['’]s?) )+(?P<noun>[^?.,;:]+)",
    re.I,
)
_WHICH = re.compile(r"\b(?:what|which) (?P<noun>[^?.,;:]+)", re.I)
_ADJECTIVE = re.compile(r"(?:an|ish|ese|i|ch|ic)$")
"""How what is named after a country ends: Oskerran, Spanish."""
_ENDS = frozenset((
    "of", "in", "for", "at", "between", "on", "to", "by", "from", "with", "about", "that", "which", "who", "when",
    "after", "before", "under", "over", "during", "as", "per", "than",
))  # fmt: skip
_NO_NOUN = frozenset((
    "did", "does", "do", "would", "could", "should", "can", "may", "might", "must", "will", "has", "have", "had", "is",
    "was", "are", "were", "happened", "kind", "sort", "type", "time", "one", "two",
))  # fmt: skip


def noun_asked(question: str) -> str | None:
    """Return the noun that `question` asks for by what or which, None where it asks otherwise."""
    found = _WHAT_IS.search(question)
    if found:
        run = _before(found["noun"], _ENDS)
        return run[-1] if run else None
    found = _WHICH.search(question)
    if not found:
        return None
    named = list(takewhile(lambda word: word[0].isupper(), words(found["noun"])))
    first = next(iter(words(found["noun"])[len(named) :]), None)
    # After a noun with a capital it may be a verb: "Which Minister resigned?".
    if first is None or first in _NO_NOUN or first in STOP_WORDS or not all(map(_ADJECTIVE.search, named)):
        return None
    return first


def _before(text: str, ends: frozenset[str]) -> list[str]:
    """Return the content words up to the first of `ends`, names and figures left out."""
    run: list[str] = []
    for word in words(text):
        if word.casefold() in ends:
            break
        if word[0].islower() and word not in STOP_WORDS:
            run.append(word)
    return run
