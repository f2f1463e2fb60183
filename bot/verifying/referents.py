"""Whether nouns of a sentence stand for whom, or what, nouns of a source stand for.

Two names are the same or are not, unless the source calls one by the other; a noun may stand for a name that is
described so. Where nothing tells, nothing is said: it is the hard part of reading. The cues are those of Haghighi and
Klein, "Simple Coreference Resolution with Rich Syntactic and Semantic Features", EMNLP 2009: names, heads, appositions,
number, and nearness in meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from bot.answering.naming import TITLES
from bot.verifying.alignment import SAME, SYNONYM, Alignment
from bot.verifying.amounts.figure import Figure
from bot.verifying.clauses import OWN, Noun
from bot.verifying.figures import figures_in
from bot.verifying.names import CALENDAR
from bot.verifying.offices import OFFICES
from bot.verifying.quantities import same_amount
from bot.verifying.reading import Reading
from bot.verifying.relations import are_synonyms, is_capital_of

UNKNOWN = 0.6
"""How far nouns are taken to stand for the same where nothing tells."""
SURELY = 0.85
"""How far they stand for the same, at least, where that is certain."""
HARDLY = 0.3
"""How far they do, at most, where they stand for others."""
_SAME, _OTHERS = 1.0, 0.0
_PERHAPS = 0.7
_NOT_LIKELY = 0.35
_MANY_FOR_ONE = 0.15
"""How far several stand for somebody who has a name."""
_NEAR = 0.45
"""How near in meaning a noun is to what somebody is called, at least, to stand for them."""
_CALLED = 0.5
"""How far a noun says what a name is described as, at least, to stand for it."""
_OF_THE_SENTENCE = 0.98
"""How far a noun counts that is only part of what the other is called."""
_ANOTHERS = 0.15
"""How far somebody is what is theirs: "Nereia", "its moon"."""
_UNNAMED = frozenset(("a", "an", "another"))
"""Before these, a noun stands for somebody else than whoever was named."""


def alike(alignment: Alignment, mine: Sequence[Noun], source: int, theirs: Sequence[Noun]) -> float:
    """Return how far (0..1) one of some nouns of the sentence stands for what one of some of a source stands for.

    UNKNOWN where there are none to hold against one another. Nouns that name the same are held by their names.
    """
    own = [noun for noun in mine if is_name(alignment, alignment.sentence, noun)]
    others = [noun for noun in theirs if is_name(alignment, alignment.readings[source], noun)]
    if own and others:
        mine, theirs = own, others
    found = [_alike(alignment, one, source, other) for one in mine for other in theirs]
    if len(mine) > 1 and any(noun.is_plural for noun in theirs):
        found.append(UNKNOWN)  # "Lantern and Vuzo", "the two companies"
    return max(found, default=UNKNOWN)


def is_name(alignment: Alignment, reading: Reading, noun: Noun) -> bool:
    """Tell whether a noun is a name itself, and not only has one beside it."""
    word = reading.words[noun.word]
    if not word.named or word.plain in CALENDAR:
        return False
    return noun.word in noun.names or not word.opens or word.stem in alignment.name_stems


def _alike(alignment: Alignment, mine: Noun, source: int, theirs: Noun) -> float:
    reading = alignment.readings[source]
    if _tells_nothing(alignment.sentence, mine) or _tells_nothing(reading, theirs):
        return UNKNOWN
    figure, there = _figure_of(alignment.sentence, mine), _figure_of(reading, theirs)
    if figure is not None and there is not None:
        return _SAME if same_amount(figure, there) else UNKNOWN
    own, other = is_name(alignment, alignment.sentence, mine), is_name(alignment, reading, theirs)
    if own != other and alignment.match(mine.word, source, theirs.word) >= SAME:
        return _SAME
    if own and other:
        return _names_alike(alignment, mine, source, theirs)
    if own:
        return _name_for_noun(alignment, mine, source, theirs)
    if other:
        return _noun_for_name(alignment, mine, source, theirs)
    return _nouns_alike(alignment, mine, source, theirs)


def _tells_nothing(reading: Reading, noun: Noun) -> bool:
    word = reading.words[noun.word]
    return noun.is_pronoun or word.is_figure or not word.is_content


def _figure_of(reading: Reading, noun: Noun) -> Figure | None:
    """Return the figure that a noun is the unit of: "3 percent"."""
    return next((each for each in figures_in(reading) if each.first <= noun.word <= each.last), None)


def _names_alike(alignment: Alignment, mine: Noun, source: int, theirs: Noun) -> float:
    names = _telling(alignment.sentence, mine.names or mine.words)
    reading = alignment.readings[source]
    others = _telling(reading, theirs.names or theirs.words)
    if _share(alignment, names, source, others):
        return _SAME
    plain = alignment.sentence.words[mine.word].plain
    if is_capital_of(plain, reading.words[theirs.word].plain):
        return UNKNOWN  # "Lisbon will pay"
    if any(not words.isdisjoint(others) for words in _descriptions(alignment, names, source)):
        return _SAME
    return UNKNOWN if _is_of_a_people(reading, theirs) else _OTHERS


def _is_of_a_people(reading: Reading, noun: Noun) -> bool:
    """Tell whether a name may stand for anybody: "the Italian"."""
    if noun.determiner != "the" or len(_telling(reading, noun.words)) > 1:
        return False
    return not reading.words[noun.word].text.isupper()


def _descriptions(alignment: Alignment, names: Sequence[int], source: int) -> list[frozenset[int]]:
    """Return the descriptions that a source has of a name: those with more than half of its words."""
    return [
        words
        for words in alignment.told_by(source).descriptions
        if 2 * sum(alignment.best_match([name], source, words) >= SYNONYM for name in names) > len(names)
    ]


def _share(alignment: Alignment, names: Sequence[int], source: int, others: Sequence[int]) -> bool:
    """Tell whether two names have more than half of the words of the shorter one in common."""
    columns = [alignment.column(source, word) for word in others]
    same = alignment.matches[np.ix_(list(names), columns)] >= SYNONYM
    shared = min(int(same.any(axis=1).sum()), int(same.any(axis=0).sum()))
    return 2 * shared > min(len(names), len(others))


def _name_for_noun(alignment: Alignment, mine: Noun, source: int, theirs: Noun) -> float:
    """Return how far a name of the sentence is whom a noun of a source stands for."""
    reading = alignment.readings[source]
    names = _telling(alignment.sentence, mine.names or mine.words)
    if alignment.best_match(names, source, theirs.names) >= SYNONYM:
        return UNKNOWN  # "the ministry of Karelsk"
    if theirs.determiner in OWN or alignment.best_match(names, source, theirs.words) >= SYNONYM:
        return _ANOTHERS
    described = {
        word
        for words in _descriptions(alignment, names, source)
        for word in words
        if reading.words[word].is_content
    }
    if any(reading.words[word].stem == reading.words[theirs.word].stem for word in described):
        return _SAME
    if _is_another_office(reading, theirs, described):
        return _ANOTHERS
    common = [word for word in described if not (reading.words[word].named or reading.words[word].is_figure)]
    if common and alignment.nearness(source, theirs.word, common) >= _NEAR:
        return _PERHAPS
    if theirs.is_plural and (common or len(names) > 1):
        return _MANY_FOR_ONE
    return _NOT_LIKELY if common or theirs.determiner in _UNNAMED else UNKNOWN


def _is_another_office(reading: Reading, noun: Noun, described: Collection[int]) -> bool:
    """Tell whether a noun is an office, and somebody is described as having others: a mayor, a minister."""
    office = reading.words[noun.word]
    theirs = [reading.words[word] for word in described if reading.words[word].stem in OFFICES]
    if office.stem not in OFFICES or not theirs:
        return False
    return not any(are_synonyms(office.plain, each.plain) for each in theirs)


def _noun_for_name(alignment: Alignment, mine: Noun, source: int, theirs: Noun) -> float:
    """Return how far a noun of the sentence stands for a name of a source."""
    reading = alignment.readings[source]
    if alignment.best_match(mine.words, source, _telling(reading, theirs.names or theirs.words)) >= SYNONYM:
        return UNKNOWN
    stems = {reading.words[word].stem for word in _telling(reading, theirs.names or theirs.words)}
    described = [
        words
        for words in alignment.told_by(source).descriptions
        if any(reading.words[word].stem in stems for word in words)
    ]
    if any(alignment.best_match([mine.word], source, words) >= _CALLED for words in described):
        return _SAME
    others = [words for words in alignment.told_by(source).descriptions if words not in described]
    is_somebody_else = any(alignment.best_match([mine.word], source, words) >= SYNONYM for words in others)
    return _MANY_FOR_ONE if is_somebody_else else UNKNOWN


def _nouns_alike(alignment: Alignment, mine: Noun, source: int, theirs: Noun) -> float:
    reading = alignment.readings[source]
    heads = alignment.match(mine.word, source, theirs.word)
    if heads >= SYNONYM and _are_of_others(alignment, mine, source, theirs):
        return _MANY_FOR_ONE
    own, other = _telling(alignment.sentence, mine.words), _telling(reading, theirs.words)
    beside = max(
        alignment.best_match([mine.word], source, other), alignment.best_match(own, source, [theirs.word])
    )
    return max(0.0, heads, beside * _OF_THE_SENTENCE)


def _are_of_others(alignment: Alignment, mine: Noun, source: int, theirs: Noun) -> bool:
    """Tell whether two are of different names: "Spanish police", "Turkish police"."""
    own = [word for word in mine.words if alignment.sentence.words[word].named and word != mine.word]
    words = alignment.readings[source].words
    others = [word for word in theirs.words if words[word].named and word != theirs.word]
    own = [word for word in own if not alignment.sentence.words[word].opens or word in mine.names]
    others = [word for word in others if not words[word].opens or word in theirs.names]
    return bool(own and others) and alignment.best_match(own, source, others) < SYNONYM


def _telling(reading: Reading, words: Collection[int]) -> list[int]:
    """Return those of the words of a noun that tell who it is, titles and figures left out, or else all of them."""
    own = [
        word
        for word in words
        if reading.words[word].is_content
        and not reading.words[word].is_figure
        and reading.words[word].stem not in TITLES
        and reading.words[word].plain not in CALENDAR
    ]
    return own or list(words)
