"""Who says what: the speakers that a text names, by a verb ("Holm said"), "according to Holm", or "Holm's estimate"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from bot.verifying.grammar import is_clause, is_finite, may_be_verb
from bot.verifying.names import CALENDAR
from bot.verifying.phrases import (
    ARTICLES,
    LONGEST,
    is_pronoun,
    names_somebody,
    phrase_before_comma,
    phrase_from,
    phrase_to,
)
from bot.verifying.quotations import quoted_stretches
from bot.verifying.reading import Reading, Word
from bot.verifying.saying import PLAIN_VERBS, says

_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|in the view of|as (?:reported|estimated|stated|announced|quoted) by"
    r"|(?:reported|estimated|announced|said|stated|described|forecast|predicted|confirmed|compiled|published|released)"
    r" by"
    r"|citing|quoting|quoted)\s",
    re.I,
)
_OWN_WORDS = re.compile(
    r"['’]s? (?:[\w-]+ ){0,2}(?:estimates?|figures?|statement|report|forecast|assessment|data|account|survey|study"
    r"|calculations?|findings|warning|projections?)\b"
)
_BREAK = re.compile(r"[,”\"’]")
_BEFORE_A_NOUN = ARTICLES | frozenset(("mr", "mrs", "ms", "dr"))
_A_NAME = 4
"""Words that a name has at most, a title among them."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the words that name them, the sentence they do it in, and the word that tells it."""

    words: tuple[int, ...]
    sentence: int
    verb: int

    @property
    def telling(self) -> Sequence[int]:
        """The words that tell who speaks, and that they do: all from the name to the verb where it comes first."""
        if self.words and self.words[0] < self.verb < self.words[0] + LONGEST:
            return range(self.words[0], self.verb + 1)
        return (*self.words, self.verb)


@lru_cache(maxsize=512)
def speakers_in(reading: Reading) -> tuple[Speaker, ...]:
    """Return the speakers that a text names, in order, pronouns replaced by the last speaker or name before."""
    found = [*_by_verb(reading), *_by_phrase(reading), *_by_their_own(reading)]
    return tuple(_resolved(reading, sorted(found, key=lambda speaker: speaker.verb)))


def _by_verb(reading: Reading) -> Iterator[Speaker]:
    quoted = {number for first, last in quoted_stretches(reading) for number in range(first, last + 1)}
    for number, word in enumerate(reading.words):
        # What is asked or said within a quotation, others than whoever is quoted ask or say.
        place = _subject(reading, number) if number not in quoted and says(reading, number) else []
        if place:
            yield Speaker(tuple(place), word.sentence, number)


def _by_phrase(reading: Reading) -> Iterator[Speaker]:
    """Give the speakers behind "according to" and the like; where that opens a sentence, they end with their comma."""
    opening = {start for start, _ in reading.sentences}
    for match in _ACCORDING.finditer(reading.text):
        first = next((number for number, word in enumerate(reading.words) if word.start >= match.end()), None)
        place = _named_behind(reading, first, opens=match.start() in opening) if first is not None else []
        # "citing climate risks"
        gives_reasons = match[0].casefold().startswith("citing") and not names_somebody(reading, place)
        if place and not gives_reasons:
            yield Speaker(tuple(place), reading.words[place[0]].sentence, max(place[0] - 1, 0))


def _named_behind(reading: Reading, first: int, *, opens: bool) -> list[int]:
    """Return who is named from a word on; where that opens a sentence, what follows a comma may be what they say."""
    whole = phrase_from(reading, first)
    if not opens:
        return whole
    name = phrase_from(reading, first, apposition=False)
    told = [number for number in whole if number not in name]
    ended = whole and whole[-1] + 1 < len(reading.words) and reading.between(whole[-1], whole[-1] + 1) == ", "
    return whole if told and ended and not is_clause(reading, told) else name


def _by_their_own(reading: Reading) -> Iterator[Speaker]:
    """Give the speakers whose estimates, reports and the like a text tells of."""
    for match in _OWN_WORDS.finditer(reading.text):
        before = [number for number, word in enumerate(reading.words) if word.end <= match.start()]
        if before:
            place = phrase_to(reading, before[-1])
            yield Speaker(tuple(place), reading.words[place[-1]].sentence, place[-1])


def _subject(reading: Reading, verb: int) -> list[int]:
    """Return the words that name who says it: before the verb, or behind it where that ends what is said."""
    found = _with_name_before(reading, _beside(reading, verb))
    if not is_clause(reading, found):
        return found
    # "X did this and said that"
    first = next(place for place, number in enumerate(found) if is_finite(reading.words[number]))
    if names_somebody(reading, found[:first]):
        return found[:first]
    start = found[0]
    if start and reading.words[start - 1].sentence == reading.words[verb].sentence:
        return phrase_to(reading, start - 1)
    return found


