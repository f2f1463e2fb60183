"""What clauses deny, going by grammar: "did not rise", "nobody", "found no cracks", "does not intend to appeal"."""

from __future__ import annotations

from bot.verifying.clauses import Clause, Noun, Told
from bot.verifying.reading import Reading

_GOVERNED = frozenset(("xcomp", "pcomp", "ccomp"))
"""What a clause is to the one whose words may deny it."""
_INTENDED = "xcomp"
_NOBODY = frozenset(("nobody", "nothing", "none", "neither", "no"))
_NEVER = frozenset(("never", "hardly", "barely", "nor", "neither"))


def denies(reading: Reading, told: Told, clause: Clause) -> bool:
    """Tell whether a clause is denied in so many words, or what governs it is; twice denied is not."""
    above = told.above(clause) if clause.relation == _INTENDED else None
    return denies_itself(reading, clause) != (above is not None and denies_itself(reading, above))


def denies_itself(reading: Reading, clause: Clause) -> bool:
    """Tell whether a clause is denied by its own words."""
    never = any(reading.words[word].plain in _NEVER for word in clause.words)
    return (clause.negated or never) != bool(nobody_in(reading, clause))


def nobody_in(reading: Reading, clause: Clause) -> tuple[Noun, ...]:
    """Return those nouns of a clause that there are none of: "no cracks", "nobody"."""
    return tuple(
        noun
        for noun in (*clause.doers, *clause.objects, *clause.called)
        if noun.determiner in _NOBODY or reading.words[noun.word].plain in _NOBODY
    )


def words_that_may_deny(told: Told, clause: Clause) -> set[int]:
    """Return the numbers of the words that may deny a clause: its own, and those of the clauses that govern it."""
    words, seen = set(clause.words), {clause.verb}
    here = clause
    while here.relation in _GOVERNED:
        if here.within is not None:
            words.add(here.within)  # "unable to provide"
        above = told.above(here)
        if above is None or above.verb in seen:
            break
        seen.add(above.verb)
        words |= above.words
        here = above
    return words
