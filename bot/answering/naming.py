"""Names that are like one another: the same one in another spelling or form, or another person, ship or office."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from index.sentences import split_sentences
from index.words import STOP_WORDS, stem, word_spans, words

TITLES = frozenset(map(stem, (
    "president", "vice", "deputy", "prime", "minister", "secretary", "mr", "mrs", "ms", "miss", "dr", "doctor",
    "professor", "sir", "lord", "lady", "dame", "king", "queen", "prince", "princess", "pope", "saint", "st", "general",
    "lieutenant", "major", "colonel", "captain", "admiral", "sergeant", "commander", "chancellor", "governor",
    "senator", "mayor",
    "congressman", "representative", "judge", "justice", "ambassador", "chief", "director", "chair", "chairman",
    "chairwoman", "former", "acting", "new", "the", "republic", "state", "city",
)))  # fmt: skip
"""Words before a name that may be left out or exchanged without its being another name."""

_DEMONYMS = (
    "ians", "ian", "eans", "ean", "ans", "an", "ish", "ese", "is", "i", "ern", "isms", "ism", "ists", "ist", "s",
)  # fmt: skip
"""What a name takes on where it names its people, their ways or their faith."""
_CHANGED = re.compile(r"(?:ans?|ish|ese|ch)$")
"""Where a name ends so, it may be a form of one that is written with other letters: Spain, Spanish; France, French."""
_FOLDED = (
    ("ph", "f"), ("kh", "h"), ("ck", "k"), ("y", "i"), ("j", "i"), ("ei", "i"), ("q", "k"), ("c", "k"), ("w", "v"),
    ("ou", "u"), ("oo", "u"),
)  # fmt: skip
"""Letters that are written for one another where a name comes from another script."""
_DOUBLED = re.compile(r"(.)\1+")
_A_SLIP = 0.85
_ALIKE = 0.6
"""The share of letters in common, in order, from which on two words are taken for spellings of like names."""


def names_of(sentence: str) -> list[str]:
    """Return the runs of capitalised words in a sentence, its first word among them where that is no stop word."""
    found: list[str] = []
    last_end = -1
    for start, end in word_spans(sentence):
        word = sentence[start:end]
        if not word[0].isupper() or (word.casefold() in STOP_WORDS and not word.isupper()):
            last_end = -1
            continue
        if last_end >= 0 and sentence[last_end:start] == " ":
            found[-1] += " " + word
        else:
            found.append(word)
        last_end = end
    return found


def names_in(question: str) -> tuple[str, ...]:
    """Return the names and figures that a question gives, each once.

    A name is a run of capitalised words with white space between, of which a sentence's first word is only a part
    where it is in capitals; a figure is what begins with a digit. In a question without a common English word, which
    may be German, where all nouns are capitalised, a single word is a name only in capitals.
    """
    found: list[str] = []
    last_end = -1
    opening = openings(question)
    for start, end in word_spans(question):
        word = question[start:end]
        if not is_named(word, opens=start in opening):
            last_end = -1
            continue
        joins = last_end >= 0 and question[last_end:start] == " " and not word[0].isdigit()
        if joins and not found[-1][0].isdigit():
            found[-1] += " " + word
        else:
            found.append(word)
        last_end = end
    if not any(word.casefold() in STOP_WORDS for word in words(question)):
        found = [name for name in found if " " in name or name.isupper() or name[0].isdigit()]
    return tuple(dict.fromkeys(found))


def speaking_words(text: str, names: Iterable[str], speaks: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the words of a text without those that are only part of a name: the Corn of Corn Quay is none.

    `speaks` tells which words say within a name what they say elsewhere: the Health of a Health Ministry.
    """
    within = [
        (found.start(), found.end())
        for name in dict.fromkeys(names)
        if " " in name
        for found in re.finditer(re.escape(name), text)
    ]
    return tuple(
        text[start:end]
        for start, end in word_spans(text)
        if speaks(text[start:end]) or not any(first <= start < last for first, last in within)
    )


def openings(text: str) -> frozenset[int]:
    """Return where the first words of the sentences of `text` begin: they are capitalised, names or not."""
    starts = [start for start, _ in word_spans(text)]
    sentences = [sentence.start for sentence in split_sentences(text)]
    return frozenset(next((start for start in starts if start >= opens), -1) for opens in sentences)


def is_named(word: str, *, opens: bool) -> bool:
    """Tell whether a word of a question is a figure or (part of) a name; `opens` says that it opens a sentence."""
    if word[0].isdigit():
        return True
    return word[0].isupper() and len(word) > 1 and (not opens or word.isupper()) and word != "I"


