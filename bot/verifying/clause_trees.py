"""The clauses of a sentence, as its tree has them.

Active and passive are told alike: who does it is the doer in both.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.verifying.clauses import Clause
from bot.verifying.noun_trees import NounTree
from bot.verifying.subjects import RELATIVE, Subjects
from bot.verifying.syntax import Tree

_RELATING = RELATIVE | frozenset(("where", "when", "why"))

_AGAINST = {
    **dict.fromkeys(("win", "wins", "victory", "victories", "triumph"), "over"),
    **dict.fromkeys(("suit", "lawsuit", "complaint", "suits", "lawsuits", "complaints"), "against"),
}
"""Nouns of deeds, and what stands between them and whom they are done to."""
_TAKING = frozenset((
    "get", "gets", "got", "getting", "receive", "receives", "received", "receiving", "accept", "accepts", "accepted",
))  # fmt: skip


class ClauseTree:
    """A sentence, and its nouns."""

    def __init__(self, tree: Tree, nouns: NounTree) -> None:
        self._tree = tree
        self._nouns = nouns
        self._subjects = Subjects(tree, nouns)

    def clauses(self) -> Iterator[Clause]:
        """Give its clauses, in the order of their verbs."""
        for number in range(len(self._tree)):
            verb = self._nouns.word(number)
            if self._nouns.is_verb(number) and verb is not None:
                yield self._read(number, verb)

    def _read(self, verb: int, word: int) -> Clause:
        passive = self._subjects.is_passive(verb)
        subjects, objects, receivers = self._subjects.of(verb), self._objects(verb), self._receivers(verb)
        if passive:
            # "Norvia was paid 3 million": who has the subject's place is who gets it.
            objects, receivers = (objects, [*receivers, *subjects]) if objects else (subjects, receivers)
        complements = [
            (self._tree[each].plain, noun)
            for each in self._prepositions(verb)
            for noun in self._nouns.nouns(self._behind(each))
        ]
        above = self._tree[verb].head
        return Clause(
            verb=word,
            doers=self._nouns.nouns(self._by(verb) if passive else subjects),
            objects=self._nouns.nouns(objects),
            receivers=self._nouns.nouns(receivers),
            complements=tuple(complements),
            called=self._nouns.nouns([*self._nouns.under(verb, "attr"), *self._nouns.under(verb, "acomp")]),
            negated=bool(self._nouns.children(verb, "neg")),
            within=self._nouns.word(above) if above != verb else None,
            relation=self._tree[verb].relation,
            words=frozenset(self._nouns.numbers(self._clause(verb))),
        )

    def nominals(self) -> Iterator[Clause]:
        """Give the deeds that it tells by nouns: "the takeover of A by B", "B's win over A", "a suit against A"."""
        for number, token in enumerate(self._tree):
            word = self._nouns.word(number)
            if token.tag not in ("NN", "NNS") or word is None:
                continue
            doers, objects = self._parts_of_a_noun(number)
            if doers and objects:
                yield self._nominal(number, word, doers, objects)

    def _nominal(self, number: int, word: int, doers: list[int], objects: list[int]) -> Clause:
        return Clause(
            verb=word,
            doers=self._nouns.nouns(doers),
            objects=self._nouns.nouns(objects),
            receivers=(),
            complements=(),
            called=(),
            negated=False,
            within=None,
            relation="",
            words=frozenset(self._nouns.numbers(self._clause(number))),
        )

    def _parts_of_a_noun(self, number: int) -> tuple[list[int], list[int]]:
        """Return who does, and to whom, what a noun tells of; nobody where it does not tell."""
        token = self._tree[number]
        by, of = self._behind_a(number, "by"), self._behind_a(number, "of")
        owners = self._nouns.children(number, "poss")
        if by and (of or owners):
            return by, of or owners
        preposition = _AGAINST.get(token.plain, "")
        against = self._behind_a(number, preposition)
        if not against and token.relation == "dobj":
            against = self._behind_a(token.head, preposition)
        if against:
            return owners or self._subject_above(number), against
        if token.relation == "dobj" and self._tree[token.head].plain in _TAKING:
            # "received a warning from Ida Holm"
            return self._behind_a(number, "from") or self._behind_a(token.head, "from"), self._subject_above(
                number
            )
        return [], []

    def _behind_a(self, noun: int, preposition: str) -> list[int]:
        return [
            each
            for child in self._nouns.children(noun, "prep")
            if self._tree[child].plain == preposition
            for each in self._nouns.under(child, "pobj")
        ]

    def _subject_above(self, number: int) -> list[int]:
        """Return the subject of the verb that a noun depends on, however far above: "filed a suit"."""
        while self._tree[number].head != number:
            number = self._tree[number].head
            if self._nouns.is_verb(number):
                return self._subjects.of(number)
        return []

    def _clause(self, number: int) -> Iterator[int]:
        """Give the tokens of a clause: those that depend on its verb, and on no verb below it."""
        yield number
        for each in self._tree[number].children:
            if not self._nouns.is_verb(each):
                yield from self._clause(each)

    def _objects(self, verb: int) -> list[int]:
        """Return its objects; of "(that) they had seized", the noun that this belongs to."""
        token = self._tree[verb]
        own = [each for each in self._nouns.under(verb, "dobj") if self._tree[each].plain not in RELATIVE]
        if own or token.relation not in ("relcl", "acl") or not self._nouns.children(verb, "nsubj"):
            return own
        relative = any(
            self._tree[each].plain in _RELATING and self._tree[each].relation != "dobj"
            for each in self._clause(verb)
        )
        stranded = any(not self._tree[each].children for each in self._nouns.children(verb, "prep"))
        return [] if relative or stranded else self._nouns.also_called(token.head)

    def _prepositions(self, verb: int) -> list[int]:
        """Return those of a verb, and of what describes it: "rose faster than wages"."""
        adverbs = self._nouns.children(verb, "advmod", "acomp")
        return [each for number in (verb, *adverbs) for each in self._nouns.children(number, "prep")]

    def _behind(self, preposition: int) -> list[int]:
        """Return what stands behind a preposition, or behind two: "according to the army"."""
        both = (preposition, *self._nouns.children(preposition, "prep"))
        return [noun for each in both for noun in self._nouns.under(each, "pobj")]

    def _by(self, verb: int) -> list[int]:
        return [
            noun for each in self._nouns.children(verb, "agent") for noun in self._nouns.under(each, "pobj")
        ]

    def _receivers(self, verb: int) -> list[int]:
        datives = self._nouns.children(verb, "dative")
        return [
            noun for each in datives for noun in self._nouns.under(each, "pobj") or self._nouns.joined(each)
        ]
