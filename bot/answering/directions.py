"""Directions: who went from where to where. Both names stand in the sentence of the question turned round."""

from __future__ import annotations

import re

from bot.answering.naming import same_word
from index.words import words

_NAME = r"(?:the )?(?P<{0}>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)"
_FROM = re.compile(r"\b(?:from|out of|leaving|left) " + _NAME.format("name"))
_TO = re.compile(r"\b(?:into|to|towards?|entering|entered|for) " + _NAME.format("name"))


def turned_round(question: str, sentence: str) -> str | None:
    """Return the name that a question leaves from, and the sentence goes to, or the other way round, as said there.

    Only where the question says both, from where and to where, and the sentence neither as it is asked.
    """
    start, goal = _FROM.search(question), _TO.search(question)
    if not start or not goal:
        return None
    left, reached = _named(_FROM, sentence), _named(_TO, sentence)
    if _among(start["name"], left) or _among(goal["name"], reached):
        return None
    if _among(start["name"], reached):
        return f"to {start['name']}"
    return f"from {goal['name']}" if _among(goal["name"], left) else None


def _named(pattern: re.Pattern[str], sentence: str) -> list[str]:
    return [found["name"] for found in pattern.finditer(sentence)]


def _among(name: str, others: list[str]) -> bool:
    last = words(name)[-1]
    return any(same_word(last, words(other)[-1]) for other in others)
