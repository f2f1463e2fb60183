"""Who does what to whom, as a text tells it: verbs and nouns of deeds, with the words around them that take a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verifying.figures import figures_in
from bot.verifying.grammar import BE, DETERMINERS, is_passive, is_told, may_be_verb, word_before
from bot.verifying.reading import Reading
from bot.verifying.saying import SAYING

_MORE_VERBS = frozenset((
    "beat", "beats", "lost", "loses", "lose", "overtook", "overtakes", "sued", "sues", "bought", "sold", "gave",
    "took", "hit", "led", "paid", "owes", "owed", "leads", "shot", "met", "sent", "lent", "taught", "fed", "won",
    "fought",
))  # fmt: skip
"""Verbs that are nouns as often, or not in the list of verbs (`bot.verbs`)."""
_SKIPPED = BE | frozenset((
    "got", "gets", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "did",
    "does", "do", "not", "also", "to", "then", "later", "again", "still", "now", "just", "only", "reportedly",
    "allegedly", "never", "t", "already", "since", "narrowly", "previously", "first", "finally", "eventually",
    "comfortably",
))  # fmt: skip
"""What stands between a subject and its verb."""
_ENDS_BEFORE = frozenset((
    "that", "when", "while", "but", "because", "said", "if", "as", "after", "before", "where", "whom",
))  # fmt: skip
"""What a subject begins behind."""
_ENDS_BEHIND = frozenset((
    "in", "on", "at", "by", "with", "for", "from", "to", "after", "before", "during", "over", "under", "as", "that",
    "who", "which", "when", "while", "where", "because", "but", "or", "into", "against", "than", "if", "since",
    "until", "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might",
    "whom", "whose", "through", "about", "near", "off", "out", "up", "down", "between", "among", "without",
    "despite", "amid", "following",
))  # fmt: skip
"""What an object ends before."""
_BY = frozenset(("by",))
_FROM = frozenset(("from",))
_TO = frozenset(("to", "into", "towards", "toward"))
_WON = frozenset(("win", "victory", "triumph", "wins", "victories"))
_SUITS = frozenset(("suit", "lawsuit", "complaint"))
_OWNER = re.compile(r"['’]s? (?:\w+ )?$")
_LONGEST = 8
"""Words of a subject or an object."""
_MOST_WINNERS = 4
"""Names of whoever wins."""
_BEFORE_A_COMMA = 6
"""Words between a name and its verb, for what stands between commas there to be still about it."""
_AFTER_A_NOUN = 12
_AFTER_A_VERB = 14
"""Words in which "by", "from" or "to" belongs to a noun, and to a verb."""
_BEFORE_AND = 24
"""Words in which an earlier verb has the subject of the one behind "and"."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb (or noun) with the words that say who does it, to whom, from and to where or whom; any may be missing."""

    verb: int
    agent: tuple[int, ...] = ()
    patient: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    goal: tuple[int, ...] = ()

    @property
    def parts(self) -> tuple[tuple[int, ...], ...]:
        """All of them in this order: agent, patient, source, goal."""
        return self.agent, self.patient, self.source, self.goal


@lru_cache(maxsize=512)
def deeds_in(reading: Reading) -> tuple[Deed, ...]:
    """Return the deeds that a text tells of: those told by verbs, active and passive, then those told by nouns."""
    return (*_told(reading), *_named(reading))


def _told(reading: Reading) -> Iterator[Deed]:
    for number, word in enumerate(reading.words):
        is_verb = may_be_verb(word) or word.plain in _MORE_VERBS
        if is_verb and word.plain not in SAYING and word_before(reading, number) not in DETERMINERS:
            yield _deed(reading, number)


def _deed(reading: Reading, verb: int) -> Deed:
    by = _behind(reading, verb, _BY)
    source, goal = _behind(reading, verb, _FROM), _behind(reading, verb, _TO)
    if by or is_passive(reading, verb):
        return Deed(verb, by, _noun_before(reading, verb), source, goal)
    return Deed(verb, _subject(reading, verb), _noun_from(reading, verb + 1), source, goal)


