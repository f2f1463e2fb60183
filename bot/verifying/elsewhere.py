"""Whether a deed is told of one place, and in the sources of another: approved in Europe, or in Japan."""

from __future__ import annotations

from collections.abc import Sequence

from bot.verifying.alignment import SYNONYM, Alignment
from bot.verifying.clauses import Noun
from bot.verifying.deeds import DOER, OBJECT, RECEIVER, Deed, Parts, alike_in, words_of
from bot.verifying.reading import Reading
from bot.verifying.referents import HARDLY, SURELY, UNKNOWN, is_name


def elsewhere(alignment: Alignment, parts: Parts, deeds: Sequence[Deed]) -> tuple[Deed, str] | None:
    """Return a deed of the sources that is of another place, say, with the part that this has in it; None without."""
    same = [deed for deed in deeds if deed.match >= SYNONYM and not deed.is_converse]
    same = [deed for deed in same if _is_same_but_for_place(alignment, parts, deed)]
    for part in parts:
        if part in (DOER, OBJECT, RECEIVER) or not _are_names(alignment, alignment.sentence, parts[part]):
            continue
        others = [deed for deed in same if _is_elsewhere(alignment, parts, part, deed)]
        if others and len(others) == len(same):
            return others[0], part
    return None


def _is_same_but_for_place(alignment: Alignment, parts: Parts, deed: Deed) -> bool:
    scores = [alike_in(alignment, parts, part, deed) for part in (DOER, OBJECT)]
    return min(scores) >= UNKNOWN and max(scores) >= SURELY


def _is_elsewhere(alignment: Alignment, parts: Parts, part: str, deed: Deed) -> bool:
    """Tell whether a deed of a source is surely of another place, and the sentence of the source not of this one."""
    reading = alignment.readings[deed.source]
    if (
        not _are_names(alignment, reading, deed.parts.get(part, ()))
        or alike_in(alignment, parts, part, deed) >= HARDLY
    ):
        return False
    here = reading.of_sentence(reading.words[deed.clause.verb].sentence)
    return alignment.best_match(words_of(parts[part]), deed.source, here) < SYNONYM


def _are_names(alignment: Alignment, reading: Reading, nouns: Sequence[Noun]) -> bool:
    """Tell whether some nouns are names."""
    return bool(nouns) and all(is_name(alignment, reading, noun) for noun in nouns)
