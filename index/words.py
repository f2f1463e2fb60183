"""Words as questions and articles share them: split, stop words left out, stemmed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W_]+")

_COMMON = (
    "a about according after again against all also am an and any are as at be because been before being "
    "between both but by can could did do does doing during each few for from further had has have having "
    "he her here hers him his how i if in into is it its itself just many may me might more most much must "
    "my no nor not now of off on once only or other our out over own per s said same say says she should so "
    "some such t than that the their them then there these they this those through to too under until up "
    "upon us very was we were what when where whether which while who whom whose why will with would you "
    "your"
)
STOP_WORDS = frozenset(_COMMON.split())
"""Words that stand in any English sentence."""

_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")

_stemmer = snowballstemmer.stemmer("english")
_stemming = Lock()
"""The stemmer keeps the word it is working on in itself."""


def words(text: str) -> list[str]:
    """Return the words of `text` as they are written, figures ("6,500") and initials ("U.S.") whole."""
    return _WORD.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of `text` begin and end."""
    return [found.span() for found in _WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """Return the words of `text` without stop words, each once, in order; all words where it has no others.

    In capitals a stop word is a name: WHO, US, IT.
    """
    found = list(dict.fromkeys(words(text)))
    return [word for word in found if word.casefold() not in STOP_WORDS or _is_name(word)] or found


def _is_name(word: str) -> bool:
    return len(word) > 1 and word.isupper()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the English stem of a word, without letter case and accents: "6,500" as 6500, "U.S." as us."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    # 6.5 and 65 are two figures.
    plain = _THOUSANDS.sub("", plain) if plain[:1].isdigit() else plain.replace(".", "")
    with _stemming:
        return str(_stemmer.stemWord(plain))


def stems(text: str) -> set[str]:
    """Return the stems of the content words of `text`."""
    return {stem(word) for word in content_words(text)}
