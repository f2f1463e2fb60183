"""Whether the names of a sentence stand in its sources, and as whole names: not one's first and another's last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answering.naming import TITLES
from bot.verifying.alignment import Alignment, title_of
from bot.verifying.names import CALENDAR, Run, alike, name_runs, telling, written
from bot.verifying.reading import Word
from bot.verifying.relations import are_synonyms
from index.words import STOP_WORDS

_PARTICLES = frozenset(
    ("of", "the", "de", "von", "van", "bin", "al", "for", "and", "la", "le", "di", "da", "del")
)
"""Words that abbreviations leave out."""
_SHORTEST_SPELLED_OUT = 3
"""Letters of an abbreviation that may stand for words in lower case: with two, nearly any text has such words."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What sources name: all their words, their names, and what these are abbreviated to."""

    words: tuple[Word, ...]
    runs: tuple[Run, ...]
    abbreviations: frozenset[str]
    capitalised: frozenset[str]


def name_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield why the names of a sentence are not borne out."""
    held = _held(alignment)
    for run in name_runs(alignment.sentence):
        if any(_is_missing(alignment, word, run, held) for word in run):
            yield f"No cited passage names {written(run)}."
            continue
        other = _mixed(run, held.runs)
        if other:
            yield f"The passages name {written(other)}, not {written(run)}."


def _held(alignment: Alignment) -> _Held:
    titles = [title_of(source) for source in alignment.sources if source.title or source.publisher]
    words = (*alignment.words, *(word for title in titles for word in title.words))
    runs = tuple(run for reading in (*alignment.readings, *titles) for run in name_runs(reading))
    capitalised = frozenset(word.plain for word in words if word.named and not word.opens)
    return _Held(words, runs, frozenset(_abbreviations(runs)), capitalised)


def _abbreviations(runs: Iterable[Run]) -> Iterator[str]:
    """Give what names may be abbreviated to, from each of their words but the last on: csto, sto, to."""
    for run in runs:
        initials = "".join(word.plain[0] for word in run if word.plain not in STOP_WORDS)
        yield from (initials[start:] for start in range(len(initials) - 1))


def _is_missing(alignment: Alignment, word: Word, run: Run, held: _Held) -> bool:
    return not (
        word.plain in CALENDAR
        or _is_of_degrees(alignment.sentence.text, word)
        or _is_held(word, held)
        or _is_plain_opening(word, run, held)
    )


def _is_of_degrees(text: str, word: Word) -> bool:
    """Tell whether a word is the scale of a temperature: "20 °C"."""
    return text[max(0, word.start - 1) : word.start] == "°"


def _is_held(word: Word, held: _Held) -> bool:
    if word.plain in held.abbreviations or _is_spelled_out(word, held.words):
        return True
    # A town is among "the towns"; one that is called the Town of somewhere is not.
    return any(
        (word.stem == other.stem and (other.named or word.plain == other.plain))
        or are_synonyms(word.plain, other.plain)
        or (other.named and alike(word, other))
        for other in held.words
    )


def _is_spelled_out(word: Word, words: Sequence[Word]) -> bool:
    """Tell whether words one after the other, particles left out, begin with the letters of an abbreviation."""
    if not word.text.isupper() or len(word.text) < _SHORTEST_SPELLED_OUT:
        return False
    return word.plain in "".join(other.plain[0] for other in words if other.plain not in _PARTICLES)


def _is_plain_opening(word: Word, run: Run, held: _Held) -> bool:
    """Tell whether a word is only capitalised because it opens the sentence; its meaning is checked elsewhere."""
    second_is_capital = word.text[1:2].isupper()
    return word.opens and not second_is_capital and (len(run) == 1 or word.plain not in held.capitalised)


def _mixed(run: Run, runs: Sequence[Run]) -> Run | None:
    """Return the name in whose place a name of the sentence puts together parts of two; None where it does not."""
    for one, other in pairwise(telling(run)):
        if other.start - one.end > 1:
            continue
        with_last = [each for each in runs if _is_among(other, each)]
        if any(_is_among(one, each) for each in with_last):
            continue
        # Norwegian Ola Berg, of "Ola Berg, Norway's ..."; a first name is left out of "Berg".
        rivals = [each for each in with_last if _differs(one, other, each)]
        if rivals and len(rivals) == sum(len(each) > 1 for each in with_last):
            return rivals[0]
    return None


def _differs(one: Word, other: Word, run: Run) -> bool:
    """Tell whether another name stands before the last one in a run."""
    place = next(number for number, word in enumerate(run) if alike(word, other))
    before = [word for word in run[:place] if word.stem not in TITLES]
    return bool(before) and not _is_among(one, before)


def _is_among(word: Word, run: Sequence[Word]) -> bool:
    return any(alike(word, other) for other in run)