def other_name(asked: str, sentence: str) -> str | None:
    """Return the name in a sentence that is like the one asked about but another: Port Eldin for Port Elden.

    Like is a name of several words that differs in one, which is neither a title nor the same word in another form or
    spelling, or that has one in common and others of its own, unless that is the last of both, as a family's name is;
    and a single word that begins and is spelled alike. Where the sentence has the words of the name as
    well, there is none.
    """
    wanted = words(asked)
    if not wanted or {stem(word) for word in wanted} <= {stem(word) for word in words(sentence)}:
        return None
    found = [words(name) for name in names_of(sentence)]
    if len(wanted) == 1:
        return next((word for name in found for word in name if _is_like(wanted[0], word)), None)
    return next(
        (other for name in found if (other := _differing(wanted, name) or _overlapping(wanted, name))), None
    )


def _is_like(one: str, other: str) -> bool:
    begins_alike = one[:3].casefold() == other[:3].casefold() and abs(len(one) - len(other)) < 2
    return begins_alike and spelled_alike(one, other)


def _differing(wanted: Sequence[str], name: Sequence[str]) -> str | None:
    for start in range(len(name) - len(wanted) + 1):
        window = name[start : start + len(wanted)]
        pairs = list(zip(wanted, window, strict=True))
        shared = [one for one, two in pairs if same_word(one, two)]
        different = [pair for pair in pairs if not same_word(*pair)]
        if len(different) != 1 or all(stem(word) in TITLES for word in shared):
            continue
        one, two = different[0]
        if not {stem(one), stem(two)} & TITLES and not misspelt(one, two):
            return " ".join(window)
    return None


def _overlapping(wanted: Sequence[str], name: Sequence[str]) -> str | None:
    if len(name) < 2 or same_word(wanted[-1], name[-1]) or _folded("".join(wanted)) == _folded("".join(name)):
        return None
    telling, others = (
        [word for word in each if stem(word) not in TITLES and word.casefold() not in STOP_WORDS]
        for each in (wanted, name)
    )
    missing = [word for word in telling if not any(same_word(word, other) for other in others)]
    own = [other for other in others if not any(same_word(word, other) for word in telling)]
    return " ".join(name) if missing and own and len(missing) < len(telling) else None


@lru_cache(maxsize=16384)
def same_word(one: str, other: str) -> bool:
    """Tell whether two words are one in other forms or spellings: Oskerra and Oskerran, Sergei and Sergey."""
    first, second = stem(one), stem(other)
    if first == second or _folded(first) == _folded(second):
        return True
    return not _roots(one).isdisjoint(_roots(other))


def spelled_alike(one: str, other: str) -> bool:
    """Tell whether two words of four letters and more look alike and are not the same: Ambrell and Ambrey."""
    if same_word(one, other) or _CHANGED.search(one.casefold()) or _CHANGED.search(other.casefold()):
        return False
    return min(len(one), len(other)) > 3 and _in_common(one, other) >= _ALIKE and not misspelt(one, other)


@lru_cache(maxsize=16384)
def misspelt(one: str, other: str) -> bool:
    """Tell whether one of two words is the other with a slip: Prot and Port or, of six letters, Bismark, Bismarck."""
    if _is_swapped(one.casefold(), other.casefold()):
        return True
    if min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1:
        return False
    return _in_common(one, other) >= _A_SLIP


def _is_swapped(one: str, other: str) -> bool:
    """Tell whether two words of four letters and more differ by two neighbouring letters in the other's place."""
    if len(one) != len(other) or len(one) < 4 or one == other:
        return False
    at = next(place for place in range(len(one)) if one[place] != other[place])
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]


def _in_common(one: str, other: str) -> float:
    plain = (_folded(stem(one)), _folded(stem(other)))
    as_written = (one.casefold(), other.casefold())
    return max(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in (as_written, plain))


def root_of(name: str) -> str:
    """Return what a name and the forms of it that name people begin with: Oskerra, Oskerran.

    At least five letters, since shorter ones begin too much else: India, Indian, but not individual.
    """
    long = [root for root in _roots(name) if len(root) > 4]
    return min(long, key=len, default=name.casefold())


def _roots(word: str) -> set[str]:
    """Return what may be left of a name without the endings of the people named after it, at least three letters."""
    folded = word.casefold()
    without = {folded, *(folded.removesuffix(ending) for ending in _DEMONYMS)}
    return {root.rstrip("aeo") for root in without if len(root.rstrip("aeo")) > 2}


def _folded(word: str) -> str:
    for written, sounded in _FOLDED:
        word = word.replace(written, sounded)
    return _DOUBLED.sub(r"\1", word)
