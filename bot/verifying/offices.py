"""Whether a sentence gives somebody an office that somebody else holds in its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.verifying.alignment import Alignment
from bot.verifying.grammar import is_told
from bot.verifying.likeness import same_name
from bot.verifying.names import Run, alike, name_runs, telling, written
from bot.verifying.reading import Reading, Word
from bot.verifying.saying import SAYING
from bot.verifying.slots import goes_on
from index.words import stem

OFFICES = frozenset(map(stem, (
    "minister", "president", "secretary", "director", "chair", "chairman", "chairwoman", "mayor", "governor",
    "chancellor", "ambassador", "executive", "judge", "prosecutor", "coach", "captain", "commander", "chief", "head",
    "manager", "spokesman", "spokeswoman", "leader", "lawyer", "treasurer", "premier", "commissioner", "bishop",
    "rector", "founder", "owner",
)))  # fmt: skip
_FULL = 2
"""Words of a name that is surely somebody's."""
_OFFICE_AT = re.compile(r", (?:the |a |an )?((?:[a-z-]+ ){0,3}[a-z-]+) (?:of|at) (?:the )?")
_OFFICE_OF = re.compile(r"['’]s? ((?:[a-z-]+ ){0,3}[a-z-]+),? ")
"""What stands between a name and where somebody has an office: ", the chief executive of ", or "'s head, "."""
_BESIDE = 5
"""Words beside a name that may tell what somebody is, at most."""
_ENDS = frozenset(("who", "which", "whose", "and", "but", "of", "said", "says"))
_LEFT_OUT = frozenset(("former", "ex", "deputy", "vice", "acting", "predecessor", "successor"))
"""Beside these, an office is not, or not quite, the one that is meant without them."""


def office_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the first office that is somebody else's in the sources."""
    for run, office in _held(alignment.sentence):
        holder = _holder(alignment, run, office)
        if holder is not None:
            yield f"The passages say this of {written(holder)}, not of {written(run)}."
            return


def employer_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield the first whose office the sentence has at one organisation, and the sources at others only."""
    told = [each for reading in alignment.readings for each in _employed(reading)]
    for person, employer in _employed(alignment.sentence):
        theirs = [other for somebody, other in told if somebody[-1].plain == person[-1].plain]
        if theirs and not any(alike(one, other) for each in theirs for other in each for one in employer):
            yield f"The passages say this of {written(theirs[0])}, not of {written(employer)}."
            return


def _employed(reading: Reading) -> Iterator[tuple[Run, Run]]:
    """Give whose office is where: "Ida Holm, the head of Oxcare", "Oxcare's head, Ida Holm"."""
    for one, other in pairwise(name_runs(reading)):
        between = reading.text[one[-1].end : other[0].start]
        if len(telling(one)) >= _FULL and _tells_an_office(between, _OFFICE_AT):
            yield telling(one), other
        if len(telling(other)) >= _FULL and _tells_an_office(between, _OFFICE_OF):
            yield telling(other), one


def _tells_an_office(between: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether the words between two names tell what somebody is, as `pattern` has it."""
    found = pattern.fullmatch(between)
    return found is not None and not OFFICES.isdisjoint(map(stem, found[1].split()))


def _held(reading: Reading) -> Iterator[tuple[Run, str]]:
    """Give the full names of a text with the stem of each office that stands beside one."""
    for run in name_runs(reading):
        titles = [place for place, word in enumerate(run) if word.stem in OFFICES]
        name = telling(run[titles[-1] + 1 :] if titles else run)
        if len(name) < _FULL:
            continue
        near = [*_before(reading, name[0].number), *_behind(reading, name[-1].number)]
        if _LEFT_OUT.isdisjoint(word.plain for word in near):
            for word in near:
                if word.stem in OFFICES:
                    yield name, word.stem


def _before(reading: Reading, first: int) -> list[Word]:
    """Return the words before a name, back to where a phrase begins: "Minister Ida Holm", "its chair, Ida Holm"."""
    found: list[Word] = []
    for number in range(first - 1, max(-1, first - 1 - _BESIDE), -1):
        word, gap = reading.words[number], reading.between(number, number + 1)
        if gap not in ((" ",) if found else (" ", ", ")) or word.sentence != reading.words[first].sentence:
            break
        if not word.is_content or is_told(word) or word.plain in SAYING:
            break  # "the governor told Ida Holm"
        found.append(word)
    return found


def _behind(reading: Reading, last: int) -> list[Word]:
    """Return the words behind a name's comma, "Ida Holm, the head of the port", but for what is said of another."""
    found: list[Word] = []
    for number in range(last + 1, min(last + 1 + _BESIDE, len(reading.words))):
        gap, word = reading.between(number - 1, number), reading.words[number]
        if gap != (" " if found else ", ") or word.plain in _ENDS:
            break
        if word.named:
            return []
        found.append(word)
    return found


def _holder(alignment: Alignment, run: Run, office: str) -> Run | None:
    """Return who holds an office in the sources; None where the one that is named may, or nobody does."""
    about = [(reading, sentence) for reading in alignment.readings for sentence in _about(reading, run)]
    if not about or any(
        reading.words[number].stem == office
        for reading, sentence in about
        for number in reading.of_sentence(sentence)
    ):
        return None
    held = (each for reading in alignment.readings for each in _held(reading))
    return next((other for other, their_office in held if their_office == office), None)


def _about(reading: Reading, run: Run) -> list[int]:
    """Return the sentences that have a name, or go on about it."""
    name = run[-1].plain
    found = {word.sentence for word in reading.words if word.named and same_name(word.plain, name)}
    after = {each + 1 for each in found if each + 1 < len(reading.sentences) and goes_on(reading, each + 1)}
    return sorted(found | after)
