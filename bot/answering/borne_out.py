"""Near misses: whether what a question names is borne out where its answer would stand.

A question whose who, where or when was swapped for another (NATO for CSTO, 2021 for 2023) finds the passage of the
original, and hardly scores less. What tells it apart is the name itself: a name that stands in a passage matches itself
there (0.8 and more by late interaction), another one in its place far less (0.25 to 0.5); common nouns do not tell so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from bot.answering.amounts import is_year
from bot.answering.asked import Asked
from bot.answering.contrasts import said_otherwise
from bot.answering.naming import TITLES, misspelt, root_of, same_word, spelled_alike
from bot.numbers import written_number
from index.arrays import Vectors
from index.late_interaction import similarities
from index.retrieval import RetrievedPassage
from index.words import STOP_WORDS, stem, words

ShareOfArticles = Callable[[str], float]
"""The share (0..1) of all articles that hold a word that begins so."""

_WHERE_BEFORE = re.compile(
    r"\b(?:in|near|at|from|to|on|off|into|onto|outside|inside|around|between|across|over|through|towards?|by|for|and|or)"
    r"\s+(?:the\s+)?$",
    re.I,
)
_FIRMS = frozenset((
    "airways", "airlines", "group", "corporation", "corp", "inc", "ltd", "limited", "plc", "company", "co", "holding",
    "holdings", "motors", "industries", "systems", "technologies", "partners", "international", "enterprises",
    "brothers", "sons", "ag", "gmbh", "sa", "nv",
))  # fmt: skip
_MOST = 0.6
_MANY = 0.25
"""Of the articles, of the whole collection."""
_PLACE_AT_END = re.compile(r"\b(?:in|on|at|to|from|under|inside|near) the (?P<place>[a-z]+)\W*$")
_SAY_LITTLE = frozenset(map(stem, (
    "men", "women", "people", "persons", "believed", "thought", "said", "says", "reported", "estimated", "according",
    "expected", "exactly", "roughly", "currently", "recently", "altogether", "together", "way", "ways", "thing",
    "things", "kind", "type", "example", "number", "called", "known", "referring", "natural", "main", "major",
)))  # fmt: skip
_STRANGE = 0.35
"""A word that no word of a passage is as much like is not spoken of there."""
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
        return any(rounds_to(written, name) or _is_spelled_out(name, written) for written in looked_at)
    if any(
        same_word(name, written) or misspelt(name, written) for written in looked_at if written[0].isupper()
    ):
        return True
    best = int(matches.argmax()) if len(matches) else 0
    if not len(matches) or float(matches[best]) < _SAME:
        return False
    start, end = (source.words.spans[best] + offset).tolist()
    return start < offset or not spelled_alike(name, source.article.text[start:end])


def _is_spelled_out(figure: str, word: str) -> bool:
    """Tell whether a word is a figure in letters: four, for 4."""
    number = written_number([word.casefold()])
    return word.isalpha() and number is not None and str(number[0]) == figure


def rounds_to(written: str, asked: str) -> bool:
    """Tell whether a figure with decimals is another one cut off or rounded: 11.8 and 11, 4.96 and 5."""
    try:
        exact, rough = float(written.replace(",", "")), float(asked.replace(",", ""))
    except ValueError:
        return False
    return "." in written and rough in (int(exact), round(exact))


def missing_names(asked: Asked, source: RetrievedPassage, share: ShareOfArticles) -> list[str]:
    """Return the names and figures of the question that a passage, and its article's title, do not bear out.

    `share` tells how many of all articles hold a word that begins so. Of a name of several words the last one counts:
    it tells Port Eldin from Port Elden, and Ilsa Marren from Ilsa Holm. Where it is but a common noun there, as in the
    tower of Elden, another one has to stand with it for Eiffel Tower.
    """
    held = stems_of(source)
    written = [asked.text[start:end] for start, end in asked.encoded.words.spans.tolist()]
    matches = similarities(asked.encoded.words, source.words)
    missing = []
    for name in asked.names:
        last = words(name)[-1]
        places = [place for place, word in enumerate(written) if word == last]
        nearest = matches[:, places].max(axis=1) if places else np.full(len(matches), -1, dtype=np.float32)
        if _is_known_otherwise(name, asked.text, source):
            continue
        borne = is_borne(last, held, nearest, source) and not _is_common_noun_alone(name, source, held)
        borne = borne or _is_firm_by_first_name(name, held)
        if not borne and not _is_abbreviated(name, source, held) and not _is_frame(name, asked.text, source):
            missing.append(name)
    return [name for name in missing if not _is_home(name, asked, missing, share)]


def _is_home(name: str, asked: Asked, missing: Sequence[str], share: ShareOfArticles) -> bool:
    """Tell whether a name goes without saying where an article comes from: so many others have it.

    A paper does not say of its own parliament which country's it is. The name has to be in most articles or, where
    another name of the question says what it is about, in many.
    """
    root = root_of(name)
    # The index looks for stems: one that is cut shorter, Mars to mar, begins March and market too.
    if " " in name or name[0].isdigit() or name.isupper() or len(stem(root)) < max(5, len(root)):
        return False
    named = any(other not in missing and not other[0].isdigit() for other in asked.names)
    return share(root) >= (_MANY if named else _MOST)


def _is_firm_by_first_name(name: str, held: AbstractSet[str]) -> bool:
    """Tell whether a firm is called there without what all firms are called: Skellan, for Skellan Airways."""
    *telling, last = words(name)
    return bool(telling) and last.casefold() in _FIRMS and all(stem(word) in held for word in telling)


def _is_known_otherwise(name: str, question: str, source: RetrievedPassage) -> bool:
    """Tell whether a figure is the year in which an article was published, or is known (the 41) and elsewhere in it."""
    dated = source.article.published_at
    if re.search(rf"\b{re.escape(name)}(?:(?<=\d{{4}})s|st|nd|rd|th)\b", question):
        return True  # the 1700s and the 15th century may be told by any year in them
    if is_year(name):
        return dated is not None and dated.year == int(name)
    return name[0].isdigit() and f"the {name} " in question and name in words(source.article.text)


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


def strange_words(asked: Asked, source: RetrievedPassage) -> list[str]:
    """Return the question's content words, names apart, that are strange to an article, if most of them are.

    A strange one does not stand in it, nor what stands for it, and no word of the passage is much like it. One alone
    counts where it is the place that the question ends with: "... on the moon?".
    """
    if STOP_WORDS.isdisjoint(word.casefold() for word in asked.words):
        return []  # it is not in English, so that no word of it need be like any
    held = {stem(word) for word in words(source.article.text)} | stems_of(source)
    matches = similarities(asked.encoded.words, source.words)
    nearest = matches.max(axis=0) if len(matches) else np.zeros(matches.shape[1], dtype=np.float32)
    plain = np.nonzero(asked.sought & ~asked.named)[0].tolist()
    strange = [
        place
        for place in plain
        if asked.word_stems[place] not in held
        and not said_otherwise(asked.word_stems[place], held)
        and float(nearest[place]) < _STRANGE
        and asked.word_stems[place] not in _SAY_LITTLE
        and asked.word_stems[place] not in STOP_WORDS
    ]
    spans = asked.encoded.words.spans
    written = [asked.text[spans[place][0] : spans[place][1]] for place in strange]
    if len(strange) > 1 and 2 * len(strange) >= len(plain):
        return written
    place = _PLACE_AT_END.search(asked.text)
    return [word for word in written if place and word == place["place"]]


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
