"""Whether words in quotation marks are those of whom a sentence names, or of another who speaks in its sources."""

from __future__ import annotations

from collections.abc import Iterator

from bot.verifying.alignment import Alignment
from bot.verifying.likeness import same_name
from bot.verifying.quotations import quoted_stretches
from bot.verifying.reading import Reading, Word
from bot.verifying.speakers import Speaker, speakers_in


def quote_owner_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the quotations that are another's in the sources, where the sentence does not name that one."""
    sentence = alignment.sentence
    named = [word for word in sentence.words if word.named]
    for first, last in quoted_stretches(sentence):
        wanted = [word.stem for word in sentence.words[first : last + 1]]
        outside = [
            word
            for word in named
            if not sentence.words[first].start <= word.start <= sentence.words[last].start
        ]
        owners = [found for found in (_owner(reading, wanted) for reading in alignment.readings) if found]
        if not owners or not outside:
            continue
        if any(_names(reading, owner, outside) is not False for reading, owner in owners):
            continue
        reading, owner = owners[0]
        if any(
            _names(reading, other, outside) for other in speakers_in(reading) if other.words != owner.words
        ):
            said_by = reading.text[reading.words[owner.words[0]].start : reading.words[owner.words[-1]].end]
            yield f"The words “{sentence.text[sentence.words[first].start : sentence.words[last].end]}” are those of {said_by}."
            return


def _owner(reading: Reading, wanted: list[str]) -> tuple[Reading, Speaker] | None:
    """Return who says words in a text: the speaker next to them in their sentence."""
    stems = [word.stem for word in reading.words]
    for at in range(len(stems) - len(wanted) + 1):
        if stems[at : at + len(wanted)] == wanted:
            end = at + len(wanted) - 1
            own = [each for each in speakers_in(reading) if each.sentence == reading.words[at].sentence]
            if own:
                return reading, min(own, key=lambda each: min(abs(each.verb - at), abs(each.verb - end)))
    return None


def _names(reading: Reading, speaker: Speaker, words: list[Word]) -> bool | None:
    """Tell whether some words name a speaker; None where that one has no name."""
    names = [reading.words[number] for number in speaker.words if reading.words[number].named]
    if not names:
        return None
    return any(
        word.stem == name.stem or same_name(word.plain, name.plain) for word in words for name in names
    )