def _subject(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return who does something: before the verb, or before the first one in "X did this and took that"."""
    if verb > 1 and reading.words[verb - 1].plain == "and":
        for number in range(max(0, verb - _BEFORE_AND), verb - 1):
            word = reading.words[number]
            if (
                word.sentence == reading.words[verb].sentence
                and is_told(word)
                and word_before(reading, number) not in DETERMINERS
            ):
                return _noun_before(reading, number) or _noun_before(reading, verb)
    return _noun_before(reading, verb)


def _named(reading: Reading) -> Iterator[Deed]:
    """Give the deeds that a text tells of by a noun: "the takeover of A by B", "a win over B", "A's defeat by B"."""
    words = reading.words
    for number, word in enumerate(words):
        near = words[number + 1 : number + _AFTER_A_NOUN]
        after = [each.plain for each in near if each.sentence == word.sentence]
        following = after[0] if after else ""
        if word.plain in _WON and following == "over":
            yield Deed(number, _names_before(reading, number), _noun_from(reading, number + 2))
        elif word.plain in _SUITS and following == "against" and number > 2:
            yield Deed(number, _noun_before(reading, number - 2), _noun_from(reading, number + 2))
        elif word.plain == "defeat" and following == "by":
            yield Deed(number, _noun_from(reading, number + 2), _owner(reading, number))
        elif following == "of" and "by" in after and not word.named:
            by = number + 1 + after.index("by")
            done_to = tuple(place for place in range(number + 2, by) if words[place].is_content)
            yield Deed(number, _noun_from(reading, by + 1), done_to)


def _owner(reading: Reading, number: int) -> tuple[int, ...]:
    """Return the names whose something is: "Rovik's heavy defeat"."""
    if not _OWNER.search(reading.text[: reading.words[number].start]):
        return ()
    return tuple(place for place in range(max(0, number - 5), number) if reading.words[place].named)


def _names_before(reading: Reading, number: int) -> tuple[int, ...]:
    """Return the first names before a word in its sentence: whoever has won."""
    before = [place for place in reading.of_sentence(reading.words[number].sentence) if place < number]
    return tuple(place for place in before if reading.words[place].named)[:_MOST_WINNERS]


def _noun_before(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the content words of what stands before a verb in its clause."""
    words = reading.words
    found: list[int] = []
    for number in range(verb - 1, -1, -1):
        word = words[number]
        if word.sentence != words[verb].sentence or len(found) >= _LONGEST:
            break
        if not found and (word.plain in _SKIPPED or word.plain.endswith("ly")):
            continue
        if word.plain in _ENDS_BEFORE:
            break
        if not found and word.plain in ("who", "which"):
            continue
        if (
            found
            and "," in reading.between(number, number + 1)
            and not _is_apposition(reading, number, found)
        ):
            break
        found.append(number)
    return tuple(number for number in reversed(found) if words[number].is_content)


def _is_apposition(reading: Reading, number: int, found: Sequence[int]) -> bool:
    """Tell whether what stands before a comma is still who does it: "Vuzo, a streaming service, sued"."""
    return reading.words[number].named and len(found) < _BEFORE_A_COMMA


def _noun_from(reading: Reading, first: int) -> tuple[int, ...]:
    """Return the content words of what stands from a word on in its clause, figures left out."""
    words = reading.words
    found: list[int] = []
    for number in range(first, min(first + _LONGEST, len(words))):
        word = words[number]
        if word.sentence != words[first].sentence or word.clause != words[first].clause:
            break
        if word.plain in _ENDS_BEHIND:
            break
        ends = found and "," in reading.between(number - 1, number)
        if ends and not (word.named and not words[number - 1].named):
            break
        found.append(number)
    return tuple(number for number in found if words[number].is_content and not words[number].is_figure)


def _behind(reading: Reading, verb: int, prepositions: frozenset[str]) -> tuple[int, ...]:
    """Return what stands behind the first of some prepositions after a verb, unless that is a measure: 3 percent."""
    words = reading.words
    for number in range(verb + 1, min(verb + _AFTER_A_VERB, len(words) - 1)):
        if words[number].sentence != words[verb].sentence:
            break
        if words[number].plain in prepositions:
            measure = any(each.first - 1 <= number + 1 <= each.last for each in figures_in(reading))
            return () if measure else _noun_from(reading, number + 1)
    return ()
