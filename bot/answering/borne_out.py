"""Near misses: whether what a question names is borne out where its answer would stand.

A question whose who, where or when was swapped for another (NATO for CSTO, 2021 for 2023) finds the passage of the
original, and hardly scores less. What tells it apart is the name itself: a name that stands in a passage matches itself
there (0.8 and more by late interaction), another one in its place far less (0.25 to 0.5); common nouns do not tell so.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

import numpy as np

from bot.answering.asked import Asked
from bot.answering.naming import TITLES, misspelt, same_word, spelled_alike
from index.arrays import Vectors
from index.late_interaction import similarities
from index.retrieval import RetrievedPassage
from index.words import STOP_WORDS, stem, words

_WHERE_BEFORE = re.compile(
    r"\b(?:in|near|at|from|to|on|off|into|onto|outside|inside|around|between|across|over|through|towards?|by|for|and|or)"
    r"\s+(?:the\s+)?$",
    re.I,
)
_SAME = 0.55
"""A name that is written otherwise (US, America) matches at least so well; another one in its place hardly does."""


def is_borne(name: str, held: AbstractSet[str], matches: Vectors, source: RetrievedPassage) -> bool:
    """Tell whether the last word of a name is among the stems `held`, or stands in a passage in another form.

    `matches` holds its cosines with the passage's words, -1 for those that are not to be looked at. A word that looks
    like it but is another, Ambrell for Ambrey, matches well and is none.
    """
    if stem(name) in held:
        return True
    offset = source.passage.start
    looked_at = [
        source.article.text[start + offset : end + offset]
        for (start, end), match in zip(source.words.spans.tolist(), matches.tolist(), strict=True)
        if match > -1 and start >= 0
    ]
    if name[0].isdigit():
        return any(rounds_to(written, name) for written in looked_at)
    if any(
        same_word(name, written) or misspelt(name, written) for written in looked_at if written[0].isupper()
    ):
        return True
    best = int(matches.argmax()) if len(matches) else 0
    if not len(matches) or float(matches[best]) < _SAME:
        return False
    start, end = (source.words.spans[best] + offset).tolist()
    return start < offset or not spelled_alike(name, source.article.text[start:end])


def rounds_to(written: str, asked: str) -> bool:
    """Tell whether a figure with decimals is another one cut off or rounded: 11.8 and 11, 4.96 and 5."""
    try:
        exact, rough = float(written.replace(",", "")), float(asked.replace(",", ""))
    except ValueError:
        return False
    return "." in written and rough in (int(exact), round(exact))


def missing_names(asked: Asked, source: RetrievedPassage) -> list[str]:
    """Return the names and figures of the question that a passage, and its article's title, do not bear out.

    Of a name of several words the last one counts: it tells Port Eldin from Port Elden, and Ilsa Marren from Ilsa Holm.
    Where it is but a common noun there, as in the tower of Elden, another one has to stand with it for Eiffel Tower.
    """
    held = stems_of(source)
    written = [asked.text[start:end] for start, end in asked.encoded.words.spans.tolist()]
    matches = similarities(asked.encoded.words, source.words)
    missing = []
    for name in asked.names:
        last = words(name)[-1]
        places = [place for place, word in enumerate(written) if word == last]
        nearest = matches[:, places].max(axis=1) if places else np.full(len(matches), -1, dtype=np.float32)
        borne = is_borne(last, held, nearest, source) and not _is_common_noun_alone(name, source, held)
        if not borne and not _is_abbreviated(name, source, held) and not _is_frame(name, asked.text, source):
            missing.append(name)
    return missing


def _is_frame(name: str, question: str, source: RetrievedPassage) -> bool:
    """Tell whether a name of one word only frames a question: whose affairs the article is about elsewhere.

    The Vestrany ministry is one, in an article that has spoken of Vestrany. A place to, from or at which something is
    asked for is none: that must stand with the answer.
    """
    if (
        " " in name
        or name[0].isdigit()
        or name.isupper()
        or _WHERE_BEFORE.search(question[: question.find(name)])
    ):
        return False
    return stem(name) in {stem(word) for word in words(source.article.text)}


def stems_of(source: RetrievedPassage) -> set[str]:
    """Return the stems of all words of a passage, its title and its publisher.

    Stop words too: May is one, and a name.
    """
    return {stem(word) for word in words(_all_of(source))}


def _is_common_noun_alone(name: str, source: RetrievedPassage, held: AbstractSet[str]) -> bool:
    """Tell whether of a name of several words only the last is in a passage, and there never with a capital."""
    *others, last = words(name)
    if not others or name[0].isdigit() or stem(last) not in held:
        return False
    capitalised = [word for word in words(_all_of(source)) if word[0].isupper()]
    telling = [word for word in others if word.casefold() not in STOP_WORDS and stem(word) not in TITLES]

    def is_named(word: str) -> bool:
        return any(same_word(word, written) or misspelt(word, written) for written in capitalised)

    return (
        bool(telling)
        and not is_named(last)
        and not any(stem(word) in held or is_named(word) for word in telling)
    )


def _all_of(source: RetrievedPassage) -> str:
    article = source.article
    return f"{article.title or ''}\n{article.publisher or ''}\n{source.passage.text}"


def _is_abbreviated(name: str, source: RetrievedPassage, held: AbstractSet[str]) -> bool:
    """Tell whether a passage has the words that an abbreviation stands for, or the abbreviation of a name's words.

    The words are capitalised and in a row, with small ones between.
    """
    parts = words(name)
    if len(parts) > 1:
        return "".join(part[0] for part in parts).casefold() in held
    initials = "".join(word[0] for word in words(source.passage.text) if word[0].isupper())
    return len(name) > 1 and name.isupper() and name in initials
