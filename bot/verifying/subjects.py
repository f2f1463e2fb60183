"""Who a verb is about: its subject, or, where that is left out, what grammar has for it.

What "and left", "having left", "to leave", "accused of leaving" and "the man leaving" are about stands elsewhere in
their sentence: in the clause that the verb is joined to, or depends on.
"""

from __future__ import annotations

from bot.verifying.noun_trees import NounTree
from bot.verifying.syntax import Tree

RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_PASSIVE = ("nsubjpass", "auxpass", "csubjpass")
_OF_THE_OBJECT = frozenset(("of", "from", "for", "into", "with"))
"""Behind these it is the object that does something: "barred him from leaving"."""
_CONTENT = "ccomp"


class Subjects:
    """The subjects of a sentence's verbs; what it takes and gives are the numbers of tokens."""

    def __init__(self, tree: Tree, nouns: NounTree) -> None:
        self._tree = tree
        self._nouns = nouns

    def of(self, verb: int, seen: frozenset[int] = frozenset()) -> list[int]:
        """Return what stands as the subject of a verb, or else what its subject is."""
        if verb in seen:
            return []
        own = self._nouns.children(verb, *_SUBJECTS)
        if not own and self._tree[verb].tag.startswith("NN"):
            return self._nouns.children(verb, "compound")[-1:]  # of a verb that was taken for a noun
        if not own:
            return self._left_out(verb, seen | {verb})
        if self._tree[own[0]].plain in RELATIVE and self._tree[verb].relation == "relcl":
            return self._nouns.also_called(self._tree[verb].head)
        return self._nouns.joined(own[0])

    def is_passive(self, verb: int) -> bool:
        """Tell whether a verb is in the passive, so that its subject is what it is done to."""
        token = self._tree[verb]
        if self._nouns.children(verb, *_PASSIVE):
            return True
        if token.relation == "acl":
            return token.tag in ("VBN", "VBD") and not self._nouns.children(verb, "nsubj")
        if token.tag != "VBN":
            return False
        if token.relation == "conj" and self._nouns.is_verb(token.head):
            return not self._nouns.children(verb, "dobj", "nsubj") and self.is_passive(token.head)
        return token.relation == "advcl" and not self._nouns.children(verb, "aux", "nsubj")

    def _left_out(self, verb: int, seen: frozenset[int]) -> list[int]:
        relation, above = self._tree[verb].relation, self._tree[verb].head
        by_verb = self._nouns.is_verb(above)
        if relation == "acl":
            return self._of_a_noun(verb, above, seen)
        if relation == "pcomp":
            return self._behind(above, seen)
        if relation == "xcomp":
            return self._nouns.under(above, "dobj") or (self.of(above, seen) if by_verb else [])
        if not by_verb:
            return []
        if relation == "conj":
            return self._joined(above, seen)
        is_content = relation == _CONTENT and self._tree[verb].tag == "VBG"
        return self.of(above, seen) if relation == "advcl" or is_content else []

    def _joined(self, above: int, seen: frozenset[int]) -> list[int]:
        """Return the subject of a verb behind "and".

        In "the minister said that it was over and left" grammar alone does not tell who left: both are returned.
        """
        found = self.of(above, seen)
        said_by = self._tree[above].head
        return [*found, *self.of(said_by, seen)] if self._tree[above].relation == _CONTENT else found

    def _of_a_noun(self, verb: int, noun: int, seen: frozenset[int]) -> list[int]:
        """Return the subject of "the man leaving", "a deal reached", or of "struck a deal to take it over"."""
        if self._tree[verb].tag in ("VBG", "VBN", "VBD"):
            return self._nouns.also_called(noun)
        governor = self._tree[noun].head
        return self.of(governor, seen) if self._nouns.is_verb(governor) else []

    def _behind(self, preposition: int, seen: frozenset[int]) -> list[int]:
        """Return who does what stands behind a preposition: "accused him of lying", "won by attacking"."""
        governor = self._tree[preposition].head
        if self._nouns.is_verb(governor):
            of_object = self._tree[preposition].plain in _OF_THE_OBJECT and not self.is_passive(governor)
            return (self._nouns.under(governor, "dobj") if of_object else []) or self.of(governor, seen)
        if self._tree[governor].tag.startswith("NN"):
            return [governor] if self._tree[governor].relation == "dobj" else []
        above = self._tree[governor].head
        if not self._nouns.is_verb(above):
            return [above]
        return (
            self._nouns.children(governor, "nsubj")
            or self._nouns.under(above, "dobj")
            or self.of(above, seen)
        )
