"""Whether a speaker of a sentence is one of a source: by name, by office, or by what stands beside the name there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.verifying.alignment import SYNONYM, Alignment
from bot.verifying.likeness import same_name
from bot.verifying.reading import Reading, Word
from bot.verifying.slots import goes_on
from bot.verifying.speakers import Speaker, speakers_in

_ORGANISATIONS = frozenset((
    "company", "group", "firm", "agency", "organisation", "organization", "charity", "regulator", "watchdog",
    "club", "airline", "carmaker", "maker", "operator", "authority", "manufacturer", "retailer",
    "broadcaster", "institute",
))  # fmt: skip
"""What is said for the name of whoever it is."""
_PEOPLE = frozenset((
    "man", "woman", "manager", "official", "spokesman", "spokeswoman", "doctor", "resident", "witness", "lawyer",
    "teacher", "scientist", "researcher", "employee", "worker", "guard", "officer", "survivor", "passenger", "driver",
    "relative", "neighbour", "engineer", "economist", "analyst", "diplomat", "soldier", "nurse", "student",
    "prosecutor",
))  # fmt: skip
"""Who may be introduced so, and named only later."""
_BEHIND_THE_HEAD = frozenset(("of", "at", "in", "for", "from", "on"))
_BESIDE_A_NAME = 6
"""Words before and behind a name that may tell who it is: "Rovers coach Fiona Hartnell"."""
_A_WORD = 3
"""Letters: shorter names are no forms of others."""


def is_same(alignment: Alignment, speaker: Speaker, source: int, other: Speaker) -> bool:
    """Tell whether a speaker of the sentence may be one of a source."""
    sentence, reading = alignment.sentence, alignment.readings[source]
    mine, theirs = _content(sentence, speaker.words), _content(reading, other.words)
    names, their_names = _names(mine), _names(theirs)
    if their_names and not names and any(word.plain in _ORGANISATIONS for word in mine):
        return True
    if names and _is_some_person(reading, other):
        return True
    head = _head(sentence, speaker.words)
    if head is not None and not sentence.words[head].named:
        # "the agency's representative": somebody who is not named, by what they are
        if names and _speaks_elsewhere(reading, names, other):
            return False
        mine, told_by = [sentence.words[head]], [head]
    elif names and their_names:
        return _share_a_name(names, their_names)
    else:
        told_by = [number for number in speaker.words if sentence.words[number].is_content]
    known = theirs + _beside(reading, their_names)
    return any(_is_among(word, known) for word in mine) or _means(alignment, told_by, source, other)


def _is_some_person(reading: Reading, other: Speaker) -> bool:
    """Tell whether a speaker of a text is somebody whom that sentence does not name: "a former safety manager"."""
    head = _head(reading, other.words)
    return (
        head is not None
        and reading.words[head].plain in _PEOPLE
        and reading.words[other.words[0]].plain in ("a", "an")
    )


def is_mentioned(alignment: Alignment, speaker: Speaker, source: int, sentence: int) -> bool:
    """Tell whether a speaker is named in a sentence of a source that names none, or in the one it goes on from."""
    reading = alignment.readings[source]
    leans = goes_on(reading, sentence) or reading.text[reading.sentences[sentence][0] :].startswith(
        ("“", '"', "‘", "'")
    )
    first = sentence - 1 if leans else sentence
    near = [word for word in reading.words if first <= word.sentence <= sentence and word.is_content]
    mine = _content(alignment.sentence, speaker.words)
    names = _names(mine)
    return _is_among(names[-1], near) if names else any(_is_among(word, near) for word in mine)


def _content(reading: Reading, numbers: Iterable[int]) -> list[Word]:
    return [reading.words[number] for number in numbers if reading.words[number].is_content]


def _names(words: Iterable[Word]) -> list[Word]:
    return [word for word in words if word.named]


def _share_a_name(names: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell whether two names are one person's: the last word tells; what else they share may be where they belong."""
    if _is_among(names[-1], theirs):
        return True
    return _is_among(theirs[-1], names) and any(_is_among(name, theirs) for name in names)


def _means(alignment: Alignment, numbers: Sequence[int], source: int, other: Speaker) -> bool:
    """Tell whether a word for a speaker means what one for the other does."""
    return any(
        alignment.matches[number, alignment.column(source, place)] >= SYNONYM
        for number in numbers
        for place in other.words
    )


def _speaks_elsewhere(reading: Reading, names: Sequence[Word], other: Speaker) -> bool:
    """Tell whether another speaker of a text has one of these names, and this one has none."""
    if _has_one_of(reading, other, names):
        return False
    return any(_has_one_of(reading, each, names) for each in speakers_in(reading) if each != other)


def _has_one_of(reading: Reading, speaker: Speaker, names: Sequence[Word]) -> bool:
    words = [reading.words[number] for number in speaker.words]
    return any(_is_among(name, words) for name in names)


def _head(reading: Reading, numbers: Iterable[int]) -> int | None:
    """Return the word that says what a speaker is: the last content word before what they are of, or at."""
    found: int | None = None
    for number in numbers:
        word = reading.words[number]
        if found is not None:
            behind_comma = "," in reading.text[max(0, word.start - 2) : word.start]
            if word.plain in _BEHIND_THE_HEAD or (behind_comma and reading.words[found].named):
                break
        if word.is_content:
            found = number
    return found


def _beside(reading: Reading, names: Iterable[Word]) -> list[Word]:
    """Return the words that stand beside a name anywhere in a text: Rovers coach Fiona Hartnell."""
    stems = {name.stem for name in names}
    at = [number for number, word in enumerate(reading.words) if word.named and word.stem in stems]
    return [
        word
        for number in at
        for word in reading.words[max(0, number - _BESIDE_A_NAME) : number + _BESIDE_A_NAME + 1]
        if word.is_content and word.sentence == reading.words[number].sentence
    ]


def _is_among(word: Word, others: Iterable[Word]) -> bool:
    return any(word.stem == other.stem or _are_forms_of_a_name(word, other) for other in others)


def _are_forms_of_a_name(word: Word, other: Word) -> bool:
    if not (word.named and other.named) or min(len(word.plain), len(other.plain)) < _A_WORD:
        return False
    return same_name(word.plain, other.plain)
