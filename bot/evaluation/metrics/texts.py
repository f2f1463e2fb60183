"""How like an expected answer a text is, as SQuAD counts it."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_WITHOUT_PUNCTUATION = str.maketrans("", "", string.punctuation)


def exact_match(text: str, answers: Iterable[str]) -> float | None:
    """Return 1 if `text` is one of `answers`, else 0; None without answers.

    Case, punctuation, articles (a, an, the) and white space do not count. (Rajpurkar, Zhang, Lopyrev and Liang, "SQuAD:
    100,000+ questions for machine comprehension of text", 2016, section 6.1.)
    """
    return _best(lambda answer: float(_words(text) == _words(answer)), answers)


def token_f1(text: str, answers: Iterable[str]) -> float | None:
    """Return how many words `text` has in common with the likest of `answers`, 0..1; None without answers.

    The harmonic mean of the share of its words that are the answer's and the share of the answer's words that are in
    it, as bags. Where either has no words, 1 if the other has none either, else 0. (The same, and its second version's
    evaluation script.)
    """
    return _best(lambda answer: _f1(_words(text), _words(answer)), answers)


def _best(compare: Callable[[str], float], answers: Iterable[str]) -> float | None:
    return max(map(compare, answers), default=None)


def _f1(words: list[str], expected: list[str]) -> float:
    if not words or not expected:
        return float(words == expected)
    shared = sum((Counter(words) & Counter(expected)).values())
    return 2 * shared / (len(words) + len(expected))


def _words(text: str) -> list[str]:
    return _ARTICLES.sub(" ", text.lower().translate(_WITHOUT_PUNCTUATION)).split()
