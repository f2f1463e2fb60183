"""Whether words in quotation marks are those of whom a sentence names, or of another who speaks in its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.verifying.alignment import Alignment
from bot.verifying.likeness import same_name
from bot.verifying.quotations import quoted_stretches
from bot.verifying.reading import Reading, Word
from bot.verifying.speakers import Speaker, speakers_in

_Owner = tuple[Reading, Speaker]


def quote_owner_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the first quotation that is another's in the sources, where the sentence does not name that one."""
    sentence = alignment.sentence
    for first, last in quoted_stretches(sentence):
        outside = [word for word in sentence.words if word.named and not first <= word.number <= last]
        wanted = [word.stem for word in sentence.words[first : last + 1]]
        owners = [owner for reading in alignment.readings for owner in _owner(reading, wanted)]
        other = _another(owners, outside) if outside else None
        if other:
            yield f"In the passages, “{sentence.written(first, last)}” are the words of {other}."
            return


def _owner(reading: Reading, wanted: Sequence[str]) -> list[_Owner]:
    """Return who says words in a text: the speaker next to them in their sentence."""
    for at in reading.places_of(wanted):
        end = at + len(wanted) - 1
        own = [each for each in speakers_in(reading) if each.sentence == reading.words[at].sentence]
        if own:
            return [(reading, min(own, key=lambda each: min(abs(each.verb - at), abs(each.verb - end))))]
    return []


def _another(owners: Sequence[_Owner], named: Sequence[Word]) -> str | None:
    """Return the first of these owners, where none may be among those named, and another speaker there is."""
    if not owners or any(_names(reading, owner, named) is not False for reading, owner in owners):
        return None
    reading, owner = owners[0]
    others = (speaker for speaker in speakers_in(reading) if speaker.words != owner.words)
    if not any(_names(reading, other, named) for other in others):
        return None
    return reading.written(owner.words[0], owner.words[-1])


def _names(reading: Reading, speaker: Speaker, words: Sequence[Word]) -> bool | None:
    """Tell whether some words name a speaker; None where that one has no name."""
    names = [reading.words[number] for number in speaker.words if reading.words[number].named]
    if not names:
        return None
    return any(
        word.stem == name.stem or same_name(word.plain, name.plain) for word in words for name in names
    )
