"""Owners: whose aircraft, whose deficit. Another one's is no answer, though its owner stands near."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from bot.answering.naming import same_word
from index.words import STOP_WORDS, stem, words

_OWNED = re.compile(
    r"(?<![\w-])(?P<owner>[A-Z][\w-]*(?: [A-Z][\w-]*)*)(?:['’]s|(?<=s)['’])(?P<rest>(?: [a-z][\w-]*){1,3})"
)
_DAYS = frozenset(
    (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "year",
    )
)


def other_owner(question: str, sentence: str) -> tuple[str, str] | None:
    """Return whose something is in a sentence, and whose it is in the question, where these are two.

    Only where both say whose, and the one asked about does not stand in the sentence.
    """
    said = words(sentence)
    for owner, thing in _owned(question):
        if any(same_word(words(owner)[-1], word) for word in said):
            continue
        for other, its_thing in _owned(sentence):
            if thing & its_thing:
                return other, owner
    return None


def _owned(text: str) -> Iterator[tuple[str, set[str]]]:
    """Give who has something in a text, and the stems of what it is."""
    for found in _OWNED.finditer(text):
        # "What's" has nothing, and the first word of a sentence need not belong to a name.
        names = list(dropwhile(_says_little, found["owner"].split()))
        thing = {stem(word) for word in takewhile(lambda word: not _says_little(word), words(found["rest"]))}
        if names and thing:
            yield " ".join(names), thing


def _says_little(word: str) -> bool:
    return word.casefold() in STOP_WORDS or word.casefold() in _DAYS
