"""Names of the collection, and what they name: persons, places, bodies. Known by the company that they keep.

A person is announced by a title, an age, a "who" or an office; a place stands behind "in" and "near" and does not
speak; a body says what it is in its own name (Ministry, Union, Inc.), or announces, recalls and sells. What shows no
sign of any is not used.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.answering import naming
from bot.evaluation.drafting.figures import is_number_word
from bot.evaluation.drafting.name_words import ASKED_AS, BODY_NOUNS, PERSON_NOUNS
from bot.evaluation.drafting.runs import NO_NAMES, Run, bare, is_part, runs_of
from bot.evaluation.drafting.tokens import Tokens
from bot.evaluation.drafting.word_classes import DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from bot.verbs import verbs
from index.words import stem


class NameKind(Enum):
    """What a name names."""

    PERSON = "person"
    PLACE = "place"
    BODY = "body"


_UNIONS = frozenset(("European Union", "African Union", "Soviet Union"))
"""Of states: nobody would ask which union it was."""
_PLACE_PREPOSITIONS = frozenset(("in", "near", "outside", "across", "throughout", "around", "off"))
_ALSO_OF_PLACES = frozenset(("at", "from", "to", "through", "of", "between", "towards", "toward"))
_ACTING = frozenset((
    "announced", "reported", "recalled", "expects", "plans", "launched", "sells", "sold", "makes", "released",
    "employs", "acquired", "introduced", "unveiled", "owns", "operates", "confirmed",
))  # fmt: skip
_SAYING = frozenset(("said", "says", "told", "added", "tweeted", "asked", "recalled", "wrote", "explained"))
_QUALIFIERS = frozenset(("former", "current", "outgoing", "incoming", "late", "acting", "then"))
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_MANY = 20
_AGE = range(1, 116)


@dataclass(slots=True)
class _Signs:
    """What was seen around a name."""

    count: int = 0
    person: int = 0
    placed: int = 0
    near_place: int = 0
    acting: int = 0
    joined: int = 0
    speaking: int = 0
    with_article: int = 0


@dataclass(slots=True)
class Names:
    """What the collection's names are, and how its words are written inside a sentence."""

    kinds: dict[str, NameKind] = field(default_factory=dict)
    with_article: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    _small: Counter[str] = field(default_factory=Counter)
    _capital: Counter[str] = field(default_factory=Counter)

    def of_kind(self, kind: NameKind) -> list[str]:
        """Return the names of a kind, in order; where they are many, those that stand in the articles repeatedly."""
        found = sorted(name for name, of in self.kinds.items() if of is kind)
        repeated = [name for name in found if name in self.repeated]
        return repeated if len(repeated) >= _MANY else found

    def written_inside(self, tokens: Tokens) -> str | None:
        """Return the first word of a sentence as it is written inside one; None where nobody can tell."""
        first = tokens[0]
        word = bare(first)
        if first.lower in FUNCTION_WORDS | _QUALIFIERS or is_number_word(first.lower):
            return first.text if first.text.isupper() and len(first.text) > 1 else first.lower
        if any(c.isupper() or c.isdigit() for c in word[1:]) or not first.is_word:
            return first.text
        if len(tokens) > 1 and tokens[1].is_capitalised and tokens[1].spaced:
            return first.text
        small, capital = self._small[word.casefold()], self._capital[word]
        if small == capital:
            return None
        return first.text if capital > small else first.text[0].lower() + first.text[1:]


