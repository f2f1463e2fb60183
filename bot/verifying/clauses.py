"""Clauses: verbs with who does it, to whom, and with what else, and the nouns that take these parts."""

from __future__ import annotations

from dataclasses import dataclass

OWN = frozenset(("his", "her", "its", "their"))
"""Determiners of what is somebody's who is not named beside it."""


@dataclass(frozen=True, slots=True)
class Noun:
    """Somebody or something that a clause is about: the number of its word, and of all words that it is called by.

    `names` are those words that are names; `determiner` is what stands before it: "the", "his", in lower case.
    """

    word: int
    words: tuple[int, ...]
    names: tuple[int, ...]
    determiner: str
    is_plural: bool
    is_pronoun: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb, by the number of its word, with the nouns that take a part in it.

    Each part may have several: those joined by "and", and what one is also called. `complements` are those behind
    prepositions, with the preposition in lower case; `called` is what the doer is said to be.
    """

    verb: int
    doers: tuple[Noun, ...]
    objects: tuple[Noun, ...]
    receivers: tuple[Noun, ...]
    complements: tuple[tuple[str, Noun], ...]
    called: tuple[Noun, ...]
    negated: bool
    within: int | None
    """The number of the verb whose clause this one depends on."""
    relation: str
    """What it is to that clause."""
    words: frozenset[int]
    """The numbers of its words: those that depend on its verb, and on no verb below it."""

    @property
    def takers(self) -> tuple[Noun, ...]:
        """All nouns that take a part in it."""
        others = (noun for _, noun in self.complements)
        return (*self.doers, *self.objects, *self.receivers, *others, *self.called)


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells: its clauses, in the order of their verbs, and what somebody or something is called.

    `nominals` are deeds told by nouns, as clauses with the noun in place of the verb: "the arrest of A by B". Each
    description is the words of a noun with those of what else it is called, or said to be.
    """

    clauses: tuple[Clause, ...]
    nominals: tuple[Clause, ...]
    descriptions: tuple[frozenset[int], ...]

    def above(self, clause: Clause) -> Clause | None:
        """Return the clause that a clause depends on; None where it depends on none."""
        return next((each for each in self.clauses if each.verb == clause.within), None)

    def around(self, clause: Clause) -> Clause | None:
        """Return the clause that has what a clause depends on among its words; None where none has."""
        return next(
            (each for each in self.clauses if each is not clause and clause.within in each.words), None
        )
