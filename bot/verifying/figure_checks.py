"""Whether the figures of a sentence stand in its sources, in the same unit, on the same side, and for the same thing.

A figure that differs is one of the types of contradiction of Marneffe, Rafferty and Manning, "Finding Contradictions
in Text", ACL 2008.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.verifying.alignment import Alignment, title_of
from bot.verifying.amounts.figure import Figure
from bot.verifying.amounts.ranges import counts_nothing
from bot.verifying.amounts.units import ORDINAL
from bot.verifying.counted import counted_reasons
from bot.verifying.dates import dates_in
from bot.verifying.figures import figures_in, single_units_in, undated_figures
from bot.verifying.pointing import only_points
from bot.verifying.quantities import differ_in_unit, rounds, same_amount, same_number, same_side
from bot.verifying.reading import Reading
from bot.verifying.slots import around, fit

_CLEARLY = 1.12
"""How much better another figure has to fit, to be the one for what the sentence speaks of; tuned on cases by hand."""
_THEM = frozenset(("them", "whom", "these", "those", "which"))
"""What a number before stands for in "40 of them"."""
_BY_FAR = 1.7
"""How much better one has to fit whose sentence says less of what the verified one says."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure of a source; `source` is None for one of a title."""

    figure: Figure
    reading: Reading
    source: int | None


def figure_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield why the figures of a sentence are not borne out."""
    yield from _unread(alignment)
    yield from counted_reasons(alignment)
    said = [each for each in undated_figures(alignment.sentence) if not only_points(alignment, each)]
    found = list(_found(alignment)) if said else []
    for figure in said:
        # The place of what the sentence says, too, is no other figure's.
        taken = [other for other in said if other is not figure]
        open_to_it = [
            each
            for each in found
            if same_amount(figure, each.figure) or not any(same_amount(other, each.figure) for other in taken)
        ]
        reason = _reason(alignment, figure, open_to_it)
        if reason:
            yield reason


def _unread(alignment: Alignment) -> Iterator[str]:
    """Yield what holds digits and is no figure to compare, as a finishing time, where the sources lack it."""
    sentence = alignment.sentence
    read = {place for figure in figures_in(sentence) for place in range(figure.first, figure.last + 1)}
    dates = dates_in(sentence.text)
    held = {word.plain for word in alignment.words}
    held |= {word.plain for source in alignment.sources for word in title_of(source).words}
    for number, word in enumerate(sentence.words):
        dated = any(date.start <= word.start < date.end for date in dates)
        if number not in read and not dated and any(map(str.isdigit, word.text)) and word.plain not in held:
            yield f"No cited passage gives {word.text}."


def _found(alignment: Alignment) -> Iterator[_Found]:
    for number, reading in enumerate(alignment.readings):
        for figure in (*undated_figures(reading), *single_units_in(reading)):
            yield _Found(figure, reading, number)
    for source in alignment.sources:
        title = title_of(source)
        if source.title:
            yield from (_Found(figure, title, None) for figure in undated_figures(title))


def _reason(alignment: Alignment, said: Figure, found: Sequence[_Found]) -> str | None:
    """Return why a figure is not borne out by those of the sources; None where it is."""
    same = [each for each in found if same_amount(said, each.figure)]
    same = same or list(_same_but_for_unit(alignment.sentence, said, found))
    fitting = [each for each in same if same_side(said, each.figure)]
    fitting += [each for each in found if rounds(said, each.figure)]
    if not fitting:
        return _not_given(alignment.sentence, said, same, found)
    rival = None if any(each.source is None for each in fitting) else _rival(alignment, said, fitting, found)
    if rival:
        written = said.text(alignment.sentence)
        return f"The passages give {written} for something else; for this they give {_in_place(rival)}."
    return None


def _same_but_for_unit(sentence: Reading, said: Figure, found: Sequence[_Found]) -> Iterator[_Found]:
    """Give what a figure without a unit may be short for: "40" of "40 percent", where no noun comes behind it."""
    if said.unit:
        return
    units = {each.unit for each in figures_in(sentence)}
    bare = counts_nothing(sentence, said)
    for each in found:
        unit = each.figure.unit
        if same_number(said, each.figure) and unit != ORDINAL and (bare or unit in units):
            yield each


def _not_given(sentence: Reading, said: Figure, same: Sequence[_Found], found: Sequence[_Found]) -> str:
    """Return that a figure is not in the sources, or what they have of that number instead."""
    if same:
        theirs = same[0].figure.bounded_text(same[0].reading)
        return f"The passages say “{theirs}”, not “{said.bounded_text(sentence)}”."
    others = (each for each in found if ORDINAL not in (said.unit, each.figure.unit))
    other_unit = next((each for each in others if differ_in_unit(said, each.figure)), None)
    mine = _with_what_it_counts(sentence, said)
    if other_unit is None:
        return f"No cited passage gives {said.text(sentence)}."
    theirs = _in_place(other_unit)
    return (
        f"The passages say “{theirs}”, not “{mine}”."
        if theirs != mine
        else f"The passages give {mine} of something else."
    )


def _in_place(found: _Found) -> str:
    return _with_what_it_counts(found.reading, found.figure)


def _with_what_it_counts(reading: Reading, figure: Figure) -> str:
    """Return a figure with what bounds it, and without a unit with the word right behind it, which it may count."""
    written, behind = figure.bounded_text(reading), figure.last + 1
    if figure.unit or behind >= len(reading.words) or reading.between(figure.last, behind) != " ":
        return written
    word = reading.words[behind]
    opens_another = not word.is_content or reading.text[word.end : word.end + 1] == "-"
    return written if opens_another else f"{written} {word.text}"


def _rival(
    alignment: Alignment, said: Figure, fitting: Sequence[_Found], found: Sequence[_Found]
) -> _Found | None:
    """Return the figure of a source that fits better what is said around a figure of the sentence."""
    asked = around(alignment.sentence, said.first, said.last)

    def score(each: _Found) -> float:
        if each.source is None:
            return 0.0
        return fit(alignment, asked, each.source, each.figure.first, each.figure.last)

    least = max(_covered(alignment, each) for each in fitting)
    rivals = [
        each
        for each in found
        if each not in fitting
        and each.source is not None
        and said.unit == each.figure.unit
        and not same_amount(said, each.figure)
        and not any(_is_part_of(own, each) for own in fitting)
    ]
    best = max(rivals, key=score, default=None)
    if best is None:
        return None
    margin = _CLEARLY if _covered(alignment, best) >= least else _BY_FAR
    return best if score(best) > max(map(score, fitting)) * margin else None


def _is_part_of(part: _Found, whole: _Found) -> bool:
    """Tell whether one figure is some of another before it, of what all is said that is said of that: "40 of them"."""
    if part.reading is not whole.reading:
        return False
    words = part.reading.words
    if part.figure.last < whole.figure.first <= part.figure.last + 3:
        return words[part.figure.last + 1].plain == "of"  # "two of the eight"
    if part.figure.first <= whole.figure.last:
        return False
    behind = words[part.figure.last + 1 : part.figure.last + 3]
    same_sentence = words[part.figure.first].sentence == words[whole.figure.first].sentence
    return same_sentence and [word.plain for word in behind][:1] == ["of"] and behind[-1].plain in _THEM


def _covered(alignment: Alignment, each: _Found) -> float:
    """Return how much the sentence that a figure stands in says of what the verified one says."""
    if each.source is None:
        return 0.0
    return float(alignment.covered[alignment.sentences[alignment.column(each.source, each.figure.first)]])
