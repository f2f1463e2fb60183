"""The nouns of a sentence, as its tree has them: what each is called, and what else it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.verifying.clauses import Noun
from bot.verifying.reading import Reading
from bot.verifying.syntax import Tree

_HELPING = frozenset(("prep", "aux", "auxpass", "amod", "compound", "nmod"))
_NAMES = frozenset(("NNP", "NNPS"))
_DETERMINING = frozenset(("det", "poss", "nmod:poss"))
_NAMES_OTHERWISE = frozenset(("calling", "called", "known", "named", "dubbed", "styled", "styling"))
"""What leads to another name: "a group calling itself Grey Heron"."""
_BELONGING = frozenset(("of", "from", "under", "near"))
"""What leads to a part of what a noun is called: "the Bank of England", "a patrol from Lesk"."""
_QUANTITIES = frozenset((
    "number", "hundreds", "thousands", "dozens", "group", "some", "all", "most", "none", "half", "majority", "third",
    "quarter",
))  # fmt: skip
"""Nouns, besides numbers, that tell how many there are of others."""
_ELSEWHERE = frozenset((
    "relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "ccomp", "xcomp", "preconj",
))  # fmt: skip
"""What depends on a noun without being part of what it is called."""


class NounTree:
    """A sentence of a text, and its tree; it takes and gives the numbers of tokens, if nothing else is said."""

    def __init__(self, reading: Reading, start: int, tree: Tree) -> None:
        self._tree = tree
        words = _word_at(reading)
        self._words = [words(start + token.start) for token in tree]

    def word(self, number: int) -> int | None:
        """Return the number of the word that a token is in; None for a comma and the like."""
        return self._words[number]

    def children(self, number: int, *relations: str) -> list[int]:
        """Return what depends on a token in one of these relations."""
        return [each for each in self._tree[number].children if self._tree[each].relation in relations]

    def under(self, number: int, relation: str) -> list[int]:
        """Return what depends on a token in a relation, with what each is joined to."""
        return [noun for each in self.children(number, relation) for noun in self.joined(each)]

    def joined(self, number: int) -> list[int]:
        """Return a token with those joined to it, and with what it is also called."""
        found = [number]
        for each in self.children(number, "conj", "appos"):
            found += self.joined(each)
        return found

    def also_called(self, number: int) -> list[int]:
        """Return the same where a clause belongs to a token: it may be itself what another one is also called."""
        token = self._tree[number]
        above = [token.head] if token.relation == "appos" else []
        return [*self.joined(number), *above]

    def nouns(self, numbers: Iterable[int]) -> tuple[Noun, ...]:
        """Return what tokens stand for, as nouns of the text."""
        found = [self._noun(self._of_which(number)) for number in dict.fromkeys(numbers)]
        return tuple(noun for noun in found if noun is not None)

    def numbers(self, tokens: Iterable[int]) -> tuple[int, ...]:
        """Return the numbers of the words of tokens."""
        return tuple(sorted({word for word in map(self._words.__getitem__, tokens) if word is not None}))

    def is_verb(self, number: int) -> bool:
        """Tell whether a token is the verb of a clause."""
        token = self._tree[number]
        if token.tag.startswith("VB"):
            return token.relation not in _HELPING
        # A rare verb is taken for a noun, but not what stands beside it for anything else: "the Front retook Dalmar".
        return token.relation == "ROOT" and bool(self.children(number, "dobj"))

    def descriptions(self) -> Iterator[frozenset[int]]:
        """Give the words that each noun is called by, with those of what it is also called, or said to be."""
        for number, token in enumerate(self._tree):
            if token.tag[:2] not in ("NN", "PR") or token.relation in ("compound", "appos", "conj", "attr"):
                continue
            tokens = set(self._name(number))
            for each in self._also_called_there(number):
                tokens |= self._name(each)
            yield frozenset(self.numbers(tokens))

    def _also_called_there(self, number: int) -> Iterator[int]:
        for each in self.children(number, "appos"):
            yield each
            yield from self._also_called_there(each)
        for each in self.children(number, "acl"):
            if self._tree[each].plain in _NAMES_OTHERWISE:
                yield from (below for below in self._below(each) if self._tree[below].tag in _NAMES)
        if self._tree[number].relation == "nsubj":
            yield from self.children(self._tree[number].head, "attr")

    def _below(self, number: int) -> Iterator[int]:
        for each in self._tree[number].children:
            yield each
            yield from self._below(each)

    def _of_which(self, number: int) -> int:
        """Return the noun that there are some of: "two of his associates", "most of the city"."""
        token = self._tree[number]
        if token.tag not in ("CD", "DT", "JJ", "JJR", "JJS", "PDT") and token.plain not in _QUANTITIES:
            return number
        behind = [each for each in self.children(number, "prep") if self._tree[each].plain == "of"]
        nouns = [noun for each in behind for noun in self.children(each, "pobj")]
        return nouns[0] if nouns else number

    def _noun(self, number: int) -> Noun | None:
        word = self._words[number]
        if word is None:
            return None
        token = self._tree[number]
        tokens = self._name(number)
        before = [
            self._tree[each].plain for each in token.children if self._tree[each].relation in _DETERMINING
        ]
        return Noun(
            word=word,
            words=self.numbers(tokens),
            names=self.numbers(
                each for each in self._name(number, of_owner=False) if self._tree[each].tag in _NAMES
            ),
            determiner=before[0] if before else "",
            is_plural=token.tag in ("NNS", "NNPS"),
            is_pronoun=not token.tag.startswith("NN"),
        )

    def _name(self, number: int, *, of_owner: bool = True) -> set[int]:
        """Return the tokens of a noun and of what it is called by: "the Dutch group Zeeman", "the Bank of England".

        Those of whoever it belongs to are left out if told so: "Lamas's coach".
        """
        found = {number}
        for each in self._tree[number].children:
            token = self._tree[each]
            if (
                self.is_verb(each)
                or token.relation in _ELSEWHERE
                or (token.relation == "poss" and not of_owner)
            ):
                continue
            if token.relation != "prep" or token.plain in _BELONGING:
                found |= self._name(each, of_owner=of_owner)
        return found


def _word_at(reading: Reading) -> Callable[[int], int | None]:
    """Return what gives the number of the word that a character of a text is in, or None."""
    places = {place: word.number for word in reading.words for place in range(word.start, word.end)}
    return places.get
