"""Whether two have changed the parts that they have in a deed: "Torsk beat Rovik" for "Rovik beat Torsk"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from bot.verifying.alignment import SAME, SYNONYM, Alignment
from bot.verifying.clauses import Noun
from bot.verifying.deeds import DOER, OBJECT, RECEIVER, Deed, Parts, alike_in, is_named
from bot.verifying.reading import Reading
from bot.verifying.referents import SURELY, UNKNOWN

_ONE_DEED, _ONE_DEED_OF_WORDS = 0.45, 0.35
"""How far two verbs say the same, at least, for two to have changed parts in one deed; for two with names it does not
matter. Tuned on cases by hand."""
_NO_OTHER_NAME = 0.1
"""How far two are alike, at least, unless each has a name, and it is another one."""
_A_FORM = 0.9
"""How far two words are one, or forms of one, as Poland and Polish, at least."""


def swapped(alignment: Alignment, parts: Parts, deeds: Sequence[Deed]) -> Deed | None:
    """Return the deed of the sources in which two have each other's parts; None where there is none."""
    same = [deed for deed in deeds if not deed.is_converse]
    return (
        _from_the_other_end(alignment, parts, deeds)
        or _crossed(alignment, parts, same)
        or _turned(alignment, parts, same)
        or _given_back(alignment, parts, same)
    )


def _from_the_other_end(alignment: Alignment, parts: Parts, deeds: Sequence[Deed]) -> Deed | None:
    """Return the deed in which somebody sells who buys in the sentence: that is the other one's part."""
    for deed in deeds:
        if not (deed.is_converse and DOER in parts and DOER in deed.parts):
            continue
        others = (part for part in deed.parts if part != DOER)
        if alike_in(alignment, parts, DOER, deed) >= SAME and not any(
            alike_in(alignment, parts, DOER, deed, part) >= SURELY for part in others
        ):
            return deed
    return None


def _crossed(alignment: Alignment, parts: Parts, deeds: Sequence[Deed]) -> Deed | None:
    """Return the deed in which two parts are crossed, unless another one has them as the sentence does."""
    found = None
    for deed in deeds:
        for one, other in permutations([part for part in parts if part in deed.parts], 2):
            if _words_are_crossed(alignment, parts, deed, one, other):
                found = found or deed
                continue
            straight = alike_in(alignment, parts, one, deed)
            if straight >= SURELY:
                if alike_in(alignment, parts, other, deed) >= SURELY:
                    return None
            elif found is None and _are_crossed(alignment, parts, deed, one, other):
                found = deed
    return found


def _are_crossed(alignment: Alignment, parts: Parts, deed: Deed, one: str, other: str) -> bool:
    """Tell whether each of two who take a part takes the other one's in a deed of the sources."""
    named = all(is_named(alignment, alignment.sentence, parts[part]) for part in (one, other))
    if not named and deed.match < _ONE_DEED:
        return False
    return (
        min(alike_in(alignment, parts, one, deed, other), alike_in(alignment, parts, other, deed, one))
        >= SURELY
    )


def _words_are_crossed(alignment: Alignment, parts: Parts, deed: Deed, one: str, other: str) -> bool:
    """Tell whether what tells two apart has changed places: "rebels shelled army posts", "the army shelled rebels"."""
    if deed.match < _ONE_DEED_OF_WORDS:
        return False
    mine = _telling_apart(alignment.sentence, parts, one, other)
    theirs = _telling_apart(alignment.readings[deed.source], deed.parts, one, other)

    def said(part: str, there: str) -> bool:
        rows, columns = mine[part], theirs[there]
        return bool(rows and columns) and alignment.best_match(rows, deed.source, columns) >= _A_FORM

    return said(one, other) and said(other, one) and not said(one, one)


def _telling_apart(reading: Reading, parts: Parts, one: str, other: str) -> dict[str, list[int]]:
    """Return for each of two parts the words of its first noun that the other one has not."""
    words = {part: _telling(reading, parts[part][0]) for part in (one, other)}
    stems = {part: {reading.words[word].stem for word in words[part]} for part in words}
    return {
        part: [word for word in words[part] if reading.words[word].stem not in stems[beside]]
        for part, beside in ((one, other), (other, one))
    }


def _telling(reading: Reading, noun: Noun) -> list[int]:
    return [
        word for word in noun.words if reading.words[word].is_content and not reading.words[word].is_figure
    ]


def _turned(alignment: Alignment, parts: Parts, deeds: Sequence[Deed]) -> Deed | None:
    """Return the deed in which one does what is done to them in the sentence, the other one being a pronoun, say."""
    if OBJECT not in parts or DOER not in parts:
        return None
    found = None
    for deed in (deed for deed in deeds if deed.match >= SYNONYM):
        doers, objects = (alike_in(alignment, parts, part, deed) for part in (DOER, OBJECT))
        if doers >= SURELY and objects >= UNKNOWN:
            return None
        if max(doers, objects) >= SURELY:
            continue
        over = alike_in(alignment, parts, DOER, deed, OBJECT)
        back = alike_in(alignment, parts, OBJECT, deed, DOER)
        if max(over, back) >= SAME and min(over, back) >= _NO_OTHER_NAME:
            found = found or deed
    return found


def _given_back(alignment: Alignment, parts: Parts, deeds: Sequence[Deed]) -> Deed | None:
    """Return the deed in which somebody gets what they give in the sentence: "the army handed it to the Red Cross"."""
    if OBJECT not in parts or DOER not in parts:
        return None
    for deed in (deed for deed in deeds if deed.match >= SYNONYM):
        if alike_in(alignment, parts, DOER, deed, RECEIVER) >= SAME and (
            alike_in(alignment, parts, OBJECT, deed) >= SURELY > alike_in(alignment, parts, DOER, deed)
        ):
            return deed
    return None