def _with_name_before(reading: Reading, found: list[int]) -> list[int]:
    """Return who says something with the name that tells who it is: "Daniel Forde, an astronomer"."""
    if not found or not found[0] or reading.words[found[0]].plain not in ("a", "an"):
        return found
    before = reading.words[found[0] - 1]
    if not before.named or reading.between(found[0] - 1, found[0]) != ", ":
        return found
    name = phrase_to(reading, found[0] - 1)
    return name + found if len(name) <= _A_NAME else found


def _beside(reading: Reading, verb: int) -> list[int]:
    """Return the words beside a verb that may name who says it."""
    words = reading.words
    behind = _behind(reading, verb)
    if behind:
        return behind
    if not verb:
        return []
    if words[verb - 1].text in ("who", "which", "that"):  # not the WHO
        return phrase_to(reading, verb - 2) if verb > 1 else []
    if "," in reading.between(verb - 1, verb):
        return phrase_before_comma(reading, verb)
    own = phrase_to(reading, verb - 1)
    if (
        len(own) == 1
        and own[0]
        and _is_of_several(words[own[0]])
        and "," in reading.between(own[0] - 1, own[0])
    ):
        return own  # "..., diplomats said"
    if not names_somebody(reading, own) and own[0] and words[own[0] - 1].sentence == words[verb].sentence:
        # "X, the head of Y, did this and said that"
        return phrase_before_comma(reading, own[0])
    return own


def _is_of_several(word: Word) -> bool:
    """Tell whether a word may name some of many: "diplomats", "residents"."""
    return word.is_content and not word.named and word.plain.endswith("s") and not is_finite(word)


def _behind(reading: Reading, verb: int) -> list[int]:
    """Return who is named behind a verb that ends what they say: "..., said Ida Holm"."""
    words = reading.words
    opens = (
        verb == 0
        or words[verb - 1].sentence != words[verb].sentence
        or _BREAK.search(reading.between(verb - 1, verb)) is not None
    )
    if not opens or words[verb].plain not in PLAIN_VERBS or not _opens_a_name(reading, verb + 1):
        return []
    if verb and is_pronoun(words[verb - 1]):
        return []
    found = phrase_from(reading, verb + 1)
    # "..., estimated last year that the Front ..."
    return found if names_somebody(reading, found) and not _goes_on_telling(reading, found) else []


def _opens_a_name(reading: Reading, number: int) -> bool:
    if number >= len(reading.words):
        return False
    word = reading.words[number]
    if word.sentence != reading.words[number - 1].sentence:
        return False
    if word.named or word.plain in _BEFORE_A_NOUN:
        return True
    # "..., said head gardener Gilles Perron"
    near = takewhile(lambda each: not is_finite(each), reading.words[number : number + _A_NAME])
    return any(each.named and each.sentence == word.sentence for each in near)


def _goes_on_telling(reading: Reading, numbers: Sequence[int]) -> bool:
    """Tell whether words are the subject of a clause, "said the strike would ...", and not who says it."""
    after = numbers[-1] + 1
    follows = after < len(reading.words) and reading.between(numbers[-1], after) == " "
    if follows and may_be_verb(reading.words[after]):
        return True
    name = list(
        takewhile(lambda each: each == numbers[0] or "," not in reading.between(each - 1, each), numbers)
    )
    if any(may_be_verb(reading.words[each]) and not reading.words[each].named for each in name[1:]):
        return True
    # Behind a comma stands what somebody is: "said Ida Holm, who heads the port"
    return len(name) == len(numbers) and is_clause(reading, (*numbers, after) if follows else numbers)


def _resolved(reading: Reading, found: Sequence[Speaker]) -> Iterator[Speaker]:
    """Give speakers with the last one before, or the last name, in the place of a pronoun."""
    last: tuple[int, ...] = ()
    for speaker in found:
        words = [reading.words[number] for number in speaker.words]
        if is_pronoun(words[-1]) and len(words) < 3:
            antecedent = last or _last_name(reading, speaker.words[0])
            if antecedent:
                yield replace(speaker, words=antecedent)
                continue
        if not last or any(word.named for word in words):
            last = speaker.words
        yield speaker


def _last_name(reading: Reading, before: int) -> tuple[int, ...]:
    named = [
        number
        for number, word in enumerate(reading.words[:before])
        if word.named and not word.opens and word.plain not in CALENDAR
    ]
    return tuple(named[-1:])