def read_names(sentences: Sequence[Tokens]) -> Names:
    """Return the names in a collection's sentences."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    signs: defaultdict[str, _Signs] = defaultdict(_Signs)
    for tokens in sentences:
        for token in tokens[1:]:
            if token.is_word:
                (capital if token.is_capitalised else small)[bare(token)] += 1
        for run in runs_of(tokens):
            _note(signs[run.text], tokens, run)
    kinds = _kinds(signs, small)
    return Names(
        kinds=kinds,
        with_article=frozenset(n for n in kinds if signs[n].with_article * 2 > signs[n].count),
        repeated=frozenset(name for name in kinds if signs[name].count > 1),
        _small=small,
        _capital=capital,
    )


def _note(signs: _Signs, tokens: Tokens, run: Run) -> None:
    before = tokens[run.start - 1].lower if run.start else ""
    after = tokens[run.end : run.end + 8]
    signs.count += 1
    signs.with_article += before in DETERMINERS or before.endswith(("'s", "’s", "s'", "s’"))
    signs.person += run.titled or _is_introduced(after)
    signs.speaking += bool(after) and after[0].lower in _SAYING
    ends = (
        not after
        or not after[0].is_word
        or after[0].lower in FUNCTION_WORDS
        or after[0].lower in verbs().past
    )
    possessive = tokens[run.end - 1].text != bare(tokens[run.end - 1])
    signs.placed += before in _PLACE_PREPOSITIONS and ends and not possessive
    signs.near_place += before in _ALSO_OF_PLACES and ends and not possessive
    signs.acting += bool(after) and after[0].lower in _ACTING
    signs.joined += is_part(tokens, run)


def _is_introduced(after: Tokens) -> bool:
    """Tell whether what follows a name introduces a person: an age, a "who", an office."""
    if len(after) < 3 or after[0].text != ",":
        return False
    second = after[1]
    if second.lower in ("who", "whose"):
        return True
    if second.text.isdecimal() and int(second.text) in _AGE and after[2].text == ",":
        return True
    role = []
    for token in after[1:6]:
        if not token.is_word or token.lower in PREPOSITIONS:
            break
        role.append(token.lower)
    return bool(role) and role[-1] in PERSON_NOUNS


def _kinds(signs: dict[str, _Signs], small: Counter[str]) -> dict[str, NameKind]:
    given = Counter(
        name.split()[0] for name, seen in signs.items() if seen.person and _is_like_a_person(name, small)
    )
    kinds: dict[str, NameKind] = {}
    for name, seen in signs.items():
        kind = _kind(name, seen, small, given)
        if kind:
            kinds[name] = kind
    lasts = {last_name(name) for name, kind in kinds.items() if kind is NameKind.PERSON}
    return {name: kind for name, kind in kinds.items() if kind is NameKind.PERSON or name not in lasts}


def _kind(name: str, seen: _Signs, small: Counter[str], given: Counter[str]) -> NameKind | None:
    words = name.split()
    if ":" in name or "/" in name:
        return None
    if _is_body(words):
        return None if seen.joined * 2 > seen.count else NameKind.BODY
    introduced = seen.person or (seen.speaking and words[0] in given)
    alone = seen.with_article * 4 < seen.count and seen.placed <= seen.person
    if introduced and alone and _is_like_a_person(name, small):
        return NameKind.PERSON
    if _is_place(name, seen, small):
        return NameKind.PLACE
    return NameKind.BODY if _acts(name, seen, small) else None


def _acts(name: str, seen: _Signs, small: Counter[str]) -> bool:
    """Tell whether a name that says nothing of itself does what companies and agencies do."""
    if name.casefold() in NO_NAMES or small[name.casefold()] or seen.person or seen.placed or seen.count < 3:
        return False
    return seen.acting * 10 >= seen.count


def _is_like_a_person(name: str, small: Counter[str]) -> bool:
    words = name.split()
    if words[-1].casefold() in _SUFFIXES:
        words = words[:-1]
    return 2 <= len(set(words)) == len(words) <= 3 and not any(
        word.casefold() in NO_NAMES
        or word.casefold() in BODY_NOUNS
        or stem(word) in naming.TITLES
        or (word.isupper() and len(word.replace(".", "")) > 2)
        or any(c.isdigit() for c in word)
        or small[word.casefold()] > 3
        for word in words
    )


def _is_body(words: Sequence[str]) -> bool:
    return len(words) > 1 and words[-1].casefold() in BODY_NOUNS and words[0].casefold() not in DETERMINERS


def _is_place(name: str, seen: _Signs, small: Counter[str]) -> bool:
    words = name.split()
    if len(words) > 3 or seen.speaking > seen.placed or seen.person:
        return False
    if (
        seen.placed < 1
        or seen.placed + seen.near_place < 2
        or (seen.placed + seen.near_place) * 4 < seen.count
    ):
        return False
    return not any(c.isdigit() or c == "&" for c in name) and not any(
        word.casefold() in NO_NAMES or word.casefold() in BODY_NOUNS or small[word.casefold()] > 3
        for word in words
    )


def by_last_name(persons: Iterable[str]) -> dict[str, str]:
    """Return persons by their last names, where only one has it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in persons:
        found[last_name(name)].add(name)
    return {last: names.pop() for last, names in found.items() if len(names) == 1}


def last_name(name: str) -> str:
    """Return a person's last name, without Jr. and the like."""
    words = [word for word in name.split() if word.casefold() not in _SUFFIXES]
    return words[-1] if words else name


def kind_of_body(name: str) -> str:
    """Return what a body is called by the last word of its own name; "" where it does not say."""
    last = name.split()[-1].casefold()
    return "" if name in _UNIONS or last not in BODY_NOUNS else ASKED_AS.get(last, last)
