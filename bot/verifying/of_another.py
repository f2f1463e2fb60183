"""Whether the sources tell of somebody else what the sentence tells of somebody."""

from __future__ import annotations

from collections.abc import Sequence

from bot.verifying.alignment import SAME, SYNONYM, Alignment
from bot.verifying.clauses import Clause
from bot.verifying.deeds import (
    DOER,
    OBJECT,
    RECEIVER,
    Deed,
    Parts,
    alike_in,
    is_named,
    same_figures,
    words_of,
)
from bot.verifying.likest import covered
from bot.verifying.names import CALENDAR
from bot.verifying.referents import HARDLY, SURELY, UNKNOWN, alike
from bot.verifying.sayers import DENYING
from bot.verifying.saying import SAYING, says

_SAID = 0.6
"""How much of what else a clause says one of a source says, at least, to tell the same deed with the same verb."""
_ALL_SAID, _SIMILAR = 0.75, 0.3
"""How much, and how near its verb is at least, to tell the same deed with another verb."""
_ENOUGH_WORDS = 2
"""Words besides the verb and its doer that tell whether it is the same deed."""
_NOT_THE_SAME = 0.5
"""How far the rest of a deed is the same, at most, where it is another deed."""
_SURELY_OTHERS = 0.2
"""How far two nouns are alike, at most, to stand for others where nothing but a verb tells that it is one deed."""
_TIMES = frozenset((
    "today", "yesterday", "tomorrow", "tonight", "week", "month", "year", "day", "night", "morning",
))  # fmt: skip


def of_another(
    alignment: Alignment, clause: Clause, parts: Parts, deeds: Sequence[Deed]
) -> tuple[Deed, str] | None:
    """Return a deed of the sources that is another's, with the part that this one has in it; None if there is none."""
    for part, rest in ((DOER, OBJECT), (OBJECT, DOER), (RECEIVER, OBJECT)):
        if part not in parts:
            continue
        same = [deed for deed in deeds if _is_same_deed(alignment, clause, parts, part, deed)]
        same = [deed for deed in same if same_figures(alignment, parts.get(OBJECT, ()), deed, OBJECT)] or same
        others = [deed for deed in same if _is_of_another(alignment, clause, parts, part, rest, deed)]
        if others and not any(_may_be_theirs(alignment, parts, part, rest, deed) for deed in same):
            return others[0], part
    return None


def _is_same_deed(alignment: Alignment, clause: Clause, parts: Parts, part: str, deed: Deed) -> bool:
    """Tell whether a clause of a source may tell the same deed: by its verb, or by all else that it says."""
    if deed.is_converse:
        return False
    if deed.match >= SYNONYM:
        return alignment.sentence.words[clause.verb].plain not in SAYING - DENYING
    if part != DOER or deed.match < _SIMILAR or says(alignment.readings[deed.source], deed.clause.verb):
        return False
    without = {clause.verb, *words_of(parts[part])}
    rest = [word for word in clause.words - without if alignment.sentence.words[word].is_content]
    return (
        len(rest) >= _ENOUGH_WORDS
        and covered(alignment, clause, deed.source, deed.clause, without) >= _ALL_SAID
        and _only_doers_differ(alignment, parts, deed)
    )


def _only_doers_differ(alignment: Alignment, parts: Parts, deed: Deed) -> bool:
    """Tell whether two deeds are of different names, of which neither takes another part in the other one."""
    theirs = deed.parts.get(DOER, ())
    if not is_named(alignment, alignment.sentence, parts[DOER]) or not is_named(
        alignment, alignment.readings[deed.source], theirs
    ):
        return False
    return not any(
        alike_in(alignment, parts, DOER, deed, other) >= SURELY for other in deed.parts
    ) and not any(alike(alignment, nouns, deed.source, theirs) >= SURELY for nouns in parts.values())


def _is_of_another(
    alignment: Alignment, clause: Clause, parts: Parts, part: str, rest: str, deed: Deed
) -> bool:
    """Tell whether a deed of a source is surely another's."""
    nouns, reading = parts[part], alignment.readings[deed.source]
    if part not in deed.parts or any(_is_time(alignment, noun.word) for noun in nouns):
        return False
    score = alike_in(alignment, parts, part, deed)
    if score >= HARDLY or _is_what_it_is_done_to(alignment, parts, part, deed):
        return False
    beside = alike_in(alignment, parts, rest, deed)
    if beside < UNKNOWN or same_figures(alignment, parts.get(rest, ()), deed, rest) is False:
        return False
    named = is_named(alignment, alignment.sentence, nouns) and is_named(alignment, reading, deed.parts[part])
    heads, beside_it = [noun.word for noun in nouns], deed.clause.words - words_of(deed.parts[part])
    if not named and alignment.best_match(heads, deed.source, beside_it) >= SAME:
        return False
    alone = rest not in parts and rest not in deed.parts
    if part == OBJECT and not (alone or (named and deed.match >= SAME and beside >= SURELY)):
        return False
    is_same = beside >= SURELY or _says_the_rest(alignment, clause, parts, part, deed)
    if named or beside >= SURELY:
        return is_same
    return is_same and alone and deed.match >= SAME and score < _SURELY_OTHERS


def _is_what_it_is_done_to(alignment: Alignment, parts: Parts, part: str, deed: Deed) -> bool:
    """Tell whether a source says by what: "the ship sank", "a storm sank the ship"."""
    if part != DOER or OBJECT in parts or OBJECT not in deed.parts:
        return False
    return alike_in(alignment, parts, DOER, deed, OBJECT) >= HARDLY


def _says_the_rest(alignment: Alignment, clause: Clause, parts: Parts, part: str, deed: Deed) -> bool:
    return covered(alignment, clause, deed.source, deed.clause, words_of(parts[part])) >= _SAID


def _may_be_theirs(alignment: Alignment, parts: Parts, part: str, rest: str, deed: Deed) -> bool:
    """Tell whether a deed of a source may be of whom the sentence tells it."""
    score = alike_in(alignment, parts, part, deed)
    if rest in deed.parts and rest not in parts:
        score = max(score, alike_in(alignment, parts, part, deed, rest))
    return score >= HARDLY and alike_in(alignment, parts, rest, deed) >= _NOT_THE_SAME


def _is_time(alignment: Alignment, word: int) -> bool:
    plain = alignment.sentence.words[word].plain
    return plain in CALENDAR or plain in _TIMES
